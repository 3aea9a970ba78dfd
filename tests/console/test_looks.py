"""Whoever looks at the pages of a workspace keeps it."""

from __future__ import annotations

import httpx2
import pytest

from simulator.app import create_app
from simulator.settings import Settings
from tests.support.server import Workspace, serving

PATHS = ("/", "/_sim/", "/_sim/llms.txt", "/_sim/docs/journal.md", "/myparcel/_pay/none")


@pytest.fixture(scope="module")
def passed_over() -> list[str]:
    """The pages that were looked at without asking for the workspace."""
    app = create_app(Settings())
    kept = []
    with serving(app) as base_url:
        workspace = Workspace(base_url, "looked-at")
        workspace.freeze("2026-03-02T10:15:00+01:00")
        found = app._hub.existing(workspace.name)
        assert found is not None
        for path in PATHS:
            found.asked_at = 0.0
            url = f"{base_url}/w/{workspace.name}{path}"
            httpx2.get(url, headers={"Accept": "text/html"}, trust_env=False, verify=False)
            if found.asked_at == 0.0:
                kept.append(path)
        workspace.close()
    return kept


@pytest.mark.parametrize("path", PATHS)
def test_a_look_at_a_page_asks_for_its_workspace(passed_over: list[str], path: str) -> None:
    assert path not in passed_over
