"""What was done to a simulator meanwhile: a step where there is a word for it, else a note."""

from __future__ import annotations

from typing import Any

Notes = dict[int, list[str]]
"""Comments by the number of the step that they stand before."""

_ACTION = "actions/"


def controlled(method: str, asked: str, body: Any, status: int) -> dict[str, Any] | None:
    """The step that does again what a request to the control API did; None if there is none.

    `asked` is the path below the workspace, such as `clock/advance`; `body` is None where none was
    sent.
    """
    what = asked.rstrip("/")
    if method != "POST" or status >= 300 or not isinstance(body, dict | None):
        return None
    if what == "clock/advance" and body and not body.get("dry_run"):
        return {"advance": body}
    action = what.removeprefix(_ACTION)
    return {"do": {action: body or {}}} if action != what and "/" not in action else None


def note(notes: Notes, place: int, text: str) -> None:
    """Note something before the step at `place`, once however often it comes."""
    there = notes.setdefault(place, [])
    if text not in there:
        there.append(text)
