"""Lets go of what a workspace held bit by bit, so that nobody waits while it is freed."""

from __future__ import annotations

import asyncio
import sys
import time
from collections import deque
from collections.abc import Callable
from typing import Any

Pile = dict[Any, Any] | deque[Any] | list[Any]

_AT_ONCE = 500
"""Items of a workspace that are freed where they are given: that takes less than a request."""
_LOOK = 64
"""Items that are freed between two looks at the clock."""
_PAUSE = 0.002
"""Seconds between two bits, in which requests are answered, while little waits."""
_BIT = 0.001
"""Seconds of work in a bit, while little waits."""
_MUCH = 100_000
"""Items of which the second half of the time is theirs: there is no pause any more, and a bit grows
with what waits."""
_LONGEST_BIT = 0.02


def _taken(piles: list[Pile]) -> tuple[Pile, int]:
    """The last of them, which leaves the list, and how many references to it are counted."""
    pile = piles.pop()
    return pile, sys.getrefcount(pile)


_, _MINE = _taken([[]])
"""References to a pile that nobody else has: from CPython 3.14 on fewer are counted."""


class Disposal:
    """Collections that nobody uses any more; one that somebody else still has is left to them.

    A small pile is freed at once. For the others the share of the time grows with what waits, and
    freeing is many times faster than making, so that it keeps up however fast workspaces come and
    go. `clock` tells seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._piles: deque[Pile] = deque()
        self._running = False
        self.waiting = 0

    def take(self, piles: list[Pile]) -> None:
        """Free these, which the list alone holds: at once where it is little or there is no event
        loop, else between requests. The list is empty afterwards."""
        mine: list[Pile] = []
        size = 0
        while piles:
            pile, references = _taken(piles)
            if pile and references == _MINE:
                mine.append(pile)
                size += len(pile)
        if size <= _AT_ONCE:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        self._piles.extend(mine)
        self.waiting += size
        if not self._running:
            self._running = True
            loop.call_later(_PAUSE, self._step, loop)

    def _step(self, loop: asyncio.AbstractEventLoop) -> None:
        end = self._clock() + min(_BIT * (1 + self.waiting / _MUCH), _LONGEST_BIT)
        while self._piles and self._clock() < end:
            pile = self._piles.popleft()
            if self._lighten(pile, end):
                self._piles.appendleft(pile)
        self._running = bool(self._piles)
        if self._running:
            loop.call_later(max(0.0, _PAUSE * (1 - self.waiting / _MUCH)), self._step, loop)

    def _lighten(self, pile: Pile, end: float) -> bool:
        """Free items until the time is over; tells whether some are left."""
        take: Callable[[], object] = pile.popitem if isinstance(pile, dict) else pile.pop
        while pile:
            some = min(_LOOK, len(pile))
            for _ in range(some):
                take()
            self.waiting -= some
            if self._clock() >= end:
                break
        return bool(pile)
