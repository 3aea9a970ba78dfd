"""What stands in front of the API answers by itself: 429 as a problem, the rest in plain words."""

from __future__ import annotations

from simulator.carriers.postplus.wire import errors
from simulator.core.answers import Answer


def answer(status: int) -> Answer | None:
    """The answer with this status, or None where there are no words of its own."""
    return errors.too_many_requests().answer if status == 429 else None
