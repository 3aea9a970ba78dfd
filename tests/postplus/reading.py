"""What the journal says about a request."""

from __future__ import annotations

from typing import Any

from tests.support.server import Workspace


def notes(workspace: Workspace) -> list[str]:
    """What the journal says of the newest request about what was not honoured or repeated."""
    return [line for line in why(workspace) if "not honoured" in line or "more than once" in line]


def unread(workspace: Workspace) -> dict[str, str | None]:
    """What nothing looked at in the newest request, and what may be meant."""
    return {each["place"]: each["did_you_mean"] for each in _newest(workspace)["unread"]}


def why(workspace: Workspace) -> list[str]:
    """All that the journal says of the newest request."""
    lines: list[str] = _newest(workspace)["why"]
    return lines


def _newest(workspace: Workspace) -> dict[str, Any]:
    newest = max(workspace.journal(carrier="postplus"), key=lambda entry: str(entry["id"]))
    entry: dict[str, Any] = workspace.control.get(f"/journal/{newest['id']}").json()
    return entry
