"""Measures the simulator against a bare Starlette application, as ratios in one run.

    make bench

Prints the table of benchmarks/README.md. Everything runs on 127.0.0.1, takes about ten
minutes and ends by itself.
"""

from __future__ import annotations

import json
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2

from benchmarks.bodies import (
    FROZEN,
    LETTERBOX,
    LOCKER,
    PARCEL,
    POSTPAID,
    SHIPMENTS,
    SHOP,
    SHOP_OF_TODAY,
    shipments,
)
from benchmarks.growth import growth
from benchmarks.keeping import keeping
from benchmarks.lives import lives
from benchmarks.measuring import Row, milliseconds, post_script, ratio_row, wrk
from benchmarks.plugin import plugin_times
from benchmarks.postplus import postplus_times
from benchmarks.scenarios import library_time, scenario_times
from benchmarks.servers import ENVIRONMENT, free_port, reference, simulator, wait_for
from benchmarks.stores import stores

ROUNDS = 5
MONTH = {"by": "30d"}
CREATE = {
    **LOCKER,
    "cod": {"amount": 49.9, "currency": "PLN"},
    "insurance": {"amount": 49.9, "currency": "PLN"},
}
MANY = 100
RULES = 200
SIGNED = {**LETTERBOX, "options": {"package_type": 1, "only_recipient": 1, "signature": 1}}


class World:
    """A workspace of the measured simulator."""

    def __init__(self, base_url: str, name: str) -> None:
        self.inpost = f"{base_url}/w/{name}/inpost/v1"
        self._control = f"{base_url}/_sim/workspaces/{name}"
        self._client = httpx2.Client(trust_env=False, timeout=60)

    def control(self, method: str, path: str, body: object = None) -> httpx2.Response:
        response = self._client.request(method, f"{self._control}{path}", json=body)
        response.raise_for_status()
        return response

    def carrier(self, method: str, path: str, body: object = None) -> httpx2.Response:
        headers = POSTPAID
        response = self._client.request(method, f"{self.inpost}{path}", json=body, headers=headers)
        response.raise_for_status()
        return response

    def rules(self, count: int) -> None:
        """That many rules, spread over the operations of a carrier, of which none ever fires."""
        paths = self._client.get(f"{self.inpost.removesuffix('/v1')}/openapi.json").json()["paths"]
        operations = [
            each["operationId"]
            for path in paths.values()
            for each in path.values()
            if "operationId" in each
        ]
        for place in range(count):
            when = {
                "operation": f"inpost.{operations[place % len(operations)]}",
                "headers": {"X-Test": "no such"},
            }
            self.control("POST", "/rules", {"when": when, "fault": {"kind": "status"}})

    def create(self) -> int:
        shipment: int = self.carrier("POST", "/organizations/2/shipments", CREATE).json()["id"]
        return shipment

    def fill(self, count: int) -> list[int]:
        """That many confirmed shipments in a fresh frozen world."""
        self.control("POST", "/reset", {})
        self.control("PUT", "/clock", FROZEN)
        shipments = [self.create() for _ in range(count)]
        self.control("POST", "/clock/advance", {"by": "10s"})
        return shipments


def throughput(base_url: str, folder: Path) -> list[Row]:
    """Reads and validated creates per second, against the same bytes from bare Starlette."""
    world = World(base_url, "bench")
    (shipment,) = world.fill(1)
    confirmed = folder / "shipment.json"
    confirmed.write_bytes(world.carrier("GET", f"/shipments/{shipment}").content)
    script = post_script(folder, "create", CREATE)
    singles, manies = (
        post_script(folder, f"post_{count}", shipments(count, SIGNED), SHIPMENTS)
        for count in (1, MANY)
    )
    for name, count in (("ids", 1), ("many_ids", MANY)):
        ids = {"data": {"ids": [{"id": 20_000_001 + place} for place in range(count)]}}
        (folder / f"{name}.json").write_text(json.dumps(ids))
    posts = f"{base_url}/w/bench/myparcel/shipments"
    posts_today = f"{base_url}/w/bench/api.myparcel.nl/shipments"
    made = {"data": {"ids": [{"id": 20_000_001, "reference_identifier": None}]}}
    (folder / "today.bytes").write_text(json.dumps(made))
    reads, creates, single, today, many = [], [], [], [], []
    with reference(folder) as bare:
        for _ in range(ROUNDS):
            ours = wrk(f"{world.inpost}/shipments/{shipment}", headers=POSTPAID)
            reads.append((ours, wrk(f"{bare}/v1/shipments/{shipment}")))
            ours = wrk(f"{world.inpost}/organizations/2/shipments", script, POSTPAID)
            creates.append((ours, wrk(f"{bare}/v1/organizations/2/shipments", script)))
            world.fill(1)
            ours = wrk(posts, singles, SHOP)
            single.append((ours, wrk(f"{bare}/shipments", singles)))
            world.fill(1)
            ours = wrk(posts_today, singles, SHOP_OF_TODAY)
            today.append((ours, wrk(f"{bare}/bare/today", singles)))
            world.fill(1)
            ours = wrk(posts, manies, SHOP) * MANY
            many.append((ours, wrk(f"{bare}/many/shipments", manies) * MANY))
            world.fill(1)
    return [
        ratio_row("read of one full shipment, requests/s", reads, 0.5),
        ratio_row("validated create, requests/s", creates, 0.4),
        ratio_row("MyParcel (2017), POST of one shipment, shipments/s", single),
        ratio_row("MyParcel (today), POST of one shipment, shipments/s", today),
        ratio_row(f"MyParcel (2017), POST of {MANY} shipments, shipments/s", many),
    ]


