"""Records, commits and bounds with which stores are tried."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import msgspec

from simulator.core.tables import Change, Key, TableSpec
from simulator.engine.backends.codec import Codec
from simulator.engine.backends.store import Commit, Kept, LogBounds, Store


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
