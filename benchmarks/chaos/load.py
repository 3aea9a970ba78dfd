"""What clients do in worlds of their own, and what has to hold of them afterwards."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from benchmarks.chaos.asking import Caller
from benchmarks.soak.rows import Row


class Load(Protocol):
    """A part of the chaos. `worlds` are those whose clocks are stopped and moved to the end of all
    that is to come."""

    worlds: Sequence[str]

    @property
    def outcomes(self) -> Counter[str]:
        """What came of its writes."""
        ...

    async def begin(self, port: int) -> None:
        """Make the worlds as they are wanted, while nothing disturbs."""

    async def work(self, ports: Sequence[int], ends: float) -> None:
        """Let clients ask the replicas at these ports until then."""

    async def finish(self, ports: Sequence[int]) -> None:
        """Read what is still to be read, now that nothing happens any more."""

    async def rows(self, ports: Sequence[int]) -> list[Row]:
        """What held, whichever replica is asked."""


async def as_client(
    ports: Sequence[int],
    chance: random.Random,
    act: Callable[[Caller], Awaitable[object]],
    ends: float,
    pause: float,
) -> None:
    """Act as one client of the replicas at these ports until then, with such pauses."""
    async with Caller(ports, chance) as caller:
        await again_and_again(lambda: act(caller), ends, chance, pause)


async def again_and_again(
    act: Callable[[], Awaitable[object]], ends: float, chance: random.Random, pause: float
) -> None:
    """Act until then, with pauses of at most so many seconds."""
    while time.perf_counter() < ends:
        await act()
        await asyncio.sleep(chance.uniform(0, pause))
