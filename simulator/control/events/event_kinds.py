"""The closed list of events: what there is to wait for, and with which payload."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from simulator.carriers.event import ENGINE_EVENTS, EventSpec, status_hint
from simulator.control import problems
from simulator.control.desk import Desk, page
from simulator.control.problems import Fault
from simulator.core.answers import Answer
from simulator.scenarios.events import SCENARIO_EVENTS


def list_event_kinds(desk: Desk, carrier: str | None) -> Answer:
    """Every event with its payload; those of the engine, which are no carrier's, come first."""
    if carrier is not None and carrier not in desk.carriers:
        raise problems.not_found("carrier", carrier, desk.carriers)
    items = [
        _show(owner, spec) for owner, spec in _owned(desk) if carrier is None or owner == carrier
    ]
    return Answer(body=page(items))


def faults(desk: Desk, name: str, place: str) -> list[Fault]:
    """What is wrong with the name of an event that stands at `place`."""
    names = desk.vocabulary.events
    if name in names:
        return []
    hint = status_hint(name, names) or problems.did_you_mean(name, names)
    return [Fault(place, f'"{name:.80}" is not an event; GET /_sim/events lists them.{hint}')]


def match_faults(
    desk: Desk, name: str, match: Mapping[str, Any], place: str = "body.until.match"
) -> list[Fault]:
    """Why no payload of an event could ever have the members of `match`."""
    payload = desk.vocabulary.events[name].payload
    found = []
    for member, value in match.items():
        spec = payload.get(member)
        if spec is None:
            hint = problems.did_you_mean(member, payload)
            has = f"it has {', '.join(payload)}"
            found.append(Fault(f"{place}.{member}", f"is no member of {name}: {has}.{hint}"))
        elif spec.values and str(value) not in map(str, spec.values):
            choices = [str(each) for each in spec.values]
            hint = problems.did_you_mean(str(value), choices)
            few, said = ", ".join(choices), msgspec.json.encode(value).decode()
            found.append(Fault(f"{place}.{member}", f"{said:.60} is not one of {few}.{hint}"))
    return found


def _owned(desk: Desk) -> Iterator[tuple[str | None, EventSpec]]:
    yield from ((None, spec) for spec in (*ENGINE_EVENTS, *SCENARIO_EVENTS))
    for name, carrier in desk.carriers.items():
        yield from ((name, spec) for spec in carrier.events)


def _show(carrier: str | None, spec: EventSpec) -> dict[str, Any]:
    status = spec.status
    return {
        "name": spec.name,
        "carrier": carrier,
        "summary": spec.summary,
        "payload": {name: member.schema() for name, member in spec.payload.items()},
        "example": spec.example,
        "status_of": None
        if status is None
        else {
            "resource": status.resource,
            "records": status.table.replace(".", "/"),
            "key": status.key,
        },
    }
