"""The list of event codes."""

from __future__ import annotations

from simulator.carriers.postplus.catalog.event_codes import EVENT_CODES
from simulator.core.answers import Answer
from simulator.engine.world import World

_CODES = list(EVENT_CODES.values())


def list_event_codes(world: World) -> Answer:
    """``GET /tracking/event-codes``: every code that an import may use, with its usual message."""
    return Answer(body=_CODES)
