"""One server for each test process, one workspace for each test."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator

import pytest

from simulator.settings import Settings
from tests.support.server import START, Workspace, running

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The base URL of a simulator that fails a response which its spec does not describe."""
    with running(Settings(response_validation="fail")) as base_url:
        yield base_url


@pytest.fixture
def new_workspace(server: str) -> Iterator[Callable[[], Workspace]]:
    """Makes further workspaces, each with its clock standing at `START`."""
    made: list[Workspace] = []

    def make() -> Workspace:
        workspace = Workspace(server, f"t{os.getpid()}-{next(_numbers)}")
        workspace.freeze(START)
        made.append(workspace)
        return workspace

    yield make
    for workspace in made:
        workspace.close()


@pytest.fixture
def workspace(new_workspace: Callable[[], Workspace]) -> Workspace:
    """A fresh workspace with its clock standing at `START`."""
    return new_workspace()
