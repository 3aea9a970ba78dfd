"""The carrier's forms of time: Amsterdam time without an offset, dates, and what clients post."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from simulator.core import reading
from simulator.core.clock import written
from simulator.engine.world import World

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_TIMESTAMP = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}", re.ASCII)


@lru_cache(maxsize=4096)
def show(at: datetime) -> str:
    """An instant as resources show it: ``2017-06-01 10:00:00``, in Amsterdam."""
    shown = written(at.astimezone(AMSTERDAM))
    return f"{shown[:10]} {shown[11:19]}"


def zoned(at: datetime) -> dict[str, Any]:
    """An instant as PHP writes its dates into JSON, which later answers of the Dutch twin do."""
    text = f"{show(at)}.{at.microsecond:06d}"
    return {"date": text, "timezone_type": 3, "timezone": AMSTERDAM.key}


def today(world: World) -> date:
    """The day in Amsterdam by the workspace's clock."""
    return world.now.astimezone(AMSTERDAM).date()


@lru_cache(maxsize=4096)
def parse(text: str) -> datetime | None:
    """An instant from a client, in UTC: a timestamp, a bare date or ISO 8601; None otherwise.

    Without an offset it is Amsterdam time; a bare date is its first moment. ISO 8601 with
    milliseconds and an offset was recorded, so it is taken as well as the documented form.
    """
    return reading.instant(text, AMSTERDAM)


def parse_date(text: str) -> date | None:
    """The day that a client names, by a date or by a timestamp; None if it is neither."""
    at = parse(text)
    return None if at is None else at.astimezone(AMSTERDAM).date()


def is_timestamp(value: Any) -> bool:
    """Whether it is a timestamp just as the document writes one, and exists."""
    return isinstance(value, str) and bool(_TIMESTAMP.fullmatch(value)) and parse(value) is not None


def end_of_day(at: datetime) -> datetime:
    """The last moment in Amsterdam of the day of an instant."""
    day = at.astimezone(AMSTERDAM).date()
    if day == date.max:
        return datetime.max.replace(tzinfo=UTC)
    midnight = datetime.combine(day + timedelta(days=1), time(), AMSTERDAM)
    return midnight.astimezone(UTC) - timedelta(microseconds=1)


def is_date(text: str) -> bool:
    """Whether the text is a bare day that exists."""
    return reading.day(text) is not None
