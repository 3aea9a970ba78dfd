"""What can be wrong with a rule's pattern of what a request is about.

It is held against the descriptions: a member or a status that no such thing has can never match.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from simulator.carriers.carrier import Carrier
from simulator.carriers.resources import Shape
from simulator.core.faults import Fault
from simulator.engine.rules import shapes
from simulator.engine.rules.definitions import When
from simulator.scenarios.vocabulary import Operation

_PLACE = "body.when.resource"
_OPTION = re.compile(r"/\$oneof/[0-9]+")


def faults(
    carriers: Mapping[str, Carrier], plans: Mapping[str, Operation], when: When
) -> Iterator[Fault]:
    """What can never match in the pattern `when.resource`."""
    if when.operation is not None:
        about = {
            name: each for carrier in carriers.values() for name, each in carrier.resources.items()
        }.get(when.operation)
        if about is None:
            if when.operation in plans:
                message = f"has no place: {when.operation} is about no single thing"
                yield Fault(_PLACE, message)
            return
        described = about.shapes
    else:
        described = tuple(
            shape
            for name, carrier in carriers.items()
            if when.carrier in (None, name)
            for about in carrier.resources.values()
            for shape in about.shapes
        )
    yield from _misfits(when.resource, described, plans)


def _misfits(
    pattern: Any, described: tuple[Shape, ...], plans: Mapping[str, Operation]
) -> Iterator[Fault]:
    """What no answer shows, unless it is a member that clients send."""
    shown = [each for shape in described if not shape.sent for each in _schemas(shape, plans)]
    sent = [each for shape in described if shape.sent for each in _schemas(shape, plans)]
    never_sent = {place for place, _ in shapes.misfits(pattern, sent)}
    for place, message in shapes.misfits(pattern, shown or sent):
        if not shown or place in never_sent or not _is_sent(place, shown, sent):
            yield Fault(f"{_PLACE}{place.replace('/', '.')}", message)


def _is_sent(place: str, shown: Sequence[shapes.Schema], sent: Sequence[shapes.Schema]) -> bool:
    """Whether clients send what no answer shows: a member of their own, or other values."""
    names = ["[]" if part.isdigit() else part for part in _OPTION.sub("", place).split("/") if part]
    by_clients = shapes.within(sent, names)
    if not shapes.within(shown, names):
        return bool(by_clients)
    return any("type" in each or "enum" in each for each in by_clients)


def _schemas(shape: Shape, plans: Mapping[str, Operation]) -> list[shapes.Schema]:
    plan = plans[shape.operation]
    return shapes.within(plan.body_schemas if shape.sent else plan.answer_schemas, shape.place)
