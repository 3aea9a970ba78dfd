"""The carrier's forms of time: Warsaw offsets, milliseconds, and what filters may hold."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")

_UNIX = re.compile(r"\d{1,11}")


@lru_cache(maxsize=4096)
def show(at: datetime) -> str:
    """An instant as resources show it: ``2026-03-02T10:15:30.120+01:00``."""
    return at.astimezone(WARSAW).isoformat(timespec="milliseconds")


def show_event(at: datetime) -> str:
    """An instant as webhooks show it, which is not ISO 8601: ``2026-03-02 10:15:31 +0100``."""
    return at.astimezone(WARSAW).strftime("%Y-%m-%d %H:%M:%S %z")


def shown(at: datetime) -> datetime:
    """An instant as exactly as resources show it: to the millisecond, the rest cut off.

    Upper bounds are compared with this one, so that a time which a client has read finds what it
    was read from.
    """
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def parse_filter(text: str) -> datetime | None:
    """An instant from a list filter: ISO 8601 or Unix seconds (observed); None if it is neither.

    Without an offset it is Warsaw time; a bare date is its first moment.
    """
    text = text.strip()
    if _UNIX.fullmatch(text):
        return datetime.fromtimestamp(int(text), UTC)
    try:
        # A plus sign that was not encoded arrives as a space.
        at = datetime.fromisoformat(re.sub(r" (?=\d\d:?\d\d$)", "+", text))
        return (at if at.tzinfo else at.replace(tzinfo=WARSAW)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
