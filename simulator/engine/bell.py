"""Wakes those who wait for a workspace to change."""

from __future__ import annotations

import asyncio
from contextlib import suppress


class Bell:
    """Rung with every change; once it is `closed`, nobody waits any more."""

    def __init__(self) -> None:
        self.closed = False
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Wake everybody who waits."""
        for each in self._waiting:
            if not each.done():
                each.set_result(None)

    def close(self) -> None:
        """Wake everybody, for the last time."""
        self.closed = True
        self.ring()

    async def wait(self, seconds: float) -> None:
        """Return when it is rung, or after so many seconds of the machine."""
        if self.closed:
            return
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(woken)
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(woken, seconds)
        finally:
            self._waiting.discard(woken)
