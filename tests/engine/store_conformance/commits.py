"""What is kept of one commit, and of several at once."""

from __future__ import annotations

import asyncio

import pytest

from simulator.core.tables import Change
from simulator.engine.backends.store import Kept, Store
from tests.engine.store_conformance.records import (
    Note,
    Tag,
    as_rows,
    commit,
    kept,
    note,
    rows,
    tag,
)


@pytest.mark.asyncio
class Commits:
    """What is kept of one commit, and of several at once."""

    async def test_what_is_not_kept_has_nothing(self, store: Store) -> None:
        assert await store.names() == []
        assert await store.load("a") is None
        assert await store.since("a", 1) is None
        assert await store.entries("a", "journal", 0) == []
        assert await store.overdue(1e12, 10) == []
        await store.drop("a")
        await store.clear("a", "journal")
        await store.release("a", "part", "me")

    async def test_a_first_commit_expects_nothing(self, store: Store, another: Store) -> None:
        first = await kept(store, commit("a", 0, note(1), tag("x", 0.5)))

        assert first.version == first.began > 0
        for each in (store, another):
            whole = await each.load("a")
            assert whole is not None
            assert whole.kept == first
            assert as_rows(whole.changes) == as_rows([note(1), tag("x", 0.5)])
            assert await each.names() == ["a"]

    async def test_commits_build_on_each_other(self, store: Store, another: Store) -> None:
        first = await kept(store, commit("a", 0, note(1), note(2), tag("x")))
        second = await kept(
            another, commit("a", first.version, note(1, "y"), note(2, None), note(3))
        )

        assert (second.version, second.began) == (first.version + 1, first.began)
        assert await rows(store, "a") == as_rows([note(1, "y"), note(3), tag("x")])

    async def test_a_commit_that_expects_another_version_keeps_nothing(
        self, store: Store, another: Store
    ) -> None:
        first = await kept(store, commit("a", 0, note(1)))
        second = await kept(another, commit("a", first.version, note(2)))

        for expected in (0, first.version, second.version + 1):
            for whole in (False, True):
                refused = commit("a", expected, note(3), whole=whole, journal=[b"x"], due=1.0)
                assert await store.commit([refused]) == [None]
        assert await store.commit([commit("b", 7, note(1))]) == [None]

        assert await rows(store, "a") == as_rows([note(1), note(2)])
        assert await store.entries("a", "journal", 0) == []
        assert await store.overdue(1e12, 10) == []
        assert await store.names() == ["a"]

    async def test_each_of_many_commits_is_kept_by_itself(self, store: Store) -> None:
        first = await kept(store, commit("a", 0, note(1)))
        answers = await store.commit(
            [
                commit("b", 0, note(1)),
                commit("a", first.version + 5, note(2)),
                commit("c", 0, note(3), journal=[b"c"]),
                commit("a-b", 9),
            ]
        )

        assert [each is not None for each in answers] == [True, False, True, False]
        assert await store.names() == ["a", "b", "c"]
        assert await rows(store, "a") == as_rows([note(1)])
        assert await rows(store, "c") == as_rows([note(3)])
        assert await store.commit([]) == []

    async def test_many_workspaces_are_kept_at_once(self, store: Store) -> None:
        names = [f"w{number}" for number in range(500)]
        begun = await store.commit([commit(name, 0, note(1, name)) for name in names])
        answers = await store.commit(
            [
                commit(name, each.version, note(2), journal=[name.encode()])
                for name, each in zip(names, begun, strict=True)
                if each is not None
            ]
        )

        assert len(answers) == 500
        assert None not in answers
        assert await rows(store, "w499") == as_rows([note(1, "w499"), note(2)])
        assert await store.entries("w77", "journal", 0) == [(1, b"w77")]
        assert await store.names() == sorted(names)

    async def test_without_changes_a_commit_asks_for_the_version(
        self, store: Store, another: Store
    ) -> None:
        assert await store.commit([commit("a", 0)]) == [Kept(0, 0)]
        first = await kept(store, commit("a", 0, note(1), journal=[b"x"], due=5.0))
        assert await another.commit([commit("a", first.version), commit("b", 0)]) == [
            first,
            Kept(0, 0),
        ]
        second = await kept(another, commit("a", first.version, note(2), due=5.0))
        asked = [commit("a", 0), commit("a", first.version), commit("a", second.version)]
        for each, answer in zip(asked, (None, None, second), strict=True):
            assert await store.commit([each]) == [answer]
        assert await store.names() == ["a"]
        assert await store.overdue(10.0, 10) == ["a"]

    async def test_entries_alone_leave_the_version(self, store: Store, another: Store) -> None:
        first = await kept(store, commit("a", 0, note(1), due=5.0))
        logged = await kept(another, commit("a", first.version, journal=[b"x", b"y"]))

        assert logged == Kept(first.version, first.began, {"journal": 2})
        assert await store.commit([commit("a", first.version + 1, journal=[b"z"])]) == [None]
        assert await store.entries("a", "journal", 0) == [(1, b"x"), (2, b"y")]
        assert await store.overdue(10.0, 10) == ["a"]

    async def test_of_two_that_race_one_is_kept(self, store: Store, another: Store) -> None:
        first = await kept(store, commit("a", 0, note(0, "0")))

        async def count(own: Store, rounds: int) -> int:
            """Add one to the number in the note, as often; gives how often others were faster."""
            lost, version = 0, first.version
            while rounds:
                whole = await own.load("a")
                assert whole is not None
                (present,) = whole.changes
                version = whole.kept.version
                assert isinstance(present.record, Note)
                following = note(0, str(int(present.record.text) + 1))
                if await own.commit([commit("a", version, following)]) == [None]:
                    lost += 1
                else:
                    rounds -= 1
            return lost

        await asyncio.gather(count(store, 25), count(another, 25), count(store, 25))
        assert await rows(another, "a") == as_rows([note(0, "75")])

    async def test_of_two_that_begin_a_workspace_one_does(
        self, store: Store, another: Store
    ) -> None:
        for number in range(10):
            name = f"w{number}"
            one, two = await asyncio.gather(
                store.commit([commit(name, 0, note(1), whole=True)]),
                another.commit([commit(name, 0, note(2), whole=True)]),
            )
            assert (one == [None]) != (two == [None])
            assert await rows(store, name) == as_rows([note(2 if one == [None] else 1)])

    async def test_a_commit_that_is_tried_again_is_kept_once(
        self, store: Store, another: Store
    ) -> None:
        begun = commit("a", 0, note(1), whole=True, journal=[b"1"])
        first = await kept(store, begun)
        assert await kept(another, begun) == first
        changed = commit("a", first.version, note(2), journal=[b"2"])
        second = await kept(store, changed)
        assert await kept(store, changed) == await kept(another, changed) == second
        logged = commit("a", second.version, journal=[b"3"])
        third = await kept(another, logged)
        assert await kept(store, logged) == await kept(another, logged) == third
        last = await kept(store, commit("a", second.version, note(3), journal=[b"4"]))

        assert await kept(another, changed) == second
        assert await kept(another, logged) == third
        assert last.ends == {"journal": 4}
        assert await rows(store, "a") == as_rows([note(1), note(2), note(3)])
        found = await store.entries("a", "journal", 0)
        assert found == [(1, b"1"), (2, b"2"), (3, b"3"), (4, b"4")]

    async def test_keys_come_back_as_they_are(self, store: Store, another: Store) -> None:
        changes = [
            *(note(number) for number in (0, 1, -1, 2**53 + 1, 2**63 - 1, -(2**63))),
            *(tag(name) for name in ("", "1", "a", "A", "é", "日本", "🚚", 'a"\\\n', "a\0b", "a ")),
            *(
                tag(name)
                for name in ("a\0", "\0", "true", "null", "[1]", "1.0", "a'b", "%_*", "{}")
            ),
            Change("t.tags", 1, Tag("one")),
            Change("t.notes", "1", Note(7, "text")),
        ]
        first = await kept(store, commit("a", 0, *changes))
        assert await rows(another, "a") == as_rows(changes)

        begun = await kept(store, commit("b", 0, *changes, whole=True))
        assert await rows(another, "b") == as_rows(changes)

        gone = [Change(table, key, None) for table, key, _ in changes]
        for name, version in (("a", first.version), ("b", begun.version)):
            for place, change in enumerate(gone):
                after = await kept(store, commit(name, version, change))
                missed = await another.since(name, version)
                assert missed is None or as_rows(missed.changes) == as_rows([change])
                assert await rows(another, name) == as_rows(changes[place + 1 :])
                version = after.version

    async def test_records_come_back_as_they_are(self, store: Store, another: Store) -> None:
        texts = ["", "\0", "x" * 100_000, "é🚚\0é", "".join(map(chr, range(0x800)))]
        changes = [
            *(note(place, text) for place, text in enumerate(texts)),
            *(tag(str(weight), weight) for weight in (0.1, -0.0, 1e308, 5e-324)),
        ]
        await kept(store, commit("a", 0, *changes))
        await kept(store, commit("b", 0, *changes, whole=True))

        assert await rows(another, "a") == await rows(another, "b") == as_rows(changes)
