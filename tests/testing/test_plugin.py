"""The plugin, as a project's tests have it: each test here runs a project's tests."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
from fnmatch import fnmatchcase
from pathlib import Path

import httpx2
import pytest

SHOP = """
import datetime, os, time
import httpx2, pytest

BODY = {
    "service": "inpost_locker_standard",
    "reference": "ORD-1",
    "receiver": {"email": "ewa@example.com", "phone": "501502503"},
    "parcels": {"template": "small"},
    "custom_attributes": {"target_point": "KRA010", "sending_method": "parcel_locker"},
}

def ship(carrier):
    url = f"{carrier.base_url}/v1/organizations/4/shipments"
    return httpx2.post(url, headers=dict(carrier.headers), json=BODY)
"""

HEAD = "[pytest]\nasyncio_default_fixture_loop_scope = function\n"
ROOT = Path(__file__).parent.parent.parent
PLUGINS = ("pytest_carrier_simulator", "pytest_asyncio.plugin", "anyio.pytest_plugin")
"""Of all that is installed a project's run has only what it needs: the others take a second."""


class Result:
    """What a run came to, such as ``{"passed": 2, "errors": 1}``, and what it printed."""

    def __init__(self, code: int, printed: str) -> None:
        self.code, self.printed = code, printed
        closing = re.findall(r"(\d+) (passed|failed|errors?)", printed.splitlines()[-1])
        self.outcomes = {name.replace("error", "errors")[:6]: int(count) for count, name in closing}

    def has(self, *patterns: str) -> bool:
        """Whether lines like these were printed one after the other, others between them."""
        lines = iter(self.printed.splitlines())
        return all(any(fnmatchcase(line, each) for line in lines) for each in patterns)


class Project:
    """A project in a folder of its own; a process of its own runs its tests.

    pytester would do the same, but forgets every module that this process imports meanwhile, of
    which the session's server may be one.
    """

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url

    def __call__(self, tests: str, *arguments: str, ini: str = "") -> Result:
        """Run these tests, behind `SHOP`, against the session's server."""
        return self.start(SHOP + tests, "--carrier-simulator", self.url, *arguments, ini=ini)

    def start(self, tests: str, *arguments: str, ini: str = "") -> Result:
        """Run these tests with a server of their own."""
        (self.folder / "test_shop.py").write_text(tests)
        (self.folder / "pytest.ini").write_text(HEAD + ini)
        named = [word for plugin in PLUGINS for word in ("-p", plugin)]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *named, *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=120,
        )
        return Result(done.returncode, done.stdout + done.stderr)


@pytest.fixture
def run(tmp_path: Path, server: str) -> Project:
    return Project(tmp_path, server)


def test_a_test_has_a_world(run: Project) -> None:
    assert run("""
def test_order_is_shipped(carrier_world):
    world = carrier_world
    world.freeze("2026-03-02T10:15:00+01:00")
    assert ship(world.inpost).status_code == 201
    world.advance(until="inpost.shipment_confirmed")
    world.verify(operation="inpost.create_shipment", count=1)

def test_busy_carrier(carrier_world):
    carrier_world.fail("inpost.create_shipment", times=2, status=503)
    assert [ship(carrier_world.inpost).status_code for _ in range(3)] == [503, 503, 201]

def test_alone(carrier_world):
    assert carrier_world.records("inpost", "shipments") == []

def test_two(carrier_world, carrier_world_factory):
    other = carrier_world_factory(at="2026-03-02T10:15:00+01:00")
    ship(carrier_world.inpost)
    assert (len(carrier_world.journal()), len(other.journal())) == (1, 0)
    assert other.clock().mode == "frozen"
""").outcomes == {"passed": 4}


def test_worlds_are_gone_behind_their_tests(run: Project) -> None:
    assert run("""
def test_it(carrier_world, carrier_world_factory, carrier_simulator):
    with open("names", "w") as names:
        print(carrier_simulator.url, carrier_world.name, carrier_world_factory().name, file=names)
    assert False
""").outcomes == {"failed": 1}
    url, *names = (run.folder / "names").read_text().split()
    for name in names:
        assert httpx2.get(f"{url}/_sim/workspaces/{name}").status_code == 404


def test_code_that_awaits(run: Project) -> None:
    assert run("""
@pytest.mark.asyncio
async def test_it(async_carrier_world, carrier_world):
    world = async_carrier_world
    assert world.name == carrier_world.name
    await world.freeze("2026-03-02T10:15:00+01:00")
    ship(world.inpost)
    await world.advance(until="inpost.shipment_confirmed")
    assert (await world.webhooks.wait("shipment_confirmed")).carrier == "inpost"
    await world.verify(operation="inpost.create_shipment", count=1)

@pytest.mark.anyio
async def test_several(async_carrier_world_factory):
    one, other = async_carrier_world_factory(), async_carrier_world_factory()
    ship(one.inpost)
    assert (len(await one.journal()), len(await other.journal())) == (1, 0)

@pytest.fixture
def anyio_backend():
    return "asyncio"
""").outcomes == {"passed": 2}


