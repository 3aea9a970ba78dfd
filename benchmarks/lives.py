"""Creates with their whole life: from the request to the confirmed shipment, all jobs included."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

from benchmarks.bodies import FROZEN, POSTPAID
from benchmarks.measuring import SECONDS, Row, post_script, ratio_row, wrk
from benchmarks.servers import free_port, reference, wait_for

ROUNDS = 5
REAL = {"mode": "real"}
WIREMOCK = os.environ.get("WIREMOCK", "")
"""The standalone archive of WireMock, if its static answers are to be measured as well."""


def lives(base_url: str, folder: Path, create: object, confirmed: bytes) -> list[Row]:
    """Whole lives a second on a clock that runs and creates on one that stands, beside the bare
    application and, if it is there, WireMock on one core."""
    script = post_script(folder, "life", create)
    path = "/v1/organizations/2/shipments"
    running, frozen, beside = [], [], []
    with reference(folder) as bare, _wiremock(folder, path, confirmed) as mock:
        for _ in range(ROUNDS):
            yardstick = wrk(f"{bare}{path}", script)
            whole = _whole_lives(base_url, path, script)
            running.append((whole, yardstick))
            frozen.append((_creates(base_url, path, script), yardstick))
            if mock:
                beside.append(whole / wrk(f"{mock}{path}", script))
    rows = [
        ratio_row("create with its whole life, shipments/s", running, 0.3),
        ratio_row("create on a clock that stands, requests/s", frozen, 0.4),
    ]
    title = "create with its whole life, times WireMock's static answer on one core"
    if not beside:
        return [*rows, (title, "not measured: WIREMOCK names no archive", "> 1", None)]
    ratio = statistics.median(beside)
    return [*rows, (title, f"{ratio:.2f}", "> 1", ratio > 1)]


def _whole_lives(base_url: str, path: str, script: Path) -> float:
    """Shipments confirmed a second while others are created, once the first ones are on their way:
    offers, payment and confirmation of each take almost a second on the carrier's clock."""
    with httpx2.Client(base_url=f"{base_url}/w/lives", trust_env=False, timeout=60) as client:
        _begin(client, REAL)
        url = f"{client.base_url}inpost{path}"
        wrk(url, script, POSTPAID, seconds=2)
        before, began = _confirmed(client, path), time.perf_counter()
        wrk(url, script, POSTPAID)
        return (_confirmed(client, path) - before) / (time.perf_counter() - began)


def _creates(base_url: str, path: str, script: Path) -> float:
    with httpx2.Client(base_url=f"{base_url}/w/lives", trust_env=False, timeout=60) as client:
        _begin(client, FROZEN)
        return wrk(f"{client.base_url}inpost{path}", script, POSTPAID)


def _begin(client: httpx2.Client, clock: dict[str, str]) -> None:
    client.post("/_sim/reset", json={}).raise_for_status()
    client.put("/_sim/clock", json=clock).raise_for_status()


def _confirmed(client: httpx2.Client, path: str) -> int:
    response = client.get(f"/inpost{path}?per_page=1&status=confirmed", headers=POSTPAID)
    response.raise_for_status()
    count: int = response.json()["count"]
    return count


@contextmanager
def _wiremock(folder: Path, path: str, confirmed: bytes) -> Iterator[str]:
    """WireMock on one core that answers a create with fixed bytes; an empty text without it."""
    if not WIREMOCK:
        yield ""
        return
    root = folder / "wiremock"
    (root / "mappings").mkdir(parents=True)
    (root / "__files").mkdir()
    (root / "__files" / "shipment.json").write_bytes(confirmed)
    (root / "mappings" / "create.json").write_text(
        f'{{"request": {{"method": "POST", "url": "{path}"}}, "response": {{"status": 201, '
        '"bodyFileName": "shipment.json", "headers": {"Content-Type": "application/json"}}}'
    )
    port = free_port()
    command = ["taskset", "-c", "0", "java", "-jar", WIREMOCK, "--port", str(port)]
    command += ["--root-dir", str(root), "--disable-banner"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}{path}", process, 60)
        for _ in range(3):  # warm: its machine compiles what is run often
            wrk(f"http://127.0.0.1:{port}{path}", folder / "life.lua", seconds=SECONDS)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)
