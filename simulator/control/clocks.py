"""The clock of a workspace: reading, setting and advancing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from simulator.control import problems
from simulator.control.desk import Desk
from simulator.control.problems import Fault
from simulator.core.answers import Answer
from simulator.core.clock import BadTime, Clock, parse_duration, parse_instant
from simulator.engine import timeline
from simulator.engine.workspace import Workspace
from simulator.engine.world import Event

T = TypeVar("T")

_LAST = datetime(2199, 12, 31, 23, 59, 59, tzinfo=UTC)
_WITHIN = "30d"


def show(workspace: Workspace) -> dict[str, Any]:
    """The clock as the API tells it: its mode, the present instant and its pace."""
    clock = workspace.clock
    return {"mode": clock.mode, "at": workspace.now(), "speed": clock.speed}


def read(body: Mapping[str, Any], present: datetime, place: str = "body") -> Clock:
    """The clock that a request asks for; where it names no instant, it starts at `present`."""
    mode = body["mode"]
    at, speed = body.get("at"), body.get("speed")
    faults = []
    if mode == "real" and at is not None:
        faults.append(Fault(f"{place}.at", 'a real clock shows the machine\'s time; use "offset"'))
    if mode == "scaled" and speed is None:
        faults.append(Fault(f"{place}.speed", "is required by a scaled clock"))
    if mode != "scaled" and speed is not None:
        faults.append(Fault(f"{place}.speed", f"belongs to a scaled clock, not to a {mode} one"))
    if faults:
        raise problems.invalid(*faults)
    if mode == "real":
        return Clock.real()
    instant = present if at is None else _time(parse_instant, at, f"{place}.at")
    if mode == "scaled":
        assert speed is not None
        return Clock.scaled(instant, float(speed))
    return Clock.frozen(instant) if mode == "frozen" else Clock.offset(instant)


def get_clock(desk: Desk, workspace: str) -> Answer:
    """What the clock shows."""
    return Answer(body=show(desk.workspace(workspace)))


async def put_clock(desk: Desk, workspace: str, body: Mapping[str, Any]) -> Answer:
    """Give the workspace another clock; what is due by it has happened before the answer."""
    world = desk.workspace(workspace)
    clock = read(body, world.now())
    async with world.moving:
        desk.hub.set_clock(world, clock)
        desk.hub.run_due(world)
        await desk.outbox.settle(world)
    return Answer(body=show(world))


async def advance(desk: Desk, workspace: str, body: Mapping[str, Any]) -> Answer:
    """Move the clock on: by a duration, to an instant, or until something happens."""
    given = sorted({"by", "to", "until"} & set(body))
    if len(given) != 1:
        said = f"got {' and '.join(given)}" if given else "got none of them"
        raise problems.invalid(Fault("body", f"give exactly one of by, to and until; {said}"))
    world = desk.workspace(workspace)
    target = _target(body, world.now())
    until = body.get("until")
    seen: set[str] = set()
    moved = await timeline.advance(
        desk.hub, world, target, None if until is None else _waits_for(until, seen)
    )
    if until is not None and moved.event is None:
        raise _did_not_happen(until, moved, seen)
    return Answer(
        body={
            "before": moved.before,
            "now": moved.now,
            "jobs": moved.jobs,
            "deliveries": moved.deliveries,
            "event": None if moved.event is None else show_event(moved.event),
        }
    )


def show_event(event: Event) -> dict[str, Any]:
    """An event as the API tells it."""
    return {"id": event.number, "at": event.at, "event": event.name, "payload": event.payload}


def _target(body: Mapping[str, Any], now: datetime) -> datetime:
    if "to" in body:
        target = _time(parse_instant, body["to"], "body.to")
        if target < now:
            raise problems.conflict(
                f"The clock shows {now.isoformat()}, which is later than {target.isoformat()}; "
                "it only advances. PUT clock can turn it back."
            )
        return target
    if "by" in body:
        step = _time(parse_duration, body["by"], "body.by")
    else:
        within = body["until"].get("within", _WITHIN)
        step = _time(parse_duration, within, "body.until.within")
    if step > _LAST - now:
        raise problems.conflict(
            f"The clock shows {now.isoformat()}; it does not go beyond the year {_LAST.year}."
        )
    return now + step


def _time(parse: Callable[[str], T], text: str, place: str) -> T:
    try:
        return parse(text)
    except BadTime as error:
        raise problems.invalid(Fault(place, str(error))) from None


def _waits_for(until: Mapping[str, Any], seen: set[str]) -> Callable[[Event], bool]:
    name, wanted = until["event"], until.get("match", {})

    def matches(event: Event) -> bool:
        seen.add(event.name)
        return event.name == name and all(
            key in event.payload and _same(event.payload[key], value)
            for key, value in wanted.items()
        )

    return matches


def _same(actual: Any, wanted: Any) -> bool:
    # An id is often at hand as text, from a URL; that must not make it another id.
    return bool(actual == wanted) or (
        isinstance(wanted, str) and isinstance(actual, int) and str(actual) == wanted
    )


def _did_not_happen(until: Mapping[str, Any], moved: timeline.Advance, seen: set[str]) -> Exception:
    within, name = until.get("within", _WITHIN), until["event"]
    what = f"{name} with {dict(until['match'])}" if until.get("match") else name
    detail = (
        f"{what} did not happen within {within}; the clock now shows {moved.now.isoformat()}, "
        f"and {moved.jobs} jobs ran on the way."
    )
    if seen:
        detail += f" What happened: {', '.join(sorted(seen))}."
    if name not in seen:
        detail += problems.did_you_mean(name, seen)
    return problems.conflict(detail, now=moved.now, jobs=moved.jobs, seen=sorted(seen))
