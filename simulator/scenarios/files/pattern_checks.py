"""What can be wrong with patterns within a scenario."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.core import reading
from simulator.engine.rules import matching
from simulator.scenarios.reading.positions import Path
from simulator.scenarios.reading.shape import Fault, kind


def pattern_faults(pattern: Any, path: Path) -> Iterator[Fault]:
    """Conditions that there are not, and values that they cannot take."""
    for fault in matching.faults(pattern):
        steps = [_step(step) for step in fault.place.split("/") if step]
        yield Fault((*path, *steps), fault.message)


def status_faults(pattern: Any, path: Path) -> Iterator[Fault]:
    """A status is a number from 100 to 599, or a condition on one."""
    if matching.is_condition(pattern):
        yield from pattern_faults(pattern, path)
    elif type(pattern) is not int or not 100 <= pattern <= 599:
        yield Fault(path, f"is a status (200) or a pattern of one, not {kind(pattern)}")


def _step(text: str) -> str | int:
    number = reading.whole(text)
    return text if number is None else number
