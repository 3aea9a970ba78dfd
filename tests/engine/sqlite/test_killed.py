"""What was acknowledged outlives ``kill -9``, and nothing is torn."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from simulator.engine.backends.store import Store
from tests.engine.sqlite.committing import WIDTH, changes
from tests.engine.sqlite.places import opened
from tests.engine.store_conformance import as_rows, commit, kept, note

_ROOT = Path(__file__).parents[3]


@contextmanager
def _committing(path: Path, name: str) -> Iterator[subprocess.Popen[str]]:
    """A process that commits to a workspace, and has done so already."""
    arguments = [sys.executable, "-m", "tests.engine.sqlite.committing", str(path), name]
    with subprocess.Popen(arguments, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "0\n"
            yield process
        finally:
            process.kill()


def _kill(process: subprocess.Popen[str], after: int) -> int:
    """Kill it once it has told of so many commits; gives the last that it told of."""
    assert process.stdout is not None
    while int(process.stdout.readline()) < after:
        pass
    process.kill()
    rest = process.stdout.read().splitlines(keepends=True)
    return max([after, *(int(each) for each in rest if each.endswith("\n"))])


async def _check(store: Store, name: str, told: int) -> None:
    """All that was told of is there, and of at most one more commit all or nothing."""
    whole = await store.load(name)
    assert whole is not None
    last = whole.kept.version - whole.kept.began
    assert told <= last <= told + 1
    expected = {change.key: change for number in range(last + 1) for change in changes(number)}
    assert len(expected) == WIDTH + last + 1
    assert as_rows(whole.changes) == as_rows(list(expected.values()))
    assert whole.kept.ends == {"journal": last + 1}
    found = await store.entries(name, "journal", 0)
    numbers = range(max(0, last - 19), last + 1)
    assert found == [(number + 1, str(number).encode()) for number in numbers]


@pytest.mark.asyncio
async def test_what_was_acknowledged_outlives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "worlds.db"
    for round_, after in enumerate((3, 90)):
        name = f"w{round_}"
        with _committing(path, name) as process:
            told = _kill(process, after)
        async with opened(path) as store:
            assert store.alone()
            await _check(store, name, told)
            await kept(store, commit("later", 0, note(1), whole=True))
            await store.drop("later")
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


@pytest.mark.asyncio
async def test_one_that_is_killed_leaves_the_others_at_work(tmp_path: Path) -> None:
    path = tmp_path / "worlds.db"
    async with opened(path) as store:
        with _committing(path, "one") as one, _committing(path, "two") as two:
            told = _kill(one, 20)
            assert not store.alone()
            version = (await kept(store, commit("own", 0, note(1)))).version
            await kept(store, commit("own", version, note(2)))
            await _check(store, "one", told)
            await _check(store, "two", _kill(two, 40))
        assert store.alone()
