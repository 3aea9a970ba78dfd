"""Large workspaces are loaded by portions, at one version, whatever happens meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

import pytest
import pytest_asyncio

from simulator.engine.backends.codec import Codec
from simulator.engine.backends.redis import RedisStore
from simulator.engine.backends.store import StoreFailure
from tests.engine.store_conformance import BOUNDS, CODEC, as_rows, commit, kept, note, tag

pytestmark = pytest.mark.asyncio

T = TypeVar("T")

MANY = [note(number, str(number)) for number in range(12_000)]


@pytest_asyncio.fixture
async def store(url: str) -> AsyncIterator[RedisStore]:
    """A store that is open."""
    store = RedisStore(url, CODEC, BOUNDS)
    await store.open()
    yield store
    await store.close()


async def test_what_changes_while_it_is_loaded_is_there(store: RedisStore) -> None:
    last = await kept(store, commit("a", 0, *MANY, tag("t")))
    loading = asyncio.create_task(store.load("a"))
    number, expected = 0, as_rows([*MANY, tag("t")])
    while not loading.done():
        number += 1
        changes = [note(number, None), note(number + 6000, "new"), note(-number), tag("t", number)]
        last = await kept(store, commit("a", last.version, *changes))

    whole = await loading
    assert whole is not None
    for each in range(1, whole.kept.version - whole.kept.began + 1):
        expected.update(as_rows([note(each + 6000, "new"), note(-each), tag("t", each)]))
        expected.pop(("t.notes", int, each), None)
    assert as_rows(whole.changes) == expected
    assert number > 1


async def test_large_workspaces_that_began_with_many_records(store: RedisStore) -> None:
    first = await kept(store, commit("a", 0, *MANY, whole=True))
    later = [note(number, None) for number in range(0, 12_000, 2)]
    again = [note(number, "again") for number in range(1, 12_000, 4)]
    second = await kept(store, commit("a", first.version, *later, *again, note(-1)))

    whole = await store.load("a")
    assert whole is not None
    assert whole.kept == second
    expected = as_rows(MANY) | as_rows(again) | as_rows([note(-1)])
    assert as_rows(whole.changes) == {
        place: record for place, record in expected.items() if place[2] % 2
    }


async def test_records_of_a_large_workspace_come_in_the_order_of_their_keys(
    store: RedisStore,
) -> None:
    first = await kept(store, commit("a", 0, *MANY[::2], whole=True))
    await kept(store, commit("a", first.version, *MANY[1::2], tag("t"), note(0, None)))
    whole = await store.load("a")
    assert whole is not None
    assert [each for each in whole.changes if each.table == "t.notes"] == MANY[1:]


async def test_one_that_always_begins_again_meanwhile_is_told_of(
    store: RedisStore, url: str
) -> None:
    other = RedisStore(url, CODEC, BOUNDS)
    await other.open()
    last = await kept(store, commit("a", 0, *MANY[:2500]))
    ask = store._there.server.asked

    async def interrupted(asked: Callable[[], Awaitable[T]]) -> T:
        nonlocal last
        answer = await ask(asked)
        last = await kept(other, commit("a", last.version, whole=True))
        last = await kept(other, commit("a", last.version, *MANY[:2500]))
        return answer

    store._there.server.asked = interrupted  # type: ignore[method-assign, assignment]
    with pytest.raises(StoreFailure, match="could not tell all of a: it changes too fast"):
        await store.load("a")
    await other.close()


async def test_a_hash_whose_fields_come_in_another_order_is_read_again(store: RedisStore) -> None:
    await kept(store, commit("a", 0, *MANY))
    ask, hidden = store._there.server.command, [True]

    async def forgetful(*words: object) -> object:
        cursor, portion = await ask(*words)
        if hidden and words[2] == 0:
            hidden.clear()
            portion.popitem()
        return cursor, portion

    store._there.server.command = forgetful  # type: ignore[method-assign]
    whole = await store.load("a")
    assert whole is not None
    assert as_rows(whole.changes) == as_rows(MANY)
    assert not hidden


async def test_records_of_carriers_that_are_not_served(store: RedisStore, url: str) -> None:
    first = await kept(store, commit("a", 0, note(1), whole=True))
    await kept(store, commit("a", first.version, note(2)))
    await kept(store, commit("b", 0, note(1)))
    other = RedisStore(url, Codec([]), BOUNDS)
    await other.open()
    for question in (other.load("a"), other.load("b"), other.since("a", first.version)):
        with pytest.raises(StoreFailure, match=r"has records of t\.notes in ., which this server"):
            await question
    await other.close()


async def test_records_that_are_broken(store: RedisStore) -> None:
    await kept(store, commit("a", 0, note(1)))
    server, shelf = store._there.server, store._there.shelves.of("a")
    await server.command("HSET", f"{shelf}rows:a", "t.notes\0001", b"\x81\xa1x")
    with pytest.raises(StoreFailure, match="has records of a that cannot be read"):
        await store.load("a")


async def test_a_piece_that_is_gone(store: RedisStore) -> None:
    await kept(store, commit("a", 0, note(1, "x" * 300), whole=True))
    server, shelf = store._there.server, store._there.shelves.of("a")
    ((digest, _),) = (await server.command("HGETALL", f"{shelf}uses")).items()
    await server.command("DEL", f"{shelf}piece:{digest.decode()}")
    with pytest.raises(StoreFailure, match="or some of it is gone"):
        await store.load("a")
