"""How many requests a key may make in a time (the quirk ``myparcel.rate_limits``).

How they are counted is inferred: as for 2017, from the first request on, and only those that
succeed; today in the time before each request, and what is refused counts as well (documented of
429), so that who goes on asking goes on being refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from math import ceil
from typing import Any

import msgspec

from simulator.carriers.myparcel.editions.edition import Edition
from simulator.carriers.myparcel.editions.limits import RateLimit
from simulator.carriers.myparcel.editions.table import EDITIONS
from simulator.carriers.myparcel.wire import edition, errors
from simulator.core.answers import Refusal
from simulator.core.tables import TableSpec
from simulator.engine.world import World

_QUIRK = "myparcel.rate_limits"


class Counted(msgspec.Struct, frozen=True):
    """The requests of one key for one operation since `since`."""

    holder: str
    since: datetime
    requests: int


class Asked(msgspec.Struct, frozen=True):
    """When one key asked for one operation: the last times, as many as tell whether it may."""

    holder: str
    times: tuple[datetime, ...]


COUNTED = TableSpec("myparcel.counted_requests", Counted, key="holder")
ASKED = TableSpec("myparcel.asked_requests", Asked, key="holder")

TABLES: tuple[TableSpec[Any], ...] = (COUNTED, ASKED)


def counter(quirks: Mapping[str, Any], name: str) -> Callable[[World], None] | None:
    """What counts a request to the edition `name` whatever becomes of it, where that matters."""
    if not quirks[_QUIRK]:
        return None
    spoken = EDITIONS[name]
    return partial(_count, spoken) if spoken.counts_refused else None


def _count(spoken: Edition, world: World) -> None:
    """Count the request, in a transaction of its own."""
    operation, limit = _limit(world, spoken)
    if limit is None:
        return
    holder = _holder(world, operation)
    known = world[ASKED].get(holder)
    times = (*(known.times if known is not None else ()), world.now)[-limit.requests - 1 :]
    world[ASKED].put(Asked(holder, times))


def check(world: World) -> None:
    """Raises 429 for a request that is too many; counts it, unless that is done already."""
    if not world.quirk(_QUIRK):
        return
    operation, limit = _limit(world, edition.of(world))
    if limit is None:
        return
    holder = _holder(world, operation)
    if edition.of(world).counts_refused:
        _check_times(world, holder, operation, limit)
        return
    window = timedelta(seconds=limit.seconds)
    known = world[COUNTED].get(holder)
    if known is None or world.now - known.since >= window:
        known = Counted(holder, world.now, 0)
    if known.requests >= limit.requests:
        raise _too_many(operation, limit, known.since + window - world.now)
    world[COUNTED].put(msgspec.structs.replace(known, requests=known.requests + 1))


def _check_times(world: World, holder: str, operation: str, limit: RateLimit) -> None:
    known = world[ASKED].get(holder)
    times = () if known is None else known.times
    window = timedelta(seconds=limit.seconds)
    if len([at for at in times if world.now - at < window]) > limit.requests:
        raise _too_many(operation, limit, times[-limit.requests] + window - world.now)


def _too_many(operation: str, limit: RateLimit, left: timedelta) -> Refusal:
    wait = ceil(left.total_seconds())
    named = operation.replace("{ids}", "ids")
    told = f"{named} takes {limit.requests} requests in {limit.time}, try again in {wait} seconds."
    return errors.too_many(told, wait)


def _limit(world: World, spoken: Edition) -> tuple[str, RateLimit | None]:
    request = world.request
    operation = f"{request.method} {_resource(request.path)}"
    return operation, spoken.rate_limits.get(operation)


def _holder(world: World, operation: str) -> str:
    return f"{operation} {world.request.headers.get('authorization', '')}"


def _resource(path: str) -> str:
    """The path without its ids."""
    parts = path.strip("/").split("/")
    named = 2 if parts[0] == "v2" else 1
    return "/" + "/".join([*parts[:named], *("{ids}" for _ in parts[named:])])
