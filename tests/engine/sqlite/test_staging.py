"""A workspace with a great many records is written bit by bit, and is there whole or not."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

from simulator.engine.backends.sqlite import writer
from simulator.engine.backends.sqlite.batch import Batch
from simulator.engine.backends.sqlite.connecting import Place
from simulator.engine.backends.sqlite.sqlite_store import SqliteStore
from simulator.engine.backends.store import Commit, StoreFailure
from tests.engine.sqlite.places import opened
from tests.engine.store_conformance import BOUNDS, CODEC, as_rows, commit, kept, note, rows, tag

pytestmark = pytest.mark.asyncio
MANY = [*(note(number, f"many {number}") for number in range(230)), tag("t", 0.5)]


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "_MANY", 100)
    monkeypatch.setattr(writer, "_PORTION", 40)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "worlds.db"


def _left(path: Path) -> tuple[int, int]:
    """Records and graves in a file."""
    connection = sqlite3.connect(path)
    (found,) = connection.execute(
        "SELECT (SELECT count(*) FROM records), (SELECT count(*) FROM graves)"
    )
    connection.close()
    return found[0], found[1]


async def _buried(store: SqliteStore) -> None:
    """Let all that is over go."""
    while await store._writer.ask(lambda clerk: clerk.bury()):
        pass


async def test_it_begins_and_begins_again(path: Path) -> None:
    async with opened(path) as store, opened(path) as another:
        first = await kept(store, commit("a", 0, *MANY, whole=True, journal=[b"x"], due=4.0))
        assert first.version == first.began
        assert await rows(another, "a") == as_rows(MANY)
        assert await another.overdue(5.0, 1) == ["a"]
        made = commit("a", first.version, *MANY[5:], whole=True)
        second = await kept(another, made)
        assert await kept(store, made) == second
        assert await rows(store, "a") == as_rows(MANY[5:])
        third = await kept(store, commit("a", second.version, note(7, None), note(1)))
        missed = await another.since("a", second.version)
        assert missed is not None
        assert missed.kept == third
        assert as_rows(missed.changes) == as_rows([note(7, None), note(1)])
        await _buried(store)
    assert _left(path) == (len(MANY) - 5, 0)


async def test_others_have_their_turn_meanwhile(path: Path) -> None:
    async with opened(path) as store, opened(path) as another:
        first = await kept(another, commit("b", 0, note(0)))

        async def count() -> int:
            version, commits = first.version, 0
            while not whole.done():
                commits += 1
                following = commit("b", version, note(0, str(commits)))
                version = (await kept(another, following)).version
            return commits

        whole = asyncio.create_task(kept(store, commit("a", 0, *MANY, whole=True)))
        commits = await count()
        assert await rows(store, "b") == as_rows([note(0, str(commits))])
        assert await rows(another, "a") == as_rows(MANY)


async def test_one_that_comes_too_late_leaves_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = writer.Writer._stage

    def is_overtaken(self: writer.Writer, made: Commit) -> None:
        stage(self, made)
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE workspaces SET version = version + 1")
        connection.close()

    async with opened(path) as store:
        first = await kept(store, commit("a", 0, note(1)))
        assert await store.commit([commit("a", 0, *MANY, whole=True)]) == [None]
        assert _left(path) == (1, 0)

        monkeypatch.setattr(writer.Writer, "_stage", is_overtaken)
        overtaken = commit("a", first.version, *MANY, whole=True)
        assert await store.commit([overtaken]) == [None]
        await _buried(store)
        assert await rows(store, "a") == as_rows([note(1)])
        assert _left(path) == (1, 0)


async def test_one_that_fails_in_the_middle_leaves_nothing_in_the_end(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    store = SqliteStore(Place(path), CODEC, BOUNDS, now=lambda: now)
    await store.open()
    first = await kept(store, commit("a", 0, note(1)))
    write, written = Batch.write, 0

    def fails(self: Batch, connection: sqlite3.Connection, at: float) -> None:
        nonlocal written
        written += 1
        if written == 3:
            raise sqlite3.OperationalError("the disk is gone")
        write(self, connection, at)

    with monkeypatch.context() as patched:
        patched.setattr(Batch, "write", fails)
        with pytest.raises(StoreFailure, match="the disk is gone"):
            await store.commit([commit("a", first.version, *MANY, whole=True)])
    assert await rows(store, "a") == as_rows([note(1)])
    assert _left(path) == (81, 1)
    await _buried(store)
    assert _left(path) == (81, 1)
    now += 61
    await _buried(store)
    assert _left(path) == (1, 0)
    await kept(store, commit("a", first.version, *MANY, whole=True))
    assert await rows(store, "a") == as_rows(MANY)
    await store.close()


async def test_one_that_slept_and_was_taken_for_over_does_not_begin(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    store = SqliteStore(Place(path), CODEC, BOUNDS, now=lambda: now)
    await store.open()
    write, written = Batch.write, 0

    def sleeps(self: Batch, connection: sqlite3.Connection, at: float) -> None:
        nonlocal written, now
        written += 1
        if written == 5:
            # Within this transaction nobody else could: it is as if it had been before.
            now += 61
            connection.execute("UPDATE graves SET over = 0")
        write(self, connection, at)

    monkeypatch.setattr(Batch, "write", sleeps)
    with pytest.raises(StoreFailure, match="took more than 60 s to write"):
        await store.commit([commit("a", 0, *MANY, whole=True)])
    assert await store.load("a") is None
    now += 61
    await _buried(store)
    assert _left(path) == (0, 0)
    await store.close()
