"""The journal of a workspace as a test report: what was asked of the carriers, each a case.

A case fails when no operation took the request, and is an error when the simulator itself failed at
it; what a carrier refuses may be what a test wants, so that it passes.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from simulator.command.asking.server import SILENT, NoAnswer, asking, checked
from simulator.engine.bounds import REFUSED
from simulator.scenarios.replay.events import (
    FileOutcome,
    FileResult,
    Got,
    RunEnded,
    Sent,
    StepOutcome,
    StepResult,
)

_MOST = 1000
"""Exchanges that are told, the latest ones."""


def of_journal(url: str, workspace: str, token: str | None) -> RunEnded:
    """The journal as the result of a run. Raises `NoAnswer`."""
    journal = f"workspaces/{checked(workspace)}/journal"
    with asking(url, token) as got:
        listed = got(f"{journal}?limit={_MOST}", missing={})
        if not listed and workspace != REFUSED:
            names = [each["name"] for each in got("workspaces")["items"]]
            raise NoAnswer.no_workspace(workspace, names)
        told = (got(f"{journal}/{each['id']}", missing={}) for each in listed["items"][::-1])
        entries = [entry for entry in told if entry]
    steps = tuple(_step(number, entry) for number, entry in enumerate(entries, 1))
    seconds = sum(step.seconds for step in steps)
    outcome: FileOutcome = "passed"
    if any(step.outcome != "passed" for step in steps):
        outcome = "failed"
    result = FileResult(workspace, f"What was asked in {workspace}", outcome, seconds, steps)
    moments = [datetime.fromisoformat(entry["at"]) for entry in entries]
    now = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
    first, last = min(moments, default=now), max(moments, default=now)
    return RunEnded(first, last, seconds, url.rstrip("/"), (result,), "report")


def _step(number: int, entry: dict[str, Any]) -> StepResult:
    query = f"?{entry['query']}" if entry["query"] else ""
    outcome: StepOutcome = "broken" if entry["error"] else "passed"
    if outcome == "passed" and entry["unmatched"]:
        outcome = "failed"
    why = tuple(entry["why"])
    request, response = entry["request"], entry["response"]
    got = None
    if entry["heard"] not in SILENT:
        got = Got(entry["status"], _headers(response), _text(response))
    return StepResult(
        number,
        f"{entry['method']} {entry['path']}{query}",
        f"{entry['id']}",
        outcome,
        entry["milliseconds"] / 1000,
        "" if outcome == "passed" else entry["error"] or (why[0] if why else ""),
        sent=Sent(entry["method"], entry["path"], _headers(request), _text(request)),
        got=got,
        why=why,
        group=entry["operation"] or entry["carrier"] or "",
    )


def _headers(message: Any) -> dict[str, str]:
    headers = (message or {}).get("headers") or {}
    return dict(headers)


def _text(message: Any) -> str:
    body = (message or {}).get("body")
    if body is None or isinstance(body, str):
        return body or ""
    return json.dumps(body, ensure_ascii=False)
