"""Whoever uses a file is known to the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.engine.backends.sqlite import users
from simulator.engine.backends.sqlite.users import Users
from simulator.engine.backends.store import Refused, StoreFailure
from tests.engine.sqlite.places import opened
from tests.engine.store_conformance import as_rows, commit, kept, note, rows

pytestmark = pytest.mark.asyncio


async def test_who_is_alone_knows_it(tmp_path: Path) -> None:
    async with opened(tmp_path / "worlds.db") as one:
        assert one.alone()
        async with opened(tmp_path / "worlds.db") as two, opened(tmp_path / "other.db") as other:
            assert not one.alone()
            assert not two.alone()
            assert other.alone()
        assert one.alone()
    assert not one.alone()


async def test_who_uses_a_file_by_another_name_is_known_too(tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(tmp_path / "worlds.db")
    async with opened(tmp_path / "worlds.db") as one, opened(tmp_path / "link.db") as two:
        assert not one.alone()
        assert not two.alone()
        await kept(one, commit("a", 0, note(1)))
        assert await rows(two, "a") == as_rows([note(1)])


async def test_who_comes_later_is_told_what_changed_from_then_on(tmp_path: Path) -> None:
    async with opened(tmp_path / "worlds.db") as one:
        first = await kept(one, commit("a", 0, note(1)))
        second = await kept(one, commit("a", first.version, note(2)))
        async with opened(tmp_path / "worlds.db") as two:
            assert await rows(two, "a") == as_rows([note(1), note(2)])
            third = await kept(one, commit("a", second.version, note(3)))
            missed = await two.since("a", second.version)
            assert missed is not None
            assert (missed.kept, missed.changes) == (third, [note(3)])
            # What changed before is loaded with everything else.
            assert await two.since("a", first.version) is None


async def test_nobody_comes_while_the_file_is_compacted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(users, "PATIENCE", 0.02)
    path = tmp_path / "worlds.db"
    one = Users(path)
    async with opened(path):
        assert not one.shut_out()
    assert one.shut_out()
    with pytest.raises(StoreFailure, match=r"worlds\.db is being compacted: begin when that is"):
        async with opened(path):
            pass
    one.leave()
    async with opened(path) as store:
        assert store.alone()


async def test_where_the_system_cannot_tell_nobody_is_known_to_be_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(users, "fcntl", None)
    async with opened(tmp_path / "worlds.db") as store:
        assert not store.alone()
        first = await kept(store, commit("a", 0, note(1)))
        await kept(store, commit("a", first.version, note(2)))
        missed = await store.since("a", first.version)
        assert missed is not None
        assert missed.changes == [note(2)]


async def test_a_file_beside_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "worlds.db-users").mkdir()
    with pytest.raises(Refused, match=r"worlds\.db-users cannot be opened \(Is a directory\)"):
        async with opened(tmp_path / "worlds.db"):
            pass
