"""The root of the API: whether it is there."""

from __future__ import annotations

from simulator.carriers.myparcel.wire import media
from simulator.core.answers import Answer
from simulator.engine.world import World


def get_status(world: World) -> Answer:
    """``GET /``: title and status, without credentials and without an envelope (documented)."""
    return Answer(body={"title": "MyParcel API", "status": "OK"}, media_type=media.JSON)
