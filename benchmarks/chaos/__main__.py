"""Lets chaos go over a store of each kind and prints what held."""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from benchmarks.chaos.fleet.disturbing import Disturbance
from benchmarks.chaos.fleet.places import PLACES, Place
from benchmarks.chaos.fleet.ports import steady_port
from benchmarks.chaos.fleet.replicas import Replica
from benchmarks.chaos.lives.beginning_again import BeginningAgain
from benchmarks.chaos.lives.dropping import Dropping
from benchmarks.chaos.load import Load
from benchmarks.chaos.resting import settle
from benchmarks.chaos.ruling.ruling import Ruling
from benchmarks.chaos.shipping.shipping import Shipping
from benchmarks.chaos.shipping.target import listening
from benchmarks.chaos.shipping.world import WORLDS
from benchmarks.chaos.telling import Telling
from benchmarks.soak.rows import Row, none_of
from benchmarks.verdict import told, verdict

_REPLICAS = 3


async def chaos(kinds: Sequence[str], seconds: float, seed: int) -> list[Row]:
    """What held over a store of each kind, all together for so long."""
    rows = []
    for kind in kinds:
        began = time.perf_counter()
        found = await _over(kind, seconds / len(kinds), seed)
        told(kind, found, time.perf_counter() - began)
        rows += [row._replace(title=f"{kind}: {row.title}") for row in found]
    return rows


async def _over(kind: str, seconds: float, seed: int) -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with PLACES[kind](folder) as place:
            ports = [steady_port() for _ in range(_REPLICAS)]
            replicas = [
                Replica(port, place.url, folder / f"replica-{number}.log")
                for number, port in enumerate(ports)
            ]
            try:
                disturbance = Disturbance(replicas, place, random.Random(f"{seed} {kind}"))
                return await _among(replicas, place, disturbance, seconds, seed)
            finally:
                for replica in replicas:
                    replica.end()


async def _among(
    replicas: Sequence[Replica], place: Place, disturbance: Disturbance, seconds: float, seed: int
) -> list[Row]:
    for replica in replicas:
        replica.start()
    await asyncio.gather(*(replica.ready() for replica in replicas))
    ports = [replica.port for replica in replicas]
    async with AsyncExitStack() as stack:
        loads = await _loads(stack, ports, seed)
        for load in loads:
            await load.begin(ports[0])
        began = time.perf_counter()
        ends = began + seconds
        await asyncio.gather(disturbance.go_on(ends), *(load.work(ports, ends) for load in loads))
        lasted = time.perf_counter() - began
        await disturbance.over()
        back = time.perf_counter()
        settled = await settle(ports, [world for load in loads for world in load.worlds])
        for load in loads:
            await load.finish(ports)
        back = time.perf_counter() - back
        rows = [_counts(loads, lasted), Row("disturbances", disturbance.told(), "-", True)]
        rows.append(Row("all is at rest afterwards", f"{back:.1f} s", "nothing pending", settled))
        for load in loads:
            rows += await load.rows(ports)
    faults = [fault for replica in replicas for fault in replica.server.faults()]
    for replica in replicas:
        replica.server.tell_faults()
    return [*rows, none_of("tracebacks in the logs", faults)]


async def _loads(stack: AsyncExitStack, ports: Sequence[int], seed: int) -> list[Load]:
    """All parts; what they listen at is open as long as the stack is."""
    chance = random.Random(f"{seed} target")
    targets = {world: await stack.enter_async_context(listening(chance)) for world in WORLDS}
    shipping = Shipping(ports, targets, seed)
    return [shipping, BeginningAgain(seed), Dropping(seed), Ruling(seed), Telling(seed)]


def _counts(loads: Sequence[Load], seconds: float) -> Row:
    outcomes = sum((each.outcomes for each in loads), Counter[str]())
    figure = ", ".join(f"{outcomes[name]} {name}" for name in ("kept", "refused", "unknown"))
    rate = sum(outcomes.values()) / seconds
    return Row("requests that write", f"{figure}; {rate:.0f} a second", "-", outcomes["kept"] > 0)


if __name__ == "__main__":
    sys.exit(verdict("python -m benchmarks.chaos", __doc__, chaos, [*PLACES], 300))
