"""Work that one of several processes does: sending, moving the clock, jobs of those that ended."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial

import pytest

from simulator.core.clock import Clock
from simulator.engine.backends.store import Commit, Kept
from simulator.engine.delivery.outbox import Outbox
from simulator.engine.delivery.policy import TargetPolicy
from simulator.engine.hub import Hub
from simulator.engine.keeping.sure import fresh, surely
from simulator.engine.moving import timeline
from simulator.engine.records import WEBHOOKS
from simulator.engine.workspace import Workspace
from simulator.engine.world import World
from tests.engine.keeping.processes import START, process, run
from tests.support.dict_store import Place
from tests.support.receiver import Receiver, receiving
from tests.support.toy import parcels
from tests.support.toy.records import PARCELS


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def webhook(target: str, body: str) -> Callable[[World], object]:
    """Lets a webhook leave."""
    return lambda world: world.send_webhook(
        carrier="toy", event="x", target=target, body=body.encode()
    )


async def send(hub: Hub, target: str, body: str) -> None:
    """Let a webhook leave, as a request would."""

    def act() -> None:
        hub.run(hub.workspace("w"), webhook(target, body))
        hub.run_due(hub.workspace("w"))

    await surely(hub, hub.workspace("w"), act)


def under_way_for_ever(workspace: Workspace, number: int) -> asyncio.Future[None]:
    """Delivers nothing, as a process does that ends before it has sent."""
    return asyncio.get_running_loop().create_future()


def outbox(hub: Hub) -> Outbox:
    return Outbox(hub, TargetPolicy(), 5)


async def delivered(hub: Hub, count: int) -> None:
    """Return when so many webhooks are."""
    while True:
        await fresh(hub, "w")
        kept = hub.workspace("w").state[WEBHOOKS]
        if sum(each.status == "delivered" for each in kept) == count:
            return
        await asyncio.sleep(0.01)


def test_what_several_processes_send_comes_once_and_in_order(receiver: Receiver) -> None:
    async def test() -> None:
        place = Place()
        async with process(place) as (left, _), process(place) as (right, _):
            boxes = [outbox(left), outbox(right)]
            for number in range(20):
                await send((left, right)[number % 2], receiver.url, str(number))
            for hub in (left, right):
                await delivered(hub, 20)
            for each in boxes:
                await each.close()

    run(test)
    assert receiver.posts == [str(number) for number in range(20)]


def test_what_is_undone_since_another_was_faster_never_leaves(receiver: Receiver) -> None:
    async def test() -> None:
        place = Place()
        async with process(place) as (left, store), process(place) as (right, _):
            boxes = [outbox(left), outbox(right)]
            commit, drafts = store.commit, [None]
            undone = partial(left.run, left.workspace("w"), webhook(receiver.url, "undone"))

            async def outrun(commits: Sequence[Commit]) -> list[Kept | None]:
                """Something is done while the left one looks for more to send, and when that is to
                be kept, the right one is faster."""
                log = left.workspace("w").state[WEBHOOKS]
                looks = not any(each.changes for each in commits)
                if drafts and looks and [each.status for each in log] == ["delivered"]:
                    drafts.pop()
                    undone()
                    left.run_due(left.workspace("w"))
                elif not drafts and not looks:
                    store.commit = commit  # type: ignore[method-assign]
                    await send(right, receiver.url, "kept")
                return await commit(commits)

            await send(left, receiver.url, "first")
            store.commit = outrun  # type: ignore[method-assign]
            await delivered(right, 2)
            for each in boxes:
                await each.close()

    run(test)
    assert receiver.posts == ["first", "kept"]


def test_what_a_process_left_behind_is_sent_by_another_before_what_came_later(
    receiver: Receiver,
) -> None:
    async def test() -> None:
        place = Place()
        async with process(place) as (left, _), process(place) as (right, _):
            # What takes it up ends before it is sent.
            left.deliver = under_way_for_ever
            await send(left, receiver.url, "first")
            box = outbox(right)
            await fresh(right, "w")
            await send(right, receiver.url, "second")
            await delivered(right, 2)
            await box.close()

    run(test)
    assert receiver.posts == ["first", "second"]


def test_what_a_process_left_behind_is_sent_though_nobody_asks(receiver: Receiver) -> None:
    async def test() -> None:
        place = Place()
        async with process(place) as (left, _), process(place) as (right, _):
            box = outbox(right)
            # It is under way for ever, as at a process that stands still.
            hanging: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            left.deliver = lambda workspace, number: hanging
            left.workspace("w").in_flight.add(hanging)
            await send(left, receiver.url, "first")
            while not receiver.posts:
                await asyncio.sleep(0.01)
            left.workspace("w").in_flight.clear()
            await box.close()

    run(test)
    assert receiver.posts == ["first"]


def test_what_a_process_left_behind_is_sent_though_another_did_something_since(
    receiver: Receiver,
) -> None:
    async def test() -> None:
        place = Place()
        async with process(place) as (right, _), process(place) as (left, _):
            box = outbox(right)
            # What takes it up ends before it is sent.
            left.deliver = under_way_for_ever
            await send(left, receiver.url, "first")
            await fresh(right, "w")
            add = lambda world: parcels.add(world, "ann", "1h")  # noqa: E731
            await surely(right, right.workspace("w"), lambda: right.run(right.workspace("w"), add))
            await delivered(right, 1)
            await box.close()

    run(test)
    assert receiver.posts == ["first"]


def test_what_the_last_but_one_process_left_behind_is_sent_before_what_came_later(
    receiver: Receiver,
) -> None:
    async def test() -> None:
        place = Place()
        async with process(place) as (right, _):
            box = outbox(right)
            async with process(place) as (left, _):
                left.deliver = under_way_for_ever
                await send(left, receiver.url, "first")
                await fresh(right, "w")
                await send(left, receiver.url, "second")
            await send(right, receiver.url, "third")
            await delivered(right, 3)
            await box.close()

    run(test)
    assert receiver.posts == ["first", "second", "third"]


def test_what_the_last_but_one_process_left_behind_is_sent_though_nobody_asks(
    receiver: Receiver,
) -> None:
    async def test() -> None:
        place = Place()
        async with process(place) as (right, _):
            box = outbox(right)
            async with process(place) as (left, _):
                left.deliver = under_way_for_ever
                await fresh(right, "w")
                await send(left, receiver.url, "first")
            while not receiver.posts:
                await asyncio.sleep(0.01)
            await delivered(right, 1)
            await box.close()

    run(test)
    assert receiver.posts == ["first"]


def test_a_job_of_a_process_that_ended_is_run_by_the_one_that_is_left() -> None:
    async def test() -> None:
        place = Place()
        async with process(place, Clock.offset(START)) as (right, _):
            async with process(place, Clock.offset(START)) as (left, _):
                await surely(left, left.workspace("w"), lambda: left.workspace("w"))
                await fresh(right, "w")
                add = lambda world: parcels.add(world, "ann", "200ms")  # noqa: E731
                await surely(left, left.workspace("w"), lambda: left.run(left.workspace("w"), add))
            while not any(
                (each.owner, each.status) == ("ann", "arrived")
                for each in right.workspace("w").state[PARCELS]
            ):
                await asyncio.sleep(0.01)

    run(test)


def test_a_job_of_a_process_that_ended_is_run_by_another_once() -> None:
    async def test() -> None:
        place = Place()
        async with process(place, Clock.offset(START)) as (right, _):
            async with process(place, Clock.offset(START)) as (left, _):
                add = lambda world: parcels.add(world, "ann", "200ms")  # noqa: E731
                await surely(left, left.workspace("w"), lambda: left.run(left.workspace("w"), add))
            assert right.backend.version("w") is None
            while "w" not in right.names() or right.backend.version("w") is None:
                await asyncio.sleep(0.01)
            while next(iter(right.workspace("w").state[PARCELS])).status == "created":
                await asyncio.sleep(0.01)
            assert right.workspace("w").next_job() is None

    run(test)


def test_clocks_that_two_processes_move_at_once_move_by_both() -> None:
    async def test() -> None:
        place = Place()
        async with process(place) as (left, _), process(place) as (right, _):
            for hub in (left, right):
                await surely(hub, hub.workspace("w"), lambda: hub.workspace("w"))  # noqa: B023
            add = lambda world: parcels.add(world, "ann", "90m")  # noqa: E731
            await surely(left, left.workspace("w"), lambda: left.run(left.workspace("w"), add))
            await fresh(right, "w")

            async def move(hub: Hub) -> None:
                async with hub.workspace("w").moving:
                    await fresh(hub, "w")
                hour = hub.workspace("w").now() + timedelta(hours=1)
                await timeline.advance(hub, hub.workspace("w"), hour)

            await move(left)
            await fresh(right, "w")
            await move(right)
            await fresh(left, "w")
            for hub in (left, right):
                assert hub.workspace("w").now() == START + timedelta(hours=2)
                assert next(iter(hub.workspace("w").state[PARCELS])).status != "created"

    run(test)


def test_whoever_moves_a_clock_keeps_others_from_it_and_lets_them_when_done() -> None:
    async def test() -> None:
        place = Place()
        async with process(place) as (left, _), process(place) as (right, _):
            mine, other = left.workspace("w").moving, right.workspace("w").moving
            await mine.__aenter__()
            waiting = asyncio.ensure_future(other.__aenter__())
            await asyncio.sleep(0.12)
            assert not waiting.done()
            await mine.__aexit__(None, None, None)
            await waiting
            await other.__aexit__(None, None, None)
            assert not place.claims

    run(test)
