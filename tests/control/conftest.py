"""The control API is tested over the toy carrier, so that it stands on its own."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest

from tests.support.receiver import Receiver, receiving
from tests.support.server import Workspace, serving
from tests.support.toy.server import toy_app
from tests.support.wire import Wire


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The base URL of a simulator with the toy carrier alone."""
    with serving(toy_app()) as base_url:
        yield base_url


@pytest.fixture
def sim(server: str) -> Iterator[httpx2.Client]:
    """A client of ``/_sim``."""
    with httpx2.Client(
        base_url=f"{server}/_sim", trust_env=False, transport=Wire(), timeout=30
    ) as client:
        yield client


@pytest.fixture
def toy(workspace: Workspace) -> Iterator[httpx2.Client]:
    """A client of the toy carrier in the workspace of the test."""
    base_url = f"{workspace.base_url}/w/{workspace.name}/toy"
    with httpx2.Client(base_url=base_url, trust_env=False, transport=Wire(), timeout=30) as client:
        yield client


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Somebody who receives webhooks."""
    with receiving() as receiver:
        yield receiver
