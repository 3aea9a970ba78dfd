"""What cannot be kept or found is said in words that a person can act on; nothing is half done."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.engine.backends.sqlite import connecting, failures, schema, sqlite_store
from simulator.engine.backends.sqlite.connecting import Place
from simulator.engine.backends.sqlite.sqlite_store import SqliteStore
from simulator.engine.backends.store import Refused, StoreFailure
from tests.engine.sqlite.places import opened
from tests.engine.store_conformance import (
    BIG,
    BOUNDS,
    CODEC,
    as_rows,
    commit,
    kept,
    note,
    rows,
)

pytestmark = pytest.mark.asyncio


async def refusal(path: Path) -> str:
    """What is said when a store is opened there."""
    with pytest.raises(Refused) as refused:
        async with opened(path):
            pass
    return str(refused.value)


async def failure(store: SqliteStore, *changes: object, workspace: str = "a") -> str:
    """What is said when a commit that is to be the workspace's first fails."""
    with pytest.raises(StoreFailure) as failed:
        await store.commit([commit(workspace, 0, *BIG, journal=[b"x"])])
    return str(failed.value)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "worlds.db"


async def test_a_constructor_touches_nothing(path: Path) -> None:
    SqliteStore(Place(path), CODEC, BOUNDS)
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite://worlds.db", "has a host where there is none, 'worlds.db'"),
        ("sqlite:worlds.db?durability=half", "has the durability 'half': it is process or full"),
        ("sqlite:///worlds.db?mode=ro", "has 'mode', which is not known: there is durability"),
        ("sqlite:///", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite:///folder/", "names no file"),
        ("postgres://host/name", "names no SQLite file: write sqlite:///relative.db"),
    ],
)
async def test_a_url_that_names_no_file_is_refused(url: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        Place.parse(url)
    assert str(refused.value).startswith(repr(url))
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("sqlite:///worlds.db", Place(Path("worlds.db"))),
        ("sqlite:////var/lib/worlds.db", Place(Path("/var/lib/worlds.db"))),
        ("sqlite:///a%20b/w.db?durability=full", Place(Path("a b/w.db"), "full")),
        ("sqlite:///w.db?durability=process", Place(Path("w.db"))),
    ],
)
async def test_a_url_names_a_file(url: str, place: Place) -> None:
    assert Place.parse(url) == place
    assert SqliteStore(url, CODEC, BOUNDS).place == str(place.path)


async def test_there_has_to_be_a_folder(path: Path) -> None:
    said = await refusal(path.parent / "never" / "worlds.db")
    assert said == (
        f"there is no folder {path.parent / 'never'} for worlds.db: make it, or name another"
    )
    path.write_text("")
    said = await refusal(path / "worlds.db")
    assert said.startswith(f"{path} is a file, not a folder")


async def test_a_folder_is_no_file(path: Path) -> None:
    path.mkdir()
    assert await refusal(path) == (
        f"{path} is a folder: name a file in it, such as {path / 'worlds.db'}"
    )


@pytest.mark.parametrize("content", [b"not a database at all\n" * 200, b"x"])
async def test_what_is_no_database_is_left_as_it_is(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert await refusal(path) == f"{path} is not a SQLite database: name another file"
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    "statements",
    [
        ["CREATE TABLE theirs (id)"],
        ["PRAGMA application_id = 77"],
        ["PRAGMA user_version = 3"],
    ],
)
async def test_the_database_of_another_application_is_left_as_it_is(
    path: Path, statements: list[str]
) -> None:
    with sqlite3.connect(path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
    before = path.read_bytes()

    assert await refusal(path) == (
        f"{path} is a database of another application, and is left as it is: name another file"
    )
    assert path.read_bytes() == before


async def test_a_newer_file_is_refused(path: Path) -> None:
    async with opened(path) as store:
        await kept(store, commit("a", 0, note(1)))
    newest = len(schema.STEPS)
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {newest + 1}")
    connection.close()

    assert await refusal(path) == (
        f"{path} is of version {newest + 1}, and this program knows {newest} at most: use the "
        "newer carrier-simulator that made it, or name another file"
    )


async def test_an_empty_file_is_a_new_one(path: Path) -> None:
    path.write_bytes(b"")
    async with opened(path) as store:
        assert await store.names() == []


async def test_a_full_disk_keeps_nothing_and_goes_on_when_there_is_room(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connections: list[sqlite3.Connection] = []

    def small(place: Place) -> sqlite3.Connection:
        connections.append(connecting.prepare(place))
        (pages,) = connections[-1].execute("PRAGMA page_count").fetchone()
        connections[-1].execute(f"PRAGMA max_page_count = {pages + 30}")
        return connections[-1]

    monkeypatch.setattr(sqlite_store, "prepare", small)
    async with opened(path) as store:
        first = await kept(store, commit("b", 0, note(1)))
        for _ in range(2):
            assert await failure(store) == (
                f"there is no room left for {path}: free some on its disk, then ask again"
            )
        assert await store.load("a") is None
        assert await store.names() == ["b"]
        assert await store.entries("a", "journal", 0) == []
        second = await kept(store, commit("b", first.version, note(2)))
        assert second.version == first.version + 1

        connections[-1].execute("PRAGMA max_page_count = 100000")
        await kept(store, commit("a", 0, *BIG, journal=[b"x"]))
        assert await rows(store, "a") == as_rows(BIG)
        assert await rows(store, "b") == as_rows([note(1), note(2)])
    assert len(connections) == 1


async def test_a_locked_file_is_waited_for_and_then_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "PATIENCE", 0.02)
    async with opened(path) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        for question in (
            store.commit([commit("a", 0, note(1))]),
            store.drop("a"),
            store.claim("a", "part", "me", 1),
            store.reserve("a", 1),
        ):
            with pytest.raises(StoreFailure) as failed:
                await question
            assert str(failed.value) == (
                f"another program has kept {path} locked for 5 s: end it, if it is not one of "
                "these servers; then ask again"
            )
        assert await store.names() == []
        other.execute("ROLLBACK")
        other.close()
        await kept(store, commit("a", 0, note(1)))


async def test_a_file_that_is_locked_is_not_opened(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "PATIENCE", 0.02)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreFailure, match="locked for 5 s"):
        async with opened(path):
            pass
    other.close()
    async with opened(path) as store:
        assert await store.names() == []


