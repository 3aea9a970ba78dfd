"""Processes that keep a workspace in one store: what was answered for is kept, and nothing else."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from contextlib import AsyncExitStack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.engine.backends.mirror import Mirror
from simulator.engine.backends.near import Outrun
from simulator.engine.backends.store import JOURNAL, StoreFailure
from simulator.engine.hub import Hub
from simulator.engine.keeping.sure import fresh, surely
from tests.engine.keeping.parcels import add, kept, outrun, owners, workspace
from tests.engine.keeping.processes import START, process, run
from tests.support.dict_store import DictStore, Place


def test_what_was_answered_for_is_in_the_store() -> None:
    async def test() -> None:
        place = Place()
        async with process(place) as (hub, _):
            assert await surely(hub, workspace(hub), lambda: add(hub, "ann")) == 1
            assert kept(place) == {"ann"}

    run(test)


def test_a_process_finds_what_an_earlier_one_kept_with_its_numbers_events_and_clock() -> None:
    async def test() -> None:
        place = Place()
        async with process(place) as (hub, _):
            await surely(hub, workspace(hub), lambda: add(hub, "ann"))
            told = list(workspace(hub).events)
        async with process(place) as (hub, _):
            await fresh(hub, "w")
            assert workspace(hub).now() == START
            assert owners(hub) == ["ann", "nobody"]
            assert list(workspace(hub).events) == told
            assert told
            assert await surely(hub, workspace(hub), lambda: add(hub, "bob")) == 2

    run(test)


def test_others_see_what_was_done_before_it_is_kept_and_events_are_heard_afterwards() -> None:
    async def test() -> None:
        place = Place()
        async with process(place) as (hub, store):
            await surely(hub, workspace(hub), lambda: add(hub, "ann"))
            before = workspace(hub).event_count
            gate = store.hold()
            waiting = asyncio.ensure_future(surely(hub, workspace(hub), lambda: add(hub, "bob")))
            for _ in range(5):
                await asyncio.sleep(0)
            assert (owners(hub), kept(place)) == (["ann", "bob", "nobody"], {"ann"})
            assert (waiting.done(), workspace(hub).event_count) == (False, before)
            gate.set()
            await waiting
            assert workspace(hub).event_count > before

    run(test)


def test_who_was_outrun_does_it_again_on_what_the_other_did() -> None:
    async def test() -> None:
        place = Place()
        async with process(place) as (left, _), process(place) as (right, _):
            await surely(left, workspace(left), lambda: add(left, "ann"))
            await fresh(right, "w")
            runs: list[list[str]] = []

            def act() -> int:
                runs.append(owners(right))
                return add(right, "cid")

            await surely(left, workspace(left), lambda: add(left, "bob"))
            assert await surely(right, workspace(right), act) == 3
            assert runs == [["ann", "nobody"], ["ann", "bob", "nobody"]]
            await fresh(left, "w")
            assert owners(left) == owners(right) == ["ann", "bob", "cid", "nobody"]

    run(test)


def test_a_read_of_what_others_changed_meanwhile_is_not_answered() -> None:
    async def test() -> None:
        place = Place()
        async with outrun(place) as (_, right, _):
            assert owners(right) == ["ann", "nobody"]
            assert right.keeping is not None
            with pytest.raises(Outrun):
                await right.keeping.kept(workspace(right))
            assert owners(right) == ["ann", "bob", "nobody"]

    run(test)


def test_while_the_store_fails_nothing_is_answered_and_nothing_half_done() -> None:
    async def test() -> None:
        place = Place()
        async with process(place) as (hub, _):
            await surely(hub, workspace(hub), lambda: add(hub, "ann"))
            place.fails = "the disk is full"
            with pytest.raises(StoreFailure, match="the disk is full"):
                await surely(hub, workspace(hub), lambda: add(hub, "bob"))
            assert owners(hub) == ["ann", "nobody"]
            assert isinstance(hub.backend, Mirror)
            assert hub.backend.failure == "the disk is full"
            place.fails = None
            assert await surely(hub, workspace(hub), lambda: add(hub, "cid")) == 2
            assert (owners(hub), kept(place)) == (["ann", "cid", "nobody"], {"ann", "cid"})
            assert hub.backend.failure is None

    run(test)


def test_a_workspace_that_could_not_be_kept_is_not_there() -> None:
    async def test() -> None:
        place = Place()
        async with process(place) as (hub, _):
            place.fails = "the disk is full"
            with pytest.raises(StoreFailure):
                await surely(hub, workspace(hub), lambda: add(hub, "ann"))
            assert "w" not in hub.names()
            place.fails = None
            await surely(hub, workspace(hub), lambda: add(hub, "bob"))
            assert kept(place) == {"bob"}

    run(test)


def test_what_is_sure_comes_to_its_log_though_what_was_done_with_it_is_undone() -> None:
    async def test() -> None:
        place = Place()
        async with outrun(place) as (_, right, _):
            mirror = right.backend
            assert isinstance(mirror, Mirror)
            add(right, "cid")
            mirror.log("w", JOURNAL, b"drafted")
            mirror.log("w", JOURNAL, b"sure", sure=True)
            await mirror.kept("w", sure=True)
            assert await DictStore(place).entries("w", JOURNAL, 0) == [(1, b"sure")]
            assert kept(place) == {"ann", "bob"}

    run(test)


def test_entries_of_a_log_stay_in_their_order_whether_they_are_sure_or_not() -> None:
    async def test() -> None:
        place = Place()
        async with process(place) as (hub, _):
            await surely(hub, workspace(hub), lambda: add(hub, "ann"))
            mirror = hub.backend
            assert isinstance(mirror, Mirror)
            for number in range(4):
                mirror.log("w", JOURNAL, b"%d" % number, sure=number % 2 == 0)
            await mirror.kept("w")
            log = await DictStore(place).entries("w", JOURNAL, 0)
            assert log == [(number + 1, b"%d" % number) for number in range(4)]

    run(test)


def test_who_is_alone_answers_for_what_changed_nothing_when_its_entry_is_kept() -> None:
    async def test() -> None:
        place = Place()
        async with process(place) as (hub, store):
            await surely(hub, workspace(hub), lambda: add(hub, "ann"))
            mirror, pause = hub.backend, store.pause
            asked, goes_on = asyncio.Event(), asyncio.Event()
            assert isinstance(mirror, Mirror)

            async def waits() -> None:
                asked.set()
                await goes_on.wait()

            store.pause = waits
            mirror.log("w", JOURNAL, b"read")
            answering = asyncio.create_task(mirror.kept("w"))
            await asked.wait()
            assert not answering.done()
            store.pause = pause
            goes_on.set()
            await answering
            assert await DictStore(place).entries("w", JOURNAL, 0) == [(1, b"read")]

    run(test)


def test_events_of_others_are_heard_in_their_order() -> None:
    async def test() -> None:
        place = Place()
        async with process(place) as (left, _), process(place) as (right, _):
            for each in ("ann", "bob", "cid"):
                for hub in (left, right):
                    await surely(hub, workspace(hub), lambda: add(hub, each))  # noqa: B023
            await fresh(left, "w")
            await fresh(right, "w")
            told = list(workspace(left).events)
            assert told == list(workspace(right).events)
            assert [event.number for event in told] == list(range(1, len(told) + 1))

    run(test)


def test_what_is_let_go_is_loaded_again() -> None:
    async def test() -> None:
        place = Place()
        async with process(place) as (hub, _):
            await surely(hub, workspace(hub), lambda: add(hub, "ann"))
            assert isinstance(hub.backend, Mirror)
            assert hub.backend.forget("w")
            hub.lose("w")
            assert hub.existing("w") is None
            await fresh(hub, "w")
            assert owners(hub) == ["ann", "nobody"]

    run(test)


class _Storm:
    """Clients of two processes, a store that now and then fails, and answers in any order."""

    def __init__(self, choose: Callable[[int], int]) -> None:
        self.choose = choose
        self.place = Place()
        self.told: set[str] = set()
        self.refused: set[str] = set()

    async def pause(self) -> None:
        for _ in range(self.choose(4)):
            await asyncio.sleep(0)

    async def client(self, hub: Hub, name: str) -> None:
        for number in range(1 + self.choose(5)):
            await self.pause()
            owner = f"{name}{number}"
            try:
                await fresh(hub, "w")
                await surely(hub, workspace(hub), lambda owner=owner: add(hub, owner))  # type: ignore[misc]
                self.told.add(owner)
            except StoreFailure:
                self.refused.add(owner)

    async def weather(self) -> None:
        for _ in range(self.choose(3)):
            await self.pause()
            self.place.fails = "it is away"
            await self.pause()
            self.place.fails = None

    async def run(self) -> None:
        async with AsyncExitStack() as stack:
            hubs = []
            for _ in range(2):
                hub, store = await stack.enter_async_context(process(self.place))
                store.pause = self.pause
                hubs.append(hub)
            await asyncio.gather(
                *(self.client(hubs[n % 2], f"c{n}-") for n in range(6)), self.weather()
            )
            self.place.fails = None
            for hub in hubs:
                await fresh(hub, "w")
            assert kept(self.place) == self.told
            assert set(owners(hubs[0])) == set(owners(hubs[1])) == self.told | {"nobody"}
            numbers = [event.number for event in workspace(hubs[0]).events]
            assert numbers == list(range(1, len(numbers) + 1))
            assert list(workspace(hubs[0]).events) == list(workspace(hubs[1]).events)


@given(st.lists(st.integers(0, 59), min_size=60, max_size=60))
def test_whatever_happens_what_was_told_is_kept_and_nothing_else(choices: list[int]) -> None:
    endless = itertools.cycle(choices)
    run(_Storm(lambda below: next(endless) % below).run)
