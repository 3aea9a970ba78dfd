"""Logs of a workspace: numbers, bounds, clearing."""

from __future__ import annotations

import pytest

from simulator.engine.backends.store import Store
from tests.engine.store_conformance.records import (
    commit,
    kept,
    note,
)


@pytest.mark.asyncio
class Logs:
    """Logs of a workspace: numbers, bounds, clearing."""

    async def test_entries_are_numbered_in_their_order(self, store: Store, another: Store) -> None:
        first = await kept(store, commit("a", 0, note(1), journal=[b"a", b"b"]))
        second = await kept(another, commit("a", first.version, journal=[b"c"], events=[b"d"]))
        third = await kept(store, commit("a", first.version, note(2), events=[b"e", b""]))

        assert first.ends == {"journal": 2}
        assert second.ends == {"journal": 3, "events": 1}
        assert third.ends == {"journal": 3, "events": 3}
        for each in (store, another):
            expected = [(1, b"a"), (2, b"b"), (3, b"c")]
            for after in range(5):
                assert await each.entries("a", "journal", after) == expected[after:]
            assert await each.entries("a", "events", 0) == [(1, b"d"), (2, b"e"), (3, b"")]
            assert await each.entries("a", "never", 0) == []

    async def test_entries_are_any_bytes(self, store: Store, another: Store) -> None:
        entries = [b"", b"\0", bytes(range(256)) * 9, "é🚚".encode(), b"\xff\xfe", b"\xed\xa0\x80"]
        await kept(store, commit("a", 0, note(1), journal=entries))
        await kept(store, commit("b", 0, note(1), journal=[b""]))
        assert await another.entries("a", "journal", 0) == list(enumerate(entries, 1))
        assert await another.entries("b", "journal", 0) == [(1, b"")]

    async def test_logs_hold_the_latest_entries(self, store: Store, another: Store) -> None:
        version, number = (await kept(store, commit("a", 0, note(1)))).version, 0
        for size in (1, 19, 1, 3, 30, 7, 1, 1, 1, 100):
            entries = [str(number + place).encode() for place in range(1, size + 1)]
            number += size
            last = await kept(store, commit("a", version, journal=entries))
            assert last.ends == {"journal": number}
            expected = [(n, str(n).encode()) for n in range(max(1, number - 19), number + 1)]
            for each in (store, another):
                assert await each.entries("a", "journal", 0) == expected
                assert await each.entries("a", "journal", number - 3) == expected[-3:]

    async def test_logs_hold_so_many_bytes(self, store: Store, another: Store) -> None:
        version = (await kept(store, commit("a", 0, note(1)))).version
        entries = [bytes([97 + place]) * 3000 for place in range(7)]
        for entry in entries:
            await kept(store, commit("a", version, journal=[entry], events=[b"e"]))
        assert await another.entries("a", "journal", 0) == list(enumerate(entries, 1))[4:]

        await kept(store, commit("a", version, journal=[b"z" * 2000]))
        assert [n for n, _ in await another.entries("a", "journal", 0)] == [6, 7, 8]
        await kept(store, commit("a", version, journal=[b"z" * 10_000]))
        assert [n for n, _ in await another.entries("a", "journal", 0)] == [9]
        assert len(await another.entries("a", "events", 0)) == 7

    async def test_a_cleared_log_goes_on_counting(self, store: Store, another: Store) -> None:
        first = await kept(store, commit("a", 0, note(1), journal=[b"x"] * 5, events=[b"e"]))
        await another.clear("a", "journal")
        await another.clear("a", "never")

        assert await store.entries("a", "journal", 0) == []
        assert await store.entries("a", "events", 0) == [(1, b"e")]
        assert await store.commit([commit("a", first.version)]) == [first]
        later = await kept(store, commit("a", first.version, journal=[b"y"]))
        assert later.ends == {"journal": 6, "events": 1}
        assert await another.entries("a", "journal", 0) == [(6, b"y")]
