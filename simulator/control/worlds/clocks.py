"""The clock of a workspace: reading, setting and advancing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

from simulator.control import problems
from simulator.control.desk import Desk
from simulator.control.events.stream import show_event
from simulator.control.problems import Fault
from simulator.control.worlds import waiting
from simulator.control.worlds.waiting import Waits
from simulator.core.answers import Answer
from simulator.core.clock import BadTime, Clock, parse_duration, parse_instant
from simulator.engine.jobs.batch import set_clock
from simulator.engine.moving import rehearsal, timeline
from simulator.engine.workspace import Workspace
from simulator.scenarios.worlds import clock_setting

T = TypeVar("T")

_LAST = datetime(2199, 12, 31, 23, 59, 59, tzinfo=UTC)
_MOST_TOLD = 1000
"""Jobs, events and webhooks that a dry run lists of each; it counts all of them."""


def show(workspace: Workspace) -> dict[str, Any]:
    """The clock as the API tells it: its mode, the present instant and its pace."""
    clock = workspace.clock
    return {"mode": clock.mode, "at": workspace.now(), "speed": clock.speed}


def read(body: Mapping[str, Any], present: datetime, place: str = "body") -> Clock:
    """The clock that a request asks for; where it names no instant, it starts at `present`."""
    faults = clock_setting.faults(body)
    if faults:
        raise problems.invalid(*(fault._replace(path=f"{place}.{fault.path}") for fault in faults))
    return clock_setting.clock(body, present)


def get_clock(desk: Desk, workspace: str) -> Answer:
    """What the clock shows."""
    return Answer(body=show(desk.workspace(workspace)))


async def put_clock(desk: Desk, workspace: str, body: Mapping[str, Any]) -> Answer:
    """Give the workspace another clock; what is due by it has happened before the answer."""
    world = desk.own(workspace)
    clock = read(body, world.now())
    async with world.moving:
        await desk.run(world, partial(set_clock, clock))
        await timeline.run_due(desk.hub, world)
        await desk.outbox.settle(world)
    return Answer(body=show(world))


async def advance(desk: Desk, workspace: str, body: Mapping[str, Any]) -> Answer:
    """Move the clock on: by a duration, to an instant, or until something happens.

    What is waited for is tried out first, so that the clock stands still when it does not come. It
    may have come already, since the clock was last advanced or after the event that `after` names.
    A dry run only tries out.
    """
    _check(body)
    dry = body.get("dry_run", False)
    world = desk.workspace(workspace) if dry else desk.own(workspace)
    waits = waiting.read(desk, world, body) if "until" in body else None
    target = _target(body, world.now(), waits)
    known = None if waits is None else waits.happened(world)
    if known is not None:
        now = world.now()
        stands = timeline.Advance(now, now, 0, 0, known)
        if dry:
            return Answer(body=_show_rehearsal(rehearsal.Rehearsal(stands)))
        return Answer(body=_advanced(world, stands))
    if waits is None and not dry:
        return Answer(body=_advanced(world, await timeline.advance(desk.hub, world, target)))
    tried = await rehearsal.rehearse(desk.hub, world, target, waits)
    if waits is not None and tried.moved.event is None:
        raise waits.in_vain(tried, world)
    if dry:
        return Answer(body=_show_rehearsal(tried))
    moved = await timeline.advance(desk.hub, world, tried.moved.now, waits)
    if waits is not None and moved.event is None:
        raise waits.missed(moved.now)
    return Answer(body=_advanced(world, moved))


def _check(body: Mapping[str, Any]) -> None:
    """Raise 422 unless a body says one thing, and nothing besides that belongs to another."""
    faults = waiting.beside(body)
    given = sorted({"by", "to", "until"} & set(body))
    if len(given) != 1:
        said = f"got {' and '.join(given)}" if given else "got none of them"
        faults.append(Fault("body", f"give exactly one of by, to and until; {said}"))
    if faults:
        raise problems.invalid(*faults)


def _advanced(workspace: Workspace, moved: timeline.Advance) -> dict[str, Any]:
    """What moving the clock did; its events are told with it, as far as it went."""
    event = moved.event
    workspace.events_told = workspace.event_count if event is None else event.number
    return {**_show(moved), "last_event": workspace.event_count}


def _show(moved: timeline.Advance) -> dict[str, Any]:
    return {
        "before": moved.before,
        "now": moved.now,
        "jobs": moved.jobs,
        "deliveries": moved.deliveries,
        "event": None if moved.event is None else show_event(moved.event),
    }


def _show_rehearsal(tried: rehearsal.Rehearsal) -> dict[str, Any]:
    return {
        "dry_run": True,
        **_show(tried.moved),
        "due": [
            {"at": job.due, "job": job.kind, "arguments": job.arguments}
            for job in tried.jobs[:_MOST_TOLD]
        ],
        "events": [show_event(event) for event in tried.events[:_MOST_TOLD]],
        "webhooks": [
            {"id": each.id, "carrier": each.carrier, "event": each.event, "target": each.target}
            for each in tried.webhooks[:_MOST_TOLD]
        ],
    }


def _target(body: Mapping[str, Any], now: datetime, waits: Waits | None) -> datetime:
    if "to" in body:
        target = _time(parse_instant, body["to"], "body.to")
        if target < now:
            raise problems.conflict(
                f"`to` is {target.isoformat()}, and the clock shows {now.isoformat()} already: it "
                "only advances. PUT clock can turn it back."
            )
        return target
    if waits is None:
        step = _time(parse_duration, body["by"], "body.by")
    else:
        step = parse_duration(waits.within)
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
