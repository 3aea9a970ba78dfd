"""Waiting for an event: which one it is, whether it came already, and that it does not come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from simulator.control import problems
from simulator.control.desk import Desk
from simulator.control.events import event_kinds
from simulator.control.problems import Fault
from simulator.core.answers import Refusal
from simulator.core.clock import BadTime, parse_duration
from simulator.engine.rehearsal import Rehearsal
from simulator.engine.workspace import Workspace
from simulator.engine.world import Event

WITHIN = "30d"
"""How long an event is waited for unless a request says so."""


def show_event(event: Event) -> dict[str, Any]:
    """An event as the API tells it."""
    return {"id": event.number, "at": event.at, "event": event.name, "payload": event.payload}


class Waits:
    """Whether an event is the one that a request waits for; `seen` are the names of all others."""

    def __init__(self, until: Mapping[str, Any]) -> None:
        self._name: str = until["event"]
        self._match: Mapping[str, Any] = until.get("match", {})
        self._after: int | None = until.get("after")
        self._within: str = until.get("within", WITHIN)
        self.seen: set[str] = set()

    def __call__(self, event: Event) -> bool:
        self.seen.add(event.name)
        return event.name == self._name and all(
            key in event.payload and _same(event.payload[key], value)
            for key, value in self._match.items()
        )

    def happened(self, workspace: Workspace) -> Event | None:
        """What is waited for, if it came behind the event that was named and is still kept."""
        after = self._after
        if after is None:
            return None
        return next((e for e in list(workspace.events) if e.number > after and self(e)), None)

    def in_vain(self, tried: Rehearsal, now: datetime) -> Refusal:
        """409: it would not come in time, and so the clock was left alone."""
        jobs, seen = tried.moved.jobs, sorted(self.seen)
        what = f"{self._name} with {dict(self._match)}" if self._match else self._name
        detail = (
            f"{what} does not happen within {self._within}: the clock still shows "
            f"{now.isoformat()}, and nothing was done. {jobs} jobs are due on the way."
        )
        if seen:
            detail += f" What would happen: {', '.join(seen)}."
        return problems.conflict(detail, now=now, jobs=jobs, seen=seen)

    def missed(self, now: datetime) -> Refusal:
        """409: it was to come, but another request changed the world while the clock moved."""
        return problems.conflict(
            f"{self._name} was to happen at {now.isoformat()}, where the clock stands now, but "
            "something changed meanwhile.",
            now=now,
        )


def read(desk: Desk, workspace: Workspace, until: Mapping[str, Any]) -> Waits:
    """What a request waits for. Raises 422 with all for which it could never come."""
    faults = event_kinds.faults(desk, until["event"], "body.until.event")
    faults = faults or event_kinds.match_faults(desk, until["event"], until.get("match", {}))
    after = until.get("after", 0)
    if after > workspace.event_count:
        last = workspace.event_count
        message = f"is the number of an event that has happened: the last one is {last}"
        faults.append(Fault("body.until.after", message))
    try:
        parse_duration(until.get("within", WITHIN))
    except BadTime as error:
        faults.append(Fault("body.until.within", str(error)))
    if faults:
        raise problems.invalid(*faults)
    return Waits(until)


def _same(actual: Any, wanted: Any) -> bool:
    # An id is often at hand as text, from a URL; that must not make it another id.
    return bool(actual == wanted) or (
        isinstance(wanted, str) and isinstance(actual, int) and str(actual) == wanted
    )