def rules_cost(base_url: str) -> list[Row]:
    """What rules of which none fires cost a read: short turns, beside a world that has none."""
    reads = []
    for name, count in (("plain", 0), ("ruled", RULES)):
        world = World(base_url, name)
        (shipment,) = world.fill(1)
        world.rules(count)
        reads.append(f"{world.inpost}/shipments/{shipment}")
    pairs = [[wrk(url, headers=POSTPAID, seconds=1) for url in reads] for _ in range(4 * ROUNDS)]
    ratio = statistics.median(ruled / plain for plain, ruled in pairs)
    title = f"read beside {RULES} rules of which none fires"
    return [(title, f"{ratio:.2f} of without", ">= 0.9", ratio >= 0.9)]


def start() -> list[Row]:
    """First answer of health, as a multiple of importing Connexion."""
    ratios, ready = [], []
    for _ in range(ROUNDS + 2):
        imported = milliseconds(
            lambda: subprocess.run(
                [sys.executable, "-c", "import connexion"], check=True, env=ENVIRONMENT
            )
        )
        port = free_port()
        command = [sys.executable, "-m", "simulator", "serve", "--port", str(port)]
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
        try:
            wait_for(f"http://127.0.0.1:{port}/_sim/health", process)
            ready.append((time.perf_counter() - began) * 1000)
        finally:
            process.terminate()
            process.wait(10)
        ratios.append(ready[-1] / imported)
    ratio = statistics.median(ratios)
    figure = f"{ratio:.2f} times `import connexion` ({statistics.median(ready):.0f} ms)"
    return [("ready: first 200 of health", figure, "<= 2.0", ratio <= 2.0)]


def memory() -> list[Row]:
    """Resident memory of a server that nobody has asked anything but health."""
    with simulator() as (_, pid):
        status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found, status
    size = int(found[1]) / 1024
    return [("resident memory at rest", f"{size:.0f} MB", "< 85 MB", size < 85)]


def world_times(base_url: str) -> list[Row]:
    """Reset, a month's advance, and a label, as a client sees them."""
    world = World(base_url, "times")
    resets = []
    for _ in range(ROUNDS):
        world.fill(1000)
        resets.append(milliseconds(lambda: world.control("POST", "/reset", {})))
    advances = []
    for _ in range(3):
        for shipment in world.fill(1000):
            arguments = {"shipment": shipment, "journey": "locker_delivered"}
            world.control("POST", "/actions/inpost.start_journey", arguments)
        advances.append(milliseconds(lambda: world.control("POST", "/clock/advance", MONTH)))
    (shipment,) = world.fill(1)
    path = f"/shipments/{shipment}/label?type=A6"
    labels = [milliseconds(lambda: world.carrier("GET", path)) for _ in range(30)]
    reset, month, label = (statistics.median(times) for times in (resets, advances, labels))
    return [
        ("reset of a workspace with 1,000 shipments", f"{reset:.1f} ms", "< 5 ms", reset < 5),
        ("30 days over 1,000 parcels", f"{month / 1000:.2f} s", "< 2 s", month < 2000),
        ("one A6 label", f"{label:.1f} ms", "< 10 ms", label < 10),
    ]


def machine() -> str:
    """Processor, cores and versions, for the head of the table."""
    cpuinfo = Path("/proc/cpuinfo").read_text()
    model = re.search(r"model name\s*: (.+)", cpuinfo)
    cores = len(re.findall(r"^processor\s*:", cpuinfo, re.MULTILINE))
    name = model[1] if model else platform.machine()
    return f"{cores} cores of {name}, Python {platform.python_version()}"


def rows() -> Iterator[Row]:
    """All that is measured, part by part: what came before one that fails is known."""
    with tempfile.TemporaryDirectory() as folder:
        yield from start()
        yield from memory()
        with simulator() as (base_url, _):
            yield from throughput(base_url, Path(folder))
            yield from rules_cost(base_url)
            confirmed = (Path(folder) / "shipment.json").read_bytes()
            yield from lives(base_url, Path(folder), CREATE, confirmed)
            yield from world_times(base_url)
            yield from postplus_times(base_url, Path(folder))
            yield from scenario_times(base_url)
            yield from plugin_times(base_url, Path(folder))
        with simulator() as (base_url, pid):
            yield from keeping(base_url, pid, Path(folder), CREATE)
        with simulator() as (base_url, _):
            bodies = {"inpost": CREATE, "myparcel": shipments(100, SIGNED), "postplus": PARCEL}
            yield from growth(base_url, Path(folder), bodies)
        yield from stores(Path(folder), CREATE)
    yield from library_time()


def main() -> int:
    if shutil.which("wrk") is None:
        print("wrk is missing: apt-get install wrk", file=sys.stderr)
        return 2
    print(f"\nMeasured on {machine()}; one worker, journal and validation on.\n")
    print("| what | figure | goal | |\n| --- | --- | --- | --- |")
    for title, figure, goal, reached in rows():
        verdict = {True: "reached", False: "missed", None: ""}[reached]
        print(f"| {title} | {figure} | {goal} | {verdict} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
