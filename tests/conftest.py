"""One server for each test process, one workspace for each test."""

from __future__ import annotations

import gc
import itertools
import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from simulator.settings import Settings
from tests.support.kept_as_bytes import WANTED, kept_as_bytes
from tests.support.measuring import unmeasured
from tests.support.server import START, Workspace, running

for _carrier in ("inpost", "myparcel", "postplus"):
    # Failures in proofs show their values, whoever asks for them.
    pytest.register_assert_rewrite(f"tests.magic.{_carrier}_proofs")

# How long an example takes says more about the machine than about the program.
hypothesis_settings.register_profile("project", deadline=None)
hypothesis_settings.load_profile("project")

_numbers = itertools.count(1)

_LONG = ("browser", "clients", "contract", "docs", "examples", "stores", "testing", "typing")
"""Folders whose tests take up to half a minute each."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long tests, in random order as all are: one that comes last keeps one process
    busy while the others have nothing left to do."""
    tests = Path(__file__).parent
    items.sort(key=lambda item: item.path.relative_to(tests).parts[0] not in _LONG)


def pytest_collection_finish() -> None:
    """Never look for garbage among what was collected: the tests and all modules stay."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    if item.get_closest_marker("unmeasured") is None:
        return (yield)
    with unmeasured():
        return (yield)


@pytest.fixture(scope="session", autouse=True)
def _entries_went_through_bytes() -> Iterator[None]:
    """With ``JOURNAL_AS_BYTES=1`` nothing is lost by it, whatever the tests do."""
    if not WANTED:
        yield
        return
    with kept_as_bytes() as compared:
        yield
    assert compared.unlike == []


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


@pytest.fixture
def nothing_unread(workspace: Workspace) -> Iterator[None]:
    """Nothing that the test sends goes unread, as befits the requests of carriers' documents."""
    yield
    unread = workspace.journal(unread=True, limit=1000)
    entries = [workspace.control.get(f"/journal/{entry['id']}").json() for entry in unread]
    assert [(entry["operation"], entry["unread"]) for entry in entries] == []
