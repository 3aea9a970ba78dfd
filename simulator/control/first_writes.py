"""Workspaces that a request to the control API makes, and takes back when it is refused."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from simulator.engine.backends.store import StoreFailure
from simulator.engine.hub import Hub
from simulator.engine.keeping.sure import fresh, take_back
from simulator.engine.workspace import Workspace


class Outcome:
    """Whether a request was accepted; it is not until somebody says so."""

    accepted = False


class FirstWrites:
    """Workspaces that were made for requests of which none has been accepted yet.

    Several first requests to one workspace share it; the last of them that is refused takes it
    back, unless something has happened in it meanwhile.
    """

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._made: dict[str, tuple[Workspace, int]] = {}
        self._open: Counter[str] = Counter()

    def workspace(self, name: str) -> Workspace:
        """The workspace `name`, made where there is none. Raises as `Hub.workspace` does."""
        found = self._hub.existing(name)
        if found is None:
            found = self._hub.workspace(name)
            self._made[name] = found, found.version
        found.asked_at = time.monotonic()
        return found

    @asynccontextmanager
    async def request(self, name: str | None) -> AsyncIterator[Outcome]:
        """While a request about the workspace `name` is answered."""
        outcome = Outcome()
        if name is None:
            yield outcome
            return
        self._open[name] += 1
        try:
            yield outcome
        finally:
            self._open[name] -= 1
            if not self._open[name]:
                del self._open[name]
            if outcome.accepted:
                self._made.pop(name, None)
            elif name not in self._open:
                await self._take_back(name)

    async def _take_back(self, name: str) -> None:
        made = self._made.pop(name, None)
        if made is None:
            return
        workspace, version = made
        try:
            await fresh(self._hub, name)  # another server may have written in it
        except StoreFailure:
            return
        if name in self._open:
            self._made.setdefault(name, made)
            return
        is_there = self._hub.existing(name) is workspace
        if is_there and workspace.version == version and not workspace.journal.recorded:
            with suppress(StoreFailure):  # it stays, then, and no harm is done
                await take_back(self._hub, workspace)
