"""A world that is reset, restored and copied while others write in it."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

from benchmarks.bodies import FROZEN, LOCKER, POSTPAID
from benchmarks.chaos.asking import Caller
from benchmarks.chaos.lives.history import Birth, History, Write, answered_at, look
from benchmarks.chaos.lives.twins import Twins
from benchmarks.chaos.load import as_client
from benchmarks.soak.rows import Row, none_of
from benchmarks.soak.wire import Client
from benchmarks.soak.worlds import control

WORLD = "beginning"
_WRITERS = 4
_PAUSE = 0.2
_LOOK = 0.8
_LIFE = 3.0
_COPY = 1.5
"""Seconds at most between what one of the clients does and what it does next."""

_ADVANCES = 0.2
"""The share of what writers do that moves the clock."""
_RESTORES = 0.5
"""The share of the beginnings at which a snapshot is put back."""
_LATEST = 6
"""Of so many of the latest snapshots one is put back."""


class BeginningAgain:
    """Clients that create, look, begin again, and copy; what each life has is known by its seed."""

    worlds: Sequence[str] = (WORLD,)

    def __init__(self, seed: int) -> None:
        self.outcomes: Counter[str] = Counter()
        self._history = History()
        self._twins = Twins(WORLD, self._history, self.outcomes)
        self._seed = seed
        self._lives = 0
        self._documents: list[dict[str, Any]] = []
        self._numbers = 0

    async def begin(self, port: int) -> None:
        """Begin the first life."""
        async with Caller([port], random.Random(self._seed)) as caller:
            await self._reset(caller)

    async def work(self, ports: Sequence[int], ends: float) -> None:
        """Let the clients go on until then."""

        async def client(name: str, pause: float) -> None:
            chance = random.Random(f"{self._seed} {name}")
            await as_client(ports, chance, getattr(self, f"_{name.split()[0]}"), ends, pause)

        await asyncio.gather(
            *(client(f"write {number}", _PAUSE) for number in range(_WRITERS)),
            *(client(f"look {number}", _LOOK) for number in range(2)),
            client("end", _LIFE),
            client("copy", _COPY),
        )

    async def _write(self, caller: Caller) -> None:
        if caller.chance.random() < _ADVANCES:
            path = f"/_sim/workspaces/{WORLD}/clock/advance"
            outcome, _ = await caller.ask("POST", path, {"by": "2s"})
            self.outcomes[outcome] += 1
            return
        self._numbers += 1
        reference = f"B-{self._numbers}"
        path = f"/w/{WORLD}/inpost/v1/organizations/2/shipments"
        sent = time.perf_counter()
        # It may be seen before it is answered.
        self._history.writes[reference] = Write(reference, "unknown", sent, float("inf"))
        body = {**LOCKER, "reference": reference}
        outcome, _ = await caller.ask("POST", path, body, POSTPAID)
        answered = answered_at(outcome, time.perf_counter())
        self._history.writes[reference] = Write(reference, outcome, sent, answered)
        self.outcomes[outcome] += 1

    async def _look(self, caller: Caller) -> None:
        sent = time.perf_counter()
        outcome, answer = await caller.ask("GET", f"/_sim/workspaces/{WORLD}/snapshot")
        answered = time.perf_counter()
        if outcome == "kept":
            document = answer.json
            self._history.looks.append(look(document, sent, answered))
            self._documents = [*self._documents, document][-_LATEST:]

    async def _end(self, caller: Caller) -> None:
        if self._documents and caller.chance.random() < _RESTORES:
            await self._restore(caller, caller.chance.choice(self._documents))
        else:
            await self._reset(caller)

    async def _reset(self, caller: Caller) -> None:
        seed = self._next()
        body = {"seed": seed, "clock": FROZEN}
        await self._born(caller, seed, "POST", "reset", body, frozenset())

    async def _restore(self, caller: Caller, document: dict[str, Any]) -> None:
        seed = self._next()
        [frame] = document["tables"]["engine.frame"]
        tables = {**document["tables"], "engine.frame": [{**frame, "seed": seed}]}
        brought = frozenset(each["reference"] for each in tables["inpost.shipments"])
        body = {**document, "tables": tables}
        await self._born(caller, seed, "PUT", "snapshot", body, brought)

    async def _born(
        self,
        caller: Caller,
        seed: int,
        method: str,
        what: str,
        body: dict[str, Any],
        brought: frozenset[str],
    ) -> None:
        sent = time.perf_counter()
        self._history.births[seed] = Birth(seed, "unknown", sent, float("inf"), brought)
        outcome, _ = await caller.ask(method, f"/_sim/workspaces/{WORLD}/{what}", body)
        answered = answered_at(outcome, time.perf_counter())
        self._history.births[seed] = Birth(seed, outcome, sent, answered, brought)
        self.outcomes[outcome] += 1

    def _next(self) -> int:
        self._lives += 1
        return self._lives

    async def _copy(self, caller: Caller) -> None:
        await self._twins.act(caller, self._documents)

    async def finish(self, ports: Sequence[int]) -> None:
        """There is nothing to be read any more."""

    async def rows(self, ports: Sequence[int]) -> list[Row]:
        """The world and its copies as every replica shows them, and all that was seen before."""
        wrong: list[str] = []
        shown = []
        for port in ports:
            async with control(port, WORLD) as controls:
                sent = time.perf_counter()
                document = await controls.ok("GET", "/snapshot")
                self._history.looks.append(look(document, sent, time.perf_counter()))
                wrong += [f"{port}: {each}" for each in await _last_life(controls, document)]
                shown.append(json.dumps(document, sort_keys=True))
        if len(set(shown)) > 1:
            wrong.append(f"replicas show {[len(each) for each in shown]} bytes that are not alike")
        refused = [each for each in self._history.births.values() if each.outcome == "refused"]
        wrong += [f"the life of {each.seed} was refused" for each in refused]
        births, looks = len(self._history.births), len(self._history.looks)
        title = f"lives of one world ({births}, {len(self._history.writes)} writes, {looks} looks)"
        copies = f"snapshots and forks that came out otherwise ({self._twins.made})"
        return [
            none_of(f"{WORLD}: {title}", [*self._history.broken()]),
            none_of(f"{WORLD}: the last life", wrong),
            none_of(f"{WORLD}: {copies}", await self._twins.broken(ports)),
        ]


async def _last_life(controls: Client, document: dict[str, Any]) -> list[str]:
    """What is wrong with the jobs of the life that goes on: each shipment is confirmed, and that
    was told once, if it was told in this life."""
    events: list[Any] = []
    after = 0
    while found := (await controls.ok("GET", f"/events?after={after}&limit=1000"))["items"]:
        events += found
        after = found[-1]["id"]
    told = Counter(
        each["payload"]["shipment_id"]
        for each in events
        if each["event"] == "inpost.shipment_confirmed"
    )
    made = {
        each["payload"]["shipment_id"]
        for each in events
        if each["event"] == "inpost.shipment_created"
    }
    return [
        f"{each['id']} is {each['status']}, which was told {told[each['id']]} times"
        for each in document["tables"]["inpost.shipments"]
        if each["status"] != "confirmed"
        or told[each["id"]] > 1
        or (each["id"] in made and not told[each["id"]])
    ]