def test_markers_make_the_world(run: Project) -> None:
    story = "scenario: Mine\ngiven:\n  - inpost.set_balance: {organization: 1, amount: '5.00'}\n"
    (run.folder / "stories").mkdir()
    (run.folder / "stories" / "mine.yaml").write_text(story)
    assert run(
        """
@pytest.mark.carrier_scenario("mine.yaml")
@pytest.mark.carrier_scenario("inpost/runs-dry")
@pytest.mark.carrier_quirks({"inpost.expired_offers": "lenient"})
@pytest.mark.carrier_profile("documented")
def test_it(carrier_world):
    quirks = carrier_world.quirks()
    assert quirks["inpost.expired_offers"] == "lenient"
    assert quirks["inpost.forbidden_key"] == "access_forbidden"
    names = [each["name"] for each in carrier_world._ask("GET", "/scenario")["items"]]
    assert sorted(names) == ["mine", "runs-dry"]
""",
        ini="carrier_simulator_scenarios = stories\n",
    ).outcomes == {"passed": 1}


@pytest.mark.parametrize(
    ("marker", "says"),
    [
        ('carrier_scenario("nowhere.yaml")', "there is no scenario nowhere.yaml; looked at "),
        ('carrier_scenario("broken.yaml")', 'line 2, column 1: "givn" is not a key here'),
        ('carrier_quirks({"inpost.expired_offer": "x"})', 'Did you mean "inpost.expired_offers"'),
        ('carrier_profile("obsrved")', "obsrved"),
    ],
)
def test_a_marker_that_is_wrong_says_so_without_a_traceback(
    run: Project, marker: str, says: str
) -> None:
    (run.folder / "broken.yaml").write_text("scenario: x\ngivn: []\n")
    result = run(f"""
@pytest.mark.{marker}
def test_it(carrier_world):
    pass
""")
    assert result.outcomes == {"errors": 1}
    assert says in result.printed
    assert "site-packages" not in result.printed


def test_a_request_that_hits_nothing_fails_its_test(run: Project) -> None:
    stray = """
def test_it(carrier_world):
    httpx2.get(f"{carrier_world.inpost.base_url}/v1/organisations/4/shipments")
"""
    result = run(stray)
    assert result.outcomes == {"failed": 1}
    assert result.has(
        "1 of the requests hit no operation of a carrier:",
        "  GET /v1/organisations/4/shipments (*-000001)",
        "    nearest is GET /v1/organizations/{organization_id}/shipments: segment 2 is *",
    )
    assert run(stray, ini="carrier_simulator_strict = false\n").outcomes == {"passed": 1}
    assert run(f"\n@pytest.mark.carrier_lenient{stray}").outcomes == {"passed": 1}


def test_a_failure_shows_the_conversation_and_keeps_the_world(run: Project) -> None:
    result = run("""
def test_it(carrier_world):
    ship(carrier_world.inpost)
    BODY["service"] = "inpost_locker_standrd"
    assert ship(carrier_world.inpost).status_code == 201
""")
    assert result.outcomes == {"failed": 1}
    assert result.has(
        "*- carrier simulator: t-* -*",
        "*-000001 POST /v1/organizations/4/shipments -> 201: *",
        "*-000002 POST /v1/organizations/4/shipments -> 400: *",
        "the world: *.json",
    )
    [line] = [each for each in result.printed.splitlines() if each.startswith("the world: ")]
    kept = json.loads(Path(line.removeprefix("the world: ")).read_text())
    assert len(kept["tables"]["inpost.shipments"]) == 1


def test_the_environment_is_told_where_the_carriers_are(run: Project) -> None:
    names = (
        "carrier_environment =\n    INPOST_URL = inpost.base_url\n    KEY = postplus.credential\n"
    )
    assert run(
        """
def test_it(carrier_environment, carrier_world):
    assert os.environ["INPOST_URL"] == carrier_world.inpost.base_url
    assert carrier_environment["KEY"] == os.environ["KEY"] == carrier_world.postplus.credential
""",
        ini=names,
    ).outcomes == {"passed": 1}


@pytest.mark.parametrize(
    ("ini", "says"),
    [
        ("", "carrier_environment sets what the configuration names"),
        ("carrier_environment = A = inpost.url\n", "A = inpost.url: say inpost.base_url, "),
        ("carrier_environment = A = dhl.base_url\n", "does not serve dhl; it serves: inpost, "),
        ("carrier_environment = A\n", "'A' is not of the form NAME = VALUE"),
    ],
)
def test_an_environment_that_cannot_be_set_says_why(run: Project, ini: str, says: str) -> None:
    result = run("\ndef test_it(carrier_environment):\n    pass\n", ini=ini)
    assert result.code != 0
    assert says in result.printed


