"""What changed since a version."""

from __future__ import annotations

import pytest

from simulator.engine.backends.store import Store
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
class Changes:
    """What changed since a version."""

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
