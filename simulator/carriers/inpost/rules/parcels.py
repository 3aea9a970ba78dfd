"""Rules for parcels: templates, sizes, weights, and how many there may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from simulator.carriers.inpost import parse
from simulator.carriers.inpost.catalog.basics import TEMPLATES
from simulator.carriers.inpost.catalog.services import Service
from simulator.carriers.inpost.errors import Member
from simulator.carriers.inpost.parse import Body
from simulator.core.answers import Finding
from simulator.engine.world import World

_SIDES = ("length", "width", "height")
_SHORTEST_SIDE = Decimal(1)
_LEAST_WEIGHT = {"service_table": Decimal("0.01"), "form": Decimal(1)}

# Not documented; keeps every number within what an answer can hold.
_MOST = Decimal(1_000_000)


def member(items: Sequence[Any], place: int) -> Member:
    """The name of a parcel in `details`: the caller's id, or its position (documented)."""
    return Member(parse.text(parse.form(items[place]).get("id")) or place)


def check(world: World, body: Body, service: Service | None) -> Iterator[Finding]:
    """What is wrong with the parcels of a create."""
    items = parse.parcel_items(body)
    if not items:
        yield Finding(("parcels",), "required", "is required")
    if service is not None and len(items) > service.max_parcels:
        yield Finding(
            ("parcels",), "too_long", f"{service.id} takes {service.max_parcels} in a shipment"
        )
        return
    least = _LEAST_WEIGHT[world.quirk("inpost.weight_minimum")]
    seen: set[str] = set()
    for place, item in enumerate(items):
        values = parse.form(item)
        path = ("parcels", member(items, place))
        if len(items) > 1:
            yield from _identity(path, parse.text(values.get("id")), seen)
        yield from _measures(path, values, least)
        if service is not None:
            yield from _for_service(path, values, service)


def _identity(path: tuple[str, ...], identity: str | None, seen: set[str]) -> Iterator[Finding]:
    if identity is None:
        yield Finding((*path, "id"), "required", "required when there are several parcels")
    elif identity in seen:
        yield Finding((*path, "id"), "invalid", f"{identity!r} names another parcel already")
    else:
        seen.add(identity)


def _measures(path: tuple[str, ...], values: Body, least: Decimal) -> Iterator[Finding]:
    if parse.text(values.get("template")) in TEMPLATES:
        return
    dimensions = parse.form(values.get("dimensions"))
    if not dimensions:
        yield Finding((*path, "dimensions"), "required", "required without a template")
    else:
        for side in _SIDES:
            yield from _number((*path, "dimensions", side), dimensions.get(side), _SHORTEST_SIDE)
    weight = parse.form(values.get("weight"))
    if not weight:
        yield Finding((*path, "weight"), "required", "required without a template")
    else:
        yield from _number((*path, "weight", "amount"), weight.get("amount"), least)


def _number(path: tuple[str, ...], value: Any, least: Decimal) -> Iterator[Finding]:
    number = parse.decimal(value)
    if number is None:
        yield Finding(path, "required", "is required")
    elif number < least:
        yield Finding(path, "too_small", f"at least {least}")
    elif number > _MOST:
        yield Finding(path, "too_big", f"at most {_MOST}")


def _for_service(path: tuple[str, ...], values: Body, service: Service) -> Iterator[Finding]:
    template = parse.text(values.get("template"))
    if template in TEMPLATES and template not in service.templates:
        allowed = ", ".join(service.templates) or "dimensions only"
        yield Finding((*path, "template"), "unavailable", f"{service.id} takes {allowed}")
    if values.get("is_non_standard") is True and service.kind in ("locker", "letter"):
        yield Finding((*path, "is_non_standard"), "unavailable", "courier services only")
