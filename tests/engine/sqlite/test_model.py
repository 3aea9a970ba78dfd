"""The store over a file against a model of dictionaries."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from hypothesis import settings

from simulator.engine.backends.store import Store
from tests.engine.sqlite.places import opened
from tests.engine.store_model import StoreMachine


@asynccontextmanager
async def _two() -> AsyncIterator[tuple[Store, Store]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "worlds.db")
        async with opened(path) as one, opened(path) as two:
            yield one, two


class _Machine(StoreMachine):
    opener = staticmethod(_two)


TestModel = _Machine.TestCase
TestModel.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)
