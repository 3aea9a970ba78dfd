"""How keys and fields are called.

The workspaces lie on shelves, by their names. All keys of a shelf begin with the same word in
braces, which makes them lie in one slot of a cluster, so that a script may change all of them.
"""

from __future__ import annotations

from zlib import crc32

from simulator.core.tables import Key

SHELVES = 64
MARK = b"'"
"""Tells a key that is a text from a number."""
UNUSED = 600
"""Seconds for which a piece is kept that no workspace has: the next one may begin with it."""


class Shelves:
    """The beginnings of the keys of all shelves under a prefix."""

    __slots__ = ("all", "layout")

    def __init__(self, prefix: str) -> None:
        self.all = [f"{{{prefix}:{number}}}:" for number in range(SHELVES)]
        self.layout = f"{{{prefix}}}:layout"

    def of(self, workspace: str) -> str:
        """That of a workspace."""
        return self.all[crc32(workspace.encode()) % SHELVES]


def field_of(table: str, key: Key) -> str:
    """The field of a record's place: the table, NUL and the key, with a mark if it is a text."""
    return f"{table}\0{key}" if isinstance(key, int) else f"{table}\0'{key}"
