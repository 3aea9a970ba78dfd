"""Polish public holidays, on which no courier comes and no locker is filled.

Source: the Act on Days Free from Work (Ustawa o dniach wolnych od pracy), which made Christmas Eve
one of them in 2025. That the carrier rests on exactly these days is inferred.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from simulator.carriers.calendar import easter

_CHRISTMAS_EVE_SINCE = 2025

_FIXED = {
    (1, 1): "New Year's Day",
    (1, 6): "Epiphany",
    (5, 1): "Labour Day",
    (5, 3): "Constitution Day",
    (8, 15): "Assumption of Mary",
    (11, 1): "All Saints' Day",
    (11, 11): "Independence Day",
    (12, 25): "Christmas Day",
    (12, 26): "Second Day of Christmas",
}
_AFTER_EASTER = {
    0: "Easter Sunday",
    1: "Easter Monday",
    49: "Pentecost",
    60: "Corpus Christi",
}


@lru_cache(maxsize=64)
def public_holidays(year: int) -> Mapping[date, str]:
    """The public holidays of a year, with their English names."""
    sunday = easter(year)
    days = {date(year, month, day): name for (month, day), name in _FIXED.items()}
    days |= {sunday + timedelta(days=after): name for after, name in _AFTER_EASTER.items()}
    if year >= _CHRISTMAS_EVE_SINCE:
        days[date(year, 12, 24)] = "Christmas Eve"
    return days


def is_holiday(day: date) -> bool:
    """Whether `day` is a public holiday in Poland."""
    return day in public_holidays(day.year)
