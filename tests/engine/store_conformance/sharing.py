"""What several processes have to share out: jobs that are due, parts, numbers."""

from __future__ import annotations

import asyncio
import time

import pytest

from simulator.engine.backends.store import FIRST_NUMBERS, Store
from tests.engine.store_conformance.records import (
    commit,
    kept,
    note,
)


@pytest.mark.asyncio
class Sharing:
    """What several processes have to share out: jobs that are due, parts, numbers."""

    async def test_overdue_are_told_by_their_age(self, store: Store, another: Store) -> None:
        dues = {"a": 30.0, "b": 10.5, "c": None, "d": 20.25, "e": 40.0}
        begun = {
            name: await kept(store, commit(name, 0, note(1), due=due)) for name, due in dues.items()
        }

        assert await another.overdue(40.0, 10) == ["b", "d", "a"]
        assert await another.overdue(40.1, 2) == ["b", "d"]
        assert await another.overdue(5.0, 10) == []
        await kept(another, commit("b", begun["b"].version, note(2), due=35.0))
        await kept(another, commit("d", begun["d"].version, note(2)))
        await kept(another, commit("c", begun["c"].version, note(2), whole=True, due=1.0))
        assert await store.overdue(100.0, 10) == ["c", "a", "b", "e"]

    async def test_a_part_has_one_holder(self, store: Store, another: Store) -> None:
        assert await store.claim("a", "webhooks", "one", 60)
        assert not await another.claim("a", "webhooks", "two", 60)
        assert await store.claim("a", "webhooks", "one", 60)
        assert await another.claim("a", "jobs", "two", 60)
        assert await another.claim("b", "webhooks", "two", 60)
        await another.release("a", "webhooks", "two")
        assert not await another.claim("a", "webhooks", "two", 60)
        await store.release("a", "webhooks", "one")
        assert await another.claim("a", "webhooks", "two", 60)

    async def test_a_claim_ends_by_itself(self, store: Store, another: Store) -> None:
        assert await store.claim("a", "jobs", "one", 0.04)
        began, asked = time.monotonic(), 0
        while not await another.claim("a", "jobs", "two", 60):
            asked += 1
            assert time.monotonic() - began < 10
        assert not await store.claim("a", "jobs", "one", 60)

    async def test_of_many_that_claim_one_does(self, store: Store, another: Store) -> None:
        claims = [
            each.claim("a", "jobs", f"{place}-{number}", 60)
            for place, each in enumerate((store, another))
            for number in range(20)
        ]
        assert (await asyncio.gather(*claims)).count(True) == 1

    async def test_numbers_are_reserved_once(self, store: Store, another: Store) -> None:
        first = await kept(store, commit("a", 0, note(1)))
        await kept(store, commit("b", 0, note(1)))
        taken = await asyncio.gather(
            *(each.reserve("a", count) for each in (store, another) for count in range(1, 20))
        )
        counts = [*range(1, 20), *range(1, 20)]
        numbers = [
            number
            for start, count in zip(taken, counts, strict=True)
            for number in range(start, start + count)
        ]
        start = FIRST_NUMBERS + 1
        assert sorted(numbers) == list(range(start, start + sum(counts)))
        assert await store.reserve("b", 3) == start
        await kept(another, commit("a", first.version, note(2)))
        assert await another.reserve("a", 1) == start + sum(counts)
