"""Sends what schemathesis makes of every served description, in all phases and with all checks.

    make fuzz                                   # 200 examples for each operation and phase
    make fuzz EXAMPLES=20
    python -m tools.fuzz --short                # the form of `make test`, about two minutes
    python -m tools.fuzz --examples 20 inpost   # one description, named as it is served

What is asked of each description stands in schemathesis.toml beside this file. The server is one
of our own on 127.0.0.1 that fails an answer which its description does not have. Prints what it
finds and a table; ends with 1 if there is any finding.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import httpx2

from benchmarks.servers import simulator
from tests.support.descriptions import SERVED

_CONFIG = Path(__file__).parent / "schemathesis.toml"
_SHORT = 3
"""Examples of the short form."""

# Covering each place of each of MyParcel's bodies in each media type takes three minutes; in the
# short form that is left to the contract tests, which send every such case once.
_SHORT_PHASES = {"myparcel": "examples,fuzzing,stateful"}

_LONGEST_LINE = 300
"""Characters of a finding's line that are printed: a body may have a thousand elements."""

# The server holds its answers against their descriptions, too; the control API makes workspaces by
# the thousand.
_FLAGS = ("--response-validation", "fail", "--workspaces-max", "100000", "--log-level", "error")

_ORDER = ("myparcel", "postplus", "inpost", "myparcel 2017", "control")

_CLOCK = {"mode": "scaled", "at": "2026-03-02T10:15:00+01:00", "speed": 60}
"""A minute passes in a second, so that what was made is bought, registered and under way."""

# The check of wrong methods knows 405; ShipX has 404 `routing_not_found` (observed).
_QUIRKS = {"inpost.routing_errors": "method_not_allowed"}


class Asked(NamedTuple):
    """What is asked of every description; `bound` is in seconds."""

    examples: int
    seed: int
    bound: float
    short: bool


class Run(NamedTuple):
    """What came of one description."""

    name: str
    seconds: float
    code: int
    output: str


def fuzzed(base_url: str, name: str, asked: Asked) -> Run:
    """One description in a workspace of its own; what takes longer than the bound is ended."""
    prefix = ""
    if name != "control":
        prefix = f"/w/fuzz-{name.replace(' ', '-')}"
        with httpx2.Client(base_url=f"{base_url}{prefix}/_sim", trust_env=False) as client:
            client.put("/clock", json=_CLOCK).raise_for_status()
            client.put("/quirks", json=_QUIRKS).raise_for_status()
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(_CONFIG), "run"),
        f"{base_url}{prefix}/{SERVED[name].server}/openapi.json",
        *("--max-examples", str(asked.examples), "--seed", str(asked.seed)),
        *("--continue-on-failure", "--no-color", "--warnings", "off"),
    ]
    if asked.short and name in _SHORT_PHASES:
        command += ["--phases", _SHORT_PHASES[name]]
    began = time.perf_counter()
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=asked.bound)
        code, output = done.returncode, done.stdout + done.stderr
    except subprocess.TimeoutExpired as late:
        output = late.stdout.decode(errors="replace") if late.stdout else ""
        code, output = 1, f"{output}\nnot done after {asked.bound:.0f} s"
    return Run(name, time.perf_counter() - began, code, output)


def _shortened(output: str) -> str:
    return "\n".join(line[:_LONGEST_LINE] for line in output.splitlines())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="descriptions; all of them unless given")
    parser.add_argument("--examples", type=int, default=200, help="for each operation and phase")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bound", type=float, default=3600, help="seconds for each description")
    parser.add_argument("--short", action="store_true", help="the form of two minutes")
    options = parser.parse_args()
    # Whoever is told to stop ends its servers, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    examples = _SHORT if options.short else options.examples
    asked = Asked(examples, options.seed, options.bound, options.short)
    # The longest first: two are under way at a time.
    names = options.names or sorted(SERVED, key=_ORDER.index)
    with simulator(*_FLAGS) as (base_url, _), ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = list(pool.map(lambda name: fuzzed(base_url, name, asked), names))
    for run in runs:
        if run.code:
            print(f"\n{run.name}\n{_shortened(run.output)}")
    print("\n| description | cases | seconds | |\n| --- | --- | --- | --- |")
    for run in runs:
        cases = re.search(r"(\d+) generated", run.output)
        verdict = "NOT KEPT" if run.code else "kept"
        print(f"| {run.name} | {cases[1] if cases else ''} | {run.seconds:.0f} | {verdict} |")
    return int(any(run.code for run in runs))


if __name__ == "__main__":
    sys.exit(main())
