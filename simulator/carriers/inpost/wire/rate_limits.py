"""What is checked of every request before anything else: the rate, where a quirk limits it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec

from simulator.core.answers import Answer, Refusal
from simulator.core.tables import TableSpec
from simulator.engine.world import World


class RecentRequests(msgspec.Struct, frozen=True):
    """When the holder of a token was answered last, within the window of the limit."""

    token: str
    times: tuple[datetime, ...]


RECENT_REQUESTS = TableSpec("inpost.recent_requests", RecentRequests, key="token")

TABLES: tuple[TableSpec[Any], ...] = (RECENT_REQUESTS,)


def check(world: World) -> None:
    """Refuse a request beyond the rate of the quirk ``inpost.rate_limit``, as the network does.

    Counted are requests within the last second of the workspace's clock (longer for a rate below
    one); refused ones do not count.
    """
    rate: float = world.quirk("inpost.rate_limit")
    if rate <= 0:
        return
    window = timedelta(seconds=max(1.0, 1.0 / rate))
    token = world.request.headers.get("authorization", "")
    known = world[RECENT_REQUESTS].get(token)
    recent = tuple(at for at in known.times if world.now - at < window) if known else ()
    if len(recent) >= max(1, int(rate)):
        wait = max(1, -int((world.now - recent[0] - window).total_seconds() // 1))
        raise Refusal(
            Answer(
                429,
                b"error code: 1015",
                {"Retry-After": str(wait)},
                "text/plain; charset=UTF-8",
            ),
            f"more than {rate:g} requests a second came with this token",
            advice=f"wait {wait} s, as Retry-After says; inpost.rate_limit sets the rate",
        )
    world[RECENT_REQUESTS].put(RecentRequests(token, (*recent, world.now)))
