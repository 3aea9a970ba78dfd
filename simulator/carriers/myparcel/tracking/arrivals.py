"""When a shipment on a journey arrives: on the day and at the time of day that were ordered.

Inferred, since no document tells how a carrier keeps its word:

* A label of an earlier day is in time for the day that was asked for. One of that day or of a later
  one is too late: the parcel comes on the next day on which its delivery type is possible.
* What is ordered for a later day waits until it has to leave. When there is less time than the
  journey takes, all its steps come closer together.
* A parcel for which nobody is at home was out for delivery at the time that was ordered.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count

from simulator.carriers.myparcel.catalog.delivery_quirks import EVENING_WEEKDAYS
from simulator.carriers.myparcel.catalog.lifecycle import (
    CONCEPT,
    DELIVERED,
    DISTRIBUTION,
    JOURNEYS,
    READY_FOR_PICKUP,
    REGISTERED,
    Journey,
)
from simulator.carriers.myparcel.catalog.types import DELIVERY_TYPES, EVENING, STANDARD
from simulator.carriers.myparcel.records import STANDARD_SHIPMENT, Shipment
from simulator.carriers.myparcel.rules import windows
from simulator.carriers.myparcel.rules.windows import Window
from simulator.carriers.myparcel.wire import moments, parsing
from simulator.engine.world import World

_LATE_PICKUP = timedelta(hours=2)
"""How long after its time a parcel may still be brought to a pickup point on the same day."""

_BEFORE_THE_ROUND = timedelta(minutes=30)
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


def delay(world: World, shipment: Shipment, journey: str, place: int) -> timedelta:
    """How long the shipment waits for the step at `place` of a journey that it is on."""
    course = JOURNEYS[journey]
    usual = course.steps[place].after
    delivery_type = _ordered(shipment)
    if delivery_type is None or shipment.status == CONCEPT:
        return usual
    goal = _goal(course, delivery_type)
    if goal is None or place > goal:
        return usual
    if delivery_type == STANDARD and journey == "delivered_evening":
        delivery_type = EVENING
    at = _arrival(world, shipment, delivery_type)
    if course.steps[goal].status == DISTRIBUTION:
        at -= _BEFORE_THE_ROUND
    needed = sum((step.after for step in course.steps[place : goal + 1]), timedelta())
    left = max(at - world.now, timedelta())
    if left >= needed:
        return left - needed + usual
    return left * (usual / needed) // _SECOND * _SECOND if place < goal else left


def _ordered(shipment: Shipment) -> int | None:
    """The delivery type of what goes to a Dutch address; None where nothing was ordered."""
    if shipment.shipment_type != STANDARD_SHIPMENT or shipment.recipient.get("cc") != "NL":
        return None
    delivery_type = parsing.integer(shipment.options.get("delivery_type"))
    if delivery_type not in DELIVERY_TYPES:
        return None
    nothing = delivery_type == STANDARD and _asked(shipment) is None
    return None if nothing else delivery_type


def _asked(shipment: Shipment) -> date | None:
    return moments.parse_date(parsing.text(shipment.options.get("delivery_date")))


def _goal(course: Journey, delivery_type: int) -> int | None:
    """The step with which the parcel is where it was ordered to."""
    statuses = [step.status for step in course.steps]
    wanted = READY_FOR_PICKUP if delivery_type in windows.READY_FROM else DELIVERED
    if wanted not in statuses:
        wanted = DISTRIBUTION
    return statuses.index(wanted) if wanted in statuses else None


def _arrival(world: World, shipment: Shipment, delivery_type: int) -> datetime:
    """The first instant from now on at which the parcel can be where it was ordered to."""
    for day in _days(world, shipment, delivery_type):
        window = _window(world, shipment, delivery_type, day)
        start, end = (datetime.combine(day, each, moments.AMSTERDAM) for each in window)
        aim = start if delivery_type in windows.READY_FROM else start + (end - start) / 2
        if aim > world.now:
            return aim
        if end > world.now:
            return world.now + (end - world.now) / 2 // _SECOND * _SECOND
    raise AssertionError("there is always another day")


def _days(world: World, shipment: Shipment, delivery_type: int) -> Iterator[date]:
    """The days on which the parcel can come, the first one first."""
    evenings = EVENING_WEEKDAYS[world.quirk("myparcel.evening_days")]
    asked = _asked(shipment)
    printed = next((scan.at for scan in shipment.history if scan.status == REGISTERED), world.now)
    first = printed.astimezone(moments.AMSTERDAM).date() + _DAY
    first = max(first, moments.today(world)) if asked is None else max(first, asked)
    for number in count():
        day = first + _DAY * number
        monday = day == asked
        if windows.is_brought(day, monday=monday) and windows.has_type(
            delivery_type, day, evenings
        ):
            yield day


def _window(world: World, shipment: Shipment, delivery_type: int, day: date) -> Window:
    ready = windows.READY_FROM.get(delivery_type)
    if ready is not None:
        return Window(ready, (datetime.combine(day, ready) + _LATE_PICKUP).time())
    at_the_door = windows.AT_THE_DOOR.get(delivery_type)
    if at_the_door is not None:
        return at_the_door
    recipient = shipment.recipient
    postal_code = parsing.text(recipient.get("postal_code")).replace(" ", "").upper()
    return windows.round_of(world, postal_code, parsing.text(recipient.get("number")), day)
