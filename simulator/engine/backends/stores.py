"""Which store a setting names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.core.tables import TableSpec
from simulator.engine.backends.codec import Codec
from simulator.engine.backends.store import LogBounds, Store

MEMORY = "memory"


def store_at(
    url: str, tables: Iterable[TableSpec[Any]], bounds: Mapping[str, LogBounds]
) -> Store | None:
    """The store that a setting names, not open yet; None where workspaces stay in memory.

    Raises `Refused` for a place that cannot be.
    """
    if url == MEMORY:
        return None
    codec = Codec(tables)
    if url.startswith("sqlite:"):
        from simulator.engine.backends.sqlite.sqlite_store import SqliteStore

        return SqliteStore(url, codec, bounds)
    from simulator.engine.backends.redis.store import RedisStore

    return RedisStore(url, codec, bounds)
