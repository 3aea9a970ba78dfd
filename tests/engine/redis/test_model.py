"""The store of a Redis server against a model of dictionaries."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from simulator.engine.backends.redis import RedisStore
from simulator.engine.backends.store import Store
from tests.engine.store_conformance import BOUNDS, CODEC
from tests.engine.store_model import StoreMachine


def test_whatever_is_done_in_whatever_order_they_agree(url: str) -> None:
    @asynccontextmanager
    async def two() -> AsyncIterator[tuple[Store, Store]]:
        one, another = (RedisStore(url, CODEC, BOUNDS) for _ in range(2))
        await one.open()
        await another.open()
        yield one, another
        await one.close()
        await another.close()

    class Machine(StoreMachine):
        opener = staticmethod(two)

    run_state_machine_as_test(
        Machine, settings=settings(max_examples=15, stateful_step_count=25, deadline=None)
    )
