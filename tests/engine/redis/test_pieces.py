"""Workspaces that begin alike share what they begin with."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from simulator.engine.backends.redis import RedisStore
from tests.engine.store_conformance import (
    BIG,
    BOUNDS,
    CODEC,
    as_rows,
    commit,
    kept,
    note,
    rows,
    tag,
)

pytestmark = pytest.mark.asyncio

SOME = [tag(f"t{number}") for number in range(30)]
"""Records of a table that is neither large nor tiny."""


@pytest_asyncio.fixture
async def stores(url: str) -> AsyncIterator[list[RedisStore]]:
    """Two stores of one server."""
    stores = [RedisStore(url, CODEC, BOUNDS) for _ in range(2)]
    for each in stores:
        await each.open()
    yield stores
    for each in stores:
        await each.close()


async def pieces(store: RedisStore, name: str) -> dict[bytes, int]:
    """The pieces on the shelf of a workspace, and how many workspaces have each."""
    shelf = store._there.shelves.of(name)
    uses = await store._there.server.command("HGETALL", f"{shelf}uses")
    return {digest: int(count) for digest, count in uses.items()}


def alike(store: RedisStore, count: int) -> list[str]:
    """Names of workspaces that lie on one shelf."""
    shelves = store._there.shelves
    names = (f"w{number}" for number in range(100_000))
    return [name for name in names if shelves.of(name) == shelves.of("w0")][:count]


async def test_a_tiny_table_of_their_own_does_not_keep_them_apart(
    stores: list[RedisStore],
) -> None:
    names = alike(stores[0], 6)
    for number, name in enumerate(names):
        own = tag("own", float(number))
        await kept(stores[number % 2], commit(name, 0, own, *BIG, whole=True))
    assert list((await pieces(stores[0], "w0")).values()) == [6]
    for number, name in enumerate(names):
        own = tag("own", float(number))
        assert await rows(stores[1 - number % 2], name) == as_rows([own, *BIG])


async def test_a_large_table_is_shared_by_those_that_differ_in_others(
    stores: list[RedisStore],
) -> None:
    one, two = alike(stores[0], 2)
    await kept(stores[0], commit(one, 0, *SOME, *BIG, whole=True))
    await kept(stores[1], commit(two, 0, *BIG, *SOME[1:], tag("t0", 1.0), whole=True))
    assert sorted((await pieces(stores[0], one)).values()) == [1, 1, 2]
    assert await rows(stores[1], one) == as_rows([*SOME, *BIG])
    assert await rows(stores[0], two) == as_rows([*SOME[1:], tag("t0", 1.0), *BIG])


async def test_tiny_tables_need_no_piece(stores: list[RedisStore]) -> None:
    first = await kept(stores[0], commit("w0", 0, note(1), tag("a"), whole=True))
    assert await pieces(stores[0], "w0") == {}
    second = await kept(stores[1], commit("w0", first.version, note(1, None), note(2)))
    assert await rows(stores[0], "w0") == as_rows([note(2), tag("a")])
    third = await kept(stores[0], commit("w0", second.version, tag("b"), whole=True))
    assert await rows(stores[1], "w0") == as_rows([tag("b")])
    assert await stores[1].since("w0", second.version) is None
    assert third.began == third.version
