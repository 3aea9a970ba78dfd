"""The outbox: where it may send to, its order, its retries, and that nobody waits for another."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpcore2
import msgspec
import pytest

from simulator.core.clock import Clock, parse_instant
from simulator.engine.backends.memory import MemoryBackend
from simulator.engine.bounds import HubOptions
from simulator.engine.delivery.outbox import Outbox, backoff
from simulator.engine.delivery.policy import TargetPolicy
from simulator.engine.hub import Hub
from simulator.engine.records import WEBHOOKS, Stamp, Webhook
from simulator.engine.workspace import Workspace
from simulator.engine.world import World
from tests.support.receiver import Receiver, receiving
from tests.support.toy.carrier import TOY

START = parse_instant("2026-03-02T10:15:00+01:00")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def slow() -> Iterator[Receiver]:
    """A receiver that does not answer."""
    with receiving() as receiver:
        receiver.hang = True
        yield receiver


def _hub(timeout: float = 0.5) -> tuple[Hub, Outbox, Workspace]:
    hub = Hub([TOY], MemoryBackend(), HubOptions(clock=Clock.frozen(START)))
    return hub, Outbox(hub, TargetPolicy(), timeout), hub.workspace("w")


def _send(
    hub: Hub,
    workspace: Workspace,
    target: str | None,
    body: bytes = b"{}",
    stamp: Stamp | None = None,
    headers: dict[str, str] | None = None,
) -> int:
    def work(world: World) -> int:
        return world.send_webhook(
            carrier="toy", event="x", target=target, body=body, stamp=stamp, headers=headers
        )

    return hub.run(workspace, work)


def _webhook(workspace: Workspace, number: int) -> Webhook:
    webhook = workspace.state[WEBHOOKS].get(number)
    assert webhook is not None
    return webhook


def test_retries_come_later_and_later() -> None:
    waits = [backoff(failures).total_seconds() for failures in (1, 2, 3, 4, 20)]

    assert waits == [10, 20, 40, 80, 3600]


def test_one_target_gets_its_webhooks_in_their_order(receiver: Receiver) -> None:
    async def play() -> None:
        hub, outbox, workspace = _hub()
        for number in range(20):
            _send(hub, workspace, receiver.url, str(number).encode())
        hub.run_due(workspace)
        await outbox.settle(workspace)
        await outbox.close()

    asyncio.run(play())

    assert receiver.posts == [str(number) for number in range(20)]


@pytest.mark.parametrize(
    ("headers", "error"),
    [
        ({"X-Shop": "zażółć"}, "the value of the header X-Shop cannot be sent: it has 'ż' at"),
        ({"X-Shop": "a\nX-Other: b"}, "the value of the header X-Shop cannot be sent: it has"),
        ({"": "x"}, "'' cannot be the name of a header"),
        ({"X Shop": "x"}, "'X Shop' cannot be the name of a header"),
    ],
)
def test_a_header_that_cannot_be_sent_fails_one_delivery(
    receiver: Receiver, headers: dict[str, str], error: str
) -> None:
    async def play() -> tuple[Webhook, Webhook]:
        hub, outbox, workspace = _hub()
        odd = _send(hub, workspace, receiver.url, headers=headers)
        after = _send(hub, workspace, receiver.url)
        hub.run_due(workspace)
        await outbox.settle(workspace)
        await outbox.close()
        return _webhook(workspace, odd), _webhook(workspace, after)

    failed, delivered = asyncio.run(play())

    assert failed.attempts[-1].status is None
    assert (failed.attempts[-1].error or "").startswith(error)
    assert delivered.attempts[-1].status == 200


def test_a_target_that_hangs_delays_no_other(receiver: Receiver, slow: Receiver) -> None:
    async def play() -> None:
        hub, outbox, workspace = _hub()
        hanging = _send(hub, workspace, slow.url)
        prompt = _send(hub, workspace, receiver.url)
        _, delivered = hub.run_due(workspace)
        await delivered
        assert _webhook(workspace, prompt).status == "delivered"
        assert _webhook(workspace, hanging).attempts == ()
        await outbox.settle(workspace)
        assert _webhook(workspace, hanging).attempts[0].error == "no answer within 0.5 s"
        await outbox.close()

    asyncio.run(play())


def test_without_a_target_it_only_stands_in_the_inbox() -> None:
    async def play() -> None:
        hub, outbox, workspace = _hub()
        number = _send(hub, workspace, None)
        assert hub.run_due(workspace) == []
        await outbox.deliver(workspace, number)
        assert _webhook(workspace, number).status == "not_subscribed"
        await outbox.close()

    asyncio.run(play())


def test_a_workspace_that_goes_away_meanwhile_is_no_trouble(slow: Receiver) -> None:
    async def play() -> None:
        hub, outbox, workspace = _hub()
        _send(hub, workspace, slow.url)
        _send(hub, workspace, slow.url)
        deliveries = hub.run_due(workspace)
        await asyncio.sleep(0)
        hub.drop("w")
        await asyncio.gather(*deliveries)
        assert len(hub.workspace("w").state[WEBHOOKS]) == 0
        await outbox.close()

    asyncio.run(play())


def test_a_webhook_that_goes_away_meanwhile_is_no_trouble(slow: Receiver) -> None:
    async def play() -> None:
        hub, outbox, workspace = _hub()
        _send(hub, workspace, slow.url)
        deliveries = hub.run_due(workspace)
        await asyncio.sleep(0)
        hub.replace(workspace, hub.fresh_state())
        await asyncio.gather(*deliveries)
        assert len(workspace.state[WEBHOOKS]) == 0
        await outbox.close()

    asyncio.run(play())


def test_a_reset_on_the_way_does_not_touch_the_next_worlds_webhooks(slow: Receiver) -> None:
    async def play() -> None:
        hub, outbox, workspace = _hub()
        _send(hub, workspace, slow.url)
        deliveries = hub.run_due(workspace)
        await asyncio.sleep(0)
        hub.replace(workspace, hub.fresh_state())
        number = _send(hub, workspace, None, b"new")
        await asyncio.gather(*deliveries)
        assert _webhook(workspace, number).attempts == ()
        await outbox.close()

    asyncio.run(play())


def test_attempts_are_noted_at_the_workspaces_instant(receiver: Receiver) -> None:
    async def play() -> None:
        hub, outbox, workspace = _hub()
        number = _send(hub, workspace, receiver.url)
        hub.set_clock(workspace, Clock.frozen(START + timedelta(hours=1)))
        hub.run_due(workspace)
        await outbox.settle(workspace)
        attempt = _webhook(workspace, number).attempts[0]
        assert (attempt.at, attempt.status) == (START + timedelta(hours=1), 200)
        assert msgspec.json.decode(msgspec.json.encode(attempt), type=type(attempt)) == attempt
        await outbox.close()

    asyncio.run(play())


def test_threads_that_draw_pages_delay_no_webhook(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, drawn = socket.getaddrinfo, threading.Event()
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *rest, **more: real("127.0.0.1", *rest, **more)
    )

    async def play() -> None:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(1))
        page = loop.run_in_executor(None, drawn.wait, 20)
        hub, outbox, workspace = _hub(timeout=10)
        for host in ("shop", "localhost", "127.0.0.1"):
            _send(hub, workspace, f"http://{host}:{receiver.url.rpartition(':')[2]}", host.encode())
        hub.run_due(workspace)
        await outbox.settle(workspace)
        assert not page.done()
        drawn.set()
        await page
        await outbox.close()

    asyncio.run(play())

    assert sorted(receiver.posts) == ["127.0.0.1", "localhost", "shop"]


def test_nothing_stands_still_while_the_first_webhook_gets_its_client(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, loop_goes_on = httpcore2.default_ssl_context, threading.Event()

    def slow() -> object:
        assert loop_goes_on.wait(10), "the loop stood still"
        return real()

    monkeypatch.setattr(httpcore2, "default_ssl_context", slow)

    async def play() -> None:
        hub, outbox, workspace = _hub()
        number = _send(hub, workspace, receiver.url)
        hub.run_due(workspace)
        for _ in range(10):
            await asyncio.sleep(0)
        loop_goes_on.set()
        await outbox.settle(workspace)
        assert _webhook(workspace, number).status == "delivered"
        await outbox.close()

    asyncio.run(play())


def test_a_fault_of_ours_fails_one_delivery(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def play() -> None:
        hub, outbox, workspace = _hub()
        broken = _send(hub, workspace, receiver.url, stamp=Stamp("wall"))
        sound = _send(hub, workspace, receiver.url)
        hub.run_due(workspace)
        await outbox.settle(workspace)
        assert _webhook(workspace, broken).attempts[0].error == "it could not be made: no stamp"
        assert _webhook(workspace, sound).status == "delivered"
        await outbox.close()

    def no_stamp(*_: object) -> dict[str, str]:
        raise ValueError("no stamp")

    monkeypatch.setattr(type(TOY), "stamp", no_stamp)
    asyncio.run(play())


def test_nobody_waits_any_more_when_the_outbox_is_closed(slow: Receiver) -> None:
    async def play() -> None:
        hub, outbox, workspace = _hub(timeout=60)
        for _ in range(3):
            _send(hub, workspace, slow.url)
        deliveries = hub.run_due(workspace)
        await asyncio.sleep(0)
        await outbox.close()
        await asyncio.wait_for(asyncio.gather(*deliveries), 10)

    asyncio.run(play())


def test_an_endless_answer_is_cut_short(receiver: Receiver) -> None:
    receiver.endless = True

    async def play() -> None:
        hub, outbox, workspace = _hub()
        assert await outbox.check(receiver.url) is None
        number = _send(hub, workspace, receiver.url)
        hub.run_due(workspace)
        await outbox.settle(workspace)
        attempt = _webhook(workspace, number).attempts[0]
        assert (attempt.status, attempt.error, attempt.response) == (200, None, "x" * 2000)
        await outbox.close()

    asyncio.run(play())


@pytest.mark.parametrize(
    ("user", "behind", "line"),
    [
        ("", "", "/"),
        ("", "/a?", "/a?"),
        ("", "/Hook/%7e%2F/../x..?Q=A+b%20c#part", "/Hook/%7e%2F/../x..?Q=A+b%20c"),
        ("", "/zażółć?q=ł ł", "/za%C5%BC%C3%B3%C5%82%C4%87?q=%C5%82%20%C5%82"),
        ("shop:p%3Aw@", "/?'<{|}>", "/?'<{|}>"),
    ],
)
def test_a_target_is_called_as_it_was_given(
    receiver: Receiver, user: str, behind: str, line: str
) -> None:
    target = receiver.url.replace("http://", f"http://{user}") + behind

    async def play() -> None:
        hub, outbox, workspace = _hub()
        assert await outbox.check(target) is None
        _send(hub, workspace, target)
        hub.run_due(workspace)
        await outbox.settle(workspace)
        await outbox.close()

    asyncio.run(play())

    sent = [(request.method, request.path) for request in receiver.received]
    assert sent == [("GET", line), ("POST", line)]
    names = {"host", "content-length"} | ({"authorization"} if user else set())
    assert set(receiver.received[-1].headers) == names
    if user:
        assert receiver.received[-1].headers["authorization"] == "Basic c2hvcDpwOnc="


def test_where_a_target_sends_others_nobody_goes(receiver: Receiver) -> None:
    receiver.status = receiver.get_status = 307
    receiver.location = f"{receiver.url}/elsewhere"

    async def play() -> None:
        hub, outbox, workspace = _hub()
        asked = await outbox.check(receiver.url)
        assert asked == f"a GET of {receiver.url} answered 307; it must answer 200"
        number = _send(hub, workspace, receiver.url)
        hub.run_due(workspace)
        await outbox.settle(workspace)
        webhook = _webhook(workspace, number)
        assert (webhook.status, webhook.attempts[0].status) == ("failed", 307)
        await outbox.close()

    asyncio.run(play())

    assert [request.path for request in receiver.received] == ["/", "/"]


def test_nothing_that_a_target_answers_comes_back_to_it(receiver: Receiver) -> None:
    receiver.cookie = "visited=yes"

    async def play() -> None:
        hub, outbox, workspace = _hub()
        for _ in range(2):
            _send(hub, workspace, receiver.url)
        hub.run_due(workspace)
        await outbox.settle(workspace)
        await outbox.close()

    asyncio.run(play())

    assert [set(request.headers) for request in receiver.received] == [
        {"host", "content-length"},
        {"host", "content-length"},
    ]
