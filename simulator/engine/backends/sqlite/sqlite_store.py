"""The `Store` over one SQLite file."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from simulator.core.clock import wall
from simulator.engine.backends.codec import Codec
from simulator.engine.backends.sqlite.connecting import Place, connect, prepare
from simulator.engine.backends.sqlite.desk import C, Desk
from simulator.engine.backends.sqlite.failures import refusal
from simulator.engine.backends.sqlite.reader import Reader
from simulator.engine.backends.sqlite.users import Users
from simulator.engine.backends.sqlite.writer import Writer
from simulator.engine.backends.store import (
    ALONE_AGAIN,
    Commit,
    Counts,
    Kept,
    LogBounds,
    Missed,
    Whole,
)

T = TypeVar("T")

_KNOWN = 0.02
"""Seconds for which a process that was the only one takes itself for that."""
_HEARD = ALONE_AGAIN + 5 * _KNOWN
"""Seconds after which all others know of one that came; before, it keeps nothing."""


def _now() -> float:
    return wall().timestamp()


class SqliteStore:
    """Keeps workspaces in a file, for all processes of the machine that are given the same.

    `bounds` are those of the logs by name; `now` is the machine's time in seconds since 1970.
    """

    def __init__(
        self,
        place: Place | str,
        codec: Codec,
        bounds: Mapping[str, LogBounds],
        now: Callable[[], float] = _now,
    ) -> None:
        self._at = Place.parse(place) if isinstance(place, str) else place
        self._codec = codec
        self._bounds = bounds
        self._now = now
        self._users = Users(self._at.path)
        path = self._at.path
        self._first: sqlite3.Connection | None = None
        self._writer: Desk[Writer] = Desk(path, self._writes, "writer")
        self._reader: Desk[Reader] = Desk(path, self._reads, "reader")
        self._loader: Desk[Reader] = Desk(path, self._reads, "loader")
        self._alone_until = 0.0
        self.counts = Counts()

    @property
    def place(self) -> str:
        return str(self._at.path)

    async def open(self) -> None:
        try:
            self._first = await asyncio.to_thread(self._prepared)
        except sqlite3.Error as error:
            raise refusal(self._at.path, error) from error
        if not self._users.alone():
            await asyncio.sleep(_HEARD)
        self._writer.later(Writer.bury)

    async def close(self) -> None:
        for desk in (self._loader, self._reader, self._writer):
            await desk.close()
        if self._first is not None:
            self._first.close()
            self._first = None
        self._users.leave()
        self._alone_until = 0.0

    def alone(self) -> bool:
        now = time.monotonic()
        if now >= self._alone_until:
            # The question lets other threads have the interpreter, which takes a while.
            self._alone_until = now + _KNOWN if self._users.alone() else 0.0
        return self._alone_until > 0.0

    async def names(self) -> list[str]:
        return await self._asked(self._reader, Reader.names)

    async def load(self, workspace: str) -> Whole | None:
        return await self._asked(self._loader, lambda clerk: clerk.load(workspace))

    async def since(self, workspace: str, version: int) -> Missed | None:
        return await self._asked(self._reader, lambda clerk: clerk.since(workspace, version))

    async def commit(self, commits: Sequence[Commit]) -> list[Kept | None]:
        if not commits:
            return []
        kept, grave = await self._asked(self._writer, lambda clerk: clerk.commit(commits))
        conflicts = kept.count(None)
        self.counts.commits += len(kept) - conflicts
        self.counts.conflicts += conflicts
        if grave:
            self._writer.later(Writer.bury)
        return kept

    async def drop(self, workspace: str, expected: Kept | None = None) -> bool:
        gone, grave = await self._asked(self._writer, lambda clerk: clerk.drop(workspace, expected))
        if grave:
            self._writer.later(Writer.bury)
        return gone

    async def entries(self, workspace: str, log: str, after: int) -> list[tuple[int, bytes]]:
        return await self._asked(self._reader, lambda clerk: clerk.entries(workspace, log, after))

    async def clear(self, workspace: str, log: str) -> None:
        await self._asked(self._writer, lambda clerk: clerk.clear(workspace, log))

    async def overdue(self, before: float, most: int) -> list[str]:
        return await self._asked(self._reader, lambda clerk: clerk.overdue(before, most))

    async def claim(self, workspace: str, part: str, holder: str, seconds: float) -> bool:
        return await self._asked(
            self._writer, lambda clerk: clerk.claim(workspace, part, holder, seconds)
        )

    async def release(self, workspace: str, part: str, holder: str) -> None:
        await self._asked(self._writer, lambda clerk: clerk.release(workspace, part, holder))

    async def reserve(self, workspace: str, count: int) -> int:
        return await self._asked(self._writer, lambda clerk: clerk.reserve(workspace, count))

    async def _asked(self, desk: Desk[C], work: Callable[[C], T]) -> T:
        started = time.perf_counter()
        try:
            return await desk.ask(work)
        finally:
            self.counts.round_trips += 1
            self.counts.seconds += time.perf_counter() - started

    def _prepared(self) -> sqlite3.Connection:
        connection = prepare(self._at)
        try:
            self._users.enter()
        except BaseException:
            connection.close()
            raise
        return connection

    def _writes(self) -> Writer:
        connection, self._first = self._first, None
        if connection is None:
            connection = prepare(self._at)
        return Writer(connection, self._codec, self._bounds, self._now, self._users.alone)

    def _reads(self) -> Reader:
        return Reader(connect(self._at), self.place, self._codec, self._bounds)
