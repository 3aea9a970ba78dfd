"""What can be wrong with a time within a scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from simulator.core.clock import BadTime
from simulator.scenarios.reading.positions import Path
from simulator.scenarios.reading.shape import Fault


def time_faults(path: Path, check: Callable[[str], object], text: str | None) -> Iterator[Fault]:
    """What `check` raises `BadTime` for; a time that is not said has no faults."""
    try:
        if text is not None:
            check(text)
    except BadTime as error:
        yield Fault(path, str(error))
