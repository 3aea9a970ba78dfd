"""What scenarios cost: loading many rules, and playing the whole library."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

import httpx2

from benchmarks.measuring import Row

RULES = 200
ROUNDS = 15
LIBRARY = Path(__file__).parent.parent / "scenarios"


def scenario_times(base_url: str) -> list[Row]:
    """A file with 200 rules into a fresh workspace, as its client sees it; the library in all."""
    story = "scenario: Many rules\nrules:\n" + "".join(
        f"  - when: {{ operation: inpost.get_label, body: {{ reference: A-{number} }} }}\n"
        "    fault: { kind: status, status: 503 }\n    times: 2\n"
        for number in range(RULES)
    )
    times = []
    with httpx2.Client(base_url=base_url, trust_env=False, timeout=60) as client:
        for number in range(ROUNDS):
            path = f"/_sim/workspaces/loaded-{number}"
            client.get(path)
            began = time.perf_counter()
            client.put(f"{path}/scenario", content=story).raise_for_status()
            times.append((time.perf_counter() - began) * 1000)
            client.delete(path)
    load = statistics.median(times)
    return [(f"load of a scenario with {RULES} rules", f"{load:.0f} ms", "< 50 ms", load < 50)]


def library_time() -> list[Row]:
    """`carrier-simulator replay scenarios/`, the start of its simulator included."""
    files = len(list(LIBRARY.rglob("*.yaml")))
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "simulator", "replay", str(LIBRARY)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    took = time.perf_counter() - began
    return [(f"replay of the library, {files} files", f"{took:.1f} s", "< 60 s", took < 60)]
