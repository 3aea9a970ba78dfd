"""Worlds that are dropped and begun anew, each by one client, at whichever replica."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.bodies import LOCKER, POSTPAID
from benchmarks.chaos.asking import Caller
from benchmarks.chaos.lives.history import FIRST
from benchmarks.chaos.load import again_and_again
from benchmarks.soak.rows import Row, none_of
from benchmarks.soak.worlds import control

_OWNERS = 3
_PAUSE = 0.3
_DROPS = 0.2
_LOOKS = 0.35
"""The shares of what an owner does; all else are creates."""


@dataclass
class Dropped:
    """A world of one owner. `here` was acknowledged in the life that goes on, `gone` in earlier
    ones; what is `perhaps` there may come at any time. Where nobody answered a drop, `over` is
    true: nothing else is asked, and either all of the last life is there or nothing."""

    name: str
    here: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    perhaps: set[str] = field(default_factory=set)
    drops: int = 0
    over: bool = False

    def wrong(self, shipments: Sequence[Any] | None) -> Iterator[str]:
        """What there cannot be; None stands for no world."""
        counts = Counter(each["reference"] for each in shipments or ())
        ids = sorted(each["id"] for each in shipments or ())
        if ids != [*range(FIRST, FIRST + len(ids))]:
            yield f"{self.name} begins anew with {ids[:3]} to {ids[-1]}"
        if twice := [reference for reference, count in counts.items() if count > 1]:
            yield f"{self.name} has {twice[:3]} twice"
        there = set(counts)
        if left := there & self.gone:
            yield f"{self.name} has {sorted(left)[:3]} of before drop {self.drops}"
        if more := there - self.here - self.gone - self.perhaps:
            yield f"{self.name} has {sorted(more)[:3]}, which nobody acknowledged"
        lacking = self.here - there
        if lacking and not (self.over and lacking == self.here):
            yield f"{self.name} lacks {sorted(lacking)[:3]} of {len(self.here)}"


class Dropping:
    """Owners that create, look, and drop. Their clocks run, so that they rest by themselves."""

    worlds: Sequence[str] = ()

    def __init__(self, seed: int) -> None:
        self.outcomes: Counter[str] = Counter()
        self._seed = seed
        self._all: list[Dropped] = []
        self._wrong: list[str] = []

    async def begin(self, port: int) -> None:
        """The first request makes each world."""

    async def work(self, ports: Sequence[int], ends: float) -> None:
        """Let the owners go on until then."""
        await asyncio.gather(*(self._own(place, ports, ends) for place in range(_OWNERS)))

    async def _own(self, place: int, ports: Sequence[int], ends: float) -> None:
        chance = random.Random(f"{self._seed} dropping {place}")
        names = (f"dropped-{place}-{number}" for number in range(1, 10_000))
        numbers = iter(range(1, 1_000_000))
        world = self._next(next(names))
        async with Caller(ports, chance) as caller:

            async def act() -> None:
                nonlocal world
                if world.over:
                    world = self._next(next(names))
                drawn = chance.random()
                if drawn < _DROPS:
                    await self._drop(caller, world)
                elif drawn < _DROPS + _LOOKS:
                    await self._look(caller, world)
                else:
                    await self._create(caller, world, f"D-{place}-{next(numbers)}")

            await again_and_again(act, ends, chance, _PAUSE)

    def _next(self, name: str) -> Dropped:
        world = Dropped(name)
        self._all.append(world)
        return world

    async def _create(self, caller: Caller, world: Dropped, reference: str) -> None:
        path = f"/w/{world.name}/inpost/v1/organizations/2/shipments"
        outcome, answer = await caller.ask(
            "POST", path, {**LOCKER, "reference": reference}, POSTPAID
        )
        self.outcomes[outcome] += 1
        if outcome == "kept":
            world.here.add(reference)
        elif outcome == "unknown":
            world.perhaps.add(reference)
        else:
            self._wrong.append(f"{reference} was refused: {answer.body[:200]!r}")

    async def _drop(self, caller: Caller, world: Dropped) -> None:
        outcome, answer = await caller.ask("DELETE", f"/_sim/workspaces/{world.name}")
        self.outcomes[outcome] += 1
        if outcome == "unknown":
            world.over = True
        elif outcome == "kept" or answer.status == 404:
            if outcome == "refused" and world.here:
                self._wrong.append(f"{world.name} was not there, with {len(world.here)} shipments")
            world.gone |= world.here
            world.here = set()
            world.drops += 1
            await self._look(caller, world)
        else:
            self._wrong.append(f"the drop of {world.name} was refused: {answer.body[:200]!r}")

    async def _look(self, caller: Caller, world: Dropped) -> None:
        path = f"/_sim/workspaces/{world.name}/records/inpost/shipments?limit=1000"
        outcome, answer = await caller.ask("GET", path)
        if outcome != "unknown":
            self._wrong += world.wrong(_shown(answer.status, answer.json))

    async def finish(self, ports: Sequence[int]) -> None:
        """There is nothing to be read any more."""

    async def rows(self, ports: Sequence[int]) -> list[Row]:
        """All worlds as every replica shows them."""
        wrong = list(self._wrong)
        for world in self._all:
            shown = []
            for port in ports:
                async with control(port, world.name) as controls:
                    path = "/records/inpost/shipments?limit=1000"
                    answer = await controls.call("GET", path)
                shown.append(_shown(answer.status, answer.json))
                wrong += [f"{port}: {each}" for each in world.wrong(shown[-1])]
            if any(each != shown[0] for each in shown):
                counts = [None if each is None else len(each) for each in shown]
                wrong.append(f"replicas show {counts} shipments of {world.name}")
        drops = sum(each.drops for each in self._all)
        return [
            none_of(f"dropped: worlds that were dropped ({len(self._all)}, {drops} times)", wrong)
        ]


def _shown(status: int, answer: Any) -> Sequence[Any] | None:
    """The shipments of a world; None where there is no such world."""
    if status == 404:
        return None
    found: Sequence[Any] = answer["items"]
    return found
