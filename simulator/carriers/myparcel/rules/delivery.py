"""R6 to R13: when and how a package is delivered (MyParcel: document of 2017, 6.A.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.carriers.myparcel.bodies.readings import Readings
from simulator.carriers.myparcel.catalog.types import (
    DELIVERY_TYPES,
    EVENING,
    MORNING,
    PACKAGE,
    PICKUP,
    PICKUP_EXPRESS,
    STANDARD,
)
from simulator.carriers.myparcel.rules import windows
from simulator.carriers.myparcel.wire import moments, parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.faults import shown

_TIMED = (MORNING, EVENING)
_PICKUPS = (PICKUP, PICKUP_EXPRESS)


def is_pickup(options: Mapping[str, Any]) -> bool:
    """Whether the package is fetched by its receiver."""
    return parsing.integer(options.get("delivery_type")) in _PICKUPS


def check(
    readings: Readings,
    options: dict[str, Any],
    region: str | None,
    package_type: int | None,
    path: str,
) -> list[Fault]:
    """What is wrong with the delivery type, its date, and the options that it needs."""
    given, date = options.get("delivery_type"), options.get("delivery_date")
    if given is None and date is None:
        return []
    if given is None:
        message = "delivery_date needs a delivery_type"
        return [
            Fault(3721, message, f"{path}.delivery_type"),
            *check_date(readings, None, date, path),
        ]
    delivery_type = parsing.integer(given)
    if delivery_type not in DELIVERY_TYPES:
        known = ", ".join(f"{number} {name}" for number, name in DELIVERY_TYPES.items())
        message = f"there is no delivery type {shown(given, 60)}, there are {known}"
        source = readings.edition.sources["delivery"]
        return [Fault(3721, message, f"{path}.delivery_type", [*DELIVERY_TYPES], source)]
    found: list[Fault] = []
    if _misplaced(readings, delivery_type, date, region, package_type):
        message = "delivery types are for packages (package type 1) within the Netherlands"
        found.append(Fault(3721, message, f"{path}.delivery_type"))
    if date is not None:
        found += check_date(readings, delivery_type, date, path)
    elif delivery_type in _TIMED or readings.dates_always:
        message = f"delivery_date is required for delivery type {delivery_type}"
        found.append(Fault(3721, message, f"{path}.delivery_date"))
    needed = []
    if delivery_type in _TIMED:
        needed = ["only_recipient"]
    elif delivery_type in _PICKUPS:
        needed = (
            ["signature", "only_recipient"] if readings.pickup_only_recipient else ["signature"]
        )
    found += [
        Fault(3705, f"{name} is required for delivery type {delivery_type}", f"{path}.{name}")
        for name in needed
        if not parsing.flag(options.get(name))
    ]
    return found


def check_offered(options: Mapping[str, Any], offered: frozenset[int], path: str) -> list[Fault]:
    """What the address does not have: the delivery types that delivery options do not show."""
    wanted = parsing.integer(options.get("delivery_type"))
    if wanted not in DELIVERY_TYPES or wanted in offered:
        return []
    there = ", ".join(f"{each} {DELIVERY_TYPES[each]}" for each in sorted(offered))
    message = (
        f"{DELIVERY_TYPES[wanted]} is not possible at this address with this carrier; delivery "
        f"options show {there}"
    )
    return [Fault(3721, message, f"{path}.delivery_type")]


def _misplaced(
    readings: Readings,
    delivery_type: int,
    date: Any,
    region: str | None,
    package_type: int | None,
) -> bool:
    if region in ("NL", None) and package_type in (PACKAGE, None):
        return False
    # Clients send a plain standard delivery with everything; it wishes for nothing.
    return readings.strict or delivery_type != STANDARD or date is not None


def check_date(readings: Readings, delivery_type: int | None, date: Any, path: str) -> list[Fault]:
    """What is wrong with the day of a delivery type."""
    day = moments.parse_date(date) if isinstance(date, str) else None
    if day is None:
        message = f"{shown(date, 60)} is not a time such as 2017-06-06 18:00:00"
        return [Fault(5000, message, f"{path}.delivery_date")]
    if delivery_type in windows.OF_MORNINGS and day.weekday() >= windows.SATURDAY:
        message = "there is no morning delivery on Saturday and Sunday"
        return [Fault(3721, message, f"{path}.delivery_date")]
    if delivery_type == EVENING and day.weekday() not in readings.evenings:
        message = f"there is no evening delivery on a {day:%A}"
        return [Fault(3721, message, f"{path}.delivery_date")]
    return []
