"""Numbers that several processes give out, none of them twice."""

from __future__ import annotations

from collections import deque

from simulator.engine.backends.store import FIRST_NUMBERS


class Numbers:
    """The numbers that this process may give out in a workspace, in ranges that it reserved."""

    __slots__ = ("_ranges",)

    def __init__(self) -> None:
        self._ranges: deque[tuple[int, int]] = deque([(1, FIRST_NUMBERS)])

    @property
    def left(self) -> int:
        """How many there are."""
        return sum(last - first + 1 for first, last in self._ranges)

    def begin(self) -> None:
        """Have those of whoever lets a workspace begin."""
        self._ranges = deque([(1, FIRST_NUMBERS)])

    def forget(self) -> None:
        """Have none."""
        self._ranges.clear()

    def add(self, first: int, count: int) -> None:
        """Have so many more, from `first` on."""
        self._ranges.append((first, first + count - 1))

    def take(self) -> int:
        """The next one; raises IndexError where none is left."""
        first, last = self._ranges.popleft()
        if first < last:
            self._ranges.appendleft((first + 1, last))
        return first
