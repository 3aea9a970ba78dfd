"""The whole run as one JSON document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from simulator.scenarios.replay.events import RunEnded


def document(run: RunEnded) -> dict[str, Any]:
    """The run as JSON-like data; members that say nothing are left out of steps."""
    return {
        "passed": all(result.outcome == "passed" for result in run.results),
        "at": run.at.isoformat(),
        "seconds": round(run.seconds, 3),
        "against": run.against,
        "files": [_file(result) for result in msgspec.to_builtins(run.results)],
    }


def text(run: RunEnded) -> str:
    """The document as text."""
    return msgspec.json.format(msgspec.json.encode(document(run)), indent=2).decode() + "\n"


def write(run: RunEnded, path: Path) -> None:
    """Write the document."""
    path.write_text(text(run), encoding="utf-8")


def _file(result: dict[str, Any]) -> dict[str, Any]:
    steps = [
        {name: value for name, value in step.items() if value not in ("", None, ())}
        for step in result["steps"]
    ]
    return {**result, "steps": [{**step, "seconds": round(step["seconds"], 4)} for step in steps]}
