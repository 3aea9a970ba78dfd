"""A client of the demo account, in a workspace of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.postplus.client import Client
from tests.support.server import Workspace


@pytest.fixture
def client(workspace: Workspace) -> Iterator[Client]:
    """A client with the published test key."""
    made = Client(workspace)
    yield made
    made.close()
