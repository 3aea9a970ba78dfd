"""Servers that share their worlds by a store."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from simulator.settings import Settings
from tests.support.redis_server import RedisServer
from tests.support.server import START, Workspace, running

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A server that keeps nothing on disk."""
    with RedisServer(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture(params=["sqlite", "redis"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a store of each kind that is empty."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/worlds.db"
    server: RedisServer = request.getfixturevalue("redis_server")
    return f"{server.url}?prefix=s{os.getpid()}-{next(_numbers)}"


@pytest.fixture
def servers(store: str) -> Iterator[list[str]]:
    """The base URLs of two servers that share a store."""
    with ExitStack() as stack:
        settings = Settings(response_validation="fail", store=store)
        yield [stack.enter_context(running(settings)) for _ in range(2)]


@pytest.fixture
def replicas(servers: list[str]) -> Iterator[list[Workspace]]:
    """One workspace as it is seen at each of the servers, its clock standing at `START`."""
    seen = [Workspace(base_url, "team") for base_url in servers]
    seen[0].freeze(START)
    yield seen
    for each in seen:
        each.close()
