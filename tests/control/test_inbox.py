"""The inbox: what carriers notified of, fetched at once or waited for."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import httpx2
import pytest
from starlette.types import Message, Scope

from simulator.http.root import Root
from tests.support.server import Workspace
from tests.support.toy.server import toy_app

Json = dict[str, Any]


class Waiter:
    """Requests of a workspace's inbox that are under way."""

    def __init__(self, workspace: Workspace) -> None:
        self._url = f"{workspace.control_url}/inbox"
        self._pool = ThreadPoolExecutor(4)

    def ask(self, query: str) -> Future[httpx2.Response]:
        """A request that has been sent, and whose answer is to come."""
        began = threading.Event()

        def get() -> httpx2.Response:
            with httpx2.Client(trust_env=False, verify=False, timeout=30) as client:
                began.set()
                return client.get(f"{self._url}?{query}")

        asked = self._pool.submit(get)
        assert began.wait(10)
        return asked

    def close(self) -> None:
        self._pool.shutdown()


@pytest.fixture
def waiter(workspace: Workspace) -> Iterator[Waiter]:
    made = Waiter(workspace)
    yield made
    made.close()


def bodies(answer: httpx2.Response) -> list[Any]:
    assert answer.status_code == 200, answer.text
    return [item["body"] for item in answer.json()["items"]]


def arrive(workspace: Workspace, after: str = "0s") -> None:
    workspace.do("toy.add_parcel", owner="ann", after=after)


def test_what_is_there_already_is_told_at_once(workspace: Workspace) -> None:
    arrive(workspace)
    began = time.monotonic()
    answer = workspace.control.get("/inbox?wait=60s&event=arrived&carrier=toy")
    assert (bodies(answer), answer.json()["next"]) == ([{"parcel": 1}], 1)
    assert time.monotonic() - began < 30


def test_it_is_told_as_it_comes_while_the_clock_stands(
    workspace: Workspace, waiter: Waiter
) -> None:
    asked = waiter.ask("wait=30s&event=arrived")
    arrive(workspace)
    assert bodies(asked.result(10)) == [{"parcel": 1}]


def test_it_is_told_as_it_comes_while_the_clock_is_moved(
    workspace: Workspace, waiter: Waiter
) -> None:
    arrive(workspace, "2h")
    asked = waiter.ask("wait=30s")
    assert not asked.done()
    workspace.advance("3h")
    assert bodies(asked.result(10)) == [{"parcel": 1}]


def test_it_is_told_as_it_comes_on_a_clock_that_runs(workspace: Workspace, waiter: Waiter) -> None:
    workspace.control.put("/clock", json={"mode": "scaled", "speed": 1000})
    arrive(workspace, "100s")
    assert bodies(waiter.ask("wait=30s").result(10)) == [{"parcel": 1}]


def test_who_has_seen_one_waits_for_the_next(workspace: Workspace, waiter: Waiter) -> None:
    arrive(workspace)
    seen = workspace.control.get("/inbox?wait=1s").json()["next"]
    asked = waiter.ask(f"wait=30s&after={seen}")
    arrive(workspace)
    assert bodies(asked.result(10)) == [{"parcel": 2}]


def test_when_the_time_is_over_there_is_nothing(workspace: Workspace) -> None:
    arrive(workspace)
    answer = workspace.control.get("/inbox?wait=20ms&after=1")
    assert answer.json() == {"items": [], "next": 1}


def test_several_wait_and_nobody_else_does(workspace: Workspace, waiter: Waiter) -> None:
    asked = [waiter.ask("wait=30s") for _ in range(3)]
    assert workspace.control.get("/clock").status_code == 200
    assert workspace.control.get("/inbox").json() == {"items": [], "next": 0}
    arrive(workspace)
    assert [bodies(each.result(10)) for each in asked] == [[{"parcel": 1}]] * 3


@pytest.mark.parametrize("ending", ["reset", "delete"])
def test_a_workspace_that_ends_ends_the_wait(
    workspace: Workspace, waiter: Waiter, ending: str
) -> None:
    arrive(workspace)
    asked = waiter.ask("wait=30s&after=1")
    # It has surely been heard when a second one of the same kind has waited its time.
    workspace.control.get("/inbox?wait=200ms&after=1")
    if ending == "reset":
        workspace.control.post("/reset")
    else:
        workspace.control.delete("")
    answer = asked.result(10)
    assert answer.status_code == 409
    assert ("began again" if ending == "reset" else "was deleted") in answer.json()["detail"]


def waiting(end: Callable[[Root, asyncio.Event], None]) -> list[Message]:
    """What is sent to a client that waits for a minute, after something ended its wait."""
    sent: list[Message] = []
    left = asyncio.Event()

    async def receive() -> Message:
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    async def play() -> None:
        app = toy_app()
        path = "/_sim/workspaces/default/inbox"
        scope: Scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": b"wait=60s",
            "headers": [(b"host", b"simulator")],
        }
        asked = asyncio.ensure_future(app(scope, receive, send))
        for _ in range(20):
            await asyncio.sleep(0)
        assert (asked.done(), sent) == (False, [])
        end(app, left)
        await asyncio.wait_for(asked, 10)
        here = asyncio.current_task()
        assert [task for task in asyncio.all_tasks() if task is not here] == []

    asyncio.run(play())
    return sent


def test_who_leaves_is_forgotten() -> None:
    assert waiting(lambda app, left: left.set()) == []


def test_a_server_that_stops_lets_nobody_wait() -> None:
    head, body = waiting(lambda app, left: app.stop())
    assert (head["status"], json.loads(body["body"])) == (200, {"items": [], "next": 0})


@pytest.mark.parametrize(
    ("query", "path", "said"),
    [
        ("event=arived", "query.event", 'Did you mean "arrived"?'),
        ("event=toy.arrived", "query.event", 'Did you mean "arrived"?'),
        ("event=left", "query.event", "only of arrived"),
        ("carrier=toi", "query.carrier", 'Did you mean "toy"?'),
        ("wait=5", "query.wait", "is not a duration"),
        ("wait=61s", "query.wait", "at most 60s"),
        ("wait=-1s", "query.wait", "is not a duration"),
        ("wait=", "query.wait", "is not a duration"),
    ],
)
def test_what_can_never_come_is_refused(
    workspace: Workspace, query: str, path: str, said: str
) -> None:
    answer = workspace.control.get(f"/inbox?{query}")
    assert answer.status_code == 422
    [fault] = answer.json()["errors"]
    assert fault["path"] == path
    assert said in fault["message"]


@pytest.mark.parametrize("query", ["event=arived", "carrier=other"])
def test_so_it_is_in_the_delivery_log(workspace: Workspace, query: str) -> None:
    assert workspace.control.get(f"/webhooks?{query}").status_code == 422
