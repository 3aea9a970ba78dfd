"""What a server must be like before anything is kept there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from simulator.engine.backends.redis import failures
from simulator.engine.backends.redis.server import Server
from simulator.engine.backends.redis.shelves import Shelves
from simulator.engine.backends.store import Refused, StoreFailure

_LAYOUT = 1
"""The version of what lies at the keys; `SHELVES`, the scripts and the codec are part of it."""
_OLDEST = {"redis": (6, 2), "valkey": (7, 2)}


async def opened(server: Server, shelves: Shelves) -> None:
    """Look whether the server can be used, and note the layout of what is kept there; raises
    `Refused` and `StoreFailure`."""
    address = server.address
    try:
        for told in await server.told():
            check(told, address.place, address.cluster)
        await server.command("SET", shelves.layout, _LAYOUT, "NX")
        layout = await server.command("GET", shelves.layout)
    except StoreFailure as failed:
        if failures.final(failed.__cause__):
            raise Refused(str(failed)) from failed.__cause__
        raise
    if not re.fullmatch(rb"[0-9]+", layout or b"") or int(layout) > _LAYOUT:
        raise Refused(
            f"{address.place} has workspaces of a newer carrier-simulator under {shelves.layout} "
            f"(layout {(layout or b'').decode(errors='replace')}; this one knows {_LAYOUT}): use "
            "that one, or another prefix="
        )


def check(told: Mapping[str, Any], place: str, cluster: bool) -> None:
    """Raise `Refused` where what a server tells about itself does not fit."""
    kind = "valkey" if "valkey_version" in told else "redis"
    version = str(told.get(f"{kind}_version", ""))
    number = tuple(map(int, re.findall("[0-9]+", version)[:2]))
    if number and number < _OLDEST[kind]:
        raise Refused(
            f"{place} is {kind.capitalize()} {version}: Redis 6.2 or Valkey 7.2 is the oldest that "
            "can be used."
        )
    if told.get("role") in ("slave", "replica"):
        raise Refused(
            f"{place} is a replica of {told.get('master_host')}:{told.get('master_port')}, which "
            "keeps nothing: name the primary."
        )
    if told.get("cluster_enabled") == 1 and not cluster:
        raise Refused(f"{place} is a node of a cluster: write redis+cluster://host:port,host:port")
    policy = str(told.get("maxmemory_policy", "noeviction"))
    # Those of the other name forget only what is kept for a while, and that may be missing.
    if told.get("maxmemory") and policy.startswith("allkeys"):
        raise Refused(
            f"{place} throws away what is kept when its memory is full (maxmemory-policy "
            f"{policy}): set it to noeviction."
        )
