"""The journal of a workspace as a test report: what was asked of the carriers, each a case.

A case fails when no operation took the request, or when the simulator itself failed at it; what a
carrier refuses may be what a test wants, so that it passes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import httpx2

from simulator.command.asking.explain import ExplainError
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
    """The journal as the result of a run. Raises `ExplainError`."""
    url = url.rstrip("/")
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    base = f"{url}/_sim/workspaces/{workspace}/journal"
    try:
        with httpx2.Client(headers=headers, timeout=30, trust_env=False) as client:
            answer = client.get(base, params={"limit": _MOST})
            if answer.status_code == 401:
                raise ExplainError.no_token()
            if answer.status_code == 404:
                there = client.get(f"{url}/_sim/workspaces").json()["items"]
                raise ExplainError.no_workspace(workspace, [each["name"] for each in there])
            if answer.status_code != 200:
                raise ExplainError.no_simulator(url, answer.status_code)
            listed = answer.json()["items"][::-1]
            entries = [client.get(f"{base}/{each['id']}").json() for each in listed]
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise ExplainError.no_server(url, error) from None
    except (ValueError, KeyError, TypeError):
        raise ExplainError.no_simulator(url, answer.status_code) from None
    steps = tuple(_step(number, entry) for number, entry in enumerate(entries, 1) if "id" in entry)
    seconds = sum(step.seconds for step in steps)
    outcome: FileOutcome = "passed"
    if any(step.outcome == "failed" for step in steps):
        outcome = "failed"
    result = FileResult(workspace, f"What was asked in {workspace}", outcome, seconds, steps)
    moments = [datetime.fromisoformat(entry["at"]) for entry in entries if "id" in entry]
    now = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
    return RunEnded(min(moments, default=now), max(moments, default=now), seconds, url, (result,))


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
