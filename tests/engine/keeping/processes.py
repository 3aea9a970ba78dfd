"""Processes that keep their workspaces in one place."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from simulator.core.clock import Clock, parse_instant
from simulator.engine.backends.mirror import Mirror
from simulator.engine.bounds import HubOptions
from simulator.engine.hub import Hub
from simulator.engine.keeping.keeping import Keeping
from tests.support.dict_store import DictStore, Place
from tests.support.toy.carrier import TOY

START = parse_instant("2026-03-02T10:15:00+01:00")
T = TypeVar("T")


@asynccontextmanager
async def process(place: Place, clock: Clock | None = None) -> AsyncIterator[tuple[Hub, DictStore]]:
    """A hub that keeps its workspaces in the place."""
    store = DictStore(place)
    hub = Hub([TOY], Mirror(store), HubOptions(clock=clock or Clock.frozen(START)))
    keeping = Keeping(hub)
    await keeping.start()
    try:
        yield hub, store
    finally:
        hub.close()
        await keeping.close()


def run(test: Callable[[], Awaitable[T]]) -> T:
    """What a test gives that runs in an event loop, and soon comes to its end."""

    async def bounded() -> T:
        async with asyncio.timeout(30):
            return await test()

    return asyncio.run(bounded())
