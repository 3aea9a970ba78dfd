"""Webhooks to targets that answer, that never answer, and that nobody listens at."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from benchmarks.bodies import LOCKER, POSTPAID, PREPAID
from benchmarks.server import Server
from benchmarks.servers import free_port
from benchmarks.soak.rows import Row, none_of
from benchmarks.soak.wire import HOST
from benchmarks.soak.worlds import control, inpost

_HANGING = 20
"""Workspaces whose targets never answer, beside the one whose target does."""

_EACH = 2
"""A shipment tells that its offers are prepared, and that it is confirmed."""

_LATEST = 3.0
"""Seconds after the last shipment at which everything has come, of which two are the carrier's."""


class Target:
    """What webhooks are sent to: it keeps the bodies of the POSTs, and may hang."""

    def __init__(self, hang: bool) -> None:
        self.bodies: list[Any] = []
        self.url = ""
        self.released = asyncio.Event()
        self._hang = hang

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = next(
                    (
                        int(line.partition(b":")[2])
                        for line in head.split(b"\r\n")
                        if line.lower().startswith(b"content-length:")
                    ),
                    0,
                )
                body = await reader.readexactly(length)
                if head.startswith(b"POST"):
                    self.bodies.append(json.loads(body))
                    if self._hang:
                        await self.released.wait()
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass  # the last one when everything ends: nobody waits for the rest
        finally:
            writer.close()


@asynccontextmanager
async def _listening(hang: bool = False) -> AsyncIterator[Target]:
    target = Target(hang)
    server = await asyncio.start_server(target.take, HOST, 0)
    target.url = f"http://{HOST}:{server.sockets[0].getsockname()[1]}/hook"
    try:
        yield target
    finally:
        target.released.set()
        server.close()


async def hooks(server: Server, seconds: float, seed: int) -> list[Row]:
    """Shipments for so long in workspaces whose clocks run; what the healthy target got of them."""
    port, name = server.port, f"hooks-{seed}"
    others = [f"{name}-{place}" for place in range(_HANGING)]
    async with _listening() as healthy, _listening(hang=True) as hanging:
        nobody = f"http://{HOST}:{free_port()}/hook"
        for other in others:
            await _subscribe(port, other, 1, hanging.url)
            await _subscribe(port, other, 2, nobody)
        await _subscribe(port, name, 1, healthy.url)
        await _subscribe(port, name, 2, hanging.url)
        made, ends = 0, time.perf_counter() + seconds / 2
        while time.perf_counter() < ends:
            for other in (name, *others):
                await _create(port, other, 1, PREPAID)
                await _create(port, other, 2, POSTPAID)
            made += 1
        late = await _arrived(healthy, made * _EACH)
        async with control(port, name) as controls:
            listed = await controls.ok("GET", "/webhooks?limit=1000")
        rows = _judged(healthy, listed["items"], made, late)
        async with _listening(hang=True) as doomed:
            rows.append(await _second_life(port, f"{name}-again", doomed))
        for other in (name, *others):
            async with control(port, other) as controls:
                await controls.ok("DELETE", "")
    return rows


def _judged(healthy: Target, listed: list[Any], made: int, late: float) -> list[Row]:
    """`listed` is the log of deliveries, oldest first."""
    got = [json.dumps(body, sort_keys=True) for body in healthy.bodies]
    sent = [
        json.dumps(each["body"], sort_keys=True) for each in listed if each["target"] == healthy.url
    ]
    wrong = []
    if len(got) != made * _EACH:
        wrong.append(f"{len(got)} came of {made * _EACH}")
    if len(set(got)) != len(got):
        wrong.append(f"{len(got) - len(set(got))} came twice")
    if got[: len(sent)] != sent[: len(got)]:
        wrong.append("they came in another order than they were made in")
    what = f"{made * _EACH} webhooks beside {_HANGING} workspaces whose targets hang"
    title = f"the last of {what}"
    return [
        Row(title, f"{late:.1f} s after it was due", f"<= {_LATEST:.0f} s", late <= _LATEST),
        none_of(f"{what}: lost, twice, or out of order", wrong),
    ]


async def _second_life(port: int, name: str, target: Target) -> Row:
    """A workspace that is deleted while a delivery hangs, and made again with the same target."""
    came = []
    for life in (1, 2):
        await _subscribe(port, name, 1, target.url)
        await _create(port, name, 1, PREPAID)
        late = await _arrived(target, life)
        came.append(late <= _LATEST)
        async with control(port, name) as controls:
            await controls.ok("DELETE", "")
    title = "the first webhook of a workspace that was deleted while one hung"
    return Row(title, "came" if all(came) else "did not come", f"<= {_LATEST:.0f} s", all(came))


async def _subscribe(port: int, name: str, organization: int, url: str) -> None:
    async with control(port, name) as controls:
        arguments = {"organization": organization, "url": url, "verify": False}
        await controls.ok("POST", "/actions/inpost.set_webhook", arguments)
        if organization == 1:
            balance = {"organization": 1, "amount": "100000.00"}
            await controls.ok("POST", "/actions/inpost.set_balance", balance)


async def _create(port: int, name: str, organization: int, key: dict[str, str]) -> None:
    async with inpost(port, name, key) as shipx:
        await shipx.ok("POST", f"/organizations/{organization}/shipments", LOCKER)


async def _arrived(target: Target, count: int) -> float:
    """Seconds until so many have come; infinite when they do not come in three times the bound."""
    began = time.perf_counter()
    while len(target.bodies) < count:
        if time.perf_counter() - began > 3 * _LATEST:
            return float("inf")
        await asyncio.sleep(0.02)
    return time.perf_counter() - began
