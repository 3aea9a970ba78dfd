"""Files of older versions become like those of today, all of it or nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from simulator.engine.backends.sqlite import connecting, schema
from simulator.engine.backends.store import Refused, StoreFailure
from tests.engine.sqlite.places import opened
from tests.engine.store_conformance import as_rows, commit, kept, note, rows

pytestmark = pytest.mark.asyncio


def _notes_are_counted(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE workspaces ADD COLUMN notes INTEGER NOT NULL DEFAULT 0")
    connection.execute(
        "UPDATE workspaces SET notes = (SELECT count(*) FROM records WHERE life = workspaces.life)"
    )


def _fails(connection: sqlite3.Connection) -> None:
    _notes_are_counted(connection)
    connection.execute("INSERT INTO tables VALUES (1, 'one'), (1, 'two')")


def _with(monkeypatch: pytest.MonkeyPatch, *steps: schema.Step) -> None:
    """A program that knows further steps."""
    later = (*schema.STEPS, *steps)
    monkeypatch.setattr(schema.migrate, "__defaults__", (later,))
    monkeypatch.setattr(schema.examine, "__defaults__", (later,))


def _asked(path: Path, question: str) -> object:
    connection = sqlite3.connect(path)
    (answer,) = connection.execute(question).fetchone()
    connection.close()
    return answer


async def test_a_new_file_says_what_it_is(tmp_path: Path) -> None:
    async with opened(tmp_path / "worlds.db"):
        pass
    path = tmp_path / "worlds.db"
    assert _asked(path, "PRAGMA application_id") == schema.APPLICATION
    assert _asked(path, "PRAGMA user_version") == len(schema.STEPS)
    assert _asked(path, "PRAGMA journal_mode") == "wal"
    assert path.read_bytes()[68:72] == b"CSMW"


async def test_an_older_file_goes_through_the_steps_that_it_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "worlds.db"
    async with opened(path) as store:
        first = await kept(store, commit("a", 0, note(1), note(2)))

    _with(monkeypatch, _notes_are_counted)
    for _ in range(2):
        async with opened(path) as store:
            assert await rows(store, "a") == as_rows([note(1), note(2)])
            assert await store.commit([commit("a", first.version)]) == [first]
    assert _asked(path, "PRAGMA user_version") == len(schema.STEPS) + 1
    assert _asked(path, "SELECT notes FROM workspaces") == 2

    monkeypatch.undo()
    with pytest.raises(Refused, match=rf"is of version {len(schema.STEPS) + 1}, and this program"):
        async with opened(path):
            pass


async def test_a_step_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "worlds.db"
    async with opened(path) as store:
        await kept(store, commit("a", 0, note(1)))

    with monkeypatch.context() as patched:
        _with(patched, _notes_are_counted, _fails)
        with pytest.raises(StoreFailure, match="duplicate column name: notes"):
            async with opened(path):
                pass
    assert _asked(path, "PRAGMA user_version") == len(schema.STEPS)
    async with opened(path) as store:
        assert await rows(store, "a") == as_rows([note(1)])


async def test_an_old_sqlite_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "OLDEST", (99, 1, 0))
    with pytest.raises(Refused, match=r"has SQLite \d.*, and 99\.1\.0 or newer is needed"):
        async with opened(tmp_path / "worlds.db"):
            pass
