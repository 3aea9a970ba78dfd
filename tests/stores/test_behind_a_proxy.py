"""Three servers that share a store, behind the proxy of `examples/replicas`."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import httpx2
import pytest

from simulator.app import create_app
from simulator.settings import Settings
from tests.docs.test_commands import ROOT
from tests.support.dict_store import DictStore, Place
from tests.support.server import Workspace, serving
from tests.support.shipments import to_locker

SHIPMENTS = "/v1/organizations/1/shipments"
CONFIGURATION = (ROOT / "examples" / "replicas" / "haproxy.cfg").read_text()

pytestmark = pytest.mark.skipif(shutil.which("haproxy") is None, reason="haproxy is not installed")


@pytest.fixture(scope="module")
def place() -> Place:
    found = Place()
    found.stores = 2
    return found


@pytest.fixture(scope="module")
def backends(place: Place) -> Iterator[list[str]]:
    with ExitStack() as stack:
        apps = [create_app(Settings(), store=DictStore(place)) for _ in range(3)]
        yield [stack.enter_context(serving(app)) for app in apps]


@pytest.fixture(scope="module")
def proxy(backends: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The base URL of the proxy. It takes over a socket at which connections wait already."""
    configuration = CONFIGURATION
    for number, base_url in enumerate(backends, 1):
        configuration = configuration.replace(f"replica-{number}:8080", urlsplit(base_url).netloc)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        number = listener.fileno()
        configuration, taken = re.subn("bind :8080", f"bind fd@{number}", configuration)
        assert taken == 1
        file = tmp_path_factory.mktemp("proxy") / "haproxy.cfg"
        file.write_text(configuration)
        process = subprocess.Popen(["haproxy", "-db", "-f", file], pass_fds=[number])
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            process.terminate()
            process.wait(10)


@pytest.fixture
def workspace(proxy: str, request: pytest.FixtureRequest) -> Iterator[Workspace]:
    found = Workspace(proxy, request.node.name[:60])
    yield found
    found.close()


def test_what_is_made_through_the_proxy_is_there_at_each(
    workspace: Workspace, backends: list[str]
) -> None:
    made = [workspace.client.post(SHIPMENTS, json=to_locker()).json()["id"] for _ in range(4)]
    assert len(set(made)) == 4
    for base_url in backends:
        direct = Workspace(base_url, workspace.name)
        assert [direct.client.get(f"/v1/shipments/{each}").status_code for each in made] == (
            [200] * 4
        )
        direct.leave()


def answered(workspace: Workspace) -> bool:
    """Whether a list is answered, and not by the proxy's 502 or the end of a connection that was
    used before."""
    try:
        status = workspace.client.get(SHIPMENTS).status_code
    except httpx2.RemoteProtocolError:
        return False
    assert status in (200, 502)
    return status == 200


def test_a_connection_that_a_rule_breaks_is_not_asked_for_again(workspace: Workspace) -> None:
    rule = {
        "when": {"operation": "inpost.list_shipments"},
        "fault": {"kind": "connection_reset"},
        "times": 2,
    }
    assert workspace.control.post("/rules", json=rule).status_code == 201
    assert [answered(workspace) for _ in range(3)] == [False, False, True]
    assert workspace.control.get("/rules").json()["items"][0]["used"] == 2


def test_while_the_store_is_away_the_carrier_says_why(workspace: Workspace, place: Place) -> None:
    workspace.client.post(SHIPMENTS, json=to_locker()).raise_for_status()
    place.fails = "the disk is full"
    refused = workspace.client.get(SHIPMENTS)
    place.fails = None
    assert refused.status_code == 503
    assert refused.json()["message"] == "The simulator's store fails: the disk is full."
