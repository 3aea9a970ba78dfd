"""What is said to a request that no operation of a carrier takes, and to one that reaches no
carrier."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import structlog
from starlette.types import Scope, Send

from simulator.carriers.carrier import Carrier
from simulator.core.answers import Answer
from simulator.core.clock import wall
from simulator.engine.bounds import check_name
from simulator.engine.hub import Hub
from simulator.engine.journal import Entry, Outcome, Reasons
from simulator.engine.keeping.noting import next_id, note
from simulator.engine.keeping.sure import fresh
from simulator.engine.porch import Porch
from simulator.engine.workspace import Workspace
from simulator.engine.world import Request
from simulator.http import exchange_log, responses
from simulator.http.described.operations import Beside
from simulator.http.rules.faults import hears
from simulator.http.told.near_misses import Directory

log = structlog.get_logger("simulator.http")


class Miss(NamedTuple):
    """The answer, and what the journal says of it: outcome, reason, the quirks that were asked."""

    answer: Answer
    outcome: Outcome
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


class Nowhere:
    """Answers what reaches no carrier, as where the name of one is misspelt.

    It stands in the journal of the workspace that it names, as one more request that no operation
    took; where there is none of that name, in that of requests that are not let in. What names no
    workspace, as a browser's requests for icons do not, is told in the log alone.
    """

    def __init__(
        self, hub: Hub, porch: Porch, directory: Directory, carriers: Sequence[Carrier]
    ) -> None:
        self._hub = hub
        self._porch = porch
        self._directory = directory
        known = ", ".join(f"/{carrier.name}" for carrier in carriers)
        pages = ", ".join(f"/{carrier.name}{carrier.ui_path}" for carrier in carriers)
        self._offered = (
            f"Carriers answer under {known}, their API pages are {pages}; "
            "the control API is under /_sim, its pages are /_sim/ui."
        )

    async def answer(
        self,
        scope: Scope,
        send: Send,
        prefixed: str | None,
        path: str,
        headers: Mapping[str, str],
    ) -> None:
        """404; `path` is the whole one without the workspace that it was `prefixed` with.

        Raises `BadName` for what is no name of a workspace.
        """
        began = time.perf_counter_ns()
        name = headers.get("x-sim-workspace") if prefixed is None else prefixed
        if name is not None:
            check_name(name)
        nearest = self._directory.nearest(scope["method"], path, None)
        veil = exchange_log.veil_of(scope)
        sentences = [veil.text(miss.sentence) for miss in nearest]
        meant = f" Did you mean {sentences[0]}?" if sentences else ""
        told = f"nothing answers {scope['path']!r}.{meant} {self._offered}"
        problem = responses.problem(404, told)
        body, heard = responses.encode_drawn(problem), hears(scope, None)
        if name is None:
            request_id = "-"
            listed = responses.headers(problem, len(body), wall(), request_id)
        else:
            await fresh(self._hub, name)
            place = self._hub.existing(name)
            hub = self._hub if place is not None else self._porch.hub
            notes = [] if place is not None else [self._porch.why(name)]
            if headers.get("content-length", "0") != "0" or "transfer-encoding" in headers:
                notes.append("its body was not read")
            place = place or self._porch.workspace
            if hub.keeping is not None:
                await hub.keeping.supply(name)
            request_id, now = next_id(hub, place), place.now()
            listed = responses.headers(problem, len(body), now, request_id)
            entry = Entry(
                id=request_id,
                at=now,
                carrier=None,
                operation=None,
                method=scope["method"],
                path=path,
                query=scope["query_string"].decode("latin-1"),
                request_headers=scope["headers"],
                request_kept=b"",
                status=404,
                response_headers=listed,
                response_kept=body,
                microseconds=(time.perf_counter_ns() - began) // 1000,
                why=Reasons(outcome="unmatched", reason="it reaches no carrier", notes=notes),
                heard=heard,
            )
            kept = note(hub, place, entry, sure=True)
            if kept is not None:
                await kept
        took = (time.perf_counter_ns() - began) // 1000
        log.warning(
            "no carrier takes this request",
            **exchange_log.fields(name, None, None, scope, 404, took, request_id, heard),
            nearest=sentences,
        )
        await responses.send_response(send, 404, listed, body)
