"""What may be sent by the table of offers: carrier by carrier, destination by destination.

The rules of the document of 2017 know neither; editions say which of the two judges a shipment.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.carriers.myparcel.bodies.readings import Readings
from simulator.carriers.myparcel.editions import carriers
from simulator.carriers.myparcel.offers.judging import Asked, Wrong, judge
from simulator.carriers.myparcel.offers.names import (
    DELIVERY_TYPES,
    EVENING,
    MORNING,
    PACKAGE,
    PACKAGE_TYPES,
)
from simulator.carriers.myparcel.offers.options import FLAGS
from simulator.carriers.myparcel.offers.zones import HOMES
from simulator.carriers.myparcel.rules import delivery, insurance, options
from simulator.carriers.myparcel.wire import parsing
from simulator.carriers.myparcel.wire.errors import Fault

_TIMED = (MORNING, EVENING)
_ONLY_OF_RETURNS = frozenset({"printerless_return"})


def check(
    readings: Readings,
    item: Mapping[str, Any],
    cc: str | None,
    path: str,
    recipient_path: str,
    *,
    returning: bool = False,
) -> list[Fault]:
    """What is wrong with the options, the delivery, the pickup and the weight of a shipment.

    `item` has `options`, which are an object. `cc` is None when the country is not known, which
    leaves out what depends on it.
    """
    given: dict[str, Any] = item["options"]
    here = f"{path}.options"
    found = options.values(readings, given, here, FLAGS)
    found += insurance.price(readings, given.get("insurance"), f"{here}.insurance")
    package_type = _number(given, "package_type", PACKAGE if returning else None)
    if package_type is None or package_type not in PACKAGE_TYPES:
        package_type = None
        found.append(_unknown(3712, "package_type", given, here, PACKAGE_TYPES.listed()))
    delivery_type = _number(given, "delivery_type", None)
    if given.get("delivery_type") is not None and delivery_type not in DELIVERY_TYPES:
        found.append(_unknown(3721, "delivery_type", given, here, DELIVERY_TYPES.listed()))
        return found
    found += _date(readings, given, delivery_type, here)
    carrier = carriers.number(item.get("carrier") or "", readings.edition.name)
    if carrier is None or cc is None or package_type is None:
        return found
    asked = _asked(readings, item, cc, carrier, package_type, delivery_type, returning=returning)
    wrong = judge(asked, any_amount=readings.any_amount)
    return found + [_fault(each, path, recipient_path) for each in wrong]


def _number(given: Mapping[str, Any], name: str, absent: int | None) -> int | None:
    value = given.get(name)
    return absent if value is None else parsing.integer(value)


def _unknown(code: int, name: str, given: Mapping[str, Any], path: str, known: str) -> Fault:
    if given.get(name) is None:
        return Fault(code, f"{name} is required: {known}", f"{path}.{name}")
    return Fault(
        code, f"there is no {name} {given[name]!r:.60}, there are {known}", f"{path}.{name}"
    )


def _date(
    readings: Readings, given: Mapping[str, Any], delivery_type: int | None, path: str
) -> list[Fault]:
    date = given.get("delivery_date")
    if date is not None:
        return delivery.check_date(readings, delivery_type, date, path)
    if delivery_type not in _TIMED:
        return []
    message = f"delivery_date is required for delivery type {delivery_type}"
    return [Fault(3721, message, f"{path}.delivery_date")]


def _asked(
    readings: Readings,
    item: Mapping[str, Any],
    cc: str,
    carrier: int,
    package_type: int,
    delivery_type: int | None,
    *,
    returning: bool,
) -> Asked:
    given = item["options"]
    recipient = parsing.form(item.get("recipient"))
    chosen = options_set(given)
    return Asked(
        carrier=carrier,
        home=readings.home,
        cc=cc,
        package_type=package_type,
        delivery_type=delivery_type,
        options=chosen - _ONLY_OF_RETURNS if returning else chosen,
        insurance=insurance.amount_of(given),
        weight=parsing.integer(parsing.form(item.get("physical_properties")).get("weight")),
        pickup=bool(parsing.form(item.get("pickup"))),
        contact=any(parsing.text(recipient.get(name)) for name in ("phone", "email")),
        colli=_colli(item, cc, package_type),
        returning=returning,
    )


def options_set(given: Mapping[str, Any]) -> frozenset[str]:
    """The options of a body that are set, without the insurance."""
    return frozenset(name for name in given if name in _FLAGS and parsing.flag(given[name]))


_FLAGS = frozenset(FLAGS)


def _colli(item: Mapping[str, Any], cc: str, package_type: int) -> int:
    """How many colli it has where several are possible at all; elsewhere that is told already."""
    further = item.get("secondary_shipments")
    if cc not in HOMES or package_type != PACKAGE or not isinstance(further, list):
        return 1
    return 1 + len(further)


def _fault(wrong: Wrong, path: str, recipient_path: str) -> Fault:
    if wrong.field.startswith("recipient."):
        return Fault(wrong.code, wrong.human, recipient_path + wrong.field[len("recipient") :])
    return Fault(wrong.code, wrong.human, f"{path}.{wrong.field}")
