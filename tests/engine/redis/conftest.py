"""One server for each test process, one prefix for each test."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator

import pytest

from tests.support.redis_server import RedisServer

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A server that keeps nothing on disk."""
    with RedisServer(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
def prefix() -> str:
    """What nobody else's keys begin with."""
    return f"t{os.getpid()}-{next(_numbers)}"


@pytest.fixture
def url(redis_server: RedisServer, prefix: str) -> str:
    """A place where nothing is kept yet."""
    return f"{redis_server.url}?prefix={prefix}"
