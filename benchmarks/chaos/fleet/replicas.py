"""A server that may be killed, stopped and started again at the same port."""

from __future__ import annotations

import asyncio
import signal
import time
from pathlib import Path

from benchmarks.server import Server
from benchmarks.soak.wire import Client, Refused

_FLAGS = (
    *("--log-level", "error", "--webhook-timeout", "3s", "--no-request-rules"),
    *("--journal-entries", "100000", "--journal-bytes", "512000000"),
)
_READY = 60.0
_TOLD = 3000


class Replica:
    """A server over a store; `runs` says whether it is there and goes on."""

    def __init__(self, port: int, store: str, log: Path) -> None:
        self.port = port
        self.server = Server(port, log, "--store", store, *_FLAGS)
        self.runs = False

    def start(self) -> None:
        """Begin, unless it runs, without waiting until it answers."""
        self.server.start()
        self.runs = True

    async def ready(self) -> None:
        """Return when it answers that all is well; begin again where the store was away."""
        ends = time.perf_counter() + _READY
        last: Exception | None = None
        while time.perf_counter() < ends:
            self.start()
            try:
                async with Client(self.port) as client, asyncio.timeout(5):
                    await client.ok("GET", "/_sim/health")
                    return
            except (OSError, Refused, TimeoutError) as error:
                last = error
                await asyncio.sleep(0.05)
        said = f"{last!r}\n{self.server.log.read_text(errors='replace')[-_TOLD:]}"
        raise RuntimeError(f"the replica at {self.port} is not ready in {_READY:.0f} s: {said}")

    def kill(self) -> None:
        """End it without a chance to do anything more."""
        self.runs = False
        self.server.kill()

    def stop(self) -> None:
        """Let it stand still, with all that it has open."""
        self.runs = False
        self.server.send(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on as if nothing had been."""
        self.server.send(signal.SIGCONT)
        self.runs = True

    def end(self) -> None:
        """End it for good, also one that stands still."""
        self.server.send(signal.SIGCONT)
        self.server.end()
