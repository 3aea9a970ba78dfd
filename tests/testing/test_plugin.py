"""The plugin, as a project's tests have it: each test here runs a project's tests."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from tests.testing.project import Project


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


def test_a_server_of_another_version_is_said_once_a_test(run: Project) -> None:
    tests = """
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

class Old(BaseHTTPRequestHandler):
    def do_GET(self):
        body = b'{"name": "carrier-simulator", "version": "99.1.0"}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said):
        pass

@pytest.fixture(scope="session")
def pytestconfig(pytestconfig):
    server = HTTPServer(("127.0.0.1", 0), Old)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    pytestconfig.option.carrier_simulator = f"http://127.0.0.1:{server.server_port}"
    yield pytestconfig
    server.shutdown()
    server.server_close()

def test_it(carrier_world):
    pass
"""
    result = run(tests)
    assert result.outcomes == {"errors": 1}
    assert re.search(r"carrier-simulator 99\.1\.0, this client is of .*: install", result.printed)
    assert "carrier-simulator==99.1.0 for the tests, or start the server of" in result.printed


def test_who_tests_no_carrier_starts_no_server(run: Project) -> None:
    tests = """
import sys

def test_it():
    assert "simulator.testing" not in sys.modules
    assert "httpx2" not in sys.modules
"""
    assert run.start(tests).outcomes == {"passed": 1}


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
    ini = "carrier_simulator_settings =\n    carriers=inpost\n    access_log=off\n"
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
