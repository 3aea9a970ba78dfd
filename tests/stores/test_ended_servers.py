"""Servers that are killed or stand still in the middle of something: others soon go on with it, and
one that comes back does not go on as if nothing had been."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx2
import pytest

from simulator.engine.keeping.leases import SECONDS
from simulator.server_process.process import ServerProcess
from tests.support.receiver import Receiver, receiving
from tests.support.server import START, Workspace
from tests.support.shipments import to_locker

SHIPMENTS = "/v1/organizations/1/shipments"

SOON = 3 * SECONDS
"""What a busy machine adds to it is little besides."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def processes(store: str) -> Iterator[list[ServerProcess]]:
    """Two servers that share a store, in processes of their own."""
    with ExitStack() as stack:
        started = [ServerProcess({"store": store, "webhook_timeout": "2s"}) for _ in range(2)]
        for each in started:
            stack.callback(each.stop)
        yield started


@pytest.fixture
def team(processes: list[ServerProcess], receiver: Receiver) -> Iterator[list[Workspace]]:
    """One workspace as it is seen at each of them, whose webhooks go to the receiver."""
    seen = [Workspace(each.url, "team") for each in processes]
    seen[0].freeze(START)
    seen[0].do("inpost.set_webhook", organization=1, url=receiver.url, verify=False)
    yield seen
    for each in seen:
        each.leave()


@contextmanager
def moving(workspace: Workspace, receiver: Receiver) -> Iterator[Future[httpx2.Response]]:
    """While its clock is moved by an hour, and the first webhook on the way, which makes whoever
    moves it wait, has come and is not answered; those after it are."""
    receiver.hang = True
    made = [workspace.client.post(SHIPMENTS, json=to_locker()) for _ in range(3)]
    assert [each.status_code for each in made] == [201] * 3
    with ThreadPoolExecutor(1) as pool:
        moved = pool.submit(workspace.control.post, "/clock/advance", json={"by": "1h"})
        assert receiver.arrived.wait(30)
        receiver.hang = False
        yield moved


def delivered(workspace: Workspace) -> list[Any]:
    """The webhooks of the workspace in their order, once all have arrived."""
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        log = [each for each in workspace.webhooks() if each["target"]]
        if log and {each["status"] for each in log} == {"delivered"}:
            return log
    raise AssertionError(f"not all were delivered: {workspace.webhooks()}")


def posts(receiver: Receiver) -> list[Any]:
    return [json.loads(each) for each in receiver.posts]


def test_what_a_server_did_that_is_killed_another_one_soon_does(
    processes: list[ServerProcess], team: list[Workspace], receiver: Receiver
) -> None:
    with moving(team[0], receiver) as moved:
        [taken] = posts(receiver)
        os.kill(processes[0].pid, signal.SIGKILL)
        killed = time.monotonic()
        assert isinstance(moved.exception(30), httpx2.TransportError)
        team[1].advance("1h")
        mover_free = time.monotonic() - killed
        log = delivered(team[1])
        target_free = time.monotonic() - killed
    assert max(mover_free, target_free) < SOON
    assert posts(receiver) == [taken, *(each["body"] for each in log)]


def test_all_that_a_server_answered_stands_in_the_journal_though_it_is_killed_at_once(
    store: str,
) -> None:
    server, ids = ServerProcess({"store": store}), []
    try:
        asked = Workspace(server.url, "team")
        for _ in range(20):
            ids.append(asked.client.get(SHIPMENTS).headers["X-Sim-Request-Id"])
            refused = asked.client.get(f"{SHIPMENTS}/0")
            ids.append(refused.headers["X-Sim-Request-Id"])
        os.kill(server.pid, signal.SIGKILL)
        asked.leave()
    finally:
        server.stop()
    again = ServerProcess({"store": store})
    try:
        found = Workspace(again.url, "team")
        assert [each["id"] for each in found.journal()] == ids[::-1]
        found.leave()
    finally:
        again.stop()


def test_a_server_that_stood_still_does_not_go_on_with_what_another_one_does(
    processes: list[ServerProcess], team: list[Workspace], receiver: Receiver
) -> None:
    later = "2026-03-02T09:45:00Z"
    with moving(team[0], receiver) as moved:
        os.kill(processes[0].pid, signal.SIGSTOP)
        try:
            stopped = time.monotonic()
            team[1].freeze(later)
            log = delivered(team[1])
            assert time.monotonic() - stopped < SOON
        finally:
            os.kill(processes[0].pid, signal.SIGCONT)
        answer = moved.result(30)
    assert answer.status_code == 503, answer.text
    assert "another server may do so by now" in answer.json()["detail"]
    for each in team:
        assert each.control.get("/clock").json()["at"] == later
    # What it had sent has come to nothing by now; that it did stands in the log.
    while len(delivered(team[1])[0]["attempts"]) < 2:
        assert time.monotonic() - stopped < 60
    for each in team:
        assert [webhook["id"] for webhook in delivered(each)] == [webhook["id"] for webhook in log]
    [taken, *others] = posts(receiver)
    assert others == [each["body"] for each in log]
    assert taken == others[0]
