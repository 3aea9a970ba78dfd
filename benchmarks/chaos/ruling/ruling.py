"""Rules as a part of the chaos."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from typing import Any

from benchmarks.bodies import FROZEN
from benchmarks.chaos.asking import Caller, Outcome
from benchmarks.chaos.load import again_and_again
from benchmarks.chaos.ruling.held import hold
from benchmarks.chaos.ruling.rounds import WORLD, Round, answering, journalled, losing
from benchmarks.soak.rows import Row, none_of
from benchmarks.soak.wire import Client
from benchmarks.soak.worlds import control, records

_ASKING = 4
"""Clients that ask at the same time while a rule is there."""
_PAUSE = 0.5
_MOST = 8
"""How often a rule acts at most."""


class Ruling:
    """Rounds of rules that answer, of rules that lose what the carrier answered, and of rules that
    hold; each kind goes on beside the others."""

    worlds: Sequence[str] = (WORLD,)

    def __init__(self, seed: int) -> None:
        self.outcomes: Counter[str] = Counter()
        self._seed = seed
        self._answering: list[Round] = []
        self._losing: list[Round] = []
        self._sent: dict[str, Outcome] = {}
        self._held = 0
        self._wrong: list[str] = []

    async def begin(self, port: int) -> None:
        """A world whose clock stands."""
        async with control(port, WORLD) as controls:
            await controls.ok("PUT", "/clock", FROZEN)

    async def work(self, ports: Sequence[int], ends: float) -> None:
        """Let the clients go on until then."""

        async def group(
            name: str, act: Callable[[Sequence[Caller]], Awaitable[None]], size: int
        ) -> None:
            chance = random.Random(f"{self._seed} {name}")
            async with AsyncExitStack() as stack:
                callers = [
                    await stack.enter_async_context(Caller(ports, chance)) for _ in range(size)
                ]
                await again_and_again(lambda: act(callers), ends, chance, _PAUSE)

        await asyncio.gather(
            group("answering", self._answer, _ASKING),
            group("losing", self._lose, 2),
            group("holding", self._hold, 1),
        )

    async def _answer(self, callers: Sequence[Caller]) -> None:
        round_, asks = self._next("A", self._answering, callers)
        await answering(round_, callers, asks)
        self._count(round_)

    async def _lose(self, callers: Sequence[Caller]) -> None:
        round_, asks = self._next("L", self._losing, callers)
        await losing(round_, callers, asks, self._sent)
        self._count(round_)

    def _next(self, kind: str, rounds: list[Round], callers: Sequence[Caller]) -> tuple[Round, int]:
        """A round, and how many ask in it: a few more or fewer than it acts."""
        chance = callers[0].chance
        round_ = Round(f"{kind}-{len(rounds) + 1}", chance.randint(1, _MOST))
        rounds.append(round_)
        return round_, max(1, round_.times + chance.randint(-2, 4))

    def _count(self, round_: Round) -> None:
        self.outcomes.update(each for each in (round_.added, round_.taken) if each is not None)

    async def _hold(self, callers: Sequence[Caller]) -> None:
        self._held += 1
        wrong = await hold(callers[0], f"H-{self._held}", self._sent)
        self._wrong += [] if wrong is None else [wrong]

    async def finish(self, ports: Sequence[int]) -> None:
        """There is nothing to be read any more."""

    async def rows(self, ports: Sequence[int]) -> list[Row]:
        """All rules and shipments as every replica shows them."""
        wrong: list[str] = []
        made: list[str] = list(self._wrong)
        shown = []
        for port in ports:
            async with control(port, WORLD) as controls:
                rules = (await controls.ok("GET", "/rules"))["items"]
                entries = await _answered(controls)
                shipments = await records(controls, "inpost/shipments")
            shown.append((rules, entries, shipments))
            counts = journalled(entries)
            for each in self._answering:
                wrong += [f"{port}: {said}" for said in each.broken(rules, counts[each.name])]
            for each in self._losing:
                wrong += [f"{port}: {said}" for said in each.broken(rules, None)]
            made += [f"{port}: {said}" for said in self._made(shipments)]
        if any(each != shown[0] for each in shown):
            wrong.append("replicas show other rules, exchanges or shipments")
        rounds = [*self._answering, *self._losing]
        acted = sum(each.acted for each in rounds)
        return [
            none_of(
                f"{WORLD}: rules with counters ({len(rounds)}, which acted {acted} times)", wrong
            ),
            none_of(f"{WORLD}: answers that were lost, and {self._held} held purchases", made),
        ]

    def _made(self, shipments: Sequence[dict[str, Any]]) -> list[str]:
        """What is wrong with the creates: whoever was answered by a rule has made one, too."""
        counts = Counter(each["reference"] for each in shipments)
        right = {"kept": (1,), "refused": (0,), "unknown": (0, 1)}
        return [
            f"{reference} was {outcome} and is there {counts[reference]} times"
            for reference, outcome in self._sent.items()
            if counts[reference] not in right[outcome]
        ]


async def _answered(controls: Client) -> list[dict[str, Any]]:
    """What the journal has of the requests that rules answered, oldest first."""
    found: list[dict[str, Any]] = []
    while True:
        since = f"&since={found[-1]['id']}" if found else ""
        path = "/journal?operation=inpost.get_organization&status=4xx&order=oldest&limit=1000"
        items = (await controls.ok("GET", f"{path}{since}"))["items"]
        if not items:
            return found
        found += items
