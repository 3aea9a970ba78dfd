"""A store of dictionaries: what a real one does, without a place; several may share one `Place`."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from typing import Any

from simulator.core.tables import Change
from simulator.engine.backends.store import (
    FIRST_NUMBERS,
    Commit,
    Counts,
    Kept,
    Missed,
    StoreFailure,
    Whole,
)


class _Log:
    def __init__(self) -> None:
        self.end = 0
        self.entries: deque[tuple[int, bytes]] = deque(maxlen=2000)


class _World:
    def __init__(self, version: int) -> None:
        self.version = self.began = version
        self.rows: dict[tuple[str, Any], Any] = {}
        self.changed: dict[tuple[str, Any], int] = {}
        self.logs: dict[str, _Log] = {}
        self.due: float | None = None
        self.numbers = FIRST_NUMBERS

    def kept(self) -> Kept:
        return Kept(self.version, self.began, {log: each.end for log, each in self.logs.items()})


class Place:
    """What stores share; `fails` is why none of them can be asked."""

    def __init__(self) -> None:
        self.worlds: dict[str, _World] = {}
        self.claims: dict[tuple[str, str], tuple[str, float]] = {}
        self.stores = 0
        self.opened = 0
        self.fails: str | None = None
        self.versions = 0

    def next_version(self) -> int:
        self.versions += 1
        return self.versions


class DictStore:
    """One process's way to a `Place`; `pause` is called before anything is answered."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self.counts = Counts()
        self.place = "a dictionary"
        self.pause = _turn
        self._known = 0

    def hold(self) -> asyncio.Event:
        """Answer nothing until the event is set that this gives."""
        gate = asyncio.Event()

        async def pause() -> None:
            await gate.wait()

        self.pause = pause
        return gate

    async def open(self) -> None:
        self._place.stores += 1
        self._place.opened += 1

    async def close(self) -> None:
        self._place.stores -= 1

    def alone(self) -> bool:
        # One that came and went since this was last asked counts, too.
        known, self._known = self._known, self._place.opened
        return self._place.stores == 1 and known == self._known

    async def _ask(self) -> dict[str, _World]:
        self.counts.round_trips += 1
        await self.pause()
        if self._place.fails is not None:
            raise StoreFailure(self._place.fails)
        return self._place.worlds

    async def names(self) -> list[str]:
        return sorted(await self._ask())

    async def load(self, workspace: str) -> Whole | None:
        world = (await self._ask()).get(workspace)
        if world is None:
            return None
        return Whole(world.kept(), [Change(*key, record) for key, record in world.rows.items()])

    async def since(self, workspace: str, version: int) -> Missed | None:
        world = (await self._ask()).get(workspace)
        if world is None or version < world.began:
            return None
        changed = [key for key, reached in world.changed.items() if reached > version]
        return Missed(world.kept(), [Change(*key, world.rows.get(key)) for key in changed])

    async def commit(self, commits: Sequence[Commit]) -> list[Kept | None]:
        worlds = await self._ask()
        return [self._commit(worlds, each) for each in commits]

    def _commit(self, worlds: dict[str, _World], commit: Commit) -> Kept | None:
        world = worlds.get(commit.workspace)
        if (0 if world is None else world.version) != commit.expected:
            self.counts.conflicts += 1
            return None
        self.counts.commits += 1
        if world is None or commit.whole:
            world = worlds[commit.workspace] = _World(self._place.next_version())
        elif commit.changes:
            world.version = self._place.next_version()
        for table, key, record in commit.changes:
            world.changed[table, key] = world.version
            if record is None:
                world.rows.pop((table, key), None)
            else:
                world.rows[table, key] = record
        for log, entries in commit.logs.items():
            kept = world.logs.setdefault(log, _Log())
            for entry in entries:
                kept.end += 1
                kept.entries.append((kept.end, entry))
        world.due = commit.due
        return world.kept()

    async def drop(self, workspace: str, expected: Kept | None = None) -> bool:
        worlds = await self._ask()
        if expected is not None and workspace in worlds and worlds[workspace].kept() != expected:
            return False
        worlds.pop(workspace, None)
        return True

    async def entries(self, workspace: str, log: str, after: int) -> list[tuple[int, bytes]]:
        world = (await self._ask()).get(workspace)
        if world is None or log not in world.logs:
            return []
        return [entry for entry in world.logs[log].entries if entry[0] > after]

    async def clear(self, workspace: str, log: str) -> None:
        world = (await self._ask()).get(workspace)
        if world is not None and log in world.logs:
            world.logs[log].entries.clear()

    async def overdue(self, before: float, most: int) -> list[str]:
        worlds = await self._ask()
        due = sorted((each.due, name) for name, each in worlds.items() if each.due is not None)
        return [name for instant, name in due if instant < before][:most]

    async def claim(self, workspace: str, part: str, holder: str, seconds: float) -> bool:
        await self._ask()
        now = time.monotonic()
        owner, until = self._place.claims.get((workspace, part), (holder, 0.0))
        if owner != holder and until > now:
            return False
        self._place.claims[workspace, part] = holder, now + seconds
        return True

    async def release(self, workspace: str, part: str, holder: str) -> None:
        await self._ask()
        if self._place.claims.get((workspace, part), ("", 0.0))[0] == holder:
            del self._place.claims[workspace, part]

    async def reserve(self, workspace: str, count: int) -> int:
        world = (await self._ask())[workspace]
        first = world.numbers + 1
        world.numbers += count
        return first


async def _turn() -> None:
    await asyncio.sleep(0)
