"""A carrier's days: which wall clock it goes by, and on which days it works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_SATURDAY = 5


def no_holidays(day: date) -> bool:
    """A carrier of which no holidays are known rests at weekends only."""
    return False


@dataclass(frozen=True, slots=True)
class Calendar:
    """`zone` is that of the carrier's depots; `is_holiday` tells its days off beside weekends."""

    zone: tzinfo = UTC
    is_holiday: Callable[[date], bool] = no_holidays

    def works_on(self, day: date) -> bool:
        """Whether parcels are moved on that day: no weekend, no holiday."""
        return day.weekday() < _SATURDAY and not self.is_holiday(day)

    def next_working_day(self, now: datetime, at: time) -> datetime:
        """That time of the first working day after the one of `now`, as an instant in UTC."""
        day = now.astimezone(self.zone).date() + timedelta(days=1)
        while not self.works_on(day):
            day += timedelta(days=1)
        return self.instant(datetime.combine(day, at))

    def instant(self, local: datetime) -> datetime:
        """The instant in UTC at which the carrier's clocks on the wall show `local`."""
        return local.replace(tzinfo=self.zone).astimezone(UTC)


def easter(year: int) -> date:
    """Easter Sunday of a year of the Gregorian calendar (the anonymous algorithm of 1876)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_shift + 15) % 30
    leaps, rest = divmod(of_century, 4)
    to_sunday = (32 + 2 * century_rest + 2 * leaps - epact - rest) % 7
    correction = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * correction + 114, 31)
    return date(year, month, day + 1)
