"""Parcel sizes: locker classes, non-standard parcels and the limits of each service.

Documented: the classes A to D, when a courier parcel is non-standard, the largest courier parcel,
and the limits of eSmartMIX and of letters. Inferred: the pallet limits.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from simulator.carriers.inpost.catalog.basics import TEMPLATES, Dimensions, SizeClass
from simulator.carriers.inpost.catalog.services import Service


class ParcelMeasure(msgspec.Struct, frozen=True):
    """What the carrier needs to know of a parcel to accept and price it.

    `dimensions` in millimetres, `weight_kg` in kilograms. `non_standard` is the sender's own
    declaration; a parcel may be non-standard by its sides without it.
    """

    dimensions: Dimensions
    weight_kg: float
    non_standard: bool = False


class Limit(msgspec.Struct, frozen=True):
    """The largest parcel that passes: its three sides in any order, and their sum, in mm."""

    sides: tuple[float, float, float]
    sum_of_sides: float


LOCKER_CLASSES: tuple[SizeClass, ...] = ("A", "B", "C")
"""The classes that fit a locker, smallest first."""

NON_STANDARD_SIDE_MM = 1200.0
NON_STANDARD_SUM_MM = 2200.0

COURIER_LIMIT = Limit((3500.0, 2400.0, 2400.0), 8300.0)
PALLET_LIMIT = Limit((2200.0, 2000.0, 1400.0), 5600.0)
LETTER_LIMIT = Limit((1600.0, 1600.0, 1600.0), 1600.0)
ALCOHOL_LIMIT = Limit((800.0, 800.0, 800.0), 1800.0)


def _sorted_sides(dimensions: Dimensions) -> tuple[float, ...]:
    return tuple(sorted((dimensions.length, dimensions.width, dimensions.height)))


_CLASS_SIDES: tuple[tuple[SizeClass, tuple[float, ...]], ...] = tuple(
    (template.size, _sorted_sides(template.observed))
    for template in TEMPLATES.values()
    if template.size is not None
)


def size_of(measure: str | Dimensions) -> SizeClass | None:
    """The smallest class that holds a parcel: of a template by its name, or of dimensions in mm.

    The parcel may be turned. None when it is larger than class D, or when the template is a
    letter's. Raises `KeyError` for an unknown template.
    """
    if isinstance(measure, str):
        return TEMPLATES[measure].size
    return _size_of(measure)


@lru_cache(maxsize=1024)
def _size_of(dimensions: Dimensions) -> SizeClass | None:
    sides = _sorted_sides(dimensions)
    for size, largest in _CLASS_SIDES:
        if all(side <= most for side, most in zip(sides, largest, strict=True)):
            return size
    return None


def is_non_standard(dimensions: Dimensions) -> bool:
    """Whether a courier parcel is non-standard: a side over 1200 mm, or over 2200 mm together."""
    sides = _sorted_sides(dimensions)
    return sides[-1] > NON_STANDARD_SIDE_MM or sum(sides) > NON_STANDARD_SUM_MM


def limit_of(service: Service) -> Limit | None:
    """The limit of a service that has no locker classes; None for one that has."""
    if service.kind == "letter":
        return LETTER_LIMIT
    if service.kind == "pallet":
        return PALLET_LIMIT
    if service.id == "inpost_courier_alcohol":
        return ALCOHOL_LIMIT
    if service.kind == "courier" and service.carrier == "inpost_courier":
        return COURIER_LIMIT
    return None


def classes_of(service: Service) -> tuple[SizeClass, ...]:
    """The classes that a service takes; empty for one that is limited by sides instead."""
    if limit_of(service) is not None:
        return ()
    return (*LOCKER_CLASSES, "D") if "xlarge" in service.templates else LOCKER_CLASSES


@lru_cache(maxsize=1024)
def fits(service: Service, parcel: ParcelMeasure) -> bool:
    """Whether the service takes a parcel of this size and weight.

    When it does not, an offer is unavailable for the reason `parcels_size_invalid`.
    """
    if parcel.weight_kg > service.max_weight_kg:
        return False
    limit = limit_of(service)
    if limit is None:
        return size_of(parcel.dimensions) in classes_of(service)
    sides = _sorted_sides(parcel.dimensions)
    return sum(sides) <= limit.sum_of_sides and all(
        side <= most for side, most in zip(sides, sorted(limit.sides), strict=True)
    )


def gauge(service: Service) -> str:
    """The largest parcel that the service takes, in words."""
    most = f"up to {service.max_weight_kg:g} kg"
    limit = limit_of(service)
    if limit is None:
        classes = classes_of(service)
        largest = next(sides for size, sides in _CLASS_SIDES if size == classes[-1])
        sides = " x ".join(f"{side:g}" for side in largest)
        return f"parcels of class {classes[-1]}, {sides} mm, {most}"
    sides = " x ".join(f"{side:g}" for side in limit.sides)
    return f"parcels within {sides} mm, {limit.sum_of_sides:g} mm together, {most}"
