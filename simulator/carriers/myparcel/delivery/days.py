"""On which days a parcel can be at the receiver's, by when the shop hands it in.

MyParcel: document of 2017, section 8.A. A shop orders nothing to be brought on Sundays and public
holidays, nor on Mondays unless it hands in on Saturdays for that.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

import msgspec

from simulator.carriers.myparcel.catalog.holidays import is_holiday
from simulator.carriers.myparcel.rules import windows

SUNDAY, SATURDAY = 0, 6
WORKING_WEEK = frozenset({1, 2, 3, 4, 5})
DEFAULT_CUTOFF = time(15, 30)
SATURDAY_CUTOFF = time(15)
"""Until when parcels for Monday are taken on Saturdays (documented)."""

_HORIZON = 400
"""Days that are looked ahead: more than a year, whatever days a shop drops off on."""

_DAY = timedelta(days=1)


class Plan(msgspec.Struct, frozen=True):
    """When a shop hands its parcels in.

    * `cutoff`: orders before this time are packed on the same day.
    * `saturday_cutoff`: the same for Saturdays, where they have one of their own.
    * `dropoff_days`: weekday digits, Sunday is 0.
    * `delay`: days between the day on which packing begins and the handing in.
    * `monday`: whether what is handed in on Saturday is brought on Monday.
    """

    cutoff: time = DEFAULT_CUTOFF
    saturday_cutoff: time | None = None
    dropoff_days: frozenset[int] = WORKING_WEEK
    delay: int = 0
    monday: bool = False


def weekday_digit(day: date) -> int:
    """The carrier's digit for a weekday: Sunday is 0, Saturday 6."""
    return day.isoweekday() % 7


def _drops_off(day: date, plan: Plan) -> bool:
    return weekday_digit(day) in plan.dropoff_days and not is_holiday(day)


def _dropoffs(first: date, plan: Plan) -> Iterator[date]:
    days = (first + _DAY * number for number in range(_HORIZON))
    return (day for day in days if _drops_off(day, plan))


def _cutoff(day: date, plan: Plan) -> time:
    if weekday_digit(day) != SATURDAY:
        return plan.cutoff
    cutoff = plan.cutoff if plan.saturday_cutoff is None else plan.saturday_cutoff
    return min(cutoff, SATURDAY_CUTOFF) if plan.monday else cutoff


def handing_in(now: datetime, plan: Plan) -> Iterator[date]:
    """The days on which an order of `now` (Amsterdam time) can be handed in, the first one first.

    Packing begins on the first drop-off day, which is today when it is before the cut-off.
    """
    today = now.date()
    first = today if now.time() < _cutoff(today, plan) else today + _DAY
    begins = next(_dropoffs(first, plan), None)
    return iter(()) if begins is None else _dropoffs(begins + _DAY * plan.delay, plan)


def arrival(handed_in: date, plan: Plan) -> date:
    """The day on which what is handed in on a day is delivered."""
    monday = plan.monday and weekday_digit(handed_in) != SUNDAY
    day = handed_in + _DAY
    while not windows.is_brought(day, monday=monday):
        day += _DAY
    return day


def delivery_dates(now: datetime, plan: Plan) -> Iterator[date]:
    """The days on which an order of `now` (Amsterdam time) can be delivered, in their order."""
    last = None
    for handed_in in handing_in(now, plan):
        day = arrival(handed_in, plan)
        if day != last:
            yield day
        last = day


def first_dates(now: datetime, plan: Plan, window: int) -> list[date]:
    """The first `window` days on which an order of `now` can be delivered."""
    return list(islice(delivery_dates(now, plan), window))


def can_arrive(now: datetime, plan: Plan, wanted: date) -> bool:
    """Whether an order of `now` can be delivered on just this day."""
    return any(day == wanted for day in _until(delivery_dates(now, plan), wanted))


def _until(days: Iterator[date], last: date) -> Iterator[date]:
    for day in days:
        if day > last:
            return
        yield day
