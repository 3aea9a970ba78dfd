"""What every store must do: derive from `StoreConformance` and give fixtures `store` and `another`,
two stores of `CODEC` and `BOUNDS` that are open over the same place, with nothing in it."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Mapping, Sequence

import msgspec
import pytest

from simulator.core.tables import Change, Key, TableSpec
from simulator.engine.backends.codec import Codec
from simulator.engine.backends.store import FIRST_NUMBERS, Commit, Kept, LogBounds, Store


class Note(msgspec.Struct, frozen=True):
    """A record that is known by a number."""

    id: int
    text: str


class Tag(msgspec.Struct, frozen=True):
    """A record that is known by a text."""

    name: str
    weight: float = 0.0


CODEC = Codec(
    [
        TableSpec(name="t.notes", record=Note, key="id"),
        TableSpec(name="t.tags", record=Tag, key="name"),
    ]
)
BOUNDS: Mapping[str, LogBounds] = {
    "journal": LogBounds(20, 10_000),
    "events": LogBounds(50, 10_000),
}
Rows = dict[tuple[str, type, Key], msgspec.Struct | None]
_tokens = itertools.count(1)


def note(number: int, text: str | None = "x") -> Change:
    """The change that puts a note, or with None the one that deletes it."""
    return Change("t.notes", number, None if text is None else Note(number, text))


def tag(name: str, weight: float | None = 0.0) -> Change:
    """The change that puts a tag, or with None the one that deletes it."""
    return Change("t.tags", name, None if weight is None else Tag(name, weight))


def commit(
    workspace: str,
    expected: int,
    *changes: Change,
    whole: bool = False,
    due: float | None = None,
    token: str | None = None,
    **logs: Sequence[bytes],
) -> Commit:
    """A commit with a token of its own."""
    return Commit(
        workspace=workspace,
        token=token or f"token-{next(_tokens)}",
        expected=expected,
        changes=changes,
        logs=logs,
        whole=whole,
        due=due,
    )


async def kept(store: Store, *commits: Commit) -> Kept:
    """How the first of these commits was kept."""
    first, *_ = await store.commit(commits)
    assert first is not None
    return first


def as_rows(changes: Sequence[Change]) -> Rows:
    """Records by table and key. A key is the same only with its type."""
    found: Rows = {(table, type(key), key): record for table, key, record in changes}
    assert len(found) == len(changes)
    return found


async def rows(store: Store, workspace: str) -> Rows:
    """The records of a workspace that is kept."""
    whole = await store.load(workspace)
    assert whole is not None
    return as_rows(whole.changes)


BIG = [note(number, "y" * 300) for number in range(2000)]
"""Enough records for a store to treat them in some way of its own."""


@pytest.mark.asyncio
class StoreConformance:
    """The promises of `Store`, one test each."""

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

    async def test_what_changed_since_is_told_as_it_is_now(
        self, store: Store, another: Store
    ) -> None:
        first = await kept(store, commit("a", 0, note(1), note(2), note(9), tag("t")))
        second = await kept(store, commit("a", first.version, note(1, "y"), note(2, "z")))
        third = await kept(store, commit("a", second.version, note(1, None), note(3), tag("t", 1)))
        fourth = await kept(store, commit("a", third.version, note(3, None), journal=[b"j"]))

        for version, expected in (
            (first.version, [note(1, None), note(2, "z"), note(3, None), tag("t", 1)]),
            (second.version, [note(1, None), note(3, None), tag("t", 1)]),
            (third.version, [note(3, None)]),
            (fourth.version, []),
        ):
            missed = await another.since("a", version)
            assert missed is not None
            assert missed.kept == fourth
            assert as_rows(missed.changes) == as_rows(expected)
        for version in (0, first.version - 1, fourth.version + 1):
            assert await another.since("a", version) is None

    async def test_since_remembers_the_latest_and_never_tells_too_little(
        self, store: Store, another: Store
    ) -> None:
        versions = [(await kept(store, commit("a", 0, note(0)))).version]
        for number in range(1, 400):
            following = commit("a", versions[-1], note(number % 50, str(number)))
            versions.append((await kept(store, following)).version)

        present = await rows(store, "a")
        known = 0
        for place, version in enumerate(versions):
            missed = await another.since("a", version)
            if missed is None:
                assert known == 0, "an older version is known and a younger one is not"
                continue
            known += 1
            changed = {number % 50 for number in range(place + 1, 400)}
            found = as_rows(missed.changes)
            assert {key for _, _, key in found} == changed
            assert found.items() <= present.items()
        assert known >= 20

    async def test_a_large_commit_is_told_or_is_to_be_loaded(
        self, store: Store, another: Store
    ) -> None:
        first = await kept(store, commit("a", 0, note(-1)))
        large = await kept(store, commit("a", first.version, *BIG))
        last = await kept(store, commit("a", large.version, note(5, "last")))

        missed = await another.since("a", first.version)
        expected = as_rows([*BIG[:5], note(5, "last"), *BIG[6:]])
        assert missed is None or as_rows(missed.changes) == expected
        missed = await another.since("a", large.version)
        assert missed is not None
        assert missed.kept == last
        assert missed.changes == [note(5, "last")]
        assert await rows(another, "a") == {**expected, **as_rows([note(-1)])}

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
