"""``carrier-simulator store``: what a person does with the file of a store."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from dirty_equals import IsNumber

from simulator.carriers import registry
from simulator.command.store import _codec
from simulator.core.tables import Change
from simulator.engine.backends.memory import MemoryBackend
from simulator.engine.backends.sqlite.connecting import Place
from simulator.engine.backends.sqlite.sqlite_store import SqliteStore
from simulator.engine.backends.store import Commit, Kept, LogBounds
from simulator.engine.bounds import HubOptions
from simulator.engine.hub import Hub
from tests.cli.test_cli import Typist, type_command

__all__ = ["type_command"]

_BOUNDS = {"journal": LogBounds(100)}


@asynccontextmanager
async def _opened(path: Path) -> AsyncIterator[SqliteStore]:
    store = SqliteStore(Place(path), _codec(), _BOUNDS)
    await store.open()
    try:
        yield store
    finally:
        await store.close()


def _default_world() -> list[Change]:
    """What a new workspace has."""
    state = Hub(registry.load(), MemoryBackend(), HubOptions()).fresh_state()
    rows = state.rows()
    return [Change(table, key, record) for table in rows for key, record in rows[table].items()]


async def _commit(store: SqliteStore, name: str, kept: Kept | None, *changes: Change) -> Kept:
    version = 0 if kept is None else kept.version
    made = Commit(
        workspace=name,
        token=f"{name}-{version}",
        expected=version,
        changes=changes,
        whole=kept is None,
        logs={"journal": [b"exchange"]},
    )
    (answer,) = await store.commit([made])
    assert answer is not None
    return answer


def _put(path: Path, *names: str, then: Change | None = None) -> None:
    """Let a file have workspaces with the default world."""

    async def put() -> None:
        async with _opened(path) as store:
            for name in names:
                kept = await _commit(store, name, None, *_default_world())
                if then is not None:
                    await _commit(store, name, kept, then)

    asyncio.run(put())


async def _aside(work: Any, *arguments: Any) -> Any:
    return await asyncio.to_thread(work, *arguments)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "worlds.db"


@pytest.mark.parametrize("command", ["backup", "check", "compact"])
def test_each_explains_itself(type_command: Typist, command: str) -> None:
    outcome = type_command("store", command, "--help")
    assert outcome.code == 0
    assert outcome.out.startswith(f"Usage: carrier-simulator store {command}")
    assert "Example" in outcome.out


def test_a_file_in_order_is_told_with_its_workspaces(path: Path, type_command: Typist) -> None:
    _put(path, "build-17", "default")
    outcome = type_command("store", "check", str(path))
    assert (outcome.code, outcome.err) == (0, "")
    first, one, two, last = outcome.out.splitlines()
    assert first.startswith(f"{path}: version 1, ")
    assert first.endswith(", workspaces: 2")
    count = f"{len(_default_world()):,} records"
    for line, name in ((one, "build-17"), (two, "default ")):
        assert line.startswith(f"  {name}  {count}  ")
        assert "  1 log entries  8 B  last used 20" in line
    assert last == "all is in order"

    outcome = type_command("store", "check", f"sqlite:///{path}", "--json")
    report = json.loads(outcome.out)
    assert report["problems"] == []
    assert report["version"] == 1
    assert report["workspaces"][0] == {
        "name": "build-17",
        "version": IsNumber,
        "records": len(_default_world()),
        "record_bytes": IsNumber(gt=100_000),
        "entries": 1,
        "entry_bytes": 8,
        "used": IsNumber,
        "due": None,
    }


def test_records_that_cannot_be_read_are_named(path: Path, type_command: Typist) -> None:
    world = _default_world()
    changed = next(change for change in world if isinstance(change.key, int))
    _put(path, "default", then=changed)
    with sqlite3.connect(path) as connection:
        connection.execute(
            "UPDATE records SET record = X'80' WHERE tbl ="
            " (SELECT id FROM tables WHERE name = ?) AND key = ?",
            (changed.table, changed.key),
        )
        connection.execute("INSERT INTO tables VALUES (900, 'ups.parcels')")
        for key in (5, "x"):
            connection.execute(
                "INSERT INTO records SELECT life, 900, ?, X'80' FROM workspaces", (key,)
            )
        connection.execute("DELETE FROM entries WHERE id = (SELECT max(id) FROM entries)")
        connection.execute("DELETE FROM blocks WHERE id = 1")
    connection.close()

    outcome = type_command("store", "check", str(path))
    assert outcome.code == 1
    assert outcome.out.endswith("not all is in order\n")
    lines = outcome.err.splitlines()
    assert all(line.startswith(f"carrier-simulator: {path}: default: ") for line in lines)
    said = [line.split(": default: ")[1] for line in lines]
    assert said[0] == "records with which it began are missing"
    assert said[1].startswith(f"{changed.table} {changed.key!r}: cannot be read: Object missing")
    assert said[2] == "ups.parcels: no carrier of this program has such records (2 times)"
    assert said[3] == "1 entries of logs are there, not 2"


def test_of_very_many_that_cannot_be_read_some_are_named(path: Path, type_command: Typist) -> None:
    _put(path, "default")
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM records")
        (table,) = connection.execute(
            "SELECT id FROM tables WHERE name LIKE 'inpost.%' ORDER BY name"
        ).fetchone()
        for key in range(250):
            connection.execute(
                "INSERT INTO records SELECT life, ?, ?, X'80' FROM workspaces", (table, key)
            )
    connection.close()
    outcome = type_command("store", "check", str(path))
    assert outcome.code == 1
    lines = outcome.err.splitlines()
    assert len(lines) == 101
    assert lines[-1] == f"carrier-simulator: {path}: and 150 more"


def test_a_damaged_file_is_told(path: Path, type_command: Typist) -> None:
    _put(path, "default")
    content = bytearray(path.read_bytes())
    content[10 * 4096 : 40 * 4096] = b"\xff" * 30 * 4096
    path.write_bytes(content)
    outcome = type_command("store", "check", str(path))
    assert outcome.code == 1
    assert outcome.out.endswith("not all is in order\n")
    assert outcome.err.startswith(f"carrier-simulator: {path}: ")


@pytest.mark.parametrize(
    ("command", "others"), [("backup", ["copy.db"]), ("check", []), ("compact", [])]
)
def test_what_is_no_store_is_refused(
    path: Path, type_command: Typist, command: str, others: list[str]
) -> None:
    others = [str(path.with_name(other)) for other in others]
    outcome = type_command("store", command, str(path), *others)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == f"carrier-simulator: there is no file {path}\n"
    path.write_text("not a store\n" * 100)
    outcome = type_command("store", command, str(path), *others)
    assert outcome.code == 2
    assert outcome.err == (
        f"carrier-simulator: {path} is not a SQLite database: name another file\n"
    )
    outcome = type_command("store", command, "redis://host", *others)
    assert outcome.code == 2
    assert "names no SQLite file: write sqlite:///relative.db" in outcome.err
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_backup_is_taken_while_a_server_writes(path: Path, type_command: Typist) -> None:
    target = path.with_name("copy.db")
    setting = next(change for change in _default_world() if isinstance(change.key, int))

    async def write_and_back_up() -> int:
        async with _opened(path) as store:
            kept = await _commit(store, "default", None, *_default_world())
            backup = asyncio.create_task(_aside(type_command, "store", "backup", *map(str, both)))
            commits = 0
            while not backup.done() or commits < 3:
                kept = await _commit(store, "default", kept, setting)
                commits += 1
            outcome = await backup
            assert (outcome.code, outcome.err) == (0, "")
            assert outcome.out.startswith(f"{target}: ")
            assert outcome.out.endswith(f", as {path} was just now\n")
            return kept.version - kept.began

    both = (path, target)
    last = asyncio.run(write_and_back_up())
    assert sorted(each.name for each in path.parent.iterdir()) == [
        "copy.db",
        "worlds.db",
        "worlds.db-users",
    ]

    async def look() -> None:
        async with _opened(target) as store:
            whole = await store.load("default")
            assert whole is not None
            assert 0 <= whole.kept.version - whole.kept.began <= last
            assert len(whole.changes) == len(_default_world())
            entries = await store.entries("default", "journal", 0)
            assert len(entries) == min(100, whole.kept.version - whole.kept.began + 1)

    asyncio.run(look())
    assert type_command("store", "check", str(target)).code == 0


def test_a_backup_takes_the_place_of_nothing(path: Path, type_command: Typist) -> None:
    _put(path, "default")
    target = path.with_name("copy.db")
    target.write_text("mine")
    outcome = type_command("store", "backup", str(path), str(target))
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        f"carrier-simulator: {target} is there already: name another file, or move it away first\n"
    )
    assert target.read_text() == "mine"
    outcome = type_command("store", "backup", str(path), str(path.parent / "never" / "copy.db"))
    assert outcome.code == 2
    assert f"there is no folder {path.parent / 'never'} for copy.db" in outcome.err


def test_a_file_is_compacted_when_nobody_uses_it(path: Path, type_command: Typist) -> None:
    _put(path, "default", "other")

    async def drop_and_compact() -> None:
        async with _opened(path) as store:
            for number in range(40):
                await _commit(store, f"w{number}", None, *(_default_world()[number:]))
            for number in range(40):
                await store.drop(f"w{number}")
            outcome = await _aside(type_command, "store", "compact", str(path))
            assert (outcome.code, outcome.out) == (1, "")
            assert outcome.err.startswith(
                f"carrier-simulator: {path} is in use by a server: stop it first"
            )
            await _commit(store, "later", None, *_default_world())

    asyncio.run(drop_and_compact())
    before = path.stat().st_size
    outcome = type_command("store", "compact", str(path))
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"{path}: ")
    assert path.stat().st_size < before / 2
    outcome = type_command("store", "check", str(path))
    assert outcome.code == 0
    assert "workspaces: 3" in outcome.out


def test_a_file_that_another_program_reads_is_not_compacted(
    path: Path, type_command: Typist
) -> None:
    _put(path, "default")
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN")
    connection.execute("SELECT * FROM workspaces").fetchall()
    outcome = type_command("store", "compact", str(path))
    connection.close()
    assert outcome.code == 1
    assert "is in use" in outcome.err
    assert type_command("store", "compact", str(path)).code == 0
