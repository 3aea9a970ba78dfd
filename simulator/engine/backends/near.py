"""A workspace as it is known in this process, and who is told what becomes of it."""

from __future__ import annotations

from typing import Protocol

from simulator.core.tables import Change
from simulator.engine.backends.group import Group
from simulator.engine.backends.rows import Rows
from simulator.engine.backends.store import Kept


class Outrun(Exception):
    """Another process was faster: what was done is undone, and may be done again."""


class Near:
    """A workspace as it is known here: `rows` are what is kept, in the state `kept` of the store;
    behind it come the group that is `flying` to the store and the one that is `pending`.

    `version` is this process's own count. `corrected` leads from an earlier version to the present
    one where drafts have fallen: between which, and by which changes. `sole` is the period in which
    this process was the only one when the store last told its state; None where it was not.
    """

    __slots__ = ("corrected", "flying", "kept", "pending", "rows", "sole", "version")

    def __init__(self, version: int, kept: Kept, rows: Rows) -> None:
        self.version = version
        self.kept = kept
        self.rows = rows
        self.sole: int | None = None
        self.flying: Group | None = None
        self.pending: Group | None = None
        self.corrected: tuple[int, int, list[Change]] | None = None

    @property
    def drafts(self) -> list[Group]:
        """The groups of which nobody knows yet whether they will be kept, in their order."""
        return [group for group in (self.flying, self.pending) if group is not None]


class Nears:
    """The workspaces of which there is a near copy, and the `names` of all that are kept, as far as
    they were looked up."""

    def __init__(self) -> None:
        self.known: dict[str, Near] = {}
        self.names: set[str] = set()
        self._versions = 0

    def next_version(self) -> int:
        """The next one of this process's count."""
        self._versions += 1
        return self._versions

    def has(self, name: str, near: Near) -> bool:
        """Whether that is still what is known of the workspace."""
        return self.known.get(name) is near

    def forget(self, name: str, near: Near) -> bool:
        """Forget a workspace that is gone; tells whether it was known."""
        if not self.has(name, near):
            return False
        del self.known[name]
        self.names.discard(name)
        return True


class Follower(Protocol):
    """Who is told what becomes of the workspaces of a mirror."""

    def due(self, workspace: str) -> float | None:
        """When its first job is due, by the machine's time; None where none is."""

    def events_known(self, workspace: str) -> int | None:
        """The number of the last event of which it is known here."""

    def heard(self, workspace: str, events: list[tuple[int, bytes]]) -> None:
        """Another process told these events, each with its number, behind those known."""

    def began(self, workspace: str, kept: Kept) -> None:
        """That it began (again), by what was done here, is kept."""

    def fell(self, workspace: str) -> None:
        """Drafts of it fell, or it is gone."""

    def doubted(self, workspace: str) -> None:
        """What is known of its logs may be another past than what is kept: the store is far ahead,
        or lost something. It is to be asked for anew, the events just afterwards."""


class Nobody:
    """A follower that heeds nothing."""

    def due(self, workspace: str) -> float | None:
        return None

    def events_known(self, workspace: str) -> int | None:
        return None

    def heard(self, workspace: str, events: list[tuple[int, bytes]]) -> None:
        pass

    def began(self, workspace: str, kept: Kept) -> None:
        pass

    def fell(self, workspace: str) -> None:
        pass

    def doubted(self, workspace: str) -> None:
        pass
