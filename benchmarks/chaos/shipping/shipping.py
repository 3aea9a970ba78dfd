"""The worlds that go on, as a part of the chaos."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from benchmarks.chaos.shipping.clients import Clients
from benchmarks.chaos.shipping.laws import judged
from benchmarks.chaos.shipping.target import Targets
from benchmarks.chaos.shipping.told import Told
from benchmarks.chaos.shipping.world import WORLDS, begin
from benchmarks.soak.rows import Row


class Shipping:
    """Creates, buys, cancels, labels, letters, payments, moves, scans and readers, in worlds with
    these targets."""

    worlds: Sequence[str] = [*WORLDS]

    def __init__(self, ports: Sequence[int], targets: Mapping[str, Targets], seed: int) -> None:
        self._told = {world: Told(world) for world in WORLDS}
        self._clients = Clients(ports, self._told, seed)
        self._targets = targets

    @property
    def outcomes(self) -> Counter[str]:
        """Its writes."""
        return sum((each.outcomes for each in self._told.values()), Counter())

    async def begin(self, port: int) -> None:
        """Make the worlds."""
        for world, clock in WORLDS.items():
            await begin(port, world, clock, self._targets[world])

    async def work(self, ports: Sequence[int], ends: float) -> None:
        """Let the clients go on until then."""
        await self._clients.work(ends)

    async def finish(self, ports: Sequence[int]) -> None:
        """Let the readers come to the end."""
        await self._clients.read_to_the_end()

    async def rows(self, ports: Sequence[int]) -> list[Row]:
        """The laws of each world."""
        rows = []
        for world, told in self._told.items():
            rows += await judged(ports, told, self._targets[world])
        return rows