async def test_a_file_that_is_broken_in_the_middle_is_told(path: Path) -> None:
    async with opened(path) as store:
        first = await kept(store, commit("a", 0, *BIG))
    content = bytearray(path.read_bytes())
    for start in range(40 * 4096, len(content), 4096):
        content[start : start + 4096] = b"\xff" * 4096
    path.write_bytes(content)

    async with opened(path) as store:
        for question in (
            store.load("a"),
            store.commit([commit("a", first.version, *BIG)]),
            store.load("a"),
        ):
            with pytest.raises(StoreFailure) as failed:
                await question
            assert str(failed.value).startswith(f"{path} is damaged (")
            assert f"`carrier-simulator store check {path}`" in str(failed.value)


async def test_a_file_with_a_broken_beginning_is_refused(path: Path) -> None:
    async with opened(path) as store:
        await kept(store, commit("a", 0, *BIG))
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * 4000 + content[4100:])
    assert (await refusal(path)).startswith(f"{path} is damaged (")


async def test_a_file_that_is_taken_away_keeps_nothing_more(path: Path) -> None:
    async with opened(path) as store:
        first = await kept(store, commit("a", 0, note(1)))
        assert await rows(store, "a") == as_rows([note(1)])
        path.rename(path.with_name("away.db"))
        for question in (
            store.commit([commit("a", first.version, note(2))]),
            store.load("a"),
        ):
            with pytest.raises(StoreFailure, match=r"worlds\.db was deleted or replaced while"):
                await question
        await kept(store, commit("a", 0, note(3)))
        assert await rows(store, "a") == as_rows([note(3)])


async def test_records_that_this_program_does_not_know_are_told(path: Path) -> None:
    async with opened(path) as store:
        await kept(store, commit("a", 0, note(1)))
        await kept(store, commit("b", 0, note(1)))
        await kept(store, commit("c", 0, note(1)))
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO tables VALUES (77, 't.theirs')")
        connection.execute("UPDATE records SET tbl = 77 WHERE life = 1")
        connection.execute("UPDATE records SET record = X'81a2' WHERE life = 2")
    connection.close()

    async with opened(path) as store:
        with pytest.raises(StoreFailure, match=r"has records of t\.theirs, which this server does"):
            await store.load("a")
        with pytest.raises(StoreFailure, match=r"has records of t\.notes that cannot be read"):
            await store.load("b")
        assert await rows(store, "c") == as_rows([note(1)])


async def test_what_cannot_be_written_down_is_told_and_undone(path: Path) -> None:
    async with opened(path) as store:
        first = await kept(store, commit("a", 0, note(1)))
        with pytest.raises(StoreFailure, match=r"nothing of it: .* surrogates not allowed"):
            await store.commit(
                [commit("b", 0, note(1)), commit("a", first.version, note(2, "\ud800"))]
            )
        assert await store.names() == ["a"]
        await kept(store, commit("a", first.version, note(2)))
        assert await rows(store, "a") == as_rows([note(1), note(2)])


async def test_a_closed_store_says_so(path: Path) -> None:
    async with opened(path) as store:
        pass
    with pytest.raises(StoreFailure, match="is closed"):
        await store.names()


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A folder that this process, as a user without rights of its own, may not write to if told."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    was = os.geteuid()
    path = folder / "worlds.db"
    yield path
    if was == 0:
        os.seteuid(0)
    folder.chmod(0o755)
    shutil.rmtree(folder)


async def test_what_may_not_be_written_is_told(as_nobody: Path) -> None:
    path = as_nobody
    async with opened(path) as store:
        await kept(store, commit("a", 0, note(1)))
    for each in path.parent.iterdir():
        each.chmod(0o444)
    path.parent.chmod(0o555)
    if os.geteuid() == 0:
        os.seteuid(65534)
    assert await refusal(path) == (
        f"{path} cannot be written by this user: make it writable, or name another file"
    )
    said = await refusal(path.with_name("new.db"))
    assert said.startswith(f"the folder {path.parent} cannot be written by this user")


async def test_what_may_not_be_written_any_more_is_told(path: Path) -> None:
    async with opened(path) as store:
        await kept(store, commit("a", 0, note(1)))
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    with pytest.raises(sqlite3.OperationalError) as error:
        connection.execute("CREATE TABLE x (y)")
    connection.close()
    assert "the file, those beside it (-wal, -shm) and its folder writable for this user" in str(
        failures.failure(path, error.value)
    )
