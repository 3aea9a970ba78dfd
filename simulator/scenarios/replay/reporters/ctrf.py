"""The Common Test Report Format (ctrf.io): one test for each step."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from simulator.scenarios.replay.events import FileResult, RunEnded, StepResult
from simulator.scenarios.replay.reporters.words import details
from simulator.version import VERSION

_SPEC = "0.0.0"
_NOBODY = "nobody"
"""The carrier of requests that reached none."""

_STATUSES = {
    "passed": "passed",
    "failed": "failed",
    "broken": "other",
    "skipped": "skipped",
    "not run": "pending",
}


def document(run: RunEnded) -> dict[str, Any]:
    """The run as JSON-like data."""
    counts = dict.fromkeys(("passed", "failed", "skipped", "pending", "other"), 0)
    tests = [_test(run, result, step) for result in run.results for step in result.steps]
    for test in tests:
        counts[test["status"]] += 1
    return {
        "reportFormat": "CTRF",
        "specVersion": _SPEC,
        "timestamp": run.ended.isoformat(),
        "generatedBy": "carrier-simulator",
        "results": {
            "tool": {"name": f"carrier-simulator {run.kind}", "version": VERSION},
            "summary": {
                "tests": len(tests),
                **counts,
                "suites": len(run.results),
                "start": _milliseconds(run.at),
                "stop": _milliseconds(run.ended),
            },
            "tests": tests,
        },
    }


def write(run: RunEnded, path: Path) -> None:
    """Write the document."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(document(run)), indent=2) + b"\n")


def _test(run: RunEnded, result: FileResult, step: StepResult) -> dict[str, Any]:
    in_file = run.kind == "replay"
    test: dict[str, Any] = {
        "name": f"{step.number} {step.name}",
        "status": _STATUSES[step.outcome],
        "rawStatus": step.outcome,
        "duration": round(step.seconds * 1000),
        "suite": [result.path, result.title if in_file else step.group or _NOBODY],
    }
    if in_file:
        test["filePath"] = result.path
    line = step.place.removeprefix(result.path).strip(":").partition(":")[0]
    if in_file and line.isdigit():
        test["line"] = int(line)
    if step.message:
        test["message"] = step.message
    whole = "\n".join(details(step))
    if step.outcome in ("failed", "broken") and whole:
        test["trace"] = whole
    return test


def _milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)
