"""The journal of a workspace as a test report: what was asked of the carriers, each a case.

A case fails when no operation took the request, or when the simulator itself failed at it; what a
carrier refuses may be what a test wants, so that it passes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from simulator.command.asking.server import NoAnswer, asking
from simulator.scenarios.replay.events import (
    FileOutcome,
    FileResult,
    Got,
    RunEnded,
    Sent,
    StepResult,
)

_MOST = 1000
"""Exchanges that are told, the latest ones."""


def of_journal(url: str, workspace: str, token: str | None) -> RunEnded:
    """The journal as the result of a run. Raises `NoAnswer`."""
    journal = f"workspaces/{workspace}/journal"
    with asking(url, token) as got:
        listed = got(f"{journal}?limit={_MOST}", missing={})
        if not listed:
            names = [each["name"] for each in got("workspaces")["items"]]
            raise NoAnswer.no_workspace(workspace, names)
        told = (got(f"{journal}/{each['id']}", missing={}) for each in listed["items"][::-1])
        entries = [entry for entry in told if entry]
    steps = tuple(_step(number, entry) for number, entry in enumerate(entries, 1))
    seconds = sum(step.seconds for step in steps)
    outcome: FileOutcome = "passed"
    if any(step.outcome == "failed" for step in steps):
        outcome = "failed"
    result = FileResult(workspace, f"What was asked in {workspace}", outcome, seconds, steps)
    moments = [datetime.fromisoformat(entry["at"]) for entry in entries]
    now = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
    return RunEnded(
        min(moments, default=now), max(moments, default=now), seconds, url.rstrip("/"), (result,)
    )


def _step(number: int, entry: dict[str, Any]) -> StepResult:
    query = f"?{entry['query']}" if entry["query"] else ""
    stray = bool(entry["unmatched"] or entry["error"])
    why = tuple(entry["why"])
    request, response = entry["request"], entry["response"]
    return StepResult(
        number,
        f"{entry['method']} {entry['path']}{query}",
        f"{entry['id']}",
        "failed" if stray else "passed",
        entry["milliseconds"] / 1000,
        (entry["error"] or (why[0] if why else "")) if stray else "",
        sent=Sent(entry["method"], entry["path"], _headers(request), _text(request)),
        got=Got(entry["status"] or 0, _headers(response), _text(response)),
        why=why,
    )


def _headers(message: Any) -> dict[str, str]:
    headers = (message or {}).get("headers") or {}
    return dict(headers)


def _text(message: Any) -> str:
    body = (message or {}).get("body")
    return "" if body is None else str(body)
