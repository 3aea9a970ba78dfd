"""From the body of a request to the values of records.

Readers are lenient: whatever the rules refuse is read as missing, so that they can be used before
the rules have spoken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

import msgspec

from simulator.carriers.inpost.catalog.basics import TEMPLATES, Dimensions
from simulator.carriers.inpost.catalog.services import SERVICES, Service
from simulator.carriers.inpost.catalog.sizes import ParcelMeasure
from simulator.carriers.inpost.records import Money, Parcel
from simulator.engine.world import World

Body = Mapping[str, Any]

POP_PREFIX = "POP-"
POINT_SERVICE = "inpost_locker_customer_service_point"
_CHANGED_BY_POINT = "inpost_locker_standard"

# Up to here a float holds its grosze exactly.
_EXACT = 1e12

# Amounts are refused long before; a longer one would leave the arithmetic of decimals.
_MOST_DIGITS = 24


class ParcelValues(msgspec.Struct, frozen=True):
    """A parcel as the caller described it, its template applied: millimetres and kilograms."""

    identify_number: str | None
    template: str | None
    length: float | None
    width: float | None
    height: float | None
    weight: float | None
    is_non_standard: bool


def form(value: Any) -> Body:
    """A nested form; what is none has no members."""
    return value if isinstance(value, dict) else {}


def text(value: Any) -> str | None:
    """A text; digits may have come as a number, and an empty text is none."""
    if type(value) is str:
        return value or None
    return str(value) if type(value) is int else None


def decimal(value: Any) -> Decimal | None:
    """A number, or the same as text with a point or a comma; None for anything else."""
    if value is None or isinstance(value, bool | list | dict):
        return None
    if type(value) is int:
        return Decimal(value)
    try:
        number = Decimal(str(value).replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def grosze(value: Any) -> int | None:
    """An amount of PLN in grosze, rounded half up; None for one beyond all measure."""
    if type(value) is float and abs(value) < _EXACT:
        nearest = round(value * 100)
        if nearest / 100 == value:
            return nearest
    number = decimal(value)
    if number is None or number.adjusted() > _MOST_DIGITS:
        return None
    return int((number * 100).to_integral_value(ROUND_HALF_UP))


def money(value: Any) -> Money:
    """`cod` or `insurance`; without an amount there is none."""
    amount = grosze(form(value).get("amount"))
    return Money() if amount is None else Money(amount, text(form(value).get("currency")) or "PLN")


def parcel_items(body: Body) -> list[Any]:
    """The parcels of a body as a list; one object counts as a list of one (observed)."""
    parcels = body.get("parcels")
    if isinstance(parcels, dict):
        return [parcels]
    return list(parcels) if isinstance(parcels, list) else []


def parcels(world: World, body: Body) -> tuple[ParcelValues, ...]:
    """The parcels of a body, with the sizes of their templates as the carrier echoes them."""
    observed = world.quirk("inpost.template_dimensions") == "observed"
    return tuple(_parcel(form(item), observed) for item in parcel_items(body))


def _parcel(item: Body, observed: bool) -> ParcelValues:
    template = TEMPLATES.get(text(item.get("template")) or "")
    if template is not None:
        sides = template.observed if observed else template.documented
        length, width, height = sides.length, sides.width, sides.height
        weight: float | None = template.weight_kg
    else:
        given = form(item.get("dimensions"))
        length, width, height = (  # type: ignore[assignment]
            _number(given.get(side)) for side in ("length", "width", "height")
        )
        weight = _number(form(item.get("weight")).get("amount"))
    return ParcelValues(
        identify_number=text(item.get("id")),
        template=None if template is None else template.id,
        length=length,
        width=width,
        height=height,
        weight=weight,
        is_non_standard=item.get("is_non_standard") is True,
    )


def _number(value: Any) -> float | None:
    number = decimal(value)
    return None if number is None else float(number)


def measures(values: Sequence[ParcelValues | Parcel]) -> tuple[ParcelMeasure, ...]:
    """What the tariff needs to know of parcels."""
    return tuple(
        ParcelMeasure(
            Dimensions(value.length or 0.0, value.width or 0.0, value.height or 0.0),
            value.weight or 0.0,
            value.is_non_standard,
        )
        for value in values
    )


def extras(body: Body) -> tuple[str, ...]:
    """The ids of the additional services, each once."""
    given = body.get("additional_services")
    if not isinstance(given, list):
        return ()
    return tuple(dict.fromkeys(item for item in given if isinstance(item, str)))


def attribute(body: Body, name: str) -> str | None:
    """One of the `custom_attributes`."""
    return text(form(body.get("custom_attributes")).get(name))


def service_of(body: Body) -> Service | None:
    """The service that a create ends up with; None in the offer mode and for an unknown one.

    A point of the `POP-` kind as a target changes the service (documented).
    """
    wanted = text(body.get("service"))
    if wanted is None:
        return None
    return SERVICES.get(for_target(wanted, attribute(body, "target_point")))


def for_target(service_id: str, target_point: str | None) -> str:
    """The service that is put in the place of `service_id` for this target point."""
    if service_id == _CHANGED_BY_POINT and (target_point or "").startswith(POP_PREFIX):
        return POINT_SERVICE
    return service_id


def asked_for(service_id: str | None) -> str | None:
    """The service that a caller had asked for when it ended up with this one."""
    return _CHANGED_BY_POINT if service_id == POINT_SERVICE else service_id
