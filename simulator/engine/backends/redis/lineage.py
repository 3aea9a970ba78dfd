"""Which commit a version is known by.

A server that fails may come back without its latest commits, and others are made in their place, of
the same versions. So whoever builds on a version says which commit it was.
"""

from __future__ import annotations

from collections import OrderedDict

_REMEMBERED = 20_000
"""Workspaces."""


class Lineage:
    """The tokens of the commits that made the versions that are known here."""

    __slots__ = ("_latest",)

    def __init__(self) -> None:
        self._latest: OrderedDict[str, tuple[int, bytes]] = OrderedDict()

    def learn(self, workspace: str, version: int, token: bytes) -> None:
        """Note what a server has told of a workspace."""
        self._latest[workspace] = version, token
        self._latest.move_to_end(workspace)
        if len(self._latest) > _REMEMBERED:
            self._latest.popitem(last=False)

    def token(self, workspace: str, version: int) -> str:
        """That of the commit which made a version; empty if it is not known."""
        known = self._latest.get(workspace)
        return known[1].decode() if known is not None and known[0] == version else ""
