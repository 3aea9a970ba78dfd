"""The store of a Redis server keeps every promise of a store."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from simulator.engine.backends.redis import RedisStore
from simulator.engine.backends.store import Store
from tests.engine.store_conformance import BOUNDS, CODEC, StoreConformance


class TestRedisStore(StoreConformance):
    """Two stores of one server."""

    @pytest_asyncio.fixture
    async def store(self, url: str) -> AsyncIterator[Store]:
        store = RedisStore(url, CODEC, BOUNDS)
        await store.open()
        yield store
        await store.close()

    @pytest_asyncio.fixture
    async def another(self, url: str, store: Store) -> AsyncIterator[Store]:
        another = RedisStore(url, CODEC, BOUNDS)
        await another.open()
        yield another
        await another.close()
