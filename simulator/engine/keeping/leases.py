"""Work in a workspace that one process at a time does, until it is done or that process ends."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from types import TracebackType

from simulator.engine.backends.store import Store, StoreFailure

_SECONDS = 10.0
"""How long others wait for a process that died."""
_RENEWED = 3.0
_PAUSE = 0.05

MOVER = "mover"
"""The part of whoever moves the clock, or puts another world in the place of this one."""


class Lease:
    """Is held as a lock is, by one task of all processes; raises `StoreFailure`."""

    def __init__(self, store: Store, workspace: str, part: str) -> None:
        self._asked = store, workspace, part
        self._lock = asyncio.Lock()
        self._holder = os.urandom(8).hex()
        self._renewal: asyncio.Task[None] | None = None

    def locked(self) -> bool:
        """Whether a task of this process holds it, or is about to."""
        return self._lock.locked()

    async def __aenter__(self) -> None:
        await self._lock.acquire()
        try:
            while not await self._claim():
                await asyncio.sleep(_PAUSE)
        except BaseException:
            self._lock.release()
            raise
        self._renewal = asyncio.get_running_loop().create_task(self._renew())

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._renewal is not None:
            self._renewal.cancel()
            self._renewal = None
        store, workspace, part = self._asked
        try:
            with suppress(StoreFailure):
                await store.release(workspace, part, self._holder)
        finally:
            self._lock.release()

    async def _claim(self) -> bool:
        store, workspace, part = self._asked
        return await store.claim(workspace, part, self._holder, _SECONDS)

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(_RENEWED)
            with suppress(StoreFailure):
                await self._claim()
