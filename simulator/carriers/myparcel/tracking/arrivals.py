"""When a shipment on a journey arrives: on the day and at the time of day that were ordered.

Inferred, since no document tells how a carrier keeps its word:

* What was ordered is kept wherever it goes: a create takes it only where it is offered.
* A label of an earlier day is in time for the day that was asked for. One of that day or of a later
  one is too late: the parcel comes on the next day on which its delivery type is possible.
* What is ordered for a later day waits until it has to leave. When there is less time than the
  journey takes, all its steps come closer together.
* What leaves the Union without a day takes the time that the customs take.
* A parcel for which nobody is at home was out for delivery at the time that was ordered.
* Nobody hands in, brings or collects anything at night, and nobody hands in on Sundays and public
  holidays: such a step happens at the nearest hour at which it could, in the direction of its
  table. Parcels are sorted at any hour.
* A day for which nothing can be handed in any more is too late as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import NamedTuple

from simulator.carriers.myparcel.catalog.lifecycle import (
    AGREED_LOCATION,
    COLLECTED,
    CONCEPT,
    CUSTOMS,
    DELIVERED,
    DISTRIBUTION,
    HANDED_OVER,
    JOURNEYS,
    READY_FOR_PICKUP,
    REGISTERED,
    RETURN_COLLECTED,
    RETURN_READY,
    Journey,
)
from simulator.carriers.myparcel.catalog.types import DELIVERY_TYPES, EVENING, STANDARD
from simulator.carriers.myparcel.editions.table import EDITIONS
from simulator.carriers.myparcel.offers.names import SAME_DAY
from simulator.carriers.myparcel.records import STANDARD_SHIPMENT, Shipment
from simulator.carriers.myparcel.rules import windows
from simulator.carriers.myparcel.rules.windows import Window
from simulator.carriers.myparcel.wire import edition, moments, parsing
from simulator.engine.world import World

_KNOWN = frozenset({*DELIVERY_TYPES, *windows.AT_THE_DOOR})
"""Every delivery type of any edition."""

_LATE_PICKUP = timedelta(hours=2)
"""How long after its time a parcel may still be brought to a pickup point on the same day."""

_BEFORE_THE_ROUND = timedelta(minutes=30)
_AT_THE_DOOR: tuple[int, ...] = (DELIVERED, AGREED_LOCATION)


class _Hours(NamedTuple):
    """The hours of a day at which something can happen, on days of work only where it is `working`;
    what would be at another is `earlier`, as late as it can be, or later, as early as it can be."""

    first: time
    last: time
    earlier: bool
    working: bool = False

    def hold(self, at: datetime) -> bool:
        """Whether it can happen `at` an instant in Amsterdam."""
        return self.first <= at.time() <= self.last and self._on(at.date())

    def before(self, at: datetime) -> datetime:
        """The last instant up to `at` at which it can happen."""
        return next(
            min(at, datetime.combine(day, self.last, moments.AMSTERDAM))
            for day in (at.date() - _DAY * number for number in count())
            if self._on(day) and datetime.combine(day, self.first, moments.AMSTERDAM) <= at
        )

    def after(self, at: datetime) -> datetime:
        """The first instant from `at` on at which it can happen."""
        return next(
            max(at, datetime.combine(day, self.first, moments.AMSTERDAM))
            for day in (at.date() + _DAY * number for number in count())
            if self._on(day) and datetime.combine(day, self.last, moments.AMSTERDAM) >= at
        )

    def _on(self, day: date) -> bool:
        return not self.working or windows.is_brought(day, monday=True)


_HANDING_IN = _Hours(time(6), time(20), earlier=True, working=True)
_COUNTER = _Hours(time(8), time(21), earlier=False)
_HOURS = {
    HANDED_OVER: _HANDING_IN,
    DISTRIBUTION: _Hours(time(4), time(22), earlier=False),
    **dict.fromkeys(_AT_THE_DOOR, _Hours(time(8), time(21, 30), earlier=False)),
    READY_FOR_PICKUP: _COUNTER._replace(earlier=True),
    RETURN_READY: _COUNTER._replace(earlier=True),
    COLLECTED: _COUNTER,
    RETURN_COLLECTED: _COUNTER,
}
"""By the statuses that they bring (inferred)."""
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


def delay(world: World, shipment: Shipment, journey: str, place: int) -> timedelta:
    """How long the shipment waits for the step at `place` of a journey that it is on."""
    course = JOURNEYS[journey]
    usual = course.steps[place].after
    delivery_type = _ordered(shipment, course)
    if delivery_type is None or shipment.status == CONCEPT:
        return usual
    goal = _goal(course, delivery_type)
    if goal is None:
        return usual
    hours = _HOURS.get(course.steps[place].status)
    if place > goal:
        return _by_day(world.now, usual, hours)
    if delivery_type == STANDARD and journey == "delivered_evening":
        delivery_type = EVENING
    at = _arrival(world, shipment, delivery_type)
    if course.steps[goal].status == DISTRIBUTION:
        at -= _BEFORE_THE_ROUND
    needed = sum((step.after for step in course.steps[place : goal + 1]), timedelta())
    left = max(at - world.now, timedelta())
    if place == goal:
        return left
    fitting = left * (usual / needed) // _SECOND * _SECOND
    wait = left - needed + usual if left >= needed else fitting
    return _by_day(world.now, wait, hours, left)


def _by_day(
    now: datetime, wait: timedelta, hours: _Hours | None, left: timedelta = timedelta.max
) -> timedelta:
    """The wait from `now` that is nearest to `wait`, longer than nothing and shorter than what is
    `left`, and ends at an hour at which it can; `wait` itself where there is none."""
    at = (now + wait).astimezone(moments.AMSTERDAM)
    if hours is None or hours.hold(at):
        return wait
    ends = [hours.before(at), hours.after(at)]
    waits = [end.astimezone(UTC) - now for end in (ends if hours.earlier else reversed(ends))]
    return next((each for each in waits if timedelta() < each < left), wait)


def _ordered(shipment: Shipment, course: Journey) -> int | None:
    """The delivery type with which the shipment keeps to a day; None where nothing was ordered."""
    if shipment.shipment_type != STANDARD_SHIPMENT:
        return None
    delivery_type = parsing.integer(shipment.options.get("delivery_type"))
    if delivery_type is None or delivery_type not in _KNOWN:
        return None
    usual = delivery_type == STANDARD or any(step.status == CUSTOMS for step in course.steps)
    return None if usual and _asked(shipment) is None else delivery_type


def _asked(shipment: Shipment) -> date | None:
    return moments.parse_date(parsing.text(shipment.options.get("delivery_date")))


def _goal(course: Journey, delivery_type: int) -> int | None:
    """The step with which the parcel is where it was ordered to.

    What is ordered to a pickup point beyond the customs has a journey that ends at a door.
    """
    statuses = [step.status for step in course.steps]
    arrived = _AT_THE_DOOR
    if delivery_type in windows.READY_FROM:
        arrived = (READY_FOR_PICKUP, *_AT_THE_DOOR)
    goals = [status for status in (*arrived, DISTRIBUTION) if status in statuses]
    return statuses.index(goals[0]) if goals else None


def _arrival(world: World, shipment: Shipment, delivery_type: int) -> datetime:
    """The first instant from now on at which the parcel can be where it was ordered to."""
    now = world.now
    if shipment.status == REGISTERED:
        now = _HANDING_IN.after((now + _SECOND).astimezone(moments.AMSTERDAM)).astimezone(UTC)
    for day in _days(world, shipment, delivery_type):
        window = _window(world, shipment, delivery_type, day)
        start, end = (datetime.combine(day, each, moments.AMSTERDAM) for each in window)
        aim = start if delivery_type in windows.READY_FROM else start + (end - start) / 2
        if aim > now:
            return aim
        if end > now:
            return now + (end - now) / 2 // _SECOND * _SECOND
    raise AssertionError("there is always another day")


def _days(world: World, shipment: Shipment, delivery_type: int) -> Iterator[date]:
    """The days on which the parcel can come, the first one first."""
    evenings = edition.evenings(world.quirk, EDITIONS[shipment.numbering])
    asked = _asked(shipment)
    printed = next((scan.at for scan in shipment.history if scan.status == REGISTERED), world.now)
    first = windows.earliest(delivery_type, printed.astimezone(moments.AMSTERDAM).date())
    first = max(first, moments.today(world)) if asked is None else max(first, asked)
    for number in count():
        day = first + _DAY * number
        monday = day == asked or delivery_type == SAME_DAY
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
    cc, number = (parsing.text(recipient.get(name)) for name in ("cc", "number"))
    return windows.standard(world, cc, postal_code, number, day)
