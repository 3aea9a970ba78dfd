"""The store over a SQLite file keeps every promise."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import get_args

import pytest
import pytest_asyncio

from simulator.engine.backends.sqlite.connecting import Durability, Place
from simulator.engine.backends.sqlite.sqlite_store import SqliteStore
from simulator.engine.backends.store import Store
from tests.engine.sqlite.places import opened
from tests.engine.store_conformance import (
    BOUNDS,
    CODEC,
    StoreConformance,
    as_rows,
    commit,
    kept,
    note,
    rows,
)


class TestSqliteStore(StoreConformance):
    """Two stores over one file."""

    @pytest_asyncio.fixture
    async def store(self, tmp_path: Path) -> AsyncIterator[Store]:
        async with opened(tmp_path / "worlds.db") as store:
            yield store

    @pytest_asyncio.fixture
    async def another(self, tmp_path: Path, store: Store) -> AsyncIterator[Store]:
        async with opened(tmp_path / "worlds.db") as another:
            yield another


@pytest.mark.asyncio
@pytest.mark.parametrize("durability", get_args(Durability))
async def test_a_file_is_opened_again(tmp_path: Path, durability: Durability) -> None:
    path = tmp_path / "worlds.db"
    async with opened(path, durability) as store:
        first = await kept(store, commit("a", 0, note(1), journal=[b"x"], due=4.0))
    async with opened(path) as store:
        assert await store.commit([commit("a", first.version)]) == [first]
        assert await rows(store, "a") == as_rows([note(1)])
        assert await store.overdue(5.0, 1) == ["a"]


@pytest.mark.asyncio
async def test_of_a_key_that_a_commit_has_twice_the_later_counts(tmp_path: Path) -> None:
    async with opened(tmp_path / "worlds.db") as store:
        first = await kept(store, commit("a", 0, note(1), note(2)))
        changes = [note(1, None), note(1, "y"), note(2, "z"), note(2, None), note(3), note(3, "y")]
        await kept(store, commit("a", first.version, *changes))
        assert await rows(store, "a") == as_rows([note(1, "y"), note(3, "y")])


@pytest.mark.asyncio
async def test_versions_do_not_come_back_with_a_clock_that_is_set_back(tmp_path: Path) -> None:
    now = 2000.0
    store = SqliteStore(Place(tmp_path / "worlds.db"), CODEC, BOUNDS, now=lambda: now)
    await store.open()
    first = await kept(store, commit("a", 0, note(1)))
    last = await kept(store, commit("a", first.version, note(2)))
    assert first.version == 2_000_000_000
    now = 1000.0
    again = await kept(store, commit("a", last.version, note(1), whole=True))
    assert again.version > last.version
    await store.drop("a")
    begun = await kept(store, commit("a", 0, note(1)))
    assert begun.version > again.version
    await store.close()
