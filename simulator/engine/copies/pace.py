"""Lets long work stop for others."""

from __future__ import annotations

import asyncio
from time import perf_counter

TURN = 0.005
"""Seconds for which the event loop is held before others have their turn."""


class Pace:
    """Measures how long a piece of work has held the event loop."""

    __slots__ = ("_since",)

    def __init__(self) -> None:
        self._since = perf_counter()

    async def pause(self) -> None:
        """Let others have their turn, if this has been at work for long."""
        if perf_counter() - self._since >= TURN:
            await asyncio.sleep(0)
            self._since = perf_counter()
