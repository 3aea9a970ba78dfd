"""A server that may be killed, stopped and started again at the same port."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.servers import ENVIRONMENT
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
        self.log = log
        self.runs = False
        self._store = store
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin, unless it runs, without waiting until it answers."""
        if self._process is not None and self._process.poll() is None:
            return
        self.runs = True
        command = [sys.executable, "-m", "simulator", "serve", "--port", str(self.port)]
        with self.log.open("ab") as written:
            self._process = subprocess.Popen(
                [*command, "--store", self._store, *_FLAGS],
                stdout=subprocess.DEVNULL,
                stderr=written,
                env=ENVIRONMENT,
            )

    async def ready(self) -> None:
        """Return when it answers that all is well; begin again where the store was away."""
        ends = time.perf_counter() + _READY
        while time.perf_counter() < ends:
            self.start()
            try:
                async with Client(self.port) as client, asyncio.timeout(5):
                    await client.ok("GET", "/_sim/health")
                    return
            except (OSError, Refused, TimeoutError):
                await asyncio.sleep(0.05)
        said = self.log.read_text(errors="replace")[-_TOLD:]
        raise RuntimeError(f"the replica at {self.port} is not ready in {_READY:.0f} s: {said}")

    def kill(self) -> None:
        """End it without a chance to do anything more."""
        self.runs = False
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def stop(self) -> None:
        """Let it stand still, with all that it has open."""
        self.runs = False
        self._send(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on as if nothing had been."""
        self._send(signal.SIGCONT)
        self.runs = True

    def _send(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)

    def end(self) -> None:
        """End it for good."""
        if self._process is None or self._process.poll() is not None:
            return
        self._send(signal.SIGCONT)
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()

    def faults(self) -> list[str]:
        """The last line of each traceback in the log of all its lives."""
        found = []
        lines = iter(self.log.read_text(errors="replace").splitlines())
        for line in lines:
            if "Traceback (most recent call last)" in line:
                found.append(next((each for each in lines if each[:1].strip()), "cut off"))
        return found
