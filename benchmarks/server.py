"""A server of the soak's or the chaos's own, and what the machine tells of its process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.servers import ENVIRONMENT, free_port, wait_for

_PAGE = os.sysconf("SC_PAGE_SIZE")
_PATIENCE = 20.0
"""Seconds that a server has to end by itself."""
_TOLD = 20_000
"""Characters of the end of a log that are told."""


class Server:
    """A simulator at a port of 127.0.0.1 that writes to a log; it may be started many times."""

    def __init__(self, port: int, log: Path, *flags: str) -> None:
        self.port = port
        self.log = log
        self._flags = flags
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> subprocess.Popen[bytes]:
        """Begin, unless it is there, without waiting until it answers."""
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-m", "simulator", "serve", "--port", str(self.port)]
            with self.log.open("ab") as written:
                self._process = subprocess.Popen(
                    [*command, *self._flags],
                    stdout=subprocess.DEVNULL,
                    stderr=written,
                    env=ENVIRONMENT,
                )
        return self._process

    def send(self, number: signal.Signals) -> None:
        """Send its process a signal."""
        if self._process is not None:
            self._process.send_signal(number)

    def kill(self) -> None:
        """End it without a chance to do anything more."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def end(self) -> None:
        """End it as a person would."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()

    @property
    def pid(self) -> int:
        """Its process. Raises `RuntimeError` before it was started."""
        if self._process is None:
            raise RuntimeError("the server was not started")
        return self._process.pid

    @property
    def memory(self) -> float:
        """Resident memory, MB."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * _PAGE / 2**20

    @property
    def descriptors(self) -> int:
        """How many files and sockets it has open."""
        return len(list(Path(f"/proc/{self.pid}/fd").iterdir()))

    @property
    def threads(self) -> int:
        """How many threads it has."""
        return len(list(Path(f"/proc/{self.pid}/task").iterdir()))

    def faults(self) -> list[str]:
        """The last line of each traceback in the log of all its lives."""
        found = []
        lines = iter(self.log.read_text(errors="replace").splitlines())
        for line in lines:
            if "Traceback (most recent call last)" in line:
                found.append(next((each for each in lines if each[:1].strip()), "cut off"))
        return found

    def tell_faults(self) -> None:
        """Write the end of a log with tracebacks where a person reads it."""
        if self.faults():
            sys.stderr.write(self.log.read_text(errors="replace")[-_TOLD:])


@contextmanager
def serving(log: Path, *flags: str) -> Iterator[Server]:
    """A simulator on a free port that answers; ended when it is left."""
    server = Server(free_port(), log, *flags)
    process = server.start()
    try:
        wait_for(f"http://127.0.0.1:{server.port}/_sim/health", process)
        yield server
    finally:
        server.end()
