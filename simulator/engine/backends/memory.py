"""Workspaces kept in this process's memory: nothing is encoded and nothing outlives it."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from simulator.core.tables import Change
from simulator.engine.backends.backend import Behind, Conflict
from simulator.engine.backends.rows import Rows
from simulator.engine.disposal import Disposal, Pile

_REMEMBERED_COMMITS = 256
_REMEMBERED_CHANGES = 500
"""Of a workspace, for other hubs to catch up with. They hold what has been replaced since, and a
commit of many jobs has hundreds: beyond so many it is as quick to load the workspace."""


class _Kept:
    """A workspace; `commits` are all those after the version `since`, of `changes` changes
    together."""

    __slots__ = ("changes", "commits", "rows", "since", "version")

    def __init__(self, version: int, rows: Rows) -> None:
        self.version = self.since = version
        self.rows = rows
        self.commits: deque[tuple[int, tuple[Change, ...]]] = deque()
        self.changes = 0

    def remember(self, version: int, changes: Sequence[Change]) -> None:
        """Note what leads to this version, and forget the oldest beyond the bounds."""
        self.version = version
        commits = self.commits
        commits.append((version, tuple(changes)))
        self.changes += len(changes)
        while len(commits) > _REMEMBERED_COMMITS or self.changes > _REMEMBERED_CHANGES:
            self.since, forgotten = commits.popleft()
            self.changes -= len(forgotten)


class MemoryBackend:
    """A `Backend` of dictionaries. Two hubs that share one see each other's workspaces."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}
        self._versions = 0
        self._disposal = Disposal()

    def names(self) -> list[str]:
        return sorted(self._kept)

    def version(self, workspace: str) -> int | None:
        kept = self._kept.get(workspace)
        return None if kept is None else kept.version

    def load(self, workspace: str) -> tuple[int, list[Change]] | None:
        kept = self._kept.get(workspace)
        if kept is None:
            return None
        return kept.version, kept.rows.all()

    def changes_since(self, workspace: str, version: int) -> tuple[int, list[Change]]:
        kept = self._kept.get(workspace)
        if kept is None:
            raise Behind
        if kept.version == version:
            return version, []
        if version < kept.since:
            raise Behind
        missed = (changes for reached, changes in kept.commits if reached > version)
        return kept.version, [change for changes in missed for change in changes]

    def commit(self, workspace: str, expected: int, changes: Sequence[Change]) -> int:
        kept = self._kept.get(workspace)
        if (0 if kept is None else kept.version) != expected:
            raise Conflict
        version = self._next_version()
        if kept is None:
            kept = self._kept[workspace] = _Kept(version, Rows())
        else:
            kept.remember(version, changes)
        kept.rows.apply(changes)
        return version

    def replace(self, workspace: str, rows: Rows) -> int:
        before = self._kept.get(workspace)
        kept = self._kept[workspace] = _Kept(self._next_version(), rows)
        if before is not None:
            self._forget(before)
        return kept.version

    def drop(self, workspace: str) -> None:
        kept = self._kept.pop(workspace, None)
        if kept is not None:
            self._forget(kept)

    def _forget(self, kept: _Kept) -> None:
        piles: list[Pile] = [*kept.rows.own.values()]
        kept.rows.own.clear()
        self._disposal.take(piles)

    def _next_version(self) -> int:
        # Versions are never used again, so that a dropped and remade workspace is not mistaken
        # for the one that a slow replica still remembers.
        self._versions += 1
        return self._versions
