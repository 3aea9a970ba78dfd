"""A replica takes the place of its primary, behind the same address."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from simulator.engine.backends.redis import RedisStore
from simulator.engine.backends.store import StoreFailure
from tests.engine.store_conformance import BOUNDS, CODEC, as_rows, commit, kept, note, rows
from tests.support.redis_server import Lossy, RedisServer, replica_of

pytestmark = pytest.mark.asyncio


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[RedisServer, RedisServer]]:
    """A primary and its replica, which has all of it."""
    with ExitStack() as stack:
        primary = stack.enter_context(RedisServer(tmp_path / "1", "repl-diskless-sync-delay 0"))
        replica = stack.enter_context(replica_of(primary, tmp_path / "2"))
        yield primary, replica


@pytest_asyncio.fixture
async def way(pair: tuple[RedisServer, RedisServer]) -> AsyncIterator[Lossy]:
    """The address at which first the primary is."""
    async with Lossy(pair[0].port).open() as way:
        yield way


async def opened(way: Lossy, options: str = "timeout=9") -> RedisStore:
    store = RedisStore(f"redis://127.0.0.1:{way.port}?{options}", CODEC, BOUNDS)
    await store.open()
    return store


async def test_a_replica_that_took_over_goes_on(
    pair: tuple[RedisServer, RedisServer], way: Lossy
) -> None:
    primary, replica = pair
    one, two = await opened(way, "timeout=9&replicas=1"), await opened(way)
    first = await kept(one, commit("a", 0, note(1), journal=[b"1"], whole=True))
    second = await kept(one, commit("a", first.version, note(2), journal=[b"2"], due=1.0))
    numbers = await one.reserve("a", 5)
    primary.kill()
    asking = asyncio.create_task(kept(two, commit("a", second.version, note(3))))
    replica.promote()
    way.lead_to(replica.port)

    third = await asking
    assert third.version == second.version + 1
    assert await rows(two, "a") == as_rows([note(1), note(2), note(3)])
    assert await two.entries("a", "journal", 0) == [(1, b"1"), (2, b"2")]
    assert await two.overdue(2.0, 5) == []
    assert await two.reserve("a", 1) >= numbers + 5
    for store in (one, two):
        await store.close()


async def test_what_the_replica_had_not_been_sent_is_gone_for_all(
    pair: tuple[RedisServer, RedisServer], way: Lossy
) -> None:
    primary, replica = pair
    one, two = await opened(way, "timeout=9&replicas=1"), await opened(way)
    first = await kept(one, commit("a", 0, note(1)))
    replica.stop_following(primary)
    lost = await kept(two, commit("a", first.version, note(2, "lost")))
    lost = await kept(two, commit("a", lost.version, note(3, "lost")))
    primary.kill()
    replica.promote()
    way.lead_to(replica.port)

    other = await opened(way)
    again = await kept(other, commit("a", first.version, note(2, "again")))
    again = await kept(other, commit("a", again.version, note(4)))
    assert again.version == lost.version
    assert await two.commit([commit("a", lost.version)]) == [None]
    assert await two.commit([commit("a", lost.version, note(9))]) == [None]
    assert await two.since("a", lost.version) is None
    assert await rows(two, "a") == as_rows([note(1), note(2, "again"), note(4)])
    for store in (one, two, other):
        await store.close()


async def test_a_primary_that_became_a_replica_tells_nothing_that_may_be_old(
    pair: tuple[RedisServer, RedisServer], way: Lossy
) -> None:
    primary, replica = pair
    store, waiting = await opened(way, "timeout=0.3"), await opened(way)
    sure = await opened(way, "timeout=9&replicas=1")
    first = await kept(sure, commit("a", 0, note(1), journal=[b"1"], due=1.0))
    await sure.close()
    assert await rows(waiting, "a") == as_rows([note(1)])
    replica.promote()
    primary.follow(replica)

    for question in (
        store.commit([commit("a", first.version, note(2))]),
        store.commit([commit("a", first.version)]),
        store.commit([commit("a", first.version, journal=[b"2"])]),
        store.load("a"),
        store.since("a", first.version),
        store.entries("a", "journal", 0),
        store.names(),
        store.overdue(2.0, 1),
        store.reserve("a", 1),
        store.claim("a", "part", "me", 1.0),
        store.clear("a", "journal"),
        store.drop("a"),
    ):
        with pytest.raises(StoreFailure, match="is a replica, which keeps nothing"):
            await question

    # Those who still ask find the one that took over, by the connections that they have.
    asking = asyncio.create_task(kept(waiting, commit("a", first.version, note(3))))
    way.lead_to(replica.port)
    second = await asking
    assert await store.commit([commit("a", second.version)]) == [second]
    assert await rows(store, "a") == as_rows([note(1), note(3)])
    assert await store.entries("a", "journal", 0) == [(1, b"1")]
    for each in (store, waiting):
        await each.close()


async def test_what_was_lost_while_a_large_workspace_was_loaded_is_not_in_it(
    pair: tuple[RedisServer, RedisServer], way: Lossy
) -> None:
    primary, replica = pair
    sure, store = await opened(way, "timeout=9&replicas=1"), await opened(way)
    other = await opened(way)
    many = [note(number) for number in range(5000)]
    first = await kept(sure, commit("a", 0, *many))
    replica.stop_following(primary)
    ask = store._there.server.command

    async def interrupted(*words: object) -> object:
        """All change before they are read, and the server is lost when they were."""
        if primary.runs and words[2] == 0:
            lost = [note(number, "lost") for number in range(5000)]
            await kept(other, commit("a", first.version, *lost))
        cursor, portion = await ask(*words)
        if primary.runs and not cursor:
            primary.kill()
            replica.promote()
            way.lead_to(replica.port)
        return cursor, portion

    store._there.server.command = interrupted  # type: ignore[method-assign]
    whole = await store.load("a")
    assert whole is not None
    assert not primary.runs
    assert as_rows(whole.changes) == as_rows(many)
    for each in (sure, other, store):
        await each.close()


@pytest.mark.parametrize("forgotten", [False, True])
async def test_nothing_is_told_that_the_replica_does_not_have(
    pair: tuple[RedisServer, RedisServer], way: Lossy, forgotten: bool
) -> None:
    primary, replica = pair
    options = "timeout=3&replicas=1"
    one, two = await opened(way, options), await opened(way, options)
    first = await kept(one, commit("a", 0, note(1)))
    assert await two.commit([commit("a", first.version)]) == [first]
    if forgotten:
        primary.ask("DEL", "{carrier-simulator}:mark")
    changed = commit("a", first.version, note(2))
    with replica.standing_still():
        # It is kept, and asked for once more on a connection that has written nothing.
        way.fates.append("answer")
        with pytest.raises(StoreFailure, match="fewer than 1 of its replicas have"):
            await one.commit([changed])
        seen = commit("a", first.version + 1)
        with pytest.raises(StoreFailure, match="fewer than 1 of its replicas have"):
            await two.commit([seen])

    patient = await opened(way, "timeout=9&replicas=1")
    [second] = await patient.commit([seen])
    assert second is not None
    assert await one.commit([changed]) == [second]
    for store in (one, two, patient):
        await store.close()


async def test_without_the_replicas_that_a_server_wants_it_keeps_nothing_and_tells_what_is_kept(
    pair: tuple[RedisServer, RedisServer], way: Lossy
) -> None:
    primary, replica = pair
    store = await opened(way)
    first = await kept(store, commit("a", 0, note(1)))
    replica.stop_following(primary)
    primary.ask("CONFIG", "SET", "min-replicas-to-write", "1")
    with pytest.raises(StoreFailure, match="has fewer replicas than its min-replicas-to-write"):
        await store.commit([commit("a", first.version, note(2))])
    assert await store.commit([commit("a", first.version)]) == [first]
    assert await rows(store, "a") == as_rows([note(1)])
    await store.close()
