"""Reads single values of requests: texts, numbers, money, services.

Readers are lenient: whatever the rules refuse is read as missing, so that they can be used before
the rules have spoken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from simulator.carriers.inpost.catalog.basics import Dimensions
from simulator.carriers.inpost.catalog.sizes import ParcelMeasure
from simulator.carriers.inpost.records import Parcel
from simulator.core import reading

Body = Mapping[str, Any]

POP_PREFIX = "POP-"
POINT_SERVICE = "inpost_locker_customer_service_point"
_CHANGED_BY_POINT = "inpost_locker_standard"

# Up to here a float holds its grosze exactly.
_EXACT = 1e12

_LONGEST_NUMBER = 1000
"""Characters: numbers beyond measure are told to be too big, up to a measure."""

# Amounts are refused long before; a longer one would leave the arithmetic of decimals.
_MOST_DIGITS = 24


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
    if type(value) is float:
        return Decimal(str(value))
    return reading.decimal(str(value), comma=True, longest=_LONGEST_NUMBER)


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


def parcel_items(body: Body) -> list[Any]:
    """The parcels of a body as a list; one object counts as a list of one (observed)."""
    parcels = body.get("parcels")
    if isinstance(parcels, dict):
        return [parcels]
    return list(parcels) if isinstance(parcels, list) else []


def measures(values: Sequence[Parcel]) -> tuple[ParcelMeasure, ...]:
    """What the tariff needs to know of parcels."""
    return tuple(
        ParcelMeasure(
            Dimensions(value.length or 0.0, value.width or 0.0, value.height or 0.0),
            value.weight or 0.0,
            value.is_non_standard,
        )
        for value in values
    )


def for_target(service_id: str, target_point: str | None) -> str:
    """The service that is put in the place of `service_id` for this target point."""
    if target_point and service_id == _CHANGED_BY_POINT and target_point.startswith(POP_PREFIX):
        return POINT_SERVICE
    return service_id


def asked_for(service_id: str | None) -> str | None:
    """The service that a caller had asked for when it ended up with this one."""
    return _CHANGED_BY_POINT if service_id == POINT_SERVICE else service_id
