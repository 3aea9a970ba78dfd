"""Targets that hang: nobody waits twice for them, nothing is lost, no other one is delayed."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from dirty_equals import IsPartialDict

from tests.support.receiver import Receiver, hanging, receiving
from tests.support.server import START, Workspace, serving
from tests.support.toy.server import toy_app


@pytest.fixture
def patient() -> Iterator[Workspace]:
    """A workspace of a simulator that waits for a target for longer than any test."""
    with serving(toy_app(webhook_timeout=60)) as base_url:
        workspace = Workspace(base_url, "patient")
        workspace.freeze(START)
        yield workspace
        workspace.close()


@pytest.fixture
def aside() -> Iterator[ThreadPoolExecutor]:
    """Threads for clients that wait while the test goes on."""
    with ThreadPoolExecutor(4) as executor:
        yield executor


def _subscribe(workspace: Workspace, *urls: str) -> None:
    """Let these be told of arrivals, without asking them first."""
    snapshot = workspace.control.get("/snapshot").json()
    snapshot["tables"]["toy.subscribers"] = [
        {"name": f"{number:04}", "url": url, "retries": 1} for number, url in enumerate(urls)
    ]
    assert workspace.control.put("/snapshot", json=snapshot).status_code < 300


def _arrive(workspace: Workspace, copies: int = 1) -> None:
    workspace.do("toy.add_parcel", owner="ann", after="0s", copies=copies)


def _redeliver(workspace: Workspace, webhook: int) -> Any:
    response = workspace.control.post(f"/webhooks/{webhook}/redeliver")
    assert response.status_code == 200, response.text
    return response.json()


def _parcels(receiver: Receiver) -> list[int]:
    return [int(post.removeprefix('{"parcel":').removesuffix("}")) for post in receiver.posts]


def test_what_waits_for_a_silent_target_keeps_its_attempts_and_its_order(
    workspace: Workspace, receiver: Receiver
) -> None:
    receiver.hang = True
    _subscribe(workspace, receiver.url)
    _arrive(workspace, copies=6)

    first, *others = workspace.webhooks()
    assert first["attempts"] == [IsPartialDict(status=None, error="no answer within 0.5 s")]
    assert first["next_attempt_at"] == "2026-03-02T09:15:10Z"
    assert [(each["status"], each["attempts"]) for each in others] == [("pending", [])] * 5

    receiver.hang = False
    assert _redeliver(workspace, 4) == IsPartialDict(status="delivered")
    _arrive(workspace)

    assert _parcels(receiver)[-6:] == [4, 2, 3, 5, 6, 7]
    assert [len(each["attempts"]) for each in workspace.webhooks()] == [1] * 7
    workspace.advance("10s")
    assert {each["status"] for each in workspace.webhooks()} == {"delivered"}


def test_what_waits_for_a_silent_target_goes_on_its_way_in_a_copy(
    workspace: Workspace, new_workspace: Callable[[], Workspace], receiver: Receiver
) -> None:
    receiver.hang = True
    _subscribe(workspace, receiver.url)
    _arrive(workspace, copies=3)
    receiver.hang = False

    copy = new_workspace()
    copy.control.put("/snapshot", json=workspace.control.get("/snapshot").json())
    copy.advance("1m")

    assert [each["status"] for each in copy.webhooks()] == ["delivered"] * 3


def test_moving_the_clock_by_weeks_does_not_wait_for_each_webhook_on_the_way(
    workspace: Workspace, receiver: Receiver
) -> None:
    receiver.hang = True
    _subscribe(workspace, receiver.url)
    for day in range(21):
        workspace.do("toy.add_parcel", owner="ann", after=f"{24 * day + 1}h")

    moved = workspace.advance("30d")

    assert moved["deliveries"] == 22  # 21 arrivals, and the first once more
    assert sum(len(each["attempts"]) for each in workspace.webhooks()) < 5


def test_a_new_world_sends_while_an_old_one_of_its_name_still_hangs(
    patient: Workspace, receiver: Receiver, aside: ThreadPoolExecutor
) -> None:
    receiver.hang = True
    _subscribe(patient, receiver.url)
    old = aside.submit(_arrive, patient)
    assert receiver.arrived.wait(10)

    assert patient.control.delete("").status_code == 204
    patient.freeze(START)
    receiver.hang = False
    _subscribe(patient, receiver.url)
    _arrive(patient)

    assert patient.webhooks() == [IsPartialDict(id=1, status="delivered")]
    assert _parcels(receiver) == [1, 1]
    receiver.released.set()
    assert old.exception(10) is None or "409" in str(old.exception())


def test_a_hundred_targets_that_hang_delay_no_other(
    patient: Workspace, receiver: Receiver, aside: ThreadPoolExecutor
) -> None:
    with hanging(110) as urls:
        _subscribe(patient, *urls, receiver.url)
        done = aside.submit(_arrive, patient)
        assert receiver.arrived.wait(20)
        assert not done.done()
    done.result(20)

    assert patient.webhooks()[-1] == IsPartialDict(status="delivered")


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, list[str]]]:
    """The addresses of names, as the system would find them; one without any hangs."""
    known: dict[str, list[str]] = {}
    real, over = socket.getaddrinfo, threading.Event()

    def look_up(host: Any, port: Any, *rest: Any, **more: Any) -> Any:
        if host not in known:
            return real(host, port, *rest, **more)
        if not known[host]:
            over.wait(60)
            raise socket.gaierror("nothing came")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 0)) for each in known[host]]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    yield known
    over.set()


def test_names_that_hang_delay_neither_names_nor_addresses(
    patient: Workspace, receiver: Receiver, aside: ThreadPoolExecutor, names: dict[str, list[str]]
) -> None:
    names |= {f"hangs-{number}": [] for number in range(60)} | {"shop": ["127.0.0.1"]}
    port = receiver.url.rpartition(":")[2]
    by_name = [f"http://shop:{port}/", f"http://shop.localhost:{port}/"]
    with receiving() as other:
        hang = [f"http://{name}/" for name in names if name != "shop"]
        _subscribe(patient, *hang, *by_name, other.url)
        done = aside.submit(_arrive, patient)
        assert other.arrived.wait(20)
        assert receiver.arrived.wait(20)
    assert not done.done()
    patient.control.delete("")
    assert receiver.received[0].headers["host"].startswith("shop")


@pytest.mark.parametrize(
    ("addresses", "error"),
    [
        (["169.254.169.254"], "webhooks may not go to shop: it resolves to 169.254.169.254"),
        (["93.184.215.14"], "webhooks may not go to shop: it resolves to 93.184.215.14"),
        (["169.254.169.254", "127.0.0.1"], None),
    ],
)
def test_the_addresses_of_a_name_are_judged_and_those_are_connected_to(
    workspace: Workspace,
    receiver: Receiver,
    names: dict[str, list[str]],
    addresses: list[str],
    error: str | None,
) -> None:
    names["shop"] = addresses
    url = f"http://shop:{receiver.url.rpartition(':')[2]}/"
    _subscribe(workspace, url)

    _arrive(workspace)

    assert workspace.webhooks()[0]["attempts"] == [
        IsPartialDict(status=200 if error is None else None, error=error)
    ]
    checked = workspace.control.post("/actions/toy.subscribe", json={"url": url})
    assert checked.status_code == (200 if error is None else 422)
    assert error is None or error in checked.text


def test_an_answer_that_trickles_is_over_in_time_and_its_connection_closed(
    workspace: Workspace, receiver: Receiver
) -> None:
    receiver.trickle = True
    _subscribe(workspace, receiver.url)

    _arrive(workspace)

    assert workspace.webhooks()[0]["attempts"] == [IsPartialDict(error="no answer within 0.5 s")]
    assert receiver.given_up.wait(10)


def test_the_log_keeps_the_latest_attempts(workspace: Workspace, receiver: Receiver) -> None:
    _subscribe(workspace, receiver.url)
    _arrive(workspace)
    receiver.status = 500

    for _ in range(60):
        shown = _redeliver(workspace, 1)

    assert [each["status"] for each in shown["attempts"]] == [500] * 50
    assert shown["next_attempt_at"] is None
