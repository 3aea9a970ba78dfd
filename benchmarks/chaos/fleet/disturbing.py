"""What happens to replicas and to their store, at random."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Coroutine

from benchmarks.chaos.fleet.places import Place
from benchmarks.chaos.fleet.replicas import Replica
from simulator.engine.keeping.leases import SECONDS

_DECK = ("kill", "kill", "stop", "cut", "kill", "stop for long", "crash")
"""What is done in a round, in an order of its own each time."""

_LONG = 2 * SECONDS
"""Seconds beyond any lease."""


class Disturbance:
    """Lets replicas die and stand still, and cuts the store off; one replica always runs."""

    def __init__(self, replicas: list[Replica], place: Place, chance: random.Random) -> None:
        self._replicas = replicas
        self._place = place
        self._chance = chance
        self._counts: Counter[str] = Counter()
        self._coming_back: set[asyncio.Task[None]] = set()

    async def go_on(self, ends: float) -> None:
        """Disturb until then."""
        deck: list[str] = []
        while time.perf_counter() < ends:
            await asyncio.sleep(self._chance.uniform(0.3, 2.0))
            if not deck:
                deck = self._chance.sample(_DECK, len(_DECK))
            act = deck.pop()
            if act in ("cut", "crash"):
                seconds = self._chance.uniform(0.1, 1.5)
                cut = self._place.cut if act == "cut" else self._place.crash
                self._counts[await cut(seconds)] += 1
                continue
            running = [each for each in self._replicas if each.runs]
            if len(running) < 2:
                deck.insert(0, act)
                continue
            replica = self._chance.choice(running)
            if act == "kill":
                replica.kill()
                self._counts["kills"] += 1
                self._later(self._start(replica, self._chance.uniform(0, 2)))
            else:
                seconds = _LONG if act == "stop for long" else self._chance.uniform(0.2, 3)
                replica.stop()
                self._counts["stops"] += 1
                self._later(self._resume(replica, seconds))

    async def over(self) -> None:
        """Return when all replicas are back."""
        await asyncio.gather(*self._coming_back)
        await asyncio.gather(*(replica.ready() for replica in self._replicas))

    def told(self) -> str:
        """What was done, with its counts."""
        return ", ".join(f"{count} {what}" for what, count in sorted(self._counts.items()))

    def _later(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._coming_back.add(task)
        task.add_done_callback(self._coming_back.discard)

    async def _start(self, replica: Replica, seconds: float) -> None:
        await asyncio.sleep(seconds)
        replica.start()
        await replica.ready()

    async def _resume(self, replica: Replica, seconds: float) -> None:
        await asyncio.sleep(seconds)
        replica.resume()
