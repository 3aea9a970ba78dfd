"""How the soak and the chaos are started by hand, and how they tell what held."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Callable, Coroutine, Sequence

from benchmarks.soak.rows import Row, table

Run = Callable[[Sequence[str], float, int], Coroutine[None, None, list[Row]]]
"""Tries parts by their names for so many seconds, as a seed has it."""


def verdict(program: str, about: str | None, run: Run, parts: Sequence[str], seconds: float) -> int:
    """Run the parts that are asked for, or all, for so many seconds unless others are given; print
    what held, and give the exit code: 1 when something did not."""
    parser = argparse.ArgumentParser(prog=program, description=about)
    usual = f"how long; {seconds:.0f} unless given"
    parser.add_argument("--seconds", type=float, default=seconds, help=usual)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default=",".join(parts), help="parts, separated by commas")
    options = parser.parse_args()
    # Whoever is told to stop ends the servers, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    names = [name for name in parts if name in options.only.split(",")]
    rows = asyncio.run(run(names, options.seconds, options.seed))
    print(f"\n{table(rows)}")
    return int(not all(row.held for row in rows))


def told(name: str, rows: Sequence[Row], took: float) -> None:
    """Tell that a part is over."""
    held = sum(row.held for row in rows)
    print(f"{name}: {held} of {len(rows)} held, {took:.0f} s", flush=True)
