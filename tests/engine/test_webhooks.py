"""The outbox: where it may send to, its order, its retries, and that nobody waits for another."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import msgspec
import pytest

from simulator.core.clock import Clock, parse_instant
from simulator.engine.backends.memory import MemoryBackend
from simulator.engine.bounds import HubOptions
from simulator.engine.hub import Hub
from simulator.engine.records import WEBHOOKS, Webhook
from simulator.engine.targets import TargetPolicy
from simulator.engine.webhooks import Outbox, backoff
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


def _hub() -> tuple[Hub, Outbox, Workspace]:
    hub = Hub([TOY], MemoryBackend(), HubOptions(clock=Clock.frozen(START)))
    return hub, Outbox(hub, TargetPolicy(), timeout=0.5), hub.workspace("w")


def _send(hub: Hub, workspace: Workspace, target: str | None, body: str = "{}") -> int:
    def work(world: World) -> int:
        return world.send_webhook(carrier="toy", event="x", target=target, body=body)

    return hub.run(workspace, work)


def _webhook(workspace: Workspace, number: int) -> Webhook:
    webhook = workspace.state[WEBHOOKS].get(number)
    assert webhook is not None
    return webhook


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:9/x",
        "http://localhost/",
        "https://shop.localhost:1/",
        "http://[::1]:9/",
        "http://10.1.2.3/",
        "http://192.168.0.9/",
        "http://receiver:8000/",
        "http://web-1/",
        "http://web_2:80/",
        "http://[::ffff:127.0.0.1]/",
        "http://host.docker.internal/",
        "https://Hooks.Example.com/x",
    ],
)
def test_targets_at_hand_may_be_called(target: str) -> None:
    assert TargetPolicy(("hooks.example.com",)).refusal(target) is None


@pytest.mark.parametrize(
    "target",
    [
        "http://example.com/",
        "http://8.8.8.8/",
        "http://134744072/",
        "http://0x08080808/",
        "http://010.8.8.8/",
        "http://169.254.169.254/latest/meta-data",
        "http://[fe80::1]/",
        "http://[::ffff:8.8.8.8]/",
        "http://127.0.0.1@8.8.8.8/",
        "https://localhost.example.com/",
        "ftp://localhost/",
        "http://",
        "localhost",
        "http://[",
        "http://localhost:99999/",
    ],
)
def test_other_targets_may_not(target: str) -> None:
    assert TargetPolicy().refusal(target) is not None


def test_retries_come_later_and_later() -> None:
    waits = [backoff(failures).total_seconds() for failures in (1, 2, 3, 4, 20)]

    assert waits == [10, 20, 40, 80, 3600]


def test_one_target_gets_its_webhooks_in_their_order(receiver: Receiver) -> None:
    async def play() -> None:
        hub, outbox, workspace = _hub()
        for number in range(20):
            _send(hub, workspace, receiver.url, str(number))
        hub.run_due(workspace)
        await outbox.settle(workspace)
        await outbox.close()

    asyncio.run(play())

    assert receiver.posts == [str(number) for number in range(20)]


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
        number = _send(hub, workspace, None, "new")
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
