"""The load: clients that write in all worlds, and readers with a cursor."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence

from benchmarks.chaos.asking import Caller
from benchmarks.chaos.reading import read_events, read_feed
from benchmarks.chaos.told import Told
from benchmarks.chaos.writer import Writer

_WRITERS = 16
_PAUSE = 0.08
"""Seconds at most between two requests of a writer: the clients are not to be what is slow."""
_READ = 0.25


class Clients:
    """All clients of the replicas at these ports; they note what they are `told`, by world."""

    def __init__(self, ports: Sequence[int], told: dict[str, Told], seed: int) -> None:
        self._ports = ports
        self._told = told
        self._seed = seed
        self._feed_cursors = dict.fromkeys(told, "")

    async def work(self, ends: float) -> None:
        """Go on until then."""
        await asyncio.gather(
            *(self._write(place, ends) for place in range(_WRITERS)),
            *(self._read(world, ends) for world in self._told),
        )

    async def _write(self, place: int, ends: float) -> None:
        chance = random.Random(f"{self._seed} {place}")
        async with Caller(self._ports, chance) as caller:
            writers = [Writer(caller, told, place) for told in self._told.values()]
            while time.perf_counter() < ends:
                await chance.choice(writers).act()
                await asyncio.sleep(chance.uniform(0, _PAUSE))

    async def _read(self, world: str, ends: float) -> None:
        chance = random.Random(f"{self._seed} {world}")
        async with Caller(self._ports, chance) as caller:
            while time.perf_counter() < ends:
                await self._page(caller, world)
                await asyncio.sleep(chance.uniform(0, _READ))

    async def _page(self, caller: Caller, world: str) -> bool:
        """Read on; whether both cursors have come to the end."""
        told = self._told[world]
        cursor, done = await read_feed(caller, told, self._feed_cursors[world])
        self._feed_cursors[world] = cursor
        return await read_events(caller, told) and done

    async def read_to_the_end(self) -> None:
        """Let the readers come to the end, now that nothing happens any more."""
        async with Caller(self._ports, random.Random(self._seed)) as caller:
            for world in self._told:
                while not await self._page(caller, world):
                    pass
