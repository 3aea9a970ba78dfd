"""The carrier's forms of time: Warsaw offsets, milliseconds, and what filters may hold."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from simulator.core import reading
from simulator.core.clock import written

WARSAW = ZoneInfo("Europe/Warsaw")

_MOST_SECONDS = 11
"""Digits of a number of Unix seconds: up to the year 5138."""


@lru_cache(maxsize=4096)
def show(at: datetime) -> str:
    """An instant as resources show it: ``2026-03-02T10:15:30.120+01:00``."""
    shown = written(at.astimezone(WARSAW))
    return f"{shown[:19]}.{at.microsecond // 1000:03d}{shown[-6:]}"


def show_event(at: datetime) -> str:
    """An instant as webhooks show it, which is not ISO 8601: ``2026-03-02 10:15:31 +0100``."""
    shown = written(at.astimezone(WARSAW))
    return f"{shown[:10]} {shown[11:19]} {shown[-6:-3]}{shown[-2:]}"


def show_utc(at: datetime) -> str:
    """An instant as the headers of signed webhooks show it: ``2026-03-02T09:15:31.240Z``."""
    return f"{written(at.astimezone(UTC))[:19]}.{at.microsecond // 1000:03d}Z"


def shown(at: datetime) -> datetime:
    """An instant as exactly as resources show it: to the millisecond, the rest cut off.

    Upper bounds are compared with this one, so that a time which a client has read finds what it
    was read from.
    """
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def last_shown(at: datetime) -> datetime:
    """The last instant that is shown as `at` is: the upper bound that `at` stands for."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000 + 999)


def parse_filter(text: str) -> datetime | None:
    """An instant from a list filter: ISO 8601 or Unix seconds (observed); None if it is neither.

    Without an offset it is Warsaw time; a bare date is its first moment.
    """
    seconds = reading.whole(text, digits=_MOST_SECONDS)
    if seconds is not None:
        return datetime.fromtimestamp(seconds, UTC)
    return reading.instant(text, WARSAW)
