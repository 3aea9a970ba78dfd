"""What every backend must do: derive from `BackendConformance` and give a `backend` fixture."""

from __future__ import annotations

import msgspec
import pytest

from simulator.core.tables import Change, Key
from simulator.engine.backends.backend import Backend, Behind, Conflict
from simulator.engine.backends.rows import Rows


class Note(msgspec.Struct, frozen=True):
    """A record for the tests."""

    id: int
    text: str


def note(number: int, text: str | None = "x") -> Change:
    """The change that puts a note, or with None the one that deletes it."""
    return Change("t.notes", number, None if text is None else Note(number, text))


def beginning(*notes: Change) -> dict[str, dict[Key, msgspec.Struct]]:
    """Notes as the records with which workspaces begin."""
    return {"t.notes": {each.key: each.record for each in notes if each.record is not None}}


class BackendConformance:
    """The promises of `Backend`, one test each."""

    def test_what_is_not_kept_has_no_version(self, backend: Backend) -> None:
        assert backend.names() == []
        assert backend.version("a") is None
        assert backend.load("a") is None
        with pytest.raises(Behind):
            backend.changes_since("a", 1)

    def test_a_first_commit_expects_nothing(self, backend: Backend) -> None:
        version = backend.commit("a", 0, [note(1)])

        assert backend.version("a") == version > 0
        assert backend.load("a") == (version, [note(1)])
        assert backend.names() == ["a"]

    def test_commits_build_on_each_other(self, backend: Backend) -> None:
        first = backend.commit("a", 0, [note(1), note(2)])
        second = backend.commit("a", first, [note(1, "y"), note(2, None), note(3)])

        assert second > first
        assert backend.load("a") == (second, [note(1, "y"), note(3)])

    def test_a_commit_that_expects_another_version_keeps_nothing(self, backend: Backend) -> None:
        first = backend.commit("a", 0, [note(1)])
        second = backend.commit("a", first, [note(2)])

        for expected in (0, first, second + 1):
            with pytest.raises(Conflict):
                backend.commit("a", expected, [note(3)])

        assert backend.load("a") == (second, [note(1), note(2)])

    def test_changes_since_a_version_are_told_in_their_order(self, backend: Backend) -> None:
        first = backend.commit("a", 0, [note(1)])
        second = backend.commit("a", first, [note(1, "y")])
        third = backend.commit("a", second, [note(1, None), note(2)])

        assert backend.changes_since("a", third) == (third, [])
        assert backend.changes_since("a", second) == (third, [note(1, None), note(2)])
        changes = [note(1, "y"), note(1, None), note(2)]
        assert backend.changes_since("a", first) == (third, changes)

    def test_whoever_missed_too_much_is_behind(self, backend: Backend) -> None:
        first = version = backend.commit("a", 0, [note(1)])
        for number in range(2000):
            version = backend.commit("a", version, [note(number)])

        with pytest.raises(Behind):
            backend.changes_since("a", first)

    def test_who_missed_many_changes_at_once_is_behind_and_who_had_them_is_not(
        self, backend: Backend
    ) -> None:
        first = backend.commit("a", 0, [note(1)])
        many = backend.commit("a", first, [note(number) for number in range(20_000)])

        with pytest.raises(Behind):
            backend.changes_since("a", first)
        last = backend.commit("a", many, [note(2, "y")])
        assert backend.changes_since("a", many) == (last, [note(2, "y")])
        with pytest.raises(Behind):
            backend.changes_since("a", first)

    def test_a_replacement_leaves_nothing_of_what_was(self, backend: Backend) -> None:
        first = backend.commit("a", 0, [note(1)])
        second = backend.replace("a", Rows(beginning(note(2))))

        assert second > first
        assert backend.load("a") == (second, [note(2)])
        with pytest.raises(Behind):
            backend.changes_since("a", first)

    def test_what_a_workspace_will_begin_with_is_seen_by_nobody_before(
        self, backend: Backend
    ) -> None:
        first = backend.commit("a", 0, [note(1)])
        draft = Rows()
        draft.apply([note(2), note(3)])
        draft.apply([note(2, "y")])

        assert backend.load("a") == (first, [note(1)])
        second = backend.replace("a", draft)

        assert second > first
        assert backend.load("a") == (second, [note(2, "y"), note(3)])
        with pytest.raises(Behind):
            backend.changes_since("a", first)

    def test_workspaces_that_begin_with_the_same_records_part_with_their_changes(
        self, backend: Backend
    ) -> None:
        shared = beginning(note(1), note(2))
        a, b = backend.replace("a", Rows(shared)), backend.replace("b", Rows(shared))
        later = backend.commit("a", a, [note(1, None), note(3)])

        assert backend.load("a") == (later, [note(2), note(3)])
        assert backend.load("b") == (b, [note(1), note(2)])
        assert shared == beginning(note(1), note(2))

    def test_a_replacement_makes_what_was_not_kept(self, backend: Backend) -> None:
        assert backend.load("a") is None
        version = backend.replace("a", Rows(beginning(note(1))))

        assert backend.load("a") == (version, [note(1)])

    def test_what_was_dropped_is_gone_and_its_versions_do_not_come_back(
        self, backend: Backend
    ) -> None:
        first = backend.commit("a", 0, [note(1)])
        backend.drop("a")
        backend.drop("never")

        assert (backend.version("a"), backend.names()) == (None, [])
        assert backend.commit("a", 0, [note(2)]) > first
        with pytest.raises(Behind):
            backend.changes_since("a", first)

    def test_workspaces_are_apart(self, backend: Backend) -> None:
        backend.commit("b", 0, [note(1)])
        version = backend.commit("a", 0, [note(2)])
        backend.drop("b")

        assert backend.load("a") == (version, [note(2)])
        assert backend.names() == ["a"]
