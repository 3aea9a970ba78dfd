"""Options and markers that cannot be are said, once and in words."""

from __future__ import annotations

import pytest

from tests.testing.project import Project

TESTS = """
def test_it(carrier_world):
    pass

def test_other(carrier_world):
    pass
"""


@pytest.mark.parametrize(
    ("ini", "says"),
    [
        (
            "carrier_simulator_strict = flase\n",
            "carrier_simulator_strict must be true or false: invalid truth value 'flase'",
        ),
        (
            "carrier_simulator = 127.0.0.1:8080\n",
            "carrier_simulator is '127.0.0.1:8080', but must be a URL such as http://127.0.0.1:8080",
        ),
        (
            "carrier_simulator_scenarios = storys\n",
            "carrier_simulator_scenarios must be a folder, and there is none at *storys",
        ),
        (
            "carrier_simulator_settings = carrier=inpost\n",
            "carrier_simulator_settings: 'carrier' is no setting of the server; "
            "did you mean 'carriers'?",
        ),
        (
            "carrier_simulator_settings = profile=obsrved\n",
            "carrier_simulator_settings: profile is 'obsrved', but must be one of observed, "
            "documented; did you mean 'observed'?",
        ),
        (
            "carrier_simulator_settings = carriers=inpots\n",
            "carrier_simulator_settings: carriers is 'inpots', but must be *'inpost'?",
        ),
        (
            "carrier_simulator_settings = profile\n",
            "carrier_simulator_settings: 'profile' is not of the form NAME = VALUE",
        ),
        (
            "carrier_environment = A\n",
            "carrier_environment: 'A' is not of the form NAME = VALUE",
        ),
        (
            "carrier_environment = A = inpost.url\n",
            "carrier_environment: A = inpost.url: say inpost.base_url, inpost.credential, "
            "inpost.openapi_url, url or name",
        ),
        (
            "carrier_environment =\n    A = url\n    A = name\n",
            "carrier_environment: A is there twice",
        ),
    ],
)
def test_an_option_that_cannot_be_is_said_before_any_test(
    run: Project, ini: str, says: str
) -> None:
    result = run.start(TESTS, "-p", "xdist.plugin", "-n", "1", ini=ini)
    assert result.code == pytest.ExitCode.USAGE_ERROR
    assert result.has(f"ERROR: {says}")
    assert len(result.printed.strip().splitlines()) == 1


