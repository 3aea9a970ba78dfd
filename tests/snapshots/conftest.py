"""A snapshot of a world in which much is going on."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.rich import fill
from tests.support.server import START, Workspace


@pytest.fixture(scope="session")
def rich(server: str) -> dict[str, Any]:
    """The document; copy it before you change it."""
    workspace = Workspace(server, "rich")
    workspace.freeze(START)
    fill(workspace)
    document: dict[str, Any] = workspace.control.get("/snapshot").json()
    workspace.close()
    return document
