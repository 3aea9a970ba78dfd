"""Connections that never finish: half a head, half a body, a byte now and then, or nothing."""

from __future__ import annotations

import asyncio
import time

from benchmarks.server import Server
from benchmarks.soak.heavy import BOUND, BOUND_OF_GATES
from benchmarks.soak.probe import beside
from benchmarks.soak.rows import Row
from benchmarks.soak.wire import HOST

_HEAD = b"POST /w/slow/postplus/api/v1/shipments HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n"
_BEGINNINGS = (b"", b"GET /_sim/hea", _HEAD, _HEAD + b"\r\n{")
_EACH = 100

_CLOSED = 90.0
"""Seconds after which a server has given up on what never finishes."""


class Unfinished:
    """Connections that stay open while everything else goes on."""

    def __init__(self) -> None:
        self._streams: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self._began = 0.0

    async def open(self, port: int) -> None:
        """Begin what never ends; one in two goes on by a byte each second."""
        self._began = time.perf_counter()
        for beginning in _BEGINNINGS:
            for _ in range(_EACH):
                reader, writer = await asyncio.open_connection(HOST, port)
                writer.write(beginning)
                self._streams.append((reader, writer))

    async def trickle(self) -> None:
        """A byte for every second connection each second, until it is cancelled."""
        while True:
            await asyncio.sleep(1)
            for _, writer in self._streams[::2]:
                if not writer.is_closing():
                    writer.write(b"x")

    async def judged(self) -> Row:
        """Whether the server has closed them, once it had the time; closes them all."""
        left = _CLOSED - (time.perf_counter() - self._began)
        ends = [asyncio.create_task(_drained(reader)) for reader, _ in self._streams]
        _, open_still = await asyncio.wait(ends, timeout=max(left, 0.5))
        still = len(open_still)
        for end in open_still:
            end.cancel()
        took = time.perf_counter() - self._began
        for _, writer in self._streams:
            writer.close()
        title = f"{len(self._streams)} connections that never finish"
        figure = f"{still} are open after {took:.0f} s"
        return Row(title, figure, f"none after {_CLOSED:.0f} s", not still)


async def _drained(reader: asyncio.StreamReader) -> None:
    try:
        while await reader.read(65536):
            pass
    except OSError:
        pass  # closed, however rudely


async def slow(server: Server, seconds: float, seed: int) -> list[Row]:
    """Health beside them, and whether they are closed."""
    unfinished = Unfinished()
    await unfinished.open(server.port)
    drops = asyncio.create_task(unfinished.trickle())
    async with beside(server.port) as found:
        await asyncio.sleep(min(seconds, 10))
    longest = found.latency.longest
    bound = BOUND if seconds >= 20 else BOUND_OF_GATES
    row = Row(
        f"health beside {_EACH * len(_BEGINNINGS)} unfinished connections",
        str(found.latency),
        f"max <= {bound * 1000:.0f} ms",
        longest <= bound,
    )
    try:
        return [row, await unfinished.judged()]
    finally:
        drops.cancel()
