"""What the journal says about a request."""

from __future__ import annotations

from tests.support.server import Workspace


def notes(workspace: Workspace) -> list[str]:
    """What the journal says of the newest request about what was not honoured or repeated."""
    return [line for line in why(workspace) if "not honoured" in line or "more than once" in line]


def why(workspace: Workspace) -> list[str]:
    """All that the journal says of the newest request."""
    newest = max(workspace.journal(carrier="postplus"), key=lambda entry: str(entry["id"]))
    lines: list[str] = workspace.control.get(f"/journal/{newest['id']}").json()["why"]
    return lines
