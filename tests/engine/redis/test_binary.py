"""The server that tests and benchmarks start is named, or it is one that is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.redis_binary import NoServer, redis_binary


def program(folder: Path, name: str) -> str:
    """A file that may be run."""
    path = folder / name
    path.touch(mode=0o755)
    return str(path)


@pytest.fixture(autouse=True)
def nothing_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is on the PATH but what the test puts there."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("REDIS_SERVER", raising=False)


def test_the_one_that_is_named_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    program(tmp_path, "redis-server")
    named = program(tmp_path / "elsewhere", "valkey-server")
    monkeypatch.setenv("REDIS_SERVER", named)
    assert redis_binary() == named


def test_without_a_name_it_is_the_one_that_is_installed(tmp_path: Path) -> None:
    valkey = program(tmp_path, "valkey-server")
    assert redis_binary() == valkey
    redis = program(tmp_path, "redis-server")
    assert redis_binary() == redis


def test_a_name_that_nothing_has_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "redis-server")
    monkeypatch.setenv("REDIS_SERVER", "/nowhere/redis-server")
    with pytest.raises(NoServer, match="REDIS_SERVER=/nowhere/redis-server is no program"):
        redis_binary()


def test_where_there_is_none_the_words_say_what_to_install() -> None:
    with pytest.raises(NoServer, match=r"apt-get install redis-server\), or name one by"):
        redis_binary()
