"""The seam between a process and a place outside it where workspaces are kept.

A store is asked from an event loop and never holds it up: what blocks, it does in threads of its
own. `mirror.py` stands between it and the engine, which knows nothing of waiting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from simulator.core.tables import Change

FIRST_NUMBERS = 64
"""How many numbers are reserved for whoever lets a workspace begin (again)."""

ALONE_AGAIN = 0.2
"""Seconds: whoever was alone in a store at two moments that lie no further apart was so all the
time, since one that comes keeps nothing until the others must have noticed."""

EVENTS, JOURNAL, AMENDMENTS = "events", "journal", "amendments"
"""The logs of a workspace: what happened, the exchanges, of which the numbers are their count, and
what became known of those later."""


class StoreFailure(Exception):
    """The store cannot be asked, or cannot keep anything; the message says why and what to do.

    What was to be kept is not, or nobody knows: whoever has a copy loads it again.
    """


class Refused(Exception):
    """The store cannot be used at all: what it was told, or what it found, does not fit. The
    message says what to do. Only raised by `open`."""


class LogBounds(msgspec.Struct, frozen=True):
    """How much a log of a workspace holds: the latest entries, within so many bytes."""

    entries: int
    bytes: int = 64 * 1024 * 1024


class Commit(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be kept of a workspace, all of it or nothing.

    It builds on the version `expected` (0: the workspace is not kept yet). With `whole` its changes
    are all records, which take the place of all that was there, and its logs begin again with what
    is in `logs`: to each the entries that come to its end. Without changes it keeps its log entries
    and leaves the version as it is. `token` tells it from every other, so that one of which nobody
    knows whether it was kept may be tried again. `due` is when the workspace's first job is due by
    the machine's time, in seconds since 1970; None where none is, or none will be by itself.
    """

    workspace: str
    token: str
    expected: int
    changes: Sequence[Change] = ()
    logs: Mapping[str, Sequence[bytes]] = {}
    whole: bool = False
    due: float | None = None


class Kept(msgspec.Struct, frozen=True):
    """How far a workspace is: its version, the version with which it began (again), and by log the
    number of the last entry; entries count up from 1."""

    version: int
    began: int
    ends: Mapping[str, int] = {}


class Whole(msgspec.Struct, frozen=True):
    """All records of a workspace, in no order."""

    kept: Kept
    changes: list[Change]


class Missed(msgspec.Struct, frozen=True):
    """What changed since a version: of each key that did, its present record."""

    kept: Kept
    changes: list[Change]


class Counts(msgspec.Struct):
    """What a store has done since it was opened: times it was asked, commits, those that somebody
    was faster with, tries that were made again, and the seconds that answers took together."""

    round_trips: int = 0
    commits: int = 0
    conflicts: int = 0
    retries: int = 0
    seconds: float = 0.0


class Store(Protocol):
    """Keeps workspaces by name for all processes that are given the same place.

    Every call but `open`, `alone` and `close` may raise `StoreFailure`. Versions are never used
    again, also not by a workspace of the same name after it was dropped.
    """

    counts: Counts

    @property
    def place(self) -> str:
        """Where it is, as a person would say it, without passwords."""

    async def open(self) -> None:
        """Begin; raises `Refused` or `StoreFailure`."""

    async def close(self) -> None:
        """Let go of files and connections. What was not kept until then is not."""

    def alone(self) -> bool:
        """Whether it is known without waiting that no other process uses the place now. One that
        comes while others use it keeps nothing for longer than `ALONE_AGAIN`."""

    async def names(self) -> list[str]:
        """The workspaces that are kept, in alphabetical order."""

    async def load(self, workspace: str) -> Whole | None:
        """The whole workspace at one version, or None when it is not kept."""

    async def since(self, workspace: str, version: int) -> Missed | None:
        """What was changed after a version; None where that is not known any more, or the
        workspace has begun again since, or is gone: then it is to be loaded."""

    async def commit(self, commits: Sequence[Commit]) -> list[Kept | None]:
        """Keep each of these, of different workspaces, in one go; None for those of which the
        workspace is at another version. When it raises, nobody knows which were kept."""

    async def drop(self, workspace: str, expected: Kept | None = None) -> bool:
        """Forget a workspace with all of its logs, with `expected` only if it is just so far; tells
        whether it is gone."""

    async def entries(self, workspace: str, log: str, after: int) -> list[tuple[int, bytes]]:
        """The entries that a log still holds with numbers beyond `after`, oldest first."""

    async def clear(self, workspace: str, log: str) -> None:
        """Forget the entries of a log; numbers go on."""

    async def overdue(self, before: float, most: int) -> list[str]:
        """Up to `most` workspaces of which a job was due before that time of the machine, the
        longest overdue first."""

    async def claim(self, workspace: str, part: str, holder: str, seconds: float) -> bool:
        """Be the only one that does a `part` of the work in a workspace, for so many seconds from
        now; the holder may claim it again before they are over. Tells whether it was free."""

    async def release(self, workspace: str, part: str, holder: str) -> None:
        """Let others claim a part, if this is its holder."""

    async def reserve(self, workspace: str, count: int) -> int:
        """Take so many numbers that nobody else gets; gives the first. The first `FIRST_NUMBERS`,
        which count from 1, are those of whoever let the workspace begin."""
