"""The seam between the engine and the place where workspaces are kept.

A process works on its own copy of a workspace. It asks the backend what it missed before a
transaction, and commits what the transaction changed against the version that it had seen;
another process may have been faster, then the commit is a `Conflict` and the transaction runs
again on the newer state.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from simulator.core.tables import Change
from simulator.engine.backends.rows import Rows


class Conflict(Exception):
    """The workspace is no longer at the version that the commit expected."""


class Behind(Exception):
    """The changes since that version are no longer kept: load the workspace whole."""


class Backend(Protocol):
    """Keeps workspaces by name. All calls are synchronous and atomic."""

    def names(self) -> list[str]:
        """The workspaces that are kept, in alphabetical order."""

    def version(self, workspace: str) -> int | None:
        """The workspace's version, or None when it is not kept."""

    def load(self, workspace: str) -> tuple[int, list[Change]] | None:
        """The version and every record of the workspace, or None when it is not kept."""

    def changes_since(self, workspace: str, version: int) -> tuple[int, list[Change]]:
        """The present version and what changed after `version`; raises `Behind`."""

    def commit(self, workspace: str, expected: int, changes: Sequence[Change]) -> int:
        """Keep `changes` if the version is `expected` (0: not kept yet); gives the new version.

        Raises `Conflict` when the version is another one; then nothing was kept.
        """

    def replace(self, workspace: str, rows: Rows) -> int:
        """Keep exactly these records, which are the backend's from now on, in place of all that was
        there, at once; gives the new version."""

    def drop(self, workspace: str) -> None:
        """Forget the workspace."""