def test_the_time_of_the_process_goes_with_the_world(run: Project) -> None:
    assert run("""
def test_it(carrier_world, carrier_time):
    carrier_world.freeze("2026-03-02T10:15:00+00:00")
    assert time.strftime("%F %T", time.gmtime()) == "2026-03-02 10:15:00"
    carrier_world.advance("2d")
    assert datetime.datetime.now(datetime.UTC).day == 4

def test_behind_it(carrier_world):
    assert time.time() > 1.78e9
""").outcomes == {"passed": 2}


def test_a_world_in_a_wider_scope_is_told_another_way(run: Project) -> None:
    result = run("""
@pytest.fixture(scope="module")
def shared(carrier_world):
    return carrier_world

def test_it(shared):
    pass
""")
    assert result.outcomes == {"errors": 1}
    assert result.has("*For a wider scope make one of carrier_simulator*")


def test_a_server_that_is_not_there_is_said_once_a_test(
    run: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    tests = "\ndef test_it(carrier_world):\n    pass\n"
    result = run(tests, "--carrier-simulator", "http://127.0.0.1:9")
    assert result.outcomes == {"errors": 1}
    assert "no simulator answers at http://127.0.0.1:9" in result.printed


def test_who_tests_no_carrier_starts_no_server(run: Project) -> None:
    tests = """
import sys

def test_it():
    assert "simulator.testing" not in sys.modules
    assert "httpx2" not in sys.modules
"""
    assert run.start(tests).outcomes == {"passed": 1}


def test_one_server_for_all_workers(run: Project) -> None:
    tests = """
@pytest.mark.parametrize("number", range(8))
def test_it(carrier_world, carrier_simulator, number, worker_id):
    ship(carrier_world.inpost)
    assert len(carrier_world.journal()) == 1
    with open(f"url-{worker_id}", "w") as told:
        told.write(carrier_simulator.url)
"""
    two = ("-p", "xdist.plugin", "-n", "2", "--dist", "each")
    ini = "carrier_simulator_settings = carriers=inpost\n"
    assert run.start(SHOP + tests, *two, ini=ini).outcomes == {"passed": 16}
    urls = {each.read_text() for each in run.folder.glob("url-*")}
    assert len(urls) == 1
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"{urls.pop()}/_sim/health")


def test_settings_that_are_none_are_said(run: Project) -> None:
    tests = "def test_it(carrier_world):\n    pass\n"
    result = run.start(tests, ini="carrier_simulator_settings = carrier=inpost\n")
    assert "'carrier' is no setting of the server; did you mean 'carriers'?" in result.printed


FAILING = """
import threading

def test_it(carrier_world):
    carrier_world.fail("inpost.create_shipment", kind="timeout")
    with pytest.raises(httpx2.HTTPError):
        httpx2.post(
            f"{carrier_world.inpost.base_url}/v1/organizations/4/shipments",
            headers=dict(carrier_world.inpost.headers), json=BODY, timeout=0.3,
        )
    assert carrier_world.journal()
    assert False

def test_next(carrier_world):
    pass
"""


def test_a_failure_is_reported_whatever_is_still_open(run: Project) -> None:
    assert run(FAILING).outcomes == {"failed": 1, "passed": 1}
    result = run(FAILING, "-p", "no:cacheprovider")
    assert result.outcomes == {"failed": 1, "passed": 1}
    assert "the world: " not in result.printed


def test_earlier_worlds_make_room(run: Project) -> None:
    for _ in range(2):
        run("\ndef test_it(carrier_world):\n    assert False\n")
    assert len([*run.folder.glob(".pytest_cache/d/carrier-worlds/*.json")]) == 1


def test_a_test_may_delete_its_world(run: Project) -> None:
    tests = "\ndef test_it(carrier_world):\n    carrier_world.delete()\n"
    assert run(tests).outcomes == {"passed": 1}


def test_the_environment_of_another_server_is_not_this_ones(
    run: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIMULATOR_CONTROL_TOKEN", "abc")
    ini = "carrier_simulator_settings = carriers=inpost\n"
    assert run.start("def test_it(carrier_world):\n    pass\n", ini=ini).outcomes == {"passed": 1}


def test_a_project_with_a_module_of_our_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "simulator.py").write_text("X = 1\n")
    (tmp_path / "test_it.py").write_text("import simulator\n\ndef test_it():\n    simulator.X\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "pytest_carrier_simulator"],
        cwd=tmp_path,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "1 passed" in done.stdout, done.stdout + done.stderr
    assert "its plugin is off, since another module is named simulator" in done.stdout
