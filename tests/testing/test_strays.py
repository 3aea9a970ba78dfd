"""Requests that hit no operation fail the test during which they came, wherever that made them."""

from __future__ import annotations

from tests.testing.project import SHOP, Project

STRAY = """
import unittest

def lose(world):
    httpx2.get(f"{world.inpost.base_url}/v1/organisations/4/shipments")
"""


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


def test_those_of_fixtures_count(run: Project) -> None:
    result = run(
        STRAY
        + """
@pytest.fixture
def set_up(carrier_world):
    lose(carrier_world)

@pytest.fixture
def taken_down(carrier_world):
    yield
    lose(carrier_world)

def test_set_up(set_up):
    pass

def test_taken_down(taken_down):
    pass

@pytest.mark.carrier_lenient
def test_allowed(set_up, taken_down):
    pass

def test_next(carrier_world):
    assert ship(carrier_world.inpost).status_code == 201
"""
    )
    assert result.outcomes == {"passed": 3, "failed": 1, "errors": 1}
    assert (result.named("FAILED"), result.named("ERROR")) == (["test_set_up"], ["test_taken_down"])
    assert result.has("*ERROR at teardown of test_taken_down*", "1 of the requests hit no *")


def test_those_of_test_cases_count(run: Project) -> None:
    result = run(
        STRAY
        + """
class TestShop(unittest.TestCase):
    @pytest.fixture(autouse=True)
    def world_of_it(self, carrier_world):
        self.world = carrier_world

    def setUp(self):
        if "set_up" in self.id():
            lose(self.world)

    def tearDown(self):
        if "taken_down" in self.id():
            lose(self.world)

    def test_set_up(self):
        pass

    def test_taken_down(self):
        pass

    def test_itself(self):
        lose(self.world)

    def test_well(self):
        assert ship(self.world.inpost).status_code == 201

    def test_wrong_otherwise(self):
        lose(self.world)
        self.assertEqual(1, 2)
"""
    )
    assert result.outcomes == {"passed": 1, "failed": 4}
    assert "AssertionError: 1 != 2" in result.printed


def test_those_of_worlds_that_fixtures_make_count_where_they_came(run: Project) -> None:
    result = run(
        STRAY
        + """
@pytest.fixture(scope="session")
def everywhere(carrier_simulator):
    with carrier_simulator.world() as world:
        yield world

@pytest.fixture(scope="module")
def shared(carrier_simulator):
    with carrier_simulator.world() as world:
        yield world
        lose(world)

@pytest.fixture
def own(carrier_simulator):
    with carrier_simulator.world() as world:
        yield world
        lose(world)

def test_before(shared, everywhere):
    ship(shared.inpost)

def test_shared(shared):
    lose(shared)

def test_everywhere(everywhere):
    lose(everywhere)

def test_between(shared, everywhere):
    pass

def test_own(own):
    pass

def test_block(carrier_simulator):
    with carrier_simulator.world() as world:
        lose(world)

@pytest.mark.carrier_lenient
def test_allowed(shared):
    lose(shared)

def test_last(shared):
    pass
"""
    )
    assert result.named("FAILED") == ["test_shared", "test_everywhere", "test_block"]
    assert result.named("ERROR") == ["test_own", "test_last"]


def test_no_end_of_a_world_hides_them(run: Project) -> None:
    result = run(
        STRAY
        + """
def test_reset(carrier_world):
    lose(carrier_world)
    carrier_world.reset()
    ship(carrier_world.inpost)

def test_reset_twice(carrier_world):
    for _ in range(2):
        lose(carrier_world)
        carrier_world.reset()
    lose(carrier_world)

def test_restored(carrier_world):
    kept = carrier_world.snapshot()
    lose(carrier_world)
    carrier_world.restore(kept)

def test_deleted(carrier_world):
    lose(carrier_world)
    carrier_world.delete()

def test_of_that_name_again(carrier_simulator, carrier_world):
    lose(carrier_world)
    carrier_simulator.world(carrier_world.name)

def test_copied(carrier_world):
    copy = carrier_world.fork()
    lose(copy.fork())

@pytest.mark.asyncio
async def test_awaited(async_carrier_world):
    lose(async_carrier_world)
    await async_carrier_world.reset()
    lose(await async_carrier_world.fork())

def test_well(carrier_world):
    carrier_world.fork()
    ship(carrier_world.inpost)
    carrier_world.reset()
    assert carrier_world.journal() == []
"""
    )
    assert result.outcomes == {"passed": 1, "failed": 7}
    assert result.has("*test_reset_twice*", "3 of the requests hit no operation of a carrier:")
    assert result.has("*test_awaited*", "2 of the requests hit no operation of a carrier:")


def test_copies_end_with_the_test_whoever_made_them(run: Project) -> None:
    result = run("""
names = []

@pytest.mark.asyncio
async def test_it(async_carrier_world, carrier_world):
    copy = await async_carrier_world.fork()
    names.extend([copy.name, (await copy.fork()).name, carrier_world.fork().name])

def test_behind_it(carrier_simulator):
    for name in names:
        with pytest.raises(Exception, match="404"):
            carrier_simulator.existing(name).clock()
""")
    assert result.outcomes == {"passed": 2}


def test_a_misspelt_carrier_is_one(run: Project) -> None:
    result = run("""
def test_it(carrier_world):
    base_url = carrier_world.inpost.base_url.replace("inpost", "inpots")
    assert httpx2.get(f"{base_url}/v1/shipments/5").status_code == 404
""")
    assert result.outcomes == {"failed": 1}
    assert result.has(
        "  GET /inpots/v1/shipments/5 (*-000001)",
        "    nearest is GET /inpost/v1/shipments/{shipment_id}: segment 1 is 'inpots', *",
    )


def test_a_test_that_ended_otherwise_is_told_of_them_once(run: Project) -> None:
    result = run(
        STRAY
        + """
def test_failed(carrier_world):
    lose(carrier_world)
    assert carrier_world.journal() == []

@pytest.mark.xfail(strict=True)
def test_expected(carrier_world):
    lose(carrier_world)
    assert carrier_world.journal() == []

def test_skipped(carrier_world):
    lose(carrier_world)
    pytest.skip()
"""
    )
    assert result.outcomes == {"failed": 1}
    assert result.printed.count("of the requests hit no operation of a carrier:") == 1
    assert result.has("*carrier simulator: astray*", "1 of the requests hit no operation*")


def test_a_server_that_died_is_said_in_the_test_in_which_it_did(run: Project) -> None:
    tests = (
        STRAY
        + """
import os, signal
from simulator.pytest_plugin import servers

@pytest.fixture(scope="module")
def shared(carrier_simulator):
    with carrier_simulator.world() as world:
        yield world

def test_before(shared):
    ship(shared.inpost)

def test_death(shared, pytestconfig):
    process = servers.of(pytestconfig)._process
    os.kill(process.pid, signal.SIGKILL)
    process._process.wait()

def test_no_carrier():
    pass

def test_behind_it(carrier_world):
    pass
"""
    )
    ini = "carrier_simulator_settings = carriers=inpost\n"
    result = run.start(SHOP + tests, ini=ini)
    assert (result.named("FAILED"), result.named("ERROR")[0]) == (["test_death"], "test_behind_it")
    assert result.has("*test_behind_it*", "*its process ended with -9; it said last:*")
    assert result.has("*test_death*", "*its process ended with -9; it said last:*")
