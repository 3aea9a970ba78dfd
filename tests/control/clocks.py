"""Moving the clock of a workspace by the control API."""

from __future__ import annotations

from typing import Any

import httpx2

from tests.support.server import Workspace


def advance(workspace: Workspace, **body: Any) -> httpx2.Response:
    return workspace.control.post("/clock/advance", json=body)
