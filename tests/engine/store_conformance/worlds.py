"""Workspaces as a whole: how they begin, end, and are apart."""

from __future__ import annotations

import pytest

from simulator.engine.backends.store import FIRST_NUMBERS, Store
from tests.engine.store_conformance.records import (
    BIG,
    as_rows,
    commit,
    kept,
    note,
    rows,
    tag,
)


@pytest.mark.asyncio
class Worlds:
    """Workspaces as a whole: how they begin, end, and are apart."""

    async def test_a_whole_commit_leaves_nothing_of_what_was(
        self, store: Store, another: Store
    ) -> None:
        first = await kept(
            store, commit("a", 0, note(1), tag("t"), journal=[b"x", b"y"], events=[b"e"], due=1.0)
        )
        await store.reserve("a", 5)
        second = await kept(
            another, commit("a", first.version, note(2), whole=True, journal=[b"z"])
        )

        assert second.version == second.began > first.version
        assert second.ends.get("journal") == 1
        assert not second.ends.get("events")
        assert await rows(store, "a") == as_rows([note(2)])
        assert await store.entries("a", "journal", 0) == [(1, b"z")]
        assert await store.entries("a", "events", 0) == []
        assert await store.overdue(1e12, 10) == []
        assert await store.since("a", first.version) is None
        assert await store.reserve("a", 1) == FIRST_NUMBERS + 1
        third = await kept(store, commit("a", second.version, whole=True))
        assert await rows(another, "a") == {}
        assert third.began > second.version

    async def test_workspaces_that_begin_with_the_same_part_with_their_changes(
        self, store: Store, another: Store
    ) -> None:
        a, b, _ = [
            await kept(each, commit(name, 0, *BIG, tag("t"), whole=True))
            for each, name in ((store, "a"), (another, "b"), (store, "c"))
        ]
        changes = [note(1, None), note(2, "z"), note(3, None), note(-7), tag("t", None)]
        second = await kept(another, commit("a", a.version, *changes))
        third = await kept(store, commit("a", second.version, note(3, "again"), note(-7, None)))
        await store.drop("c")

        expected = as_rows([BIG[0], note(2, "z"), note(3, "again"), *BIG[4:]])
        for each in (store, another):
            assert await rows(each, "a") == expected
            assert await rows(each, "b") == as_rows([*BIG, tag("t")])
            missed = await each.since("a", a.version)
            assert missed is not None
            assert missed.kept == third
            assert as_rows(missed.changes) == as_rows(
                [note(1, None), note(2, "z"), note(3, "again"), note(-7, None), tag("t", None)]
            )
        await another.drop("a")
        assert await rows(store, "b") == as_rows([*BIG, tag("t")])
        again = await kept(store, commit("b", b.version, *BIG[:10], whole=True))
        assert await rows(another, "b") == as_rows(BIG[:10])
        assert again.began > b.version
        await store.drop("b")
        assert await another.names() == []
        await kept(another, commit("d", 0, *BIG, whole=True))
        assert await rows(store, "d") == as_rows(BIG)

    async def test_what_nobody_begins_with_any_more_is_kept_when_somebody_does_again(
        self, store: Store, another: Store
    ) -> None:
        for round_ in range(3):
            first = await kept(store, commit("a", 0, *BIG, whole=True))
            await another.drop("a")
            assert await store.commit([commit("a", first.version)]) == [None]
            await kept(store, commit("b", 0, *BIG, note(-round_ - 1), whole=True))
            await kept(store, commit("c", 0, *BIG, whole=True))
            assert await rows(another, "c") == as_rows(BIG)
            assert await rows(another, "b") == as_rows([*BIG, note(-round_ - 1)])
            await another.drop("b")
            await another.drop("c")

    async def test_what_was_dropped_is_gone_and_its_versions_do_not_come_back(
        self, store: Store, another: Store
    ) -> None:
        first = last = await kept(store, commit("a", 0, note(1), journal=[b"x"], due=1.0))
        for number in range(5):
            last = await kept(store, commit("a", last.version, note(number)))
        assert await another.claim("a", "part", "me", 60)
        await another.drop("a")
        await another.drop("never")

        for each in (store, another):
            assert await each.names() == []
            assert await each.load("a") is None
            assert await each.entries("a", "journal", 0) == []
            assert await each.overdue(1e12, 10) == []
            assert await each.commit([commit("a", last.version, note(1))]) == [None]
            assert await each.commit([commit("a", last.version)]) == [None]
        begun = await kept(store, commit("a", 0, note(2)))
        assert begun.version > last.version
        assert not begun.ends.get("journal")
        for version in (first.version, last.version):
            assert await store.since("a", version) is None
        assert await rows(another, "a") == as_rows([note(2)])
        assert await store.entries("a", "journal", 0) == []
        assert await store.claim("a", "part", "you", 60)

    async def test_what_went_on_is_not_dropped_by_who_knows_less_of_it(
        self, store: Store, another: Store
    ) -> None:
        first = await kept(store, commit("a", 0, note(1), journal=[b"x"]))
        second = await kept(another, commit("a", first.version, note(2)))
        assert not await store.drop("a", first)
        third = await kept(another, commit("a", second.version, journal=[b"y"]))
        assert not await store.drop("a", second)
        assert await store.names() == ["a"]
        assert await rows(store, "a") == as_rows([note(1), note(2)])
        assert await store.entries("a", "journal", 0) == [(1, b"x"), (2, b"y")]

        assert await store.drop("a", third)
        assert await another.load("a") is None
        assert await another.drop("a", third)
        await kept(another, commit("a", 0, note(3)))
        assert not await store.drop("a", third)
        assert await rows(store, "a") == as_rows([note(3)])

    async def test_a_large_workspace_goes_as_a_whole(self, store: Store, another: Store) -> None:
        notes = [note(number) for number in range(6000)]
        first = await kept(store, commit("a", 0, *notes, journal=[b"x"] * 30))
        assert await rows(another, "a") == as_rows(notes)
        await kept(another, commit("a", first.version, note(7), whole=True))
        assert await rows(store, "a") == as_rows([note(7)])
        await store.drop("a")
        assert await another.load("a") is None
        await kept(another, commit("a", 0, note(8)))
        assert await rows(store, "a") == as_rows([note(8)])

    async def test_workspaces_are_apart(self, store: Store) -> None:
        names = ["a", "A", "a b", "a/b", "a:b", "a{b}", "é", "a*", "a'", "%"]
        for name in names:
            await kept(store, commit(name, 0, note(1, name), journal=[name.encode()]))
        await store.drop("a")
        await store.clear("A", "journal")

        assert await store.names() == sorted(names[1:])
        for name in names[1:]:
            assert await rows(store, name) == as_rows([note(1, name)])
            expected = [] if name == "A" else [(1, name.encode())]
            assert await store.entries(name, "journal", 0) == expected
