"""Dutch public holidays, on which nothing is collected and nothing is delivered.

Computed from the calendar, so that they hold for every year that a workspace's clock may show.
That the carrier rests on exactly these days is inferred: the document names none.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from simulator.carriers.calendar import easter

_SUNDAY = 6
_KINGS_DAY_SINCE = 2014
_LIBERATION_EVERY = 5


def kings_day(year: int) -> date:
    """27 April, or the day before when that is a Sunday; until 2013 Queen's Day of 30 April."""
    day = date(year, 4, 27 if year >= _KINGS_DAY_SINCE else 30)
    return day - timedelta(days=1) if day.weekday() == _SUNDAY else day


@lru_cache(maxsize=64)
def public_holidays(year: int) -> Mapping[date, str]:
    """The public holidays of a year, with their English names.

    Liberation Day is a day off in every fifth year only; Good Friday is a working day.
    """
    sunday = easter(year)
    days = {
        date(year, 1, 1): "New Year's Day",
        sunday: "Easter Sunday",
        sunday + timedelta(days=1): "Easter Monday",
        kings_day(year): "King's Day" if year >= _KINGS_DAY_SINCE else "Queen's Day",
        sunday + timedelta(days=39): "Ascension Day",
        sunday + timedelta(days=49): "Whit Sunday",
        sunday + timedelta(days=50): "Whit Monday",
        date(year, 12, 25): "Christmas Day",
        date(year, 12, 26): "Boxing Day",
    }
    if year % _LIBERATION_EVERY == 0:
        days.setdefault(date(year, 5, 5), "Liberation Day")
    return days


def is_holiday(day: date) -> bool:
    """Whether `day` is a public holiday in the Netherlands."""
    return day in public_holidays(day.year)
