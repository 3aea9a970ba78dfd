"""The toy carrier's tables."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from simulator.core.tables import TableSpec


class Parcel(msgspec.Struct, frozen=True):
    """A parcel that waits and then arrives."""

    id: int
    owner: str
    status: str
    code: str
    arrived_at: datetime | None = None


class Subscriber(msgspec.Struct, frozen=True):
    """Who is told when parcels arrive."""

    name: str
    url: str
    retries: int = 0


PARCELS = TableSpec("toy.parcels", Parcel, indexes=("owner", "status", "code"))
SUBSCRIBERS = TableSpec("toy.subscribers", Subscriber, key="name")
TABLES: tuple[TableSpec[Any], ...] = (PARCELS, SUBSCRIBERS)
