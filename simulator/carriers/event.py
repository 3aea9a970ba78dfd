"""What an event is: something that happens in a workspace, which timelines and ``until`` wait for.

The events of a carrier are a closed list: each is declared with its payload, and nothing else is
told (`simulator.carriers.telling` keeps it so where responses are kept to their description).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, TypeAlias

import msgspec

Kind: TypeAlias = Literal["integer", "string", "boolean", "object", "integers"]
"""The JSON type of a member; `integers` is an array of them."""


class Member(msgspec.Struct, frozen=True):
    """A member of a payload: its type, what it means, and which values there are if they are few.

    A `nullable` one may be null; every member is always there.
    """

    kind: Kind
    meaning: str
    nullable: bool = False
    values: tuple[int | str, ...] = ()

    def takes(self, value: object) -> bool:
        """Whether the member may have this value."""
        if value is None:
            return self.nullable
        if self.kind == "integers":
            return isinstance(value, list | tuple) and all(type(each) is int for each in value)
        if self.kind == "object":
            return isinstance(value, Mapping)
        if type(value) is not _TYPES[self.kind]:
            return False
        return not self.values or value in self.values

    def schema(self) -> dict[str, Any]:
        """The member as a JSON Schema."""
        kind = "array" if self.kind == "integers" else self.kind
        shown: dict[str, Any] = {"type": [kind, "null"] if self.nullable else kind}
        if self.kind == "integers":
            shown["items"] = {"type": "integer"}
        if self.values:
            shown["enum"] = [*self.values, None] if self.nullable else list(self.values)
        return {**shown, "description": self.meaning}


_TYPES: dict[str, type] = {"integer": int, "string": str, "boolean": bool}


class StatusOf(msgspec.Struct, frozen=True):
    """Whose status an event tells: the resource in the carrier's word, the table of its records
    (``inpost.shipments``), and the member of the payload that is the key of the record."""

    resource: str
    table: str
    key: str


class EventSpec(msgspec.Struct, frozen=True, kw_only=True):
    """An event that a carrier may tell.

    * `name`: `<carrier>.<snake_case>`.
    * `summary`: what happened, in a sentence.
    * `payload`: every member that it has.
    * `example`: a payload as it may come.
    * `status`: set on the one event of a resource that is told for every change of its status. Its
      payload has the members `status` and `previous`. What a resource begins with is no change.
    """

    name: str
    summary: str
    payload: Mapping[str, Member]
    example: Mapping[str, Any]
    status: StatusOf | None = None

    def faults(self, payload: Mapping[str, Any]) -> Iterator[str]:
        """How a payload differs from what is declared, in words."""
        for name in self.payload.keys() - payload.keys():
            yield f"{name} is missing"
        for name, value in payload.items():
            member = self.payload.get(name)
            if member is None:
                yield f"{name} is not declared"
            elif not member.takes(value):
                yield f"{name} may not be {value!r:.60}"


def change_of(
    of: StatusOf, also: Mapping[str, Member], statuses: Iterable[int | str]
) -> dict[str, Member]:
    """The payload of the event that tells every change of a status: the key of the resource, what
    `also` is told of it, the status in which it is now, and the one before."""
    values = tuple(statuses)
    kind: Kind = "integer" if isinstance(values[0], int) else "string"
    return {
        of.key: Member("integer", f"The {of.resource}'s id"),
        **also,
        "status": Member(kind, f"The status in which the {of.resource} is now", values=values),
        "previous": Member(kind, "The status in which it was before", values=values),
    }


def play_broken_off(carrier: str, of: StatusOf) -> EventSpec:
    """The event that a history which was to be played is left: it is not possible any more."""
    return EventSpec(
        name=f"{carrier}.play_broken_off",
        summary=f"A {of.resource} could not go on as `play` had been told; the rest of its history "
        "is not played.",
        payload={
            of.key: Member("integer", f"The {of.resource}'s id"),
            "status": Member("string", "The status, or code, that could not come next"),
            "reason": Member("string", "Why, in a sentence"),
        },
        example={
            of.key: 15000001,
            "status": "delivered",
            "reason": "delivered cannot follow canceled; possible: nothing",
        },
    )


JOB_FAILED = EventSpec(
    name="engine.job_failed",
    summary="Something that was to happen by itself failed and was undone: a fault of the "
    "simulator; its log says more.",
    payload={
        "job": Member("string", "The kind of the job"),
        "arguments": Member("object", "What the job was given"),
    },
    example={"job": "inpost.settle", "arguments": {"shipment_id": 15000001}},
)

ENGINE_EVENTS: tuple[EventSpec, ...] = (JOB_FAILED,)
"""The events that are no carrier's."""


def status_hint(name: str, events: Mapping[str, EventSpec]) -> str:
    """`` That is a status: ...`` for a name that is no event but a status of a carrier
    (``inpost.ready_to_pickup``); else nothing."""
    carrier, _, status = name.partition(".")
    for event in events.values():
        of_carrier = event.status is not None and event.name.startswith(f"{carrier}.")
        if of_carrier and status in event.payload["status"].values:
            return f" That is a status: event: {event.name}, match: {{status: {status}}}"
    return ""
