"""When on a day what is ordered comes to the door or lies ready.

MyParcel: document of 2017, 8.A. Times of morning and pickups are the document's, those of the
evening were recorded. Documented as well: the weekdays of morning and evening, and that nothing is
brought on Sundays, nor on Mondays unless somebody asks for it.

Of what came later, the times of an express are those with which the checkout widget tries itself
out; those of an early morning and of the same day are inferred, as is that an early morning has the
weekdays of a morning.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from simulator.carriers.myparcel.catalog.holidays import is_holiday
from simulator.carriers.myparcel.catalog.types import (
    EVENING,
    MORNING,
    PICKUP,
    PICKUP_EXPRESS,
)
from simulator.carriers.myparcel.offers.names import EARLY_MORNING, EXPRESS, SAME_DAY
from simulator.engine.world import World

MONDAY, SATURDAY, SUNDAY = 0, 5, 6
"""Weekdays as Python counts them."""


class Window(NamedTuple):
    """A time of a day, both ends included."""

    start: time
    end: time


AT_THE_DOOR = {
    EARLY_MORNING: Window(time(7), time(9)),
    MORNING: Window(time(8), time(12)),
    EXPRESS: Window(time(8, 30), time(18)),
    SAME_DAY: Window(time(17, 30), time(22)),
    EVENING: Window(time(18), time(21, 30)),
}
"""When the delivery types that have a time of their own are brought."""

OF_MORNINGS = frozenset({MORNING, EARLY_MORNING})
"""The delivery types that there are from Monday to Friday only."""

READY_FROM = {PICKUP: time(16), PICKUP_EXPRESS: time(8, 30)}
"""From when a parcel can be collected at its pickup point."""

_WHOLE_DAY = Window(time(8, 30), time(21, 30))

_ABROAD = Window(time(8), time(17))
"""When a round comes past an address outside of the Netherlands (inferred)."""


def round_of(world: World, postal_code: str, number: str, day: date) -> Window:
    """When the round comes past an address: two to three hours, at times the whole day."""
    address = f"{postal_code}/{number}/{day}"
    purpose = "myparcel.delivery_round"
    if world.chance.integer(purpose, f"{address}/wide", 1, 8) == 1:
        return _WHOLE_DAY
    start = datetime.combine(day, time(9)) + timedelta(
        minutes=30 * world.chance.integer(purpose, f"{address}/start", 0, 14)
    )
    length = timedelta(minutes=30 * world.chance.integer(purpose, f"{address}/length", 4, 5))
    return Window(start.time(), (start + length).time())


def standard(world: World, cc: str, postal_code: str, number: str, day: date) -> Window:
    """When what has no time of its own is brought to an address in the country `cc`."""
    return round_of(world, postal_code, number, day) if cc == "NL" else _ABROAD


def is_brought(day: date, *, monday: bool) -> bool:
    """Whether the carrier brings anything on a day; on a Monday only what is meant for it."""
    if day.weekday() == SUNDAY or is_holiday(day):
        return False
    return monday or day.weekday() != MONDAY


def earliest(delivery_type: int | None, today: date) -> date:
    """The first day for which something can be ordered `today`: what comes on the same day today,
    all else tomorrow."""
    return today if delivery_type == SAME_DAY else today + timedelta(days=1)


def has_type(delivery_type: int, day: date, evenings: Collection[int]) -> bool:
    """Whether the weekday has this delivery type; `evenings` are the weekdays with evenings."""
    if delivery_type in OF_MORNINGS:
        return day.weekday() < SATURDAY
    return delivery_type != EVENING or day.weekday() in evenings