def test_whoever_says_a_wrong_url_is_named(run: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    said = run.start(TESTS, "--carrier-simulator", "http//127.0.0.1")
    assert said.has("ERROR: --carrier-simulator is 'http//127.0.0.1', but must be a URL such as *")
    monkeypatch.setenv("CARRIER_SIMULATOR_URL", "http://127.0.0.1:eighty")
    said = run.start(TESTS)
    assert said.has("ERROR: CARRIER_SIMULATOR_URL is 'http://127.0.0.1:eighty', but must be *")


@pytest.mark.parametrize(
    ("ini", "says"),
    [
        ("", "carrier_environment sets what the configuration names"),
        ("carrier_environment = A = dhl.base_url\n", "does not serve dhl; it serves: inpost, "),
    ],
)
def test_an_environment_that_cannot_be_set_says_why(run: Project, ini: str, says: str) -> None:
    result = run("\ndef test_it(carrier_environment):\n    pass\n", ini=ini)
    assert result.outcomes == {"errors": 1}
    assert says in result.printed


def test_switches_of_all_markers_are_set_and_the_nearest_counts(run: Project) -> None:
    assert run("""
pytestmark = pytest.mark.carrier_quirks(
    {"inpost.expired_offers": "lenient", "inpost.default_sort": "created_at"}
)

@pytest.mark.carrier_quirks({"inpost.default_sort": "id", "inpost.funds": "unlimited"})
class TestShop:
    @pytest.mark.carrier_quirks(**{"inpost.funds": "balance"})
    def test_it(self, carrier_world):
        quirks = carrier_world.quirks()
        assert quirks["inpost.expired_offers"] == "lenient"
        assert quirks["inpost.default_sort"] == "id"
        assert quirks["inpost.funds"] == "balance"

    @pytest.mark.carrier_quirks({"inpost.expired_offers": "refuse"})
    @pytest.mark.carrier_quirks(values={"inpost.expired_offers": "lenient"})
    def test_the_lower_of_two(self, carrier_world):
        assert carrier_world.quirks()["inpost.expired_offers"] == "lenient"
""").outcomes == {"passed": 2}


def test_a_marker_of_a_test_without_a_world_fails_it(run: Project) -> None:
    result = run("""
@pytest.fixture
def later(request):
    return lambda: request.getfixturevalue("carrier_world")

@pytest.mark.carrier_quirks({"inpost.expired_offers": "lenient"})
def test_quirks():
    pass

@pytest.mark.carrier_scenario("inpost/runs-dry")
def test_scenario(carrier_simulator):
    with carrier_simulator.world():
        pass

@pytest.mark.carrier_scenario("inpost/runs-dry")
def test_wrong_otherwise():
    assert False

@pytest.mark.carrier_lenient
def test_lenient():
    pass

@pytest.mark.parametrize(
    "number", [1, pytest.param(2, marks=pytest.mark.carrier_profile("documented"))]
)
def test_profile(number):
    pass

@pytest.mark.carrier_profile("documented")
def test_later(later):
    assert later().quirks()["inpost.forbidden_key"] == "access_forbidden"

@pytest.mark.carrier_profile("documented")
def test_never(later):
    pass

@pytest.mark.carrier_lenient
def test_wide(carrier_simulator):
    pass

@pytest.mark.carrier_profile("documented")
class TestMany:
    def test_with(self, carrier_world):
        assert carrier_world.quirks()["inpost.forbidden_key"] == "access_forbidden"

    def test_without(self):
        pass
""")
    assert result.outcomes == {"passed": 5, "failed": 6}
    assert result.has(
        "*- carrier simulator: markers -*",
        "test_shop.py::test_wrong_otherwise: carrier_scenario is for the world of a test, *",
    )
    assert result.has(
        "test_shop.py::test_quirks: carrier_quirks is for the world of a test, and this one has "
        "none: let it take carrier_world, or take the marker away"
    )


def test_a_name_that_is_in_use_is_refused(run: Project) -> None:
    assert run("""
@pytest.fixture(scope="module")
def shop(carrier_simulator):
    with carrier_simulator.world(f"shop-{os.getpid()}") as world:
        yield world

def test_twice(carrier_world_factory):
    name = f"a-{os.getpid()}"
    world = carrier_world_factory(name, at="2026-03-02T10:15:00+01:00")
    assert world.name == name
    ship(world.inpost)
    with pytest.raises(ValueError, match=f"there is a world '{name}' already: take that one, fork"):
        carrier_world_factory(name)
    assert len(world.records("inpost", "shipments")) == 1
    world.delete()
    assert carrier_world_factory(name).records("inpost", "shipments") == []

def test_of_a_wider_fixture(carrier_world_factory, shop):
    with pytest.raises(ValueError, match="there is a world"):
        carrier_world_factory(shop.name)
    assert shop.clock().mode == "real"
""").outcomes == {"passed": 2}


def test_the_world_of_all_that_name_none_is_had_by_one_process(run: Project) -> None:
    tests = """
import httpx2

def test_it(carrier_world_factory):
    world = carrier_world_factory("default")
    url = world.url.removesuffix("/w/default")
    headers = dict(world.inpost.headers)
    assert httpx2.get(f"{url}/inpost/v1/organizations", headers=headers).status_code == 200
    assert len(world.journal()) == 1
"""
    ini = "carrier_simulator_settings = carriers=inpost\n"
    assert run.start(tests, ini=ini).outcomes == {"passed": 1}
    result = run.start(tests, "-p", "xdist.plugin", "-n", "2", ini=ini)
    assert result.outcomes == {"failed": 1}
    assert "'default' is the world of all requests that name none" in result.printed
