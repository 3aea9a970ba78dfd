"""Stores over a file of a test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from simulator.engine.backends.sqlite.connecting import Durability, Place
from simulator.engine.backends.sqlite.sqlite_store import SqliteStore
from tests.engine.store_conformance import BOUNDS, CODEC


@asynccontextmanager
async def opened(path: Path, durability: Durability = "process") -> AsyncIterator[SqliteStore]:
    """A store that is open over the file."""
    store = SqliteStore(Place(path, durability), CODEC, BOUNDS)
    await store.open()
    try:
        yield store
    finally:
        await store.close()
