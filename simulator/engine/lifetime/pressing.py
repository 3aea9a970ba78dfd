"""Presses what journals keep, a little at a time while nobody waits for it."""

from __future__ import annotations

import asyncio
import time
from collections import deque

from simulator.engine.journal import Journal

_PAUSE = 0.05
_BIT = 0.001
"""Seconds between two bits, and of each: a fiftieth of the time at most."""


class Pressing:
    """The journals that have something to press."""

    def __init__(self) -> None:
        self._waiting: deque[Journal] = deque()

    def ask(self, journal: Journal) -> None:
        """Press what `journal` keeps, when there is time; without an event loop there is none."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        if not self._waiting:
            loop.call_later(_PAUSE, self._step, loop)
        self._waiting.append(journal)

    def _step(self, loop: asyncio.AbstractEventLoop) -> None:
        end = time.perf_counter() + _BIT
        while self._waiting and time.perf_counter() < end:
            if not self._waiting[0].press_one():
                self._waiting.popleft()
        if self._waiting:
            loop.call_later(_PAUSE, self._step, loop)
