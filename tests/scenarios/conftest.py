"""What the tests of scenarios share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from simulator.app import vocabulary
from simulator.scenarios.vocabulary import Vocabulary
from tests.support.server import Workspace

Load = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def known() -> Vocabulary:
    """The words of all carriers."""
    return vocabulary()


def put(workspace: Workspace, text: str, **query: Any) -> httpx2.Response:
    """Load a scenario that is written in YAML."""
    headers = {"Content-Type": "application/yaml"}
    return workspace.control.put("/scenario", content=text, headers=headers, params=query)


@pytest.fixture
def load(workspace: Workspace) -> Load:
    """Loads a scenario into the workspace of the test, and gives what is told of it."""

    def loads(text: str, **query: Any) -> dict[str, Any]:
        response = put(workspace, text, **query)
        assert response.status_code == 200, response.text
        told: dict[str, Any] = response.json()
        return told

    return loads
