"""Asks health again and again in a process of its own, so that nothing of the soak's delays it.

    python -m benchmarks.soak.probe PORT

Says `ready`, asks every five milliseconds until its input is closed, and prints the latencies in
seconds as JSON.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.client import HTTPConnection
from typing import NamedTuple

from benchmarks.soak.rows import at

_EVERY = 0.005
_LONGEST = 120


class Latency(NamedTuple):
    """How long health took, seconds."""

    median: float
    p99: float
    longest: float

    def __str__(self) -> str:
        return "/".join(f"{each * 1000:.0f}" for each in self) + " ms"


class Beside:
    """What health took while something else was done; there when the `beside` is left."""

    latency = Latency(0, 0, 0)
    seconds = 0.0


@asynccontextmanager
async def beside(port: int) -> AsyncIterator[Beside]:
    """Measure health beside what is done within."""
    command = [sys.executable, "-m", "benchmarks.soak.probe", str(port)]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    assert process.stdin is not None
    assert process.stdout is not None
    await process.stdout.readline()
    found = Beside()
    began = time.perf_counter()
    try:
        yield found
    finally:
        found.seconds = time.perf_counter() - began
        process.stdin.close()
        latencies = json.loads(await process.stdout.read())
        await process.wait()
    found.latency = Latency(at(0.5, latencies), at(0.99, latencies), max(latencies))


def main(port: int) -> None:
    """Ask until the input is closed."""
    ended = threading.Event()

    def wait() -> None:
        sys.stdin.read()
        ended.set()

    connection = HTTPConnection("127.0.0.1", port, timeout=_LONGEST)
    connection.connect()
    connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    latencies = [_asked(connection)]
    print("ready", flush=True)
    threading.Thread(target=wait, daemon=True).start()
    latencies.clear()
    while not latencies or not ended.is_set():
        latencies.append(_asked(connection))
        ended.wait(_EVERY)
    print(json.dumps(latencies))


def _asked(connection: HTTPConnection) -> float:
    began = time.perf_counter()
    connection.request("GET", "/_sim/health")
    response = connection.getresponse()
    response.read()
    if response.status != 200:
        raise RuntimeError(f"health answers {response.status}")
    return time.perf_counter() - began


if __name__ == "__main__":
    main(int(sys.argv[1]))
