"""Lets chaos go over a store of each kind and prints what held."""

from __future__ import annotations

import argparse
import asyncio
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.chaos.clients import Clients
from benchmarks.chaos.disturbing import Disturbance
from benchmarks.chaos.laws import judged
from benchmarks.chaos.places import PLACES, Place
from benchmarks.chaos.ports import steady_port
from benchmarks.chaos.replicas import Replica
from benchmarks.chaos.target import listening
from benchmarks.chaos.told import Told
from benchmarks.chaos.world import WORLDS, begin, settle
from benchmarks.soak.rows import Row, none_of, table

_REPLICAS = 3
_LOG_TOLD = 20_000
"""Characters of the end of a log with tracebacks that are printed."""


async def chaos(kind: str, seconds: float, seed: int) -> list[Row]:
    """What held over a store of one kind."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with PLACES[kind](folder) as place:
            ports = [steady_port() for _ in range(_REPLICAS)]
            replicas = [
                Replica(port, place.url, folder / f"replica-{number}.log")
                for number, port in enumerate(ports)
            ]
            try:
                return await _over(kind, place, replicas, seconds, seed)
            finally:
                for replica in replicas:
                    replica.end()


async def _over(
    kind: str, place: Place, replicas: list[Replica], seconds: float, seed: int
) -> list[Row]:
    for replica in replicas:
        replica.start()
    await asyncio.gather(*(replica.ready() for replica in replicas))
    ports = [replica.port for replica in replicas]
    async with listening([*WORLDS], random.Random(f"{seed} target")) as targets:
        told = {world: Told(world) for world in WORLDS}
        for world, clock in WORLDS.items():
            await begin(ports[0], world, clock, targets[world].url)
        clients = Clients(ports, told, seed)
        disturbance = Disturbance(replicas, place, random.Random(f"{seed} {kind}"))
        began = time.perf_counter()
        ends = began + seconds
        await asyncio.gather(clients.work(ends), disturbance.go_on(ends))
        lasted = time.perf_counter() - began
        await disturbance.over()
        back = time.perf_counter()
        settled = await settle(ports, [*WORLDS])
        await clients.read_to_the_end()
        back = time.perf_counter() - back
        rows = [_counts(told, lasted), Row("disturbances", disturbance.told(), "-", True)]
        rows.append(Row("all is at rest afterwards", f"{back:.1f} s", "nothing pending", settled))
        for world in WORLDS:
            sure = told[world].sure_of(glances=not place.tells_alone)
            rows += await judged(ports, told[world], targets[world], sure)
    faults = [fault for replica in replicas for fault in replica.faults()]
    rows.append(none_of("tracebacks in the logs", faults))
    for replica in replicas:
        if replica.faults():
            sys.stderr.write(replica.log.read_text(errors="replace")[-_LOG_TOLD:])
    return [row._replace(title=f"{kind}: {row.title}") for row in rows]


def _counts(told: dict[str, Told], seconds: float) -> Row:
    outcomes = sum((each.outcomes for each in told.values()), Counter[str]())
    figure = ", ".join(f"{outcomes[name]} {name}" for name in ("kept", "refused", "unknown"))
    rate = sum(outcomes.values()) / seconds
    return Row("requests that write", f"{figure}; {rate:.0f} a second", "-", outcomes["kept"] > 0)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos", description=__doc__)
    parser.add_argument("--seconds", type=float, default=300, help="how long; 300 unless given")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default=",".join(PLACES), help="kinds, separated by commas")
    options = parser.parse_args()
    # Whoever is told to stop ends its servers, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    kinds = [kind for kind in PLACES if kind in options.only.split(",")]
    rows = []
    for kind in kinds:
        found = asyncio.run(chaos(kind, options.seconds / len(kinds), options.seed))
        print(f"{kind}: {sum(row.held for row in found)} of {len(found)} held", flush=True)
        rows += found
    print(f"\n{table(rows)}")
    return int(not all(row.held for row in rows))


if __name__ == "__main__":
    sys.exit(main())
