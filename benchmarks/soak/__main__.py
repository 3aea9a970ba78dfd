"""Runs the parts of the soak one after another and prints what held."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from benchmarks.server import Server, serving
from benchmarks.soak.churn import churn
from benchmarks.soak.heavy import heavy
from benchmarks.soak.hooks import hooks
from benchmarks.soak.money import money
from benchmarks.soak.mutation import mutation
from benchmarks.soak.rows import Row, none_of
from benchmarks.soak.slow import slow
from benchmarks.verdict import told, verdict

Part = Callable[[Server, float, int], Awaitable[list[Row]]]

_PARTS: dict[str, tuple[Part, float]] = {
    "slow": (slow, 0.05),
    "money": (money, 0.15),
    "hooks": (hooks, 0.1),
    "mutation": (mutation, 0.15),
    "heavy": (heavy, 0.25),
    "churn": (churn, 0.15),
}
"""Each part with its share of the time. What is heavy takes as long as it takes, and what is slow
goes on beside the others after its share."""

# What the headers of a mutated request ask for shall not be what fails; the journal is counted.
_FLAGS = (
    *("--log-level", "error", "--no-request-rules"),
    *("--journal-entries", "100000", "--journal-bytes", "512000000"),
)
_SETTLES = 3.0
"""Seconds after which a server that nobody asks has closed what it had open."""

_SPARE = 12
"""Descriptors and threads that a server may have more than in the beginning: kept by libraries."""


async def part(name: str, log: Path, seconds: float, seed: int) -> list[Row]:
    """One part with a server of its own, whose log and descriptors are looked at afterwards."""
    work, share = _PARTS[name]
    began = time.perf_counter()
    with serving(log, *_FLAGS) as server:
        before = server.descriptors, server.threads
        rows = await work(server, seconds * share, seed)
        await asyncio.sleep(_SETTLES)
        after = server.descriptors, server.threads
        rows.append(none_of(f"{name}: tracebacks in the log", server.faults()))
    come_back = all(late <= early + _SPARE for early, late in zip(before, after, strict=True))
    figure = f"{before[0]}, {before[1]} to {after[0]}, {after[1]}"
    rows.append(Row(f"{name}: descriptors and threads", figure, "come back", come_back))
    told(name, rows, time.perf_counter() - began)
    server.tell_faults()
    return rows


async def soak(names: Sequence[str], seconds: float, seed: int) -> list[Row]:
    """The parts, one after another but for what goes on beside them; the rows in their order."""
    with tempfile.TemporaryDirectory() as folder:
        tasks = []
        for name in names:
            log = Path(folder) / f"{name}.log"
            task = asyncio.create_task(part(name, log, seconds, seed))
            tasks.append(task)
            await asyncio.wait({task}, timeout=_patience(name, seconds))
        return [row for task in tasks for row in await task]


def _patience(name: str, seconds: float) -> float | None:
    """How long the next part waits for this one; None for its end."""
    return seconds * _PARTS["slow"][1] + _SETTLES if name == "slow" else None


if __name__ == "__main__":
    sys.exit(verdict("python -m benchmarks.soak", __doc__, soak, [*_PARTS], 600))
