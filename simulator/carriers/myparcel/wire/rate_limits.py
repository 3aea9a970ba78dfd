"""How many requests a key may make in five minutes (the quirk ``myparcel.rate_limits``).

The numbers are those of later documents of the Dutch twin; the document of 2017 has none. How the
five minutes are counted is inferred: from the first request on, in the workspace's time, and only
requests that succeed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import ceil
from typing import Any

import msgspec

from simulator.carriers.myparcel.wire import errors
from simulator.core.tables import TableSpec
from simulator.engine.world import World

WINDOW = timedelta(minutes=5)

LIMITS: Mapping[str, int] = {
    "GET /": 30,
    "GET /shipments": 500,
    "POST /shipments": 500,
    "GET /shipments/{ids}": 1000,
    "DELETE /shipments/{ids}": 300,
    "GET /shipment_labels/{ids}": 500,
    "GET /v2/shipment_labels/{ids}": 500,
    "GET /tracktraces/{ids}": 300,
    "POST /webhook_subscriptions": 30,
    "DELETE /webhook_subscriptions/{ids}": 30,
}
"""What each operation takes from one key; others are not limited."""


class Counted(msgspec.Struct, frozen=True):
    """The requests of one key for one operation since `since`."""

    holder: str
    since: datetime
    requests: int


COUNTED = TableSpec("myparcel.counted_requests", Counted, key="holder")

TABLES: tuple[TableSpec[Any], ...] = (COUNTED,)


def check(world: World) -> None:
    """Count the request. Raises 429 for one that is too many."""
    if not world.quirk("myparcel.rate_limits"):
        return
    request = world.request
    operation = f"{request.method} {_resource(request.path)}"
    limit = LIMITS.get(operation)
    if limit is None:
        return
    holder = f"{operation} {request.headers.get('authorization', '')}"
    known = world[COUNTED].get(holder)
    if known is None or world.now - known.since >= WINDOW:
        known = Counted(holder, world.now, 0)
    if known.requests >= limit:
        wait = ceil((known.since + WINDOW - world.now).total_seconds())
        raise errors.too_many(
            f"{operation.replace('{ids}', 'ids')} takes {limit} requests in 5 minutes, "
            f"try again in {wait} seconds.",
            wait,
        )
    world[COUNTED].put(msgspec.structs.replace(known, requests=known.requests + 1))


def _resource(path: str) -> str:
    """The path without its ids."""
    parts = path.strip("/").split("/")
    named = 2 if parts[0] == "v2" else 1
    return "/" + "/".join([*parts[:named], *("{ids}" for _ in parts[named:])])
