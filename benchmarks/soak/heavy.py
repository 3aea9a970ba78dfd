"""Heavy requests, and what health takes beside each of them."""

from __future__ import annotations

from benchmarks.server import Server
from benchmarks.soak.burdens import Heavy, of_bodies, of_controls, of_strings, of_worlds
from benchmarks.soak.probe import beside
from benchmarks.soak.rows import Row
from benchmarks.soak.wire import Client
from benchmarks.soak.worlds import fill, fresh, travel

BOUND = 0.1
"""Seconds that health may take beside whatever is done. Nothing holds the event loop longer than
about half of that; the rest is what a busy machine adds."""

BOUND_OF_GATES = 0.3
"""The same in the short form, which runs on machines that others use, and shall only find what is
wrong by far."""

_SLOWER = 5.0
"""On a machine on which health is slow beside nothing, so many times that much is the bound."""

_HOPELESS = 1.0
"""Seconds of latency after which nothing is tried again."""

_TRIES = 3
"""What holds the event loop does so each time; what a neighbour on the machine does, does not."""


async def heavy(server: Server, seconds: float, seed: int) -> list[Row]:
    """Worlds of 100,000 shipments and 10,000 parcels on their way, in the long form; a tenth of
    that in the short one."""
    scale = 1 if seconds >= 60 else 10
    shipments, parcels = 100_000 // scale, 10_000 // scale
    async with beside(server.port) as nothing:
        await _quiet(server.port)
    most = BOUND if scale == 1 else BOUND_OF_GATES
    bound = max(most, _SLOWER * nothing.latency.longest)
    rows = [Row("health beside nothing", f"{nothing.latency}", "-", True)]
    await fresh(server.port, "big")
    await fill(server.port, "big", shipments)
    await fresh(server.port, "moving")
    await travel(server.port, "moving", parcels)
    async with Client(server.port) as client:
        snapshot = (await client.call("GET", "/_sim/workspaces/big/snapshot")).body
        worlds = of_worlds(snapshot, shipments, parcels)
        requests = [*worlds, *of_bodies(), *of_strings(), *of_controls()]
        rows += [await _judged(client, request, bound) for request in requests]
        for name in ("big", "copy", "moving"):
            await client.call("DELETE", f"/_sim/workspaces/{name}")
    return rows


async def _judged(client: Client, request: Heavy, bound: float) -> Row:
    """The best of a few tries; the first one that holds is enough."""
    for _ in range(_TRIES):
        if request.world:
            fork = {"name": "copy", "overwrite": True}
            await client.ok("POST", f"/_sim/workspaces/{request.world}/fork", fork)
        async with beside(client.port) as found:
            answer = await client.call(request.method, request.path, request.body, request.headers)
        held = found.latency.longest <= bound and answer.status in request.statuses
        if held or answer.status not in request.statuses or found.latency.longest > _HOPELESS:
            break
    said = "" if answer.status in request.statuses else f": {answer.body[:120]!r}"
    figure = f"{found.latency} ({found.seconds:.2f} s, {answer.status}{said})"
    return Row(f"health beside {request.title}", figure, f"max <= {bound * 1000:.0f} ms", held)


async def _quiet(port: int) -> None:
    async with Client(port) as client:
        for _ in range(200):
            await client.ok("GET", "/_sim/version")
