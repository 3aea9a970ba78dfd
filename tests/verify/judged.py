"""Checks sent to a workspace, and the verdicts that came back."""

from __future__ import annotations

from typing import Any

from tests.support.server import Workspace

Json = dict[str, Any]


def verify(workspace: Workspace, *checks: Json) -> Json:
    """The whole answer; ids of exchanges are without the name of the workspace."""
    response = workspace.control.post("/verify", json={"checks": list(checks)})
    assert response.status_code == 200, response.text
    answer: Json = response.json()
    assert answer["passed"] == all(each["passed"] for each in answer["checks"])
    assert [each["check"] for each in answer["checks"]] == list(checks)
    plain: Json = _renamed(answer, workspace.name)
    return plain


def verdict(workspace: Workspace, **check: Any) -> tuple[bool, int, str]:
    """Whether one check passed, what it found, and the sentence about it."""
    [told] = verify(workspace, check)["checks"]
    return told["passed"], told["found"], told["message"]


def _renamed(value: Any, name: str) -> Any:
    if isinstance(value, str):
        return value.replace(f"{name}-", "sim-")
    if isinstance(value, list):
        return [_renamed(inner, name) for inner in value]
    if isinstance(value, dict):
        return {key: _renamed(inner, name) for key, inner in value.items()}
    return value
