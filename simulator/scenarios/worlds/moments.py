"""When something happens in a story, as people write it: ``+2m``, ``next working day 10:00``."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time

from simulator.carriers.calendar import Calendar
from simulator.core.clock import BadTime, parse_duration, parse_instant

_WORKING_DAY = re.compile(r"next working day(?: (?:at )?([0-2][0-9]):([0-5][0-9]))?", re.IGNORECASE)
_USUAL_HOUR = time(9, 0)
_EXAMPLES = (
    'write "+2m", "2026-03-05T08:30" (the carrier\'s clock on the wall), '
    '"2026-03-05T08:30:00+01:00" or "next working day 10:00"'
)


def due(text: str, now: datetime, calendar: Calendar) -> datetime:
    """The instant that is meant at `now`, in UTC; one without an offset is on the carrier's wall.

    Raises `BadTime`, which names what can be written.
    """
    working_day = _WORKING_DAY.fullmatch(text.strip())
    if working_day is not None:
        hour, minute = working_day.groups()
        if hour is not None and int(hour) > 23:
            raise BadTime(f"{text!r} is no time of a day")
        at = _USUAL_HOUR if hour is None else time(int(hour), int(minute))
        return calendar.next_working_day(now, at)
    if text.strip().startswith("+"):
        return now + parse_duration(text)
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise BadTime(f"{text!r} is no time: {_EXAMPLES}") from None
    return calendar.instant(instant) if instant.tzinfo is None else parse_instant(text)


def after(text: str | None, now: datetime, calendar: Calendar) -> datetime:
    """The instant that long after `now`; a plain duration needs no plus sign. Raises `BadTime`."""
    if text is None:
        return now
    if text[:1].isdigit() and "-" not in text:
        return now + parse_duration(text)
    if text.lower().startswith("next"):
        return due(text, now, calendar)
    raise BadTime(f'{text!r} is no time to wait: write "26h" or "next working day 10:00"')


def check_moment(text: str) -> None:
    """Raise `BadTime` for what `due` could not read."""
    due(text, datetime(2026, 1, 1, tzinfo=UTC), Calendar())


def check_wait(text: str) -> None:
    """Raise `BadTime` for what `after` could not read."""
    after(text, datetime(2026, 1, 1, tzinfo=UTC), Calendar())
