"""Workspaces that begin again, are deleted and made while other processes use them."""

from __future__ import annotations

import asyncio

import pytest

from simulator.engine.backends.store import StoreFailure
from simulator.engine.bounds import Dropped
from simulator.engine.keeping.sure import begun, fresh, surely
from tests.engine.keeping.parcels import add, deleted_by_the_first, kept, outrun, owners, workspace
from tests.engine.keeping.processes import process, run
from tests.support.dict_store import Place


def test_a_workspace_begins_again_whatever_another_process_did_to_it() -> None:
    async def test() -> None:
        place = Place()
        async with outrun(place) as (left, right, _):
            right.replace(workspace(right), right.fresh_state())
            await surely(right, workspace(right), lambda: add(right, "cid"))
            assert kept(place) == {"cid"}
            assert owners(right) == ["cid", "nobody"]
            generation = workspace(left).generation
            await fresh(left, "w")
            assert owners(left) == ["cid", "nobody"]
            assert workspace(left).generation == generation + 1
            assert list(workspace(left).events) == list(workspace(right).events)

    run(test)


def test_a_workspace_begins_again_though_what_was_done_in_it_before_is_outrun() -> None:
    async def test() -> None:
        place = Place()
        async with outrun(place) as (left, right, store):
            gate = store.hold()
            before = asyncio.ensure_future(
                surely(right, workspace(right), lambda: add(right, "cid"))
            )
            for _ in range(5):
                await asyncio.sleep(0)
            right.replace(workspace(right), right.fresh_state())
            again = asyncio.ensure_future(begun(right, workspace(right)))
            await asyncio.sleep(0)
            gate.set()
            await again
            await before  # it is done again, in the world that began
            await fresh(left, "w")
            assert owners(left) == owners(right) == ["cid", "nobody"]
            assert kept(place) == {"cid"}

    run(test)


def test_a_workspace_that_could_not_begin_again_is_what_others_made_of_it() -> None:
    async def test() -> None:
        place = Place()
        async with outrun(place) as (_, right, store):
            asked = 0

            async def pause() -> None:
                nonlocal asked
                asked += 1
                if asked == 3:  # a commit that is outrun, what was missed, and the commit again
                    place.fails = "the disk is full"

            store.pause = pause
            right.replace(workspace(right), right.fresh_state())
            with pytest.raises(StoreFailure):
                await begun(right, workspace(right))
            assert asked == 3
            place.fails = None
            assert owners(right) == ["ann", "bob", "nobody"]
            await fresh(right, "w")
            assert await surely(right, workspace(right), lambda: add(right, "cid")) == 3
            assert owners(right) == ["ann", "bob", "cid", "nobody"]

    run(test)


def test_whoever_lets_a_workspace_begin_again_hears_that_it_was_deleted() -> None:
    async def test() -> None:
        place = Place()
        async with deleted_by_the_first(place) as (_, right):
            right.replace(workspace(right), right.fresh_state())
            with pytest.raises(Dropped):
                await begun(right, workspace(right))
            assert (right.existing("w"), kept(place)) == (None, set())

    run(test)


def test_a_workspace_that_one_process_deleted_is_gone_for_all_and_begins_anew() -> None:
    async def test() -> None:
        place = Place()
        async with deleted_by_the_first(place) as (left, right):
            await fresh(right, "w")
            assert (left.existing("w"), right.existing("w")) == (None, None)
            await surely(right, workspace(right), lambda: add(right, "bob"))
            await fresh(left, "w")
            assert owners(left) == ["bob", "nobody"]

    run(test)


def test_a_workspace_that_was_not_there_to_be_deleted_stays_when_another_process_makes_it() -> None:
    async def test() -> None:
        place = Place()
        async with process(place) as (left, _), process(place) as (right, store):
            await fresh(right, "w")
            gate = store.hold()
            assert right.drop("w") is False
            await surely(left, workspace(left), lambda: add(left, "ann"))
            gate.set()
            await fresh(right, "w")
            assert owners(right) == ["ann", "nobody"]
            assert kept(place) == {"ann"}

    run(test)


def test_two_that_make_a_workspace_at_once_make_one() -> None:
    async def test() -> None:
        place = Place()
        async with process(place) as (left, _), process(place) as (right, _):
            numbers = await asyncio.gather(
                surely(left, workspace(left), lambda: add(left, "ann")),
                surely(right, workspace(right), lambda: add(right, "bob")),
            )
            assert sorted(numbers) == [1, 2]
            assert kept(place) == {"ann", "bob"}

    run(test)
