"""What a store says of its place, and of what it did there."""

from __future__ import annotations

import msgspec
import pytest

from simulator.engine.backends.store import Store
from tests.engine.store_conformance.records import (
    commit,
    kept,
    note,
)


@pytest.mark.asyncio
class Places:
    """What a store says of its place, and of what it did there."""

    async def test_two_over_one_place_are_not_alone(self, store: Store, another: Store) -> None:
        assert not store.alone()
        assert not another.alone()

    async def test_what_was_done_is_counted(self, store: Store) -> None:
        before = msgspec.structs.replace(store.counts)
        first = await kept(store, commit("a", 0, note(1)))
        await store.commit([commit("a", 0, note(1)), commit("b", 0, note(1))])
        await store.load("a")

        assert store.counts.commits == before.commits + 2
        assert store.counts.conflicts == before.conflicts + 1
        assert store.counts.round_trips >= before.round_trips + 3
        assert store.counts.seconds > before.seconds
        assert first.version > 0

    async def test_a_place_is_named_for_people(self, store: Store, another: Store) -> None:
        assert store.place == another.place != ""
