"""What a store costs beside memory, and what several simulators over one are worth."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx2

from benchmarks.bodies import FROZEN, LETTERBOX, POSTPAID, SHIPMENTS, SHOP, shipments
from benchmarks.measuring import Row, post_script, wrk
from benchmarks.servers import free_port, simulator, wait_for_redis
from tools.redis_binary import NoServer, redis_binary

ROUNDS = 5
MANY = 100
LARGE = 100_000
CREATES = "/v1/organizations/2/shipments"


def stores(folder: Path, create: object) -> Iterator[Row]:
    """The rows of each kind of store."""
    script = post_script(folder, "kept", create)
    file = f"sqlite:///{folder}/worlds.db"
    with simulator() as (memory, _):
        with simulator("--store", file) as (kept, _):
            yield from _beside(memory, kept, script, "SQLite", 0.5)
        yield _restart(f"sqlite:///{folder}/large.db", "SQLite")
        try:
            binary = redis_binary()
        except NoServer as missing:
            print(f"Without the rows of Redis: {missing}", file=sys.stderr)
            return
        with _redis(binary, folder) as place:
            with simulator("--store", place) as (kept, _):
                yield from _beside(memory, kept, script, "Redis", 0.3)
            yield _restart(place, "Redis")
            with simulator("--store", place) as (one, _), simulator("--store", place) as (two, _):
                yield _replicas(one, two, script)


def _begin(base_url: str, name: str) -> str:
    """A frozen world with a shipment; gives where its carrier is."""
    place = f"{base_url}/w/{name}"
    with httpx2.Client(base_url=place, trust_env=False, timeout=60) as client:
        client.post("/_sim/reset", json={}).raise_for_status()
        client.put("/_sim/clock", json=FROZEN).raise_for_status()
    return f"{place}/inpost"


def _beside(memory: str, kept: str, script: Path, kind: str, goal: float) -> Iterator[Row]:
    reads, creates = [], []
    for _ in range(ROUNDS):
        places = [_begin(base_url, "bench") for base_url in (memory, kept)]
        made = [wrk(f"{place}{CREATES}", script, POSTPAID) for place in places]
        path = f"{CREATES}?per_page=1"
        read = [wrk(f"{place}{path}", headers=POSTPAID) for place in places]
        creates.append(made[1] / made[0])
        reads.append(read[1] / read[0])
    for title, ratios in (("read of a list of one", reads), ("validated create", creates)):
        ratio = statistics.median(ratios)
        figure = f"{ratio:.2f} of memory"
        yield f"{title}, kept in {kind}", figure, f">= {goal}", ratio >= goal


def _restart(place: str, kind: str) -> Row:
    """The first answer of a large world after a restart."""
    body = shipments(MANY, LETTERBOX)
    headers = {**SHOP, "Content-Type": SHIPMENTS}
    with (
        simulator("--store", place) as (base_url, _),
        httpx2.Client(base_url=f"{base_url}/w/large", trust_env=False, timeout=120) as client,
    ):
        client.put("/_sim/clock", json=FROZEN).raise_for_status()
        for _ in range(LARGE // MANY):
            client.post("/myparcel/shipments", json=body, headers=headers).raise_for_status()
    with simulator("--store", place) as (base_url, _):
        began = time.perf_counter()
        answer = httpx2.get(
            f"{base_url}/w/large/myparcel/shipments?size=1",
            headers=SHOP,
            trust_env=False,
            timeout=60,
        )
        seconds = time.perf_counter() - began
        answer.raise_for_status()
    title = f"first answer of a world of {LARGE:,} shipments after a restart ({kind})"
    return title, f"{seconds:.1f} s", "< 3 s", seconds < 3


def _replicas(one: str, two: str, script: Path) -> Row:
    ratios = []
    for _ in range(ROUNDS):
        places = [
            f"{_begin(url, f'own-{number}')}{CREATES}" for number, url in enumerate((one, two))
        ]
        alone = wrk(places[0], script, POSTPAID)
        with ThreadPoolExecutor(2) as pool:
            both = sum(pool.map(lambda url: wrk(url, script, POSTPAID), places))
        ratios.append(both / alone)
    ratio = statistics.median(ratios)
    title = "creates of two simulators over one Redis, each in worlds of its own"
    return title, f"{ratio:.2f} of one", ">= 1.6", ratio >= 1.6


@contextmanager
def _redis(binary: str, folder: Path) -> Iterator[str]:
    """A server that keeps nothing on disk; gives its URL."""
    port = free_port()
    command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    process = subprocess.Popen([*command, "--dir", str(folder)], stdout=subprocess.DEVNULL)
    try:
        wait_for_redis(port)
        yield f"redis://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
