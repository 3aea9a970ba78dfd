"""Waiting for an event: which one it is, whether it came already, and that it does not come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

import msgspec

from simulator.control import problems
from simulator.control.desk import Desk
from simulator.control.events import event_kinds
from simulator.control.problems import Fault
from simulator.core.answers import Refusal
from simulator.core.clock import BadTime, parse_duration
from simulator.engine.moving.rehearsal import Rehearsal
from simulator.engine.workspace import Workspace
from simulator.engine.world import Event

WITHIN = "30d"
"""How long an event is waited for unless a request says so."""
_BESIDE: Final = ("match", "after", "within")
"""What says more of the event: within `until`, or beside the name of the event."""


class Wanted(NamedTuple):
    """What a request waits for, and the places at which it says so."""

    event: str
    match: Mapping[str, Any]
    after: int | None
    within: str
    places: Mapping[str, str]


class Waits:
    """Whether an event is the one that a request waits for; `seen` are the names of all others.

    Without a number to begin behind, events count that came since the clock was last advanced.
    """

    def __init__(self, wanted: Wanted) -> None:
        self._name = wanted.event
        self._match = wanted.match
        self._after = wanted.after
        self.within = wanted.within
        self.seen: set[str] = set()

    def __call__(self, event: Event) -> bool:
        self.seen.add(event.name)
        return self._is(event)

    def _is(self, event: Event) -> bool:
        return event.name == self._name and all(
            key in event.payload and _same(event.payload[key], value)
            for key, value in self._match.items()
        )

    def happened(self, workspace: Workspace) -> Event | None:
        """What is waited for, if it has come already and is still kept."""
        after = workspace.events_told if self._after is None else self._after
        return next((e for e in list(workspace.events) if e.number > after and self(e)), None)

    def in_vain(self, tried: Rehearsal, workspace: Workspace) -> Refusal:
        """409: it would not come in time, and so the clock was left alone.

        Tells the latest of those that came too early to count, if one did.
        """
        now = workspace.now()
        jobs, seen = tried.moved.jobs, sorted(self.seen)
        match = msgspec.json.encode(self._match).decode()
        what = f"{self._name} with {match}" if self._match else self._name
        detail = (
            f"{what} does not happen within {self.within}: the clock still shows "
            f"{now.isoformat()}, and nothing was done. {jobs} jobs are due on the way."
        )
        if seen:
            detail += f" What happened or would happen: {', '.join(seen)}."
        passed = next((e for e in reversed(list(workspace.events)) if self._is(e)), None)
        if passed is None:
            return problems.conflict(detail, now=now, jobs=jobs, seen=seen)
        detail += (
            f" It happened before: event {passed.number}, at {passed.at.isoformat()}. Events count "
            f'from the last advance on, or behind the one that "after" names: "after": '
            f"{passed.number - 1} finds it."
        )
        return problems.conflict(detail, now=now, jobs=jobs, seen=seen, passed=passed.number)

    def missed(self, now: datetime) -> Refusal:
        """409: it was to come, but another request changed the world while the clock moved."""
        return problems.conflict(
            f"{self._name} was to happen at {now.isoformat()}, where the clock stands now, but "
            "something changed meanwhile.",
            now=now,
        )


def read(desk: Desk, workspace: Workspace, body: Mapping[str, Any]) -> Waits:
    """What a request waits for. Raises 422 with all for which it could never come."""
    wanted, faults = _wanted(body)
    places = wanted.places
    unknown = event_kinds.faults(desk, wanted.event, places["event"])
    faults += unknown or event_kinds.match_faults(desk, wanted.event, wanted.match, places["match"])
    if wanted.after is not None:
        wanted = wanted._replace(after=workspace.event_number(wanted.after))
    if (wanted.after or 0) > workspace.event_count:
        last = workspace.event_count
        message = f"is the number of an event that has happened: the last one is {last}"
        faults.append(Fault(places["after"], message))
    try:
        parse_duration(wanted.within)
    except BadTime as error:
        faults.append(Fault(places["within"], str(error)))
    if faults:
        raise problems.invalid(*faults)
    return Waits(wanted)


def beside(body: Mapping[str, Any]) -> list[Fault]:
    """Why members that say more of `until` cannot stand in a body that has none."""
    return [
        Fault(f"body.{name}", 'belongs to "until"')
        for name in _BESIDE
        if name in body and "until" not in body
    ]


def _wanted(body: Mapping[str, Any]) -> tuple[Wanted, list[Fault]]:
    """What is waited for, which an object says, or the event's name and members beside it."""
    until = body["until"]
    bare = isinstance(until, str)
    inside: Mapping[str, Any] = {"event": until} if bare else until
    twice = [
        Fault(f"body.{name}", "is said within until, too")
        for name in _BESIDE
        if name in body and name in inside
    ]
    said = {name: body[name] for name in _BESIDE if name in body} | {**inside}
    places = {name: f"body.{'' if name in body else 'until.'}{name}" for name in _BESIDE}
    places["event"] = "body.until" if bare else "body.until.event"
    wanted = Wanted(
        said["event"], said.get("match", {}), said.get("after"), said.get("within", WITHIN), places
    )
    return wanted, twice


def _same(actual: Any, wanted: Any) -> bool:
    # An id is often at hand as text, from a URL; that must not make it another id.
    return bool(actual == wanted) or (
        isinstance(wanted, str) and isinstance(actual, int) and str(actual) == wanted
    )
