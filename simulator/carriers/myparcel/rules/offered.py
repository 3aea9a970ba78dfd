"""What may be sent by the table of offers: carrier by carrier, destination by destination.

The rules of the document of 2017 know neither; editions say which of the two judges a shipment.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from simulator.carriers.myparcel.bodies.readings import Readings
from simulator.carriers.myparcel.editions import carriers
from simulator.carriers.myparcel.offers.judging import Asked, Wrong, judge
from simulator.carriers.myparcel.offers.names import (
    DELIVERY_TYPES,
    PACKAGE,
    PACKAGE_TYPES,
    Names,
)
from simulator.carriers.myparcel.offers.options import CASH_ON_DELIVERY, FLAGS
from simulator.carriers.myparcel.offers.zones import HOMES
from simulator.carriers.myparcel.records import Shipment
from simulator.carriers.myparcel.rules import delivery, insurance, options, windows
from simulator.carriers.myparcel.wire import moments, parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.engine.world import World

ONLY_OF_RETURNS = frozenset({"printerless_return"})
"""Options that returns have beside those of the table."""


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
        found.append(_unknown(3712, "package_type", given, here, PACKAGE_TYPES))
    delivery_type = _number(given, "delivery_type", None)
    if given.get("delivery_type") is not None and delivery_type not in DELIVERY_TYPES:
        found.append(_unknown(3721, "delivery_type", given, here, DELIVERY_TYPES))
        return found
    date = given.get("delivery_date")
    if date is not None:
        wrong_date = delivery.check_date(readings, delivery_type, date, here)
        found += wrong_date or _day(readings, delivery_type, date, here)
    carrier = carriers.number(item.get("carrier") or "", readings.edition.name)
    if carrier is None or cc is None or package_type is None:
        return found
    asked = _asked(readings, item, cc, carrier, package_type, delivery_type, returning=returning)
    wrong = _judged(asked, readings.any_amount)
    return found + [_fault(each, path, recipient_path) for each in wrong]


@lru_cache(maxsize=1024)
def _judged(asked: Asked, any_amount: bool) -> tuple[Wrong, ...]:
    """What is wrong with it; who asks for the same again gets the answer that is kept."""
    return tuple(judge(asked, any_amount=any_amount))


def _number(given: Mapping[str, Any], name: str, absent: int | None) -> int | None:
    value = given.get(name)
    return absent if value is None else parsing.integer(value)


def _unknown(code: int, name: str, given: Mapping[str, Any], path: str, known: Names) -> Fault:
    if given.get(name) is None:
        human = f"{name} is required: {known.listed()}"
    else:
        human = f"there is no {name} {given[name]!r:.60}, there are {known.listed()}"
    return Fault(code, human, f"{path}.{name}", [*known])


def _day(readings: Readings, delivery_type: int | None, date: str, path: str) -> list[Fault]:
    """Whether anything can be brought on a day at all, as delivery options have it."""
    day = moments.parse_date(date)
    agreed = moments.parse_date(readings.agreed)
    if day is None or day < readings.judged_from or day == agreed:
        return []
    allowed: Any = None
    first = windows.earliest(delivery_type, readings.today)
    if day < first:
        # The sentence was reported by users of plugins.
        message = f"delivery_date is too early: the first day is {first}"
        allowed = {"minimum": str(first)}
    elif not windows.is_brought(day, monday=True):
        message = f"nothing is delivered on {day:%A}, {day}"
    else:
        return []
    return [Fault(3721, message, f"{path}.delivery_date", allowed)]


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
        dated=given.get("delivery_date") is not None,
        options=chosen - ONLY_OF_RETURNS if returning else chosen,
        insurance=insurance.amount_of(given),
        weight=_weight(item),
        pickup=bool(parsing.form(item.get("pickup"))),
        contact=any(parsing.text(recipient.get(name)) for name in ("phone", "email")),
        colli=_colli(item, cc, package_type),
        contract=parsing.integer(item.get("contract_id")) is not None,
        returning=returning,
    )


def tell_saturday(world: World, shipment: Shipment) -> None:
    """Tell of a delivery on Saturday that is to come on another day; no source refuses it."""
    day = moments.parse_date(shipment.options.get("delivery_date") or "")
    wished = parsing.flag(shipment.options.get("saturday_delivery"))
    if wished and day is not None and day.weekday() != windows.SATURDAY:
        world.note(f"saturday_delivery is set, though delivery_date is a {day:%A}, {day}")


def _weight(item: Mapping[str, Any]) -> int | None:
    """Grams, None for a weight of 0, which plugins send of products without one (observed)."""
    return parsing.integer(parsing.form(item.get("physical_properties")).get("weight")) or None


def options_set(given: Mapping[str, Any]) -> frozenset[str]:
    """The options of a body that are set, without the insurance."""
    chosen = frozenset([name for name in _FLAGS.intersection(given) if parsing.flag(given[name])])
    due = parsing.form(given.get(CASH_ON_DELIVERY)).get("amount")
    return chosen | {CASH_ON_DELIVERY} if parsing.integer(due) else chosen


_FLAGS = frozenset(FLAGS)


def _colli(item: Mapping[str, Any], cc: str, package_type: int) -> int:
    """How many colli it has where several are possible at all; elsewhere that is told already."""
    further = item.get("secondary_shipments")
    if cc not in HOMES or package_type != PACKAGE or not isinstance(further, list):
        return 1
    return 1 + len(further)


def _fault(wrong: Wrong, path: str, recipient_path: str) -> Fault:
    if wrong.field.startswith("recipient."):
        place = recipient_path + wrong.field[len("recipient") :]
        return Fault(wrong.code, wrong.human, place, wrong.allowed)
    return Fault(wrong.code, wrong.human, f"{path}.{wrong.field}", wrong.allowed)
