"""What a carrier says to a request that none of its operations takes."""

from __future__ import annotations

from typing import Any, NamedTuple

from simulator.carriers.carrier import Carrier
from simulator.core.answers import Answer
from simulator.engine.workspace import Workspace
from simulator.engine.world import Request
from simulator.http.described.operations import Beside


class Miss(NamedTuple):
    """The answer, and what the journal says of it: outcome, reason, the quirks that were asked."""

    answer: Answer
    outcome: str
    reason: str
    quirks: dict[str, Any]


def miss(
    carrier: Carrier, request: Request, edition: str, beside: Beside | None, workspace: Workspace
) -> Miss:
    """What is said of an unknown path (there is nothing `beside`), or of a wrong method."""
    allowed = sorted(
        method
        for method, plan in (beside or {}).items()
        if plan is None or edition in plan.editions
    )
    asked: dict[str, Any] = {}

    def quirk(name: str) -> Any:
        asked[name] = workspace.quirks[name]
        return asked[name]

    if not allowed:
        reason = f"{carrier.title} has no path {request.path}"
        return Miss(carrier.envelope.unknown_path(request, quirk), "unmatched", reason, asked)
    answer = carrier.envelope.wrong_method(request, allowed, quirk)
    if answer.status < 400:
        reason = f"a browser asks before a page may use {request.path}"
        return Miss(answer, "preflight", reason, asked)
    reason = f"{request.path} takes {', '.join(allowed)}, not {request.method}"
    return Miss(answer, "unmatched", reason, asked)
