"""Lets go of what a workspace held bit by bit, so that nobody waits while it is freed."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any

Pile = dict[Any, Any] | deque[Any]

_AT_ONCE = 200
_PAUSE = 0.002
"""Seconds between two bits, in which requests are answered."""


class Disposal:
    """Collections that nobody uses any more."""

    def __init__(self) -> None:
        self._piles: deque[Pile] = deque()
        self._running = False

    def take(self, *piles: Pile) -> None:
        """Free these; without an event loop at once, otherwise between requests."""
        self._piles.extend(pile for pile in piles if pile)
        if self._running or not self._piles:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._piles.clear()
            return
        self._running = True
        loop.call_later(_PAUSE, self._step, loop)

    def _step(self, loop: asyncio.AbstractEventLoop) -> None:
        pile = self._piles[0]
        for _ in range(min(_AT_ONCE, len(pile))):
            if isinstance(pile, dict):
                pile.popitem()
            else:
                pile.pop()
        if not pile:
            self._piles.popleft()
        self._running = bool(self._piles)
        if self._running:
            loop.call_later(_PAUSE, self._step, loop)
