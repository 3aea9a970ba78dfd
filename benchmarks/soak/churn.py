"""Workspaces that are made, used, reset and deleted as fast as test suites do it."""

from __future__ import annotations

import asyncio
import statistics
import time

from benchmarks.bodies import LOCKER, PREPAID, parcel
from benchmarks.server import Server
from benchmarks.soak.rows import Row, none_of
from benchmarks.soak.wire import Refused
from benchmarks.soak.worlds import control, inpost, postplus

_RATE = 200
"""Workspaces a second that are made, or as many as the machine makes."""

_WORKERS = 8
_GROWTH = 1.05
_SLACK = 12.0
"""MB that the last third of the samples may lie above the second, beside `_GROWTH`: what an
allocator keeps. A workspace that is not let go is 150 KB and more, thus 30 MB in a second."""


async def churn(server: Server, seconds: float, seed: int) -> list[Row]:
    """Make and delete for so long; every third workspace is reset on the way."""
    ends = time.perf_counter() + seconds
    made: list[int] = []
    broken: list[object] = []
    samples: list[float] = []

    async def work(place: int) -> None:
        began, number = time.perf_counter(), 0
        while time.perf_counter() < ends:
            name = f"churn-{seed}-{place}-{number}"
            try:
                await _life(server.port, name, number)
            except (Refused, OSError) as fault:
                broken.append(f"{name}: {fault}")
            made.append(number)
            number += 1
            behind = number * _WORKERS / _RATE - (time.perf_counter() - began)
            await asyncio.sleep(max(behind, 0))

    async def watch() -> None:
        while time.perf_counter() < ends:
            samples.append(server.memory)
            await asyncio.sleep(0.25)

    await asyncio.gather(watch(), *(work(place) for place in range(_WORKERS)))
    third = len(samples) // 3
    early, late = (
        statistics.median(each) for each in (samples[third : 2 * third], samples[-third:])
    )
    flat = late <= early * _GROWTH + _SLACK
    title = f"memory while {len(made) / seconds:.0f} workspaces a second are made and deleted"
    figure = f"{early:.0f} to {late:.0f} MB, at most {max(samples):.0f}"
    return [
        Row(title, figure, f"flat within {_SLACK:.0f} MB + {_GROWTH - 1:.0%}", flat),
        none_of("workspaces whose life was disturbed by others", broken),
    ]


async def _life(port: int, name: str, number: int) -> None:
    async with (
        control(port, name) as controls,
        inpost(port, name, PREPAID) as shipx,
        postplus(port, name) as parcels,
    ):
        made = await shipx.ok("POST", "/organizations/1/shipments", LOCKER)
        if number % 3 == 0:
            await controls.ok("POST", "/reset", {})
            again = await shipx.ok("POST", "/organizations/1/shipments", LOCKER)
            if again["id"] != made["id"]:
                raise Refused(f"after a reset {again['id']} instead of {made['id']}")
        if number % 3 == 1:
            await parcels.ok("PUT", "/parcels", parcel("C-1"))
        await controls.ok("DELETE", "")
