"""What can be wrong with a duration within a rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from simulator.core.clock import BadTime, parse_duration
from simulator.core.faults import Fault


def duration_faults(
    place: str, text: str, most: timedelta = timedelta.max, empty: str = ""
) -> Iterator[Fault]:
    """Why a text is no duration, or one above `most`, which is real time.

    `empty` is said of one that is zero, where that means nothing.
    """
    try:
        duration = parse_duration(text)
    except BadTime as error:
        yield Fault(place, str(error))
        return
    if duration > most:
        yield Fault(place, f"is at most {most.total_seconds():.0f}s, since it is real time")
    if empty and not duration:
        yield Fault(place, empty)
