"""The documented rate of requests, where the quirk ``postplus.requests_per_second`` has one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec

from simulator.carriers.postplus.wire import errors
from simulator.core.tables import TableSpec
from simulator.engine.world import World


class RecentRequests(msgspec.Struct, frozen=True):
    """When the holder of a key was answered within the last second."""

    key: str
    times: tuple[datetime, ...]


RECENT_REQUESTS = TableSpec("postplus.recent_requests", RecentRequests, key="key")

TABLES: tuple[TableSpec[Any], ...] = (RECENT_REQUESTS,)

_WINDOW = timedelta(seconds=1)


def check(world: World, key: str) -> None:
    """Raises 429 beyond the rate, by the workspace's clock; refused requests do not count."""
    most: int = world.quirk("postplus.requests_per_second")
    if most <= 0:
        return
    known = world[RECENT_REQUESTS].get(key)
    recent = tuple(at for at in known.times if world.now - at < _WINDOW) if known else ()
    if len(recent) >= most:
        raise errors.too_many_requests()
    world[RECENT_REQUESTS].put(RecentRequests(key, (*recent, world.now)))
