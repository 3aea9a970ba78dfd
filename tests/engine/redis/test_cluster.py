"""A cluster of three nodes keeps every promise, also while slots move and nodes fail."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from simulator.engine.backends.redis import RedisStore
from simulator.engine.backends.store import Refused, Store, StoreFailure
from tests.engine.store_conformance import (
    BIG,
    BOUNDS,
    CODEC,
    StoreConformance,
    as_rows,
    commit,
    kept,
    note,
    rows,
)
from tests.support.redis_server import RedisServer, cluster


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[RedisServer]]:
    """The nodes of a cluster."""
    with cluster(tmp_path_factory.mktemp("cluster")) as nodes:
        yield nodes


@pytest.fixture
def url(nodes: list[RedisServer], prefix: str) -> str:
    """A place in the cluster where nothing is kept yet, by two of its nodes."""
    hosts = ",".join(f"127.0.0.1:{node.port}" for node in nodes[:2])
    return f"redis+cluster://{hosts}?prefix={prefix}&timeout=5"


@pytest_asyncio.fixture
async def store(url: str) -> AsyncIterator[Store]:
    """A store that is open."""
    store = RedisStore(url, CODEC, BOUNDS)
    await store.open()
    yield store
    await store.close()


class TestCluster(StoreConformance):
    """Two stores of one cluster."""

    @pytest_asyncio.fixture
    async def another(self, url: str, store: Store) -> AsyncIterator[Store]:
        another = RedisStore(url, CODEC, BOUNDS)
        await another.open()
        yield another
        await another.close()


@pytest.mark.asyncio
async def test_workspaces_lie_on_all_nodes(store: Store, nodes: list[RedisServer]) -> None:
    names = [f"w{number}" for number in range(60)]
    await store.commit([commit(name, 0, note(1), whole=True, due=5.0) for name in names])

    assert await store.names() == sorted(names)
    assert sorted(await store.overdue(6.0, 100)) == sorted(names)
    for node in nodes:
        assert int(node.ask("DBSIZE").removeprefix(b":")) > 10


@pytest.mark.asyncio
async def test_a_node_alone_is_told_from_a_cluster(
    nodes: list[RedisServer], redis_server: RedisServer
) -> None:
    alone = RedisStore(nodes[0].url, CODEC, BOUNDS)
    with pytest.raises(Refused, match=r"is a node of a cluster: write redis\+cluster://"):
        await alone.open()
    none = RedisStore(f"redis+cluster://127.0.0.1:{redis_server.port}", CODEC, BOUNDS)
    with pytest.raises(Refused, match="is no node of a cluster: write redis://"):
        await none.open()


class _Move:
    """A slot that moves from one node to another, with all keys of a workspace's shelf."""

    def __init__(self, nodes: list[RedisServer], key: str) -> None:
        said = nodes[0].ask("CLUSTER", "KEYSLOT", key)
        self._slot = said.strip().decode().removeprefix(":")
        self._source = next(n for n in nodes if not n.ask("TYPE", key).startswith(b"-MOVED"))
        self._target = next(node for node in nodes if node is not self._source)
        self._ids = {node: node.ask("CLUSTER", "MYID").split()[1].decode() for node in nodes}

    def begin(self) -> None:
        self._target.ask("CLUSTER", "SETSLOT", self._slot, "IMPORTING", self._ids[self._source])
        self._source.ask("CLUSTER", "SETSLOT", self._slot, "MIGRATING", self._ids[self._target])

    def move(self, *parts: str) -> None:
        """Move the keys that have one of these in their names."""
        said = self._source.ask("CLUSTER", "GETKEYSINSLOT", self._slot, "1000").decode()
        own = [
            key
            for key in said.split("\r\n")
            if key.startswith("{") and any(part in key for part in parts)
        ]
        to = ("127.0.0.1", str(self._target.port), "", "0", "5000", "KEYS")
        assert self._source.ask("MIGRATE", *to, *own).startswith(b"+")

    def end(self) -> None:
        for node in (self._target, self._source):
            node.ask("CLUSTER", "SETSLOT", self._slot, "NODE", self._ids[self._target])


@pytest.mark.asyncio
@pytest.mark.parametrize("first_part", ["meta:", "rows:", "commits:", "log:", "piece:", "never"])
async def test_while_a_slot_moves_nothing_is_done_by_halves(
    store: RedisStore, nodes: list[RedisServer], url: str, first_part: str
) -> None:
    first = await kept(store, commit("a", 0, *BIG, whole=True, journal=[b"1"]))
    second = await kept(store, commit("a", first.version, note(1, "y"), journal=[b"2"]))
    hasty = RedisStore(url.replace("timeout=5", "timeout=2"), CODEC, BOUNDS)
    await hasty.open()
    changed = commit("a", second.version, note(1, "moved"), journal=[b"3"])
    logged = commit("a", second.version, journal=[b"x"])
    again = commit("a", second.version, note(1), whole=True)
    move = _Move(nodes, f"{store._there.shelves.of('a')}meta:a")
    move.begin()
    move.move(first_part)

    said = await asyncio.gather(
        *(hasty.commit([asked]) for asked in (changed, logged, again, commit("a", 0, note(1)))),
        *(hasty.load("a"), hasty.drop("a"), hasty.since("a", first.version)),
        return_exceptions=True,
    )
    assert [type(each) for each in said] == [StoreFailure] * 7
    assert any("is moving slots of the cluster" in str(each) for each in said), said

    move.move("")
    move.end()
    for each in (store, hasty):
        third = await kept(each, changed)
        assert third.ends == {"journal": 3}
        assert await rows(each, "a") == as_rows([*BIG[:1], note(1, "moved"), *BIG[2:]])
    assert await store.entries("a", "journal", 0) == [(1, b"1"), (2, b"2"), (3, b"3")]
    await hasty.close()


@pytest.mark.asyncio
async def test_a_node_that_is_away(nodes: list[RedisServer], prefix: str) -> None:
    hosts = ",".join(f"127.0.0.1:{node.port}" for node in nodes)
    store = RedisStore(f"redis+cluster://{hosts}?prefix={prefix}&timeout=1", CODEC, BOUNDS)
    await store.open()
    names = [f"w{number}" for number in range(30)]
    nodes[2].kill()
    try:
        with pytest.raises(StoreFailure):
            await store.commit([commit(name, 0, note(1)) for name in names])
        with pytest.raises(StoreFailure):
            await store.names()
    finally:
        nodes[2].start()
        nodes[2].wait_for_cluster()
    await store.close()


@pytest.mark.asyncio
async def test_clusters_that_cannot_be_opened_are_told_apart(tmp_path: Path) -> None:
    async def failure(url: str, kind: type[Exception]) -> str:
        store = RedisStore(url, CODEC, BOUNDS)
        with pytest.raises(kind) as failed:
            await store.open()
        return str(failed.value)

    with RedisServer(tmp_path, "cluster-enabled yes", "requirepass secret") as node:
        host = f"127.0.0.1:{node.port}"
        assert "wants a password" in await failure(f"redis+cluster://{host}", Refused)
        words = await failure(f"redis+cluster://:guess@{host}", Refused)
        assert "does not know this user and password" in words
        assert "guess" not in words
        words = await failure(f"redis+cluster://:secret@{host}?timeout=0.5", StoreFailure)
        assert f"redis+cluster://{host}" in words
    words = await failure(f"redis+cluster://{host}?timeout=0.3", StoreFailure)
    assert "cannot be reached" in words
