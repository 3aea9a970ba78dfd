"""Recording what clients ask through a proxy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import yaml

from simulator.command import local_server
from simulator.http.protocol import TRANSPORT
from simulator.scenarios.recording.proxy import Proxy
from simulator.scenarios.recording.recorder import Recorder
from tests.scenarios.replay.playing import CARRIERS


class Moved:
    """A clock that a test moves, as the workspace's own."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@contextmanager
def recording(
    url: str, out: Path, clock: Callable[[], float] = lambda: 0.0, carrier: str | None = None
) -> Iterator[str]:
    proxy = Proxy(url, Recorder(out, url, carrier, CARRIERS).add, 10, clock, TRANSPORT)
    with local_server.running(lambda: proxy) as proxy_url:
        yield proxy_url


def client(url: str, token: str = "sim-inpost-sandbox") -> httpx2.Client:
    headers = {"Authorization": f"Bearer {token}"}
    return httpx2.Client(base_url=url, headers=headers, trust_env=False, verify=False, timeout=10)


def read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(path.read_text())
    return document
