"""The carrier's forms of time: UTC with milliseconds, event times with an offset."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from simulator.core import reading
from simulator.core.clock import written


@lru_cache(maxsize=4096)
def show(at: datetime) -> str:
    """An instant as resources show it: ``2025-03-01T09:00:00.000Z``."""
    return f"{written(at.astimezone(UTC))[:19]}.{at.microsecond // 1000:03d}Z"


@lru_cache(maxsize=4096)
def show_event(at: datetime) -> str:
    """The time of an event: ``2025-01-13T01:56:27+00:00``."""
    return f"{written(at.astimezone(UTC))[:19]}+00:00"


def parse(value: Any) -> datetime | None:
    """An instant that a client wrote: a day, or a day with a time, with or without a zone.

    Without a zone it is UTC (inferred from the documents' examples). None for anything else.
    """
    return reading.instant(value, UTC) if isinstance(value, str) else None
