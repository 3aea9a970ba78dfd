"""Leases: whoever lives keeps its own, and whoever lost one does nothing as if it had it."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterator, Sequence
from functools import partial

import pytest

from simulator.core.clock import Clock
from simulator.engine.backends.store import Commit, Kept, StoreFailure
from simulator.engine.hub import Hub
from simulator.engine.jobs.batch import set_clock
from simulator.engine.keeping import leases
from simulator.engine.keeping.leases import Lease, LeaseLost, Leases
from simulator.engine.keeping.sure import fresh, surely
from tests.engine.keeping.processes import START, process, run
from tests.engine.keeping.test_shared_work import delivered, outbox, send
from tests.support.dict_store import DictStore, Place
from tests.support.receiver import Receiver, receiving

HELD = 0.2
"""Seconds for which the leases of these tests are held."""


@pytest.fixture(autouse=True)
def held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "SECONDS", HELD)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def of(place: Place, part: str) -> tuple[str, float]:
    """Who has claimed a part of the work, and until when."""
    [claim] = [claim for (_, each), claim in place.claims.items() if each.startswith(part)]
    return claim


def steal(place: Place, part: str) -> None:
    """Let another have a part for ever."""
    for key in place.claims:
        if key[1].startswith(part):
            place.claims[key] = "another", math.inf


async def until_lost(hub: Hub) -> None:
    """Return when a process has lost a lease."""
    assert hub.keeping is not None
    held = [each for each in hub.keeping.leases._kept if each.held]
    while all(each.held for each in held):
        await asyncio.sleep(0.01)


def test_whoever_takes_long_keeps_its_lease() -> None:
    async def test() -> None:
        place = Place()
        one = Lease(Leases(DictStore(place)), "w", "part", "one")
        two = Lease(Leases(DictStore(place)), "w", "part", "two")
        assert await one.claim()
        _, until = of(place, "part")
        while of(place, "part")[1] < until + 3 * HELD:
            assert one.held
            assert not await two.claim()
        await one.release()
        assert not one.held
        assert await two.claim()
        await two.release()

    run(test)


def test_what_others_may_have_had_meanwhile_is_lost_for_good() -> None:
    async def test() -> None:
        place = Place()
        store = DictStore(place)
        lease = Lease(Leases(store), "w", "part", "one")
        place.stores = 2
        assert await lease.claim()
        place.fails = "it is away"
        while lease.held:
            await asyncio.sleep(0.01)
        place.fails = None
        await lease.renew()
        assert not lease.held
        assert await lease.claim()
        await lease.release()
        assert not place.claims

    run(test)


def test_a_renewal_of_which_it_is_not_known_in_time_keeps_nothing() -> None:
    async def test() -> None:
        place = Place()
        store = DictStore(place)
        lease = Lease(Leases(store), "w", "part", "one")
        assert await lease.claim()

        async def late() -> None:
            while lease.held:
                await asyncio.sleep(0.01)

        store.pause = late
        await lease.renew()
        assert not lease.held

    run(test)


def test_who_is_alone_does_not_wait_for_the_dead() -> None:
    async def test() -> None:
        place = Place()
        place.claims["w", "part"] = "dead", math.inf
        lease = Lease(Leases(DictStore(place)), "w", "part", "one")
        place.stores = 2
        assert not await lease.claim()
        place.stores = 1
        assert await lease.claim()

    run(test)


def test_who_lost_the_right_to_move_a_clock_moves_it_no_more() -> None:
    async def test() -> None:
        place = Place()
        async with process(place) as (hub, _), process(place):
            workspace = hub.workspace("w")
            move = partial(hub.run, workspace, partial(set_clock, Clock.frozen(START)))
            await surely(hub, workspace, move)
            async with workspace.moving:
                await surely(hub, workspace, move)
                steal(place, "mover")
                await until_lost(hub)
                # Others are not concerned.
                await asyncio.create_task(surely(hub, workspace, move))
                with pytest.raises(LeaseLost, match="another server may do so by now"):
                    await surely(hub, workspace, move)
            assert of(place, "mover")[0] == "another"
            place.claims.clear()
            async with workspace.moving:
                await surely(hub, workspace, move)

    run(test)


def test_who_lost_its_turn_before_it_sent_waits_for_another(receiver: Receiver) -> None:
    async def test() -> None:
        place = Place()
        async with process(place) as (hub, store), process(place):
            box, commit = outbox(hub), store.commit
            stolen: list[str] = []

            async def slow(commits: Sequence[Commit]) -> list[Kept | None]:
                """While it is asked whether the webhook is still to be sent, the turn goes."""
                if not stolen and any(part.startswith("send") for _, part in place.claims):
                    stolen.append(of(place, "send")[0])
                    steal(place, "send")
                    await until_lost(hub)
                return await commit(commits)

            await send(hub, receiver.url, "first")
            store.commit = slow  # type: ignore[method-assign]
            while not stolen or of(place, "send")[0] != "another":
                await asyncio.sleep(0.01)
            for _ in range(10):
                await fresh(hub, "w")
            assert receiver.posts == []
            place.claims.clear()
            await delivered(hub, 1)
            await box.close()

    run(test)
    assert receiver.posts == ["first"]


def test_a_process_that_closes_lets_others_have_what_it_had() -> None:
    async def test() -> None:
        place = Place()
        held = Leases(DictStore(place))
        for number in range(3):
            assert await Lease(held, "w", f"part {number}", "one").claim()
        await held.close()
        assert not place.claims

    run(test)


def test_a_lease_is_had_though_its_store_fails_when_it_is_let_go() -> None:
    async def test() -> None:
        place = Place()
        lease = Lease(Leases(DictStore(place)), "w", "part", "one")
        assert await lease.claim()
        place.fails = "it is away"
        await lease.release()
        assert not lease.held
        with pytest.raises(StoreFailure):
            await lease.claim()

    run(test)
