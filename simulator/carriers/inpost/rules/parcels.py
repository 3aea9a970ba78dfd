"""Rules for parcels: templates, sizes, weights, and how many there may be.

What is wrong with one parcel is found with paths inside the parcel; its name comes before them.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from simulator.carriers.inpost.bodies.forms import Number, ParcelForm, ShipmentForm
from simulator.carriers.inpost.catalog.basics import TEMPLATES, Dimensions
from simulator.carriers.inpost.catalog.services import Service
from simulator.carriers.inpost.catalog.sizes import ParcelMeasure, fits, gauge
from simulator.carriers.inpost.rules.objections import Objection, objection
from simulator.carriers.inpost.wire import parsing
from simulator.carriers.inpost.wire.errors import Member
from simulator.core.answers import Finding
from simulator.engine.world import World

_SHORTEST_SIDE = Decimal(1)
_LEAST_WEIGHT = {"service_table": Decimal("0.01"), "form": Decimal(1)}

# Not documented; keeps every number within what an answer can hold.
_MOST = Decimal(1_000_000)

_FORM = "ShipX documentation, Creating a shipment: parcels"
_TABLE = "ShipX documentation, Shipment sizes and services"
_MANY = "ShipX documentation, Integration process: multi-packet shipments"
_WEIGHTS = {"service_table": _TABLE, "form": _FORM}


def member(items: Sequence[Any], place: int) -> Member:
    """The name of a parcel in `details`: the caller's id, or its position (documented)."""
    return Member(parsing.text(parsing.form(items[place]).get("id")) or place)


def check(world: World, form: ShipmentForm) -> list[Finding]:
    """What is wrong with the parcels of a create, whatever the service."""
    parcels = form.listed_parcels
    if not parcels:
        return [
            Finding(("parcels",), "required", "a shipment has at least one parcel", source=_FORM)
        ]
    if len(parcels) > 1 and len(parcels) > (most := world.quirk("inpost.most_parcels")):
        message = f"{len(parcels)} parcels are more than the {most} that a shipment may have"
        return [Finding(("parcels",), "too_long", message, source=_FORM)]
    found: list[Finding] = []
    seen: set[str] = set()
    for place, parcel in enumerate(parcels):
        inner = _identity(parcel.id, seen) if len(parcels) > 1 else []
        if parcel.template not in TEMPLATES:
            inner += _measures(parcel, world.quirk("inpost.weight_minimum"))
        found += [replace(item, path=(*_path(parcel, place), *item.path)) for item in inner]
    return found


def _path(parcel: ParcelForm, place: int) -> tuple[str | int, ...]:
    return ("parcels", Member(parcel.id or place))


def _identity(identity: str | None, seen: set[str]) -> list[Finding]:
    if identity is None:
        message = "each of several parcels has an id, and this one has none"
        return [Finding(("id",), "required", message, source=_FORM)]
    if identity in seen:
        message = f"{identity!r} names another parcel of the shipment already"
        return [Finding(("id",), "invalid", message, source=_FORM)]
    seen.add(identity)
    return []


def _measures(parcel: ParcelForm, least: str) -> list[Finding]:
    found: list[Finding] = []
    sides, weight = parcel.dimensions, parcel.weight
    if sides is None:
        message = "a parcel without a template has dimensions"
        found.append(Finding(("dimensions",), "required", message, source=_FORM))
    else:
        for name in ("length", "width", "height"):
            path = ("dimensions", name)
            found += _number(path, getattr(sides, name), _SHORTEST_SIDE, "mm", _FORM)
    if weight is None:
        message = "a parcel without a template has a weight"
        found.append(Finding(("weight",), "required", message, source=_FORM))
    else:
        lightest = _LEAST_WEIGHT[least]
        found += _number(("weight", "amount"), weight.amount, lightest, "kg", _WEIGHTS[least])
    return found


def _number(
    path: tuple[str, ...], number: Number, least: Decimal, unit: str, source: str
) -> list[Finding]:
    name = path[0] if path[-1] == "amount" else path[-1]
    if number is None:
        return [Finding(path, "required", f"the {name} is not told", source=source)]
    if number < least:
        message = f"{name} {number} {unit} is below {least} {unit}, the least that is accepted"
        return [Finding(path, "too_small", message, source=source, allowed=_bounds(least))]
    if number > _MOST:
        message = f"{name} is above {_MOST} {unit}, the most that an answer has room for"
        own = "The simulator's own bound"
        return [Finding(path, "too_big", message, source=own, allowed=_bounds(least))]
    return []


def _bounds(least: Decimal) -> dict[str, float]:
    return {"minimum": float(least), "maximum": float(_MOST)}


def objections(form: ShipmentForm, service: Service) -> list[Objection]:
    """Why the service does not carry these parcels."""
    parcels = form.listed_parcels
    objected: list[Objection] = []
    if len(parcels) > service.max_parcels:
        message = (
            f"{service.id} takes {service.max_parcels} parcel in a shipment, not {len(parcels)}"
        )
        reason = "multiple_parcels_unavailable"
        objected.append(objection(reason, ("parcels",), "too_long", message, _MANY))
    for place, parcel in enumerate(parcels):
        template = TEMPLATES.get(parcel.template or "")
        if template is not None and template.id not in service.templates:
            allowed = ", ".join(service.templates) or "dimensions and a weight only"
            message = f"{service.id} does not have the template {template.id}; it takes {allowed}"
            reason = "parcel_template_unavailable"
            path = (*_path(parcel, place), "template")
            found = objection(reason, path, "unavailable", message, _TABLE)
            objected.append(found.with_allowed(service.templates))
        elif not fits(service, measured := _measure(parcel)):
            message = f"{_size(measured)} does not go by {service.id}, which takes {gauge(service)}"
            reason = "parcels_size_invalid"
            found = objection(reason, ("parcels",), "too_big", message, _TABLE, late=True)
            objected.append(found)
        if parcel.is_non_standard is True and service.kind in ("locker", "letter"):
            message = f"{service.id} takes no non-standard parcels; courier services do"
            reason = "non_standard_parcel_unavailable"
            path = (*_path(parcel, place), "is_non_standard")
            objected.append(objection(reason, path, "unavailable", message, _FORM))
    return objected


def _measure(parcel: ParcelForm) -> ParcelMeasure:
    known = _TEMPLATE_MEASURES.get(parcel.template or "")
    if known is not None:
        return known
    sides = parcel.dimensions
    length, width, height = (
        (0.0, 0.0, 0.0)
        if sides is None
        else (float(sides.length or 0), float(sides.width or 0), float(sides.height or 0))
    )
    weight = None if parcel.weight is None else parcel.weight.amount
    return ParcelMeasure(Dimensions(length, width, height), float(weight or 0))


def _size(parcel: ParcelMeasure) -> str:
    sides = parcel.dimensions
    return (
        f"a parcel of {sides.length:g} x {sides.width:g} x {sides.height:g} mm "
        f"and {parcel.weight_kg:g} kg"
    )


_TEMPLATE_MEASURES = {
    template.id: ParcelMeasure(template.observed, template.weight_kg)
    for template in TEMPLATES.values()
}
