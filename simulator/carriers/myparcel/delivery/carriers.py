"""``GET /carriers`` and ``GET /carrier_services``: who carries, and what that costs.

MyParcel: document of 2017, section 12.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.carriers.myparcel.catalog.services import (
    CARRIERS,
    SERVICES_AS_DOCUMENTED,
    SERVICES_EVEN,
)
from simulator.carriers.myparcel.wire import media
from simulator.core.answers import Answer
from simulator.engine.world import World


def list_carriers(world: World) -> Answer:
    """All carriers on one page."""
    media.json_only(world)
    return _page("carriers", CARRIERS)


def list_carrier_services(world: World) -> Answer:
    """All services on one page, with the keys that the quirk ``myparcel.price_keys`` chooses."""
    media.json_only(world)
    even = world.quirk("myparcel.price_keys") == "even"
    return _page("carrier_services", SERVICES_EVEN if even else SERVICES_AS_DOCUMENTED)


def _page(name: str, rows: Sequence[dict[str, Any]]) -> Answer:
    return media.json({name: rows, "results": len(rows), "page": 1, "size": len(rows)})
