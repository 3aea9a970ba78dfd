"""A server of the soak's own, and what the machine tells of its process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.servers import ENVIRONMENT, free_port, wait_for

_PAGE = os.sysconf("SC_PAGE_SIZE")


class Server:
    """A running simulator."""

    def __init__(self, port: int, pid: int, log: Path) -> None:
        self.port = port
        self.pid = pid
        self._log = log

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
        """The last line of each traceback in the log."""
        found = []
        lines = iter(self._log.read_text(errors="replace").splitlines())
        for line in lines:
            if "Traceback (most recent call last)" in line:
                found.append(next((each for each in lines if each[:1].strip()), "cut off"))
        return found


@contextmanager
def serving(log: Path, *flags: str) -> Iterator[Server]:
    """A simulator on a free port of 127.0.0.1 that writes to `log`; ended when it is left."""
    port = free_port()
    command = [sys.executable, "-m", "simulator", "serve", "--port", str(port), *flags]
    with log.open("wb") as written:
        process = subprocess.Popen(command, stdout=written, stderr=written, env=ENVIRONMENT)
        try:
            wait_for(f"http://127.0.0.1:{port}/_sim/health", process)
            yield Server(port, process.pid, log)
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
