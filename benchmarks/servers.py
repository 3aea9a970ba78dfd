"""Starts the servers that are measured and ends them again, each by its own process."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_HERE = Path(__file__).parent

ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}
"""Modules are compiled once, as they are in the image and from anybody's second start on."""


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def wait_for(url: str, process: subprocess.Popen[bytes], seconds: float = 30.0) -> None:
    """Return at the first answer of any kind."""
    deadline = time.perf_counter() + seconds
    while time.perf_counter() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.005)
        else:
            return
    raise RuntimeError(f"nothing answers at {url}")


def wait_for_redis(port: int, seconds: float = 10.0) -> None:
    """Return when something listens on a port of 127.0.0.1."""
    deadline = time.perf_counter() + seconds
    while time.perf_counter() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.01)
        else:
            return
    raise RuntimeError(f"nothing listens on port {port}")


@contextmanager
def _serving(command: list[str], url: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    try:
        wait_for(url, process)
        yield process
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def simulator(*flags: str) -> Iterator[tuple[str, int]]:
    """The simulator as a user starts it; gives its base URL and process id."""
    port = free_port()
    command = [sys.executable, "-m", "simulator", "serve", "--port", str(port), *flags]
    base_url = f"http://127.0.0.1:{port}"
    with _serving(command, f"{base_url}/_sim/health") as process:
        yield base_url, process.pid


@contextmanager
def reference(folder: Path) -> Iterator[str]:
    """The bare Starlette application; gives its base URL."""
    port = free_port()
    command = [sys.executable, str(_HERE / "reference.py"), str(port), str(folder)]
    with _serving(command, f"http://127.0.0.1:{port}/v1/shipments/1"):
        yield f"http://127.0.0.1:{port}"
