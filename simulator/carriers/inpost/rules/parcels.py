"""Rules for parcels: templates, sizes, weights, and how many there may be.

What is wrong with one parcel is found with paths inside the parcel; its name comes before them.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from simulator.carriers.inpost.bodies.forms import Number, ParcelForm, ShipmentForm
from simulator.carriers.inpost.catalog.basics import TEMPLATES
from simulator.carriers.inpost.catalog.services import Service
from simulator.carriers.inpost.wire import parsing
from simulator.carriers.inpost.wire.errors import Member
from simulator.core.answers import Finding
from simulator.engine.world import World

_SHORTEST_SIDE = Decimal(1)
_LEAST_WEIGHT = {"service_table": Decimal("0.01"), "form": Decimal(1)}

# Not documented; keeps every number within what an answer can hold.
_MOST = Decimal(1_000_000)


def member(items: Sequence[Any], place: int) -> Member:
    """The name of a parcel in `details`: the caller's id, or its position (documented)."""
    return Member(parsing.text(parsing.form(items[place]).get("id")) or place)


def check(world: World, form: ShipmentForm, service: Service | None) -> list[Finding]:
    """What is wrong with the parcels of a create."""
    found: list[Finding] = []
    parcels = form.listed_parcels
    if not parcels:
        found.append(Finding(("parcels",), "required", "is required"))
    if service is not None and len(parcels) > service.max_parcels:
        most = f"{service.id} takes {service.max_parcels} in a shipment"
        found.append(Finding(("parcels",), "too_long", most))
        return found
    least = _LEAST_WEIGHT[world.quirk("inpost.weight_minimum")]
    seen: set[str] = set()
    for place, parcel in enumerate(parcels):
        inner = _identity(parcel.id, seen) if len(parcels) > 1 else []
        if parcel.template not in TEMPLATES:
            inner += _measures(parcel, least)
        if service is not None:
            inner += _for_service(parcel, service)
        if inner:
            path = ("parcels", Member(parcel.id or place))
            found += [Finding((*path, *item.path), item.key, item.message) for item in inner]
    return found


def _identity(identity: str | None, seen: set[str]) -> list[Finding]:
    if identity is None:
        return [Finding(("id",), "required", "required when there are several parcels")]
    if identity in seen:
        return [Finding(("id",), "invalid", f"{identity!r} names another parcel already")]
    seen.add(identity)
    return []


def _measures(parcel: ParcelForm, least: Decimal) -> list[Finding]:
    found: list[Finding] = []
    sides, weight = parcel.dimensions, parcel.weight
    if sides is None:
        found.append(Finding(("dimensions",), "required", "required without a template"))
    else:
        found += _number(("dimensions", "length"), sides.length, _SHORTEST_SIDE)
        found += _number(("dimensions", "width"), sides.width, _SHORTEST_SIDE)
        found += _number(("dimensions", "height"), sides.height, _SHORTEST_SIDE)
    if weight is None:
        found.append(Finding(("weight",), "required", "required without a template"))
    else:
        found += _number(("weight", "amount"), weight.amount, least)
    return found


def _number(path: tuple[str, ...], number: Number, least: Decimal) -> list[Finding]:
    if number is None:
        return [Finding(path, "required", "is required")]
    if number < least:
        return [Finding(path, "too_small", f"at least {least}")]
    return [Finding(path, "too_big", f"at most {_MOST}")] if number > _MOST else []


def _for_service(parcel: ParcelForm, service: Service) -> list[Finding]:
    found: list[Finding] = []
    template = parcel.template
    if template in TEMPLATES and template not in service.templates:
        allowed = ", ".join(service.templates) or "dimensions only"
        found.append(Finding(("template",), "unavailable", f"{service.id} takes {allowed}"))
    if parcel.is_non_standard is True and service.kind in ("locker", "letter"):
        found.append(Finding(("is_non_standard",), "unavailable", "courier services only"))
    return found
