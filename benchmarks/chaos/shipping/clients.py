"""The clients of the worlds that go on: those that write in all of them, and readers of each."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence

from benchmarks.chaos.asking import Caller
from benchmarks.chaos.load import again_and_again, as_client
from benchmarks.chaos.shipping.reading import read_feed, walk_letters
from benchmarks.chaos.shipping.shop import Shops
from benchmarks.chaos.shipping.told import Told
from benchmarks.chaos.shipping.visitor import Visitor
from benchmarks.chaos.shipping.writer import Writer

_WRITERS = 16
_PAUSE = 0.08
"""Seconds at most between two requests of a writer: the clients are not to be what is slow."""
_READ = 0.25
_WALK = 3.0
_SHOPPING = 0.3
"""The share of what is done that is MyParcel's."""


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
            *(self._walk(world, ends) for world in self._told),
        )

    async def _write(self, place: int, ends: float) -> None:
        chance = random.Random(f"{self._seed} {place}")
        async with Caller(self._ports, chance) as caller:
            visitors = [Visitor(caller, told, place) for told in self._told.values()]
            writers = [(Writer(visitor), Shops(visitor)) for visitor in visitors]

            async def act() -> None:
                writer, shops = chance.choice(writers)
                await (shops if chance.random() < _SHOPPING else writer).act()

            await again_and_again(act, ends, chance, _PAUSE)

    async def _read(self, world: str, ends: float) -> None:
        chance = random.Random(f"{self._seed} {world}")
        await as_client(self._ports, chance, lambda caller: self._page(caller, world), ends, _READ)

    async def _walk(self, world: str, ends: float) -> None:
        chance = random.Random(f"{self._seed} {world} list")
        told = self._told[world]
        await as_client(self._ports, chance, lambda caller: walk_letters(caller, told), ends, _WALK)

    async def _page(self, caller: Caller, world: str) -> bool:
        """Read on; whether both cursors have come to the end."""
        told = self._told[world]
        cursor, done = await read_feed(caller, told, self._feed_cursors[world])
        self._feed_cursors[world] = cursor
        told.reads += 1
        return await told.events.read_on(caller) and done

    async def read_to_the_end(self) -> None:
        """Let the readers come to the end, now that nothing happens any more."""
        async with Caller(self._ports, random.Random(self._seed)) as caller:
            for world, told in self._told.items():
                while not await self._page(caller, world):
                    pass
                await walk_letters(caller, told)
