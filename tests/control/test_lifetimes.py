"""How workspaces end: by deletion, under who waits in them, and that there are only so many."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest

from simulator.engine.bounds import HubOptions
from simulator.http.root import Root
from tests.support.receiver import Receiver
from tests.support.server import START, Workspace, serving
from tests.support.toy.server import toy_app


@pytest.fixture(scope="module")
def app() -> Root:
    """A simulator with the toy carrier alone."""
    return toy_app()


@pytest.fixture(scope="module")
def server(app: Root) -> Iterator[str]:
    """Its base URL."""
    with serving(app) as base_url:
        yield base_url


STREAM = {"Accept": "text/event-stream"}


def _arrive(workspace: Workspace) -> None:
    workspace.do("toy.add_parcel", owner="ann", after="0s")


def _ids(text: str) -> list[int]:
    return [int(line[4:]) for line in text.splitlines() if line.startswith("id: ")]


def test_health_answers_however_many_workspaces_there_are() -> None:
    with (
        serving(toy_app(HubOptions(workspaces=2))) as base_url,
        httpx2.Client(base_url=f"{base_url}/_sim", trust_env=False, verify=False) as sim,
    ):
        for name in ("a", "b", "c"):
            sim.put(f"/workspaces/{name}/clock", json={"mode": "frozen"})
        sim.delete("/workspaces/default")
        refused = sim.put("/workspaces/d/clock", json={"mode": "frozen"})

        assert refused.status_code == 503
        for path in ("/health", "/version", "/metrics", "/workspaces"):
            assert sim.get(path).status_code == 200


WAITING: list[tuple[str, str, dict[str, Any] | None]] = [
    ("POST", "/reset", None),
    ("PUT", "/clock", {"mode": "frozen"}),
    ("POST", "/clock/advance", {"by": "0s"}),
    ("POST", "/clock/advance", {"until": "toy.arrived", "match": {"owner": "bob"}}),
    ("PUT", "/scenario", {"scenario": "x"}),
    ("PUT", "/scenario?reset=true", {"scenario": "x"}),
    ("PUT", "/snapshot", None),
    ("GET", "/inbox?wait=30s&after=1000", None),
]


@pytest.mark.parametrize(("method", "path", "body"), WAITING)
def test_a_workspace_that_is_deleted_stays_so_and_who_waits_hears_it(
    app: Root,
    workspace: Workspace,
    sim: httpx2.Client,
    receiver: Receiver,
    method: str,
    path: str,
    body: dict[str, Any] | None,
) -> None:
    snapshot = workspace.control.get("/snapshot").json()
    receiver.hang = True
    workspace.do("toy.subscribe", url=receiver.url)
    workspace.do("toy.add_parcel", owner="ann")
    workspace.do("toy.add_parcel", owner="bob", after="5h")
    answers: list[httpx2.Response] = []

    def ask(method: str, path: str, body: Any) -> threading.Thread:
        def run() -> None:
            with httpx2.Client(trust_env=False, verify=False, timeout=30) as client:
                url = f"{workspace.control_url}{path}"
                answers.append(client.request(method, url, json=body))

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    moving = ask("POST", "/clock/advance", {"by": "2h"})
    assert receiver.arrived.wait(10)
    waiting = ask(method, path, snapshot if path == "/snapshot" else body)
    found = app._hub.existing(workspace.name)
    assert found is not None
    assert any(found.guests == 2 for _ in range(1000) if sim.get("/health"))
    assert workspace.control.delete("").status_code == 204
    moving.join(10)
    waiting.join(10)

    assert [answer.status_code for answer in answers] == [409, 409]
    assert all("deleted" in answer.json()["detail"] for answer in answers)
    names = [item["name"] for item in sim.get("/workspaces").json()["items"]]
    assert workspace.name not in names


def test_a_stream_ends_when_its_workspace_is_deleted(workspace: Workspace) -> None:
    with workspace.control.stream("GET", "/events", headers=STREAM) as response:
        pieces = response.iter_text()
        assert next(pieces).startswith(":")
        httpx2.delete(workspace.control_url, trust_env=False, verify=False)
        assert "".join(pieces) == ""


def test_after_a_reset_an_earlier_id_hides_nothing(workspace: Workspace) -> None:
    for _ in range(3):
        _arrive(workspace)
    first = _ids(workspace.control.get("/events?limit=3", headers=STREAM).text)
    workspace.control.post("/reset")
    for _ in range(4):
        _arrive(workspace)

    again = workspace.control.get(
        "/events?limit=4", headers=STREAM | {"Last-Event-ID": str(first[-1])}
    )
    later = workspace.control.get(
        "/events?limit=3", headers=STREAM | {"Last-Event-ID": str(_ids(again.text)[0])}
    )

    begin = _ids(again.text)[0]
    assert first[-1] < begin < 2**53
    assert _ids(again.text) == [begin, begin + 1, begin + 2, begin + 3]
    assert _ids(later.text) == _ids(again.text)[1:]


def test_an_open_stream_goes_on_after_a_reset(workspace: Workspace) -> None:
    for _ in range(2):
        _arrive(workspace)
    headers = STREAM | {"Last-Event-ID": "2"}
    with workspace.control.stream("GET", "/events?limit=1", headers=headers) as response:
        pieces = response.iter_text()
        assert next(pieces).startswith(":")
        workspace.control.post("/reset")
        _arrive(workspace)
        [first] = _ids("".join(pieces))
    assert _ids(workspace.control.get("/events?limit=1", headers=STREAM).text) == [first]


def test_deleting_and_making_again_gives_another_life(
    workspace: Workspace, new_workspace: Callable[[], Workspace]
) -> None:
    _arrive(workspace)
    first = _ids(workspace.control.get("/events?limit=1", headers=STREAM).text)[0]
    workspace.control.delete("")
    _arrive(workspace)

    headers = STREAM | {"Last-Event-ID": str(first)}
    again = _ids(workspace.control.get("/events?limit=1", headers=headers).text)[0]

    assert again > first


def test_an_id_of_the_stream_will_do_for_the_number_of_an_event(workspace: Workspace) -> None:
    for _ in range(3):
        _arrive(workspace)
    second = _ids(workspace.control.get("/events?limit=2", headers=STREAM).text)[-1]

    items = workspace.control.get("/events", params={"after": second}).json()["items"]
    moved = workspace.control.post(
        "/clock/advance", json={"until": {"event": "toy.arrived", "after": second}}
    )
    future = STREAM | {"Last-Event-ID": str(second + 10**9)}
    again = workspace.control.get("/events?limit=3", headers=future)

    assert [item["id"] for item in items] == [3]
    assert moved.json()["event"]["id"] == 3
    assert len(_ids(again.text)) == 3


def test_whoever_lists_the_workspaces_keeps_none_of_them(app: Root, server: str) -> None:
    workspace = Workspace(server, "listed")
    workspace.freeze(START)
    found = app._hub.existing(workspace.name)
    assert found is not None
    found.asked_at = 0.0

    listed = httpx2.get(f"{server}/_sim/workspaces", trust_env=False, verify=False)

    assert workspace.name in [each["name"] for each in listed.json()["items"]]
    assert found.asked_at == 0.0
    workspace.close()
