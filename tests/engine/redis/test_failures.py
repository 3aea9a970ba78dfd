"""What goes wrong with a server that was in use, in words, and how all goes on afterwards."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from redis import exceptions

from simulator.engine.backends.redis import RedisStore, failures
from simulator.engine.backends.redis.address import address_of
from simulator.engine.backends.store import StoreFailure
from tests.engine.store_conformance import BOUNDS, CODEC, as_rows, commit, kept, note, rows
from tests.support.redis_server import RedisServer

pytestmark = pytest.mark.asyncio


@pytest.fixture
def own(tmp_path: Path) -> Iterator[RedisServer]:
    """A server for this test, which writes to its disk what it keeps."""
    options = "appendonly yes", "appendfsync always", "repl-diskless-sync-delay 0"
    with RedisServer(tmp_path / "redis", *options) as server:
        yield server


async def opened(server: RedisServer, options: str = "?timeout=1") -> RedisStore:
    """A store that is open."""
    store = RedisStore(server.url + options, CODEC, BOUNDS)
    await store.open()
    return store


async def told(store: RedisStore, *words: Any) -> Any:
    """What the server answers to a command."""
    return await store._there.server.command(*words)


async def test_what_was_acknowledged_outlives_a_kill_and_all_goes_on(own: RedisServer) -> None:
    store = await opened(own, "?timeout=5")
    first = await kept(store, commit("a", 0, note(1), journal=[b"1"], whole=True))
    second = await kept(store, commit("a", first.version, note(2), journal=[b"2"], due=1.0))
    own.kill()
    asking = asyncio.create_task(kept(store, commit("a", second.version, note(3))))
    await asyncio.to_thread(own.start)

    third = await asking
    assert third.version == second.version + 1
    assert await rows(store, "a") == as_rows([note(1), note(2), note(3)])
    assert await store.entries("a", "journal", 0) == [(1, b"1"), (2, b"2")]
    await store.close()


async def test_while_the_server_is_away_nothing_is_kept_and_afterwards_all_is_as_ever(
    own: RedisServer,
) -> None:
    store = await opened(own)
    first = await kept(store, commit("a", 0, note(1)))
    own.kill()
    with pytest.raises(StoreFailure, match="cannot be reached"):
        await store.commit([commit("a", first.version, note(2))])
    with pytest.raises(StoreFailure, match="cannot be reached"):
        await store.load("a")
    await asyncio.to_thread(own.start)

    assert await store.commit([commit("a", first.version)]) == [first]
    await kept(store, commit("a", first.version, note(3)))
    assert await rows(store, "a") == as_rows([note(1), note(3)])
    await store.close()


async def test_a_server_that_lost_everything_has_nothing(own: RedisServer) -> None:
    store = await opened(own)
    first = await kept(store, commit("a", 0, note(1)))
    await told(store, "FLUSHALL")
    await told(store, "SCRIPT", "FLUSH")

    assert await store.commit([commit("a", first.version, note(2))]) == [None]
    assert await store.since("a", first.version) is None
    assert await store.load("a") is None
    assert (await kept(store, commit("a", 0, note(2)))).version > first.version
    await store.close()


async def test_a_server_that_lost_the_latest_commits_is_believed(tmp_path: Path) -> None:
    with RedisServer(tmp_path / "redis", "save 3600 1000000", "dbfilename kept.rdb") as server:
        one, two = await opened(server, "?timeout=9"), await opened(server, "?timeout=9")
        first = last = await kept(one, commit("a", 0, note(1)))
        await told(one, "SAVE")
        for number in range(2, 5):
            last = await kept(one, commit("a", last.version, note(number, "lost")))
        server.kill()
        await asyncio.to_thread(server.start)

        again = first
        for number in range(2, 6):
            again = await kept(two, commit("a", again.version, note(number, "again")))
            assert await one.since("a", last.version) is None
            for changed in (commit("a", last.version), commit("a", last.version, note(9))):
                assert await one.commit([changed]) == [None]
        assert again.version == last.version + 1

        assert await rows(one, "a") == await rows(two, "a")
        assert await one.commit([commit("a", again.version)]) == [again]
        for store in (one, two):
            await store.close()


async def test_connections_that_the_server_ended_are_made_anew(own: RedisServer) -> None:
    store = await opened(own)
    first = await kept(store, commit("a", 0, note(1)))
    await asyncio.gather(*(store.load("a") for _ in range(8)))
    own.ask("CLIENT", "KILL", "TYPE", "normal")

    answers = await asyncio.gather(*(store.commit([commit("a", first.version)]) for _ in range(8)))
    assert answers == [[first]] * 8
    await store.close()


async def test_a_full_server(own: RedisServer) -> None:
    store = await opened(own)
    first = await kept(store, commit("a", 0, note(1)))
    # Less than any server needs for itself.
    await told(store, "CONFIG", "SET", "maxmemory", "1")
    for changed in (
        commit("a", first.version, note(2), journal=[b"x"]),
        commit("a", first.version, note(2, "x" * 300), whole=True),
        commit("b", 0, note(2)),
        commit("a", first.version, journal=[b"x"]),
    ):
        with pytest.raises(StoreFailure, match="has no memory left for it: raise its maxmemory"):
            await store.commit([changed])

    # What needs no memory goes on.
    assert await store.commit([commit("a", first.version)]) == [first]
    assert await rows(store, "a") == as_rows([note(1)])
    await told(store, "CONFIG", "SET", "maxmemory", "100mb")
    await kept(store, commit("a", first.version, note(2)))
    assert await store.names() == ["a"]
    await store.close()


async def test_a_server_that_cannot_write_to_its_disk(own: RedisServer) -> None:
    store = await opened(own)
    first = await kept(store, commit("a", 0, note(1)))
    await told(store, "CONFIG", "SET", "save", "3600 1")
    shutil.rmtree(own.folder)
    await told(store, "BGSAVE")
    while (await told(store, "INFO", "persistence"))["rdb_last_bgsave_status"] != "err":
        pass

    with pytest.raises(StoreFailure, match="cannot write to its disk"):
        await store.commit([commit("a", first.version, note(2))])
    assert await store.commit([commit("a", first.version)]) == [first]
    await told(store, "CONFIG", "SET", "stop-writes-on-bgsave-error", "no")
    await kept(store, commit("a", first.version, note(2)))
    await store.close()


async def test_a_server_that_became_a_replica(own: RedisServer) -> None:
    store = await opened(own)
    first = await kept(store, commit("a", 0, note(1)))
    await told(store, "REPLICAOF", "127.0.0.1", "1")
    with pytest.raises(StoreFailure, match="is a replica, which keeps nothing"):
        await store.commit([commit("a", first.version, note(2))])
    await told(store, "REPLICAOF", "NO", "ONE")
    await kept(store, commit("a", first.version, note(2)))
    await store.close()


async def test_something_else_at_the_keys(own: RedisServer) -> None:
    store = await opened(own)
    shelf = store._there.shelves.of("a")
    await told(store, "SET", f"{shelf}meta:a", "something")
    with pytest.raises(StoreFailure, match="has something else at the keys of this prefix"):
        await store.load("a")
    await store.close()


async def test_commits_wait_for_replicas_where_that_is_wanted(
    own: RedisServer, tmp_path: Path
) -> None:
    store = await opened(own)
    await kept(store, commit("a", 0, note(1)))
    await store.close()
    store = await opened(own, "?timeout=1&replicas=1")
    with pytest.raises(StoreFailure, match="fewer than 1 of its replicas have"):
        await store.commit([commit("b", 0, note(1))])
    await store.close()

    with RedisServer(tmp_path / "replica", f"replicaof 127.0.0.1 {own.port}"):
        store = await opened(own, "?timeout=9&replicas=1")
        while (await told(store, "INFO", "replication")).get("slave0", {}).get("state") != "online":
            pass
        await kept(store, commit("c", 0, note(1), whole=True))
        await store.drop("c")
        await store.close()


async def test_who_is_not_open_says_so() -> None:
    store = RedisStore("redis://host", CODEC, BOUNDS)
    with pytest.raises(StoreFailure, match="redis://host is not open"):
        await store.names()
    await store.close()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            exceptions.BusyLoadingError("Redis is loading the dataset in memory"),
            "still reads what it kept",
        ),
        (
            exceptions.ResponseError(
                "Error running script (call to f_ab): @user_script:9: @user_script: 9: "
                "-OOM command not allowed when used memory > 'maxmemory'."
            ),
            "has no memory left for it",
        ),
        (
            exceptions.ResponseError(
                "Error running script (call to f_ab): @user_script:9: @user_script: 9: "
                "-READONLY You can't write against a read only replica."
            ),
            "is a replica, which keeps nothing",
        ),
        (exceptions.MasterDownError("Link with MASTER is down"), "has lost its primary"),
        (exceptions.ClusterDownError("The cluster is down"), "is a cluster that is not whole"),
        (exceptions.ResponseError("NOREPLICAS Not enough good replicas to write."), "min-replicas"),
        (exceptions.ResponseError("something new"), "refused (something new)"),
        (exceptions.ConnectionError("Connection closed by server."), "cannot be reached"),
        (OSError(113, "No route to host"), "cannot be reached ([Errno 113] No route to host)"),
    ],
)
async def test_errors_that_are_hard_to_come_by(error: Exception, words: str) -> None:
    said = str(failures.failure(error, address_of("redis://me:secret@host")))
    assert said.startswith("redis://host:6379 ")
    assert words in said


async def test_a_connection_that_is_closed_while_it_is_written_to_is_lost(own: RedisServer) -> None:
    """Some releases of CPython say so by an error of their own."""
    store = await opened(own)
    words = ["'NoneType' object is not callable", "'NoneType' object is not callable"]

    async def ask() -> str:
        if words:
            raise TypeError(words.pop())
        return "heard"

    async def wrong() -> None:
        raise TypeError("can only concatenate str")

    server = store._there.server
    assert await server.asked(ask) == "heard"
    with pytest.raises(TypeError, match="concatenate"):
        await server.asked(wrong)
    await store.close()
