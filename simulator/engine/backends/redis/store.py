"""The store of a Redis or Valkey server."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from heapq import nsmallest
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.engine.backends.codec import Codec
from simulator.engine.backends.redis.address import address_of, shown
from simulator.engine.backends.redis.lineage import Lineage
from simulator.engine.backends.redis.packing import pack
from simulator.engine.backends.redis.pieces import Pieces
from simulator.engine.backends.redis.scripts import NOTHING, Item, Script
from simulator.engine.backends.redis.shelves import UNUSED, Shelves
from simulator.engine.backends.store import (
    FIRST_NUMBERS,
    Commit,
    Counts,
    Kept,
    LogBounds,
    Missed,
    Refused,
    StoreFailure,
    Whole,
)

if TYPE_CHECKING:
    # Only who uses this store needs the client.
    from simulator.engine.backends.redis.committing import Committing
    from simulator.engine.backends.redis.loading import Loading
    from simulator.engine.backends.redis.server import Server

_DROP = Script("pieces", "drop")
_ENTRIES, _CLEAR = map(Script, ("entries", "clear"))
_CLAIM, _RELEASE, _RESERVE = map(Script, ("claim", "release", "reserve"))
_NAMES, _OVERDUE = map(Script, ("names", "overdue"))

_AT_ONCE = 200
"""Entries that are fetched at once."""


class _Opened(NamedTuple):
    """What there is between `open` and `close`."""

    server: Server
    committing: Committing
    loading: Loading
    shelves: Shelves


class RedisStore:
    """A `Store` of a server or cluster by its URL; `bounds` are those of the logs by name. Nothing
    happens before `open`."""

    def __init__(self, url: str, codec: Codec, bounds: Mapping[str, LogBounds]) -> None:
        self.counts = Counts()
        self._url = url
        self._place = shown(url)
        self._codec = codec
        self._bounds = bounds
        self._opened: _Opened | None = None

    @property
    def place(self) -> str:
        """Where it is, without user and password."""
        return self._place

    async def open(self) -> None:
        """Begin; raises `Refused` or `StoreFailure`."""
        address = address_of(self._url)
        self._place = address.place
        try:
            from simulator.engine.backends.redis.committing import Committing
            from simulator.engine.backends.redis.loading import Loading
            from simulator.engine.backends.redis.opening import opened
            from simulator.engine.backends.redis.server import Server
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] != "redis":
                raise
            raise Refused(
                f"{self._place} needs a client that is not installed: "
                'pip install "carrier-simulator[redis]"'
            ) from error
        shelves = Shelves(address.prefix)
        server = Server(address, self.counts)
        try:
            await opened(server, shelves)
        except BaseException:
            await server.close()
            raise
        pieces, lineage = Pieces(self._codec), Lineage()
        self._opened = _Opened(
            server,
            Committing(server, shelves, self._codec, pieces, lineage, self._bounds),
            Loading(server, shelves, self._codec, pieces, lineage),
            shelves,
        )

    async def close(self) -> None:
        """Let go of all connections."""
        if self._opened is not None:
            await self._opened.server.close()
            self._opened = None

    def alone(self) -> bool:
        """Never: whoever knows the URL may use it, too."""
        return False

    async def names(self) -> list[str]:
        found = await self._of_all(_NAMES)
        return sorted(name.decode() for names in found for name in names)

    async def load(self, workspace: str) -> Whole | None:
        return await self._there.loading.load(workspace)

    async def since(self, workspace: str, version: int) -> Missed | None:
        return await self._there.loading.since(workspace, version)

    async def commit(self, commits: Sequence[Commit]) -> list[Kept | None]:
        found = await self._there.committing.commit(commits)
        conflicts = found.count(None)
        self.counts.conflicts += conflicts
        self.counts.commits += len(found) - conflicts
        return found

    async def drop(self, workspace: str, expected: Kept | None = None) -> bool:
        server, *_, shelves = self._there
        shelf = shelves.of(workspace)
        version, ends = (0, {}) if expected is None else (expected.version, dict(expected.ends))
        item = Item(shelf, [pack((shelf, workspace, _token(), version, ends))])
        head = pack((server.address.noted, UNUSED))
        [gone] = await server.each(_DROP, [item], head, copied=True)
        return bool(gone)

    async def entries(self, workspace: str, log: str, after: int) -> list[tuple[int, bytes]]:
        found: list[tuple[int, bytes]] = []
        life = None
        while True:
            reached = found[-1][0] if found else after
            began, first, entries = await self._one(_ENTRIES, workspace, log, reached, _AT_ONCE)
            if life not in (None, began):
                # Another one by now, whose numbers count up from 1 again.
                found, life = [], None
                continue
            life = began
            found += enumerate(entries, first)
            if len(entries) < _AT_ONCE:
                return found

    async def clear(self, workspace: str, log: str) -> None:
        server, *_, shelves = self._there
        shelf = shelves.of(workspace)
        item = Item(shelf, [pack((shelf, workspace, log, _token()))])
        await server.each(_CLEAR, [item], pack(server.address.noted), copied=True)

    async def overdue(self, before: float, most: int) -> list[str]:
        found = await self._of_all(_OVERDUE, pack((before, most)))
        dues = [
            (float(due), name.decode())
            for each in found
            for name, due in zip(each[::2], each[1::2], strict=True)
        ]
        return [name for _, name in nsmallest(most, dues)]

    async def claim(self, workspace: str, part: str, holder: str, seconds: float) -> bool:
        milliseconds = max(1, round(1000 * seconds))
        return bool(await self._one(_CLAIM, workspace, part, holder, milliseconds))

    async def release(self, workspace: str, part: str, holder: str) -> None:
        await self._one(_RELEASE, workspace, part, holder)

    async def reserve(self, workspace: str, count: int) -> int:
        server, *_, shelves = self._there
        shelf = shelves.of(workspace)
        item = Item(shelf, [pack((shelf, workspace, count, FIRST_NUMBERS))])
        [first] = await server.each(_RESERVE, [item], copied=True)
        return int(first)

    @property
    def _there(self) -> _Opened:
        if self._opened is None:
            raise StoreFailure(f"{self._place} is not open")
        return self._opened

    async def _of_all(self, script: Script, head: bytes = NOTHING) -> list[Any]:
        """What a script answers about all shelves: together, or by shelf in a cluster."""
        server, *_, shelves = self._there
        some = [[shelf] for shelf in shelves.all] if server.address.cluster else [shelves.all]
        return await server.each(script, [Item(each[0], [pack(each)]) for each in some], head)

    async def _one(self, script: Script, workspace: str, *words: object) -> Any:
        server, *_, shelves = self._there
        shelf = shelves.of(workspace)
        return await server.one(script, Item(shelf, [pack((shelf, workspace, *words))]))


def _token() -> str:
    return os.urandom(12).hex()
