"""Making rules, and asking for what they are about."""

from __future__ import annotations

from typing import Any

from tests.support.server import Workspace


def rule(workspace: Workspace, **definition: Any) -> int:
    response = workspace.control.post("/rules", json=definition)
    assert response.status_code == 201, response.text
    number: int = response.json()["id"]
    return number


def assert_refused(workspace: Workspace, definition: Any, path: str, message: str) -> None:
    """The rule is refused, with that told of that place."""
    response = workspace.control.post("/rules", json=definition)
    assert response.status_code == 422, response.text
    found = {each["path"]: each["message"] for each in response.json()["errors"]}
    assert message in found.get(path, ""), found


def used(workspace: Workspace, number: int) -> tuple[int, int, bool]:
    told = workspace.control.get(f"/rules/{number}").json()
    return told["seen"], told["used"], told["spent"]


def statuses(workspace: Workspace, count: int) -> list[int]:
    client = workspace.client
    return [client.get("/v1/organizations/1").status_code for _ in range(count)]


GET = {"operation": "inpost.get_organization"}
