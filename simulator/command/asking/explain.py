"""Asks a running server why it answered as it did, and says it to a person."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from simulator.command.asking.server import SILENT, NoAnswer, asking, checked
from simulator.engine.bounds import REFUSED

_NEWEST = 3
_LONGEST_BODY = 2000
"""Characters of a body that are shown."""


class ExplainError(NoAnswer):
    """An exchange cannot be explained; the message is one line that says what to do."""

    @classmethod
    def no_id(cls, text: str, reason: str = "") -> ExplainError:
        """The text cannot be the id of an exchange."""
        return cls(
            f"{text!r} is not the id of an exchange, such as default-000012; answers carry it in "
            f"the header X-Sim-Request-Id{reason}"
        )

    @classmethod
    def no_entry(cls, entry_id: str, newest: Sequence[str]) -> ExplainError:
        """The journal does not have it, or no more."""
        there = f"the newest are {', '.join(newest)}" if newest else "it is empty"
        return cls(f"there is no {entry_id!r} in the journal; {there}")


def fetch(entry_id: str, url: str, token: str | None) -> dict[str, Any]:
    """The journal's entry with that id, from the server at `url`. Raises `NoAnswer`."""
    workspace, _, number = entry_id.rpartition("-")
    if not (workspace and number.isascii() and number.isdecimal()):
        raise ExplainError.no_id(entry_id)
    try:
        checked(workspace)
    except NoAnswer as error:
        raise ExplainError.no_id(entry_id, f": {error}") from None
    journal = f"workspaces/{workspace}/journal"
    with asking(url, token) as got:
        entry = got(f"{journal}/{entry_id}", missing={})
        if not entry:
            names = [each["name"] for each in got("workspaces")["items"]]
            if workspace not in (*names, REFUSED):
                raise NoAnswer.no_workspace(workspace, names)
            newest = got(f"{journal}?limit={_NEWEST}")["items"]
            raise ExplainError.no_entry(entry_id, [each["id"] for each in newest])
        return entry


def as_text(entry: dict[str, Any]) -> str:
    """The entry for a person: what was asked and answered, why, and both bodies."""
    return "\n".join(_lines(entry))


def _lines(entry: dict[str, Any]) -> Iterator[str]:
    query = f"?{entry['query']}" if entry["query"] else ""
    came = "no answer" if entry["heard"] in SILENT else entry["status"]
    yield f"{entry['method']} {entry['path']}{query} -> {came}"
    yield ""
    yield f"  exchange   {entry['id']}, {entry['milliseconds']:.1f} ms"
    yield f"  carrier    {entry['carrier']}"
    yield f"  operation  {entry['operation'] or 'none'}"
    yield f"  outcome    {entry['outcome']}"
    yield f"  clock      {entry['at']}"
    yield ""
    yield from (f"* {sentence}" for sentence in entry["why"])
    for title, message in (("Request", entry["request"]), ("Answer", entry["response"])):
        if message["bytes"] and not (title == "Answer" and entry["heard"] in SILENT):
            kind = message["headers"].get("content-type", "no content type")
            yield ""
            yield f"{title}: {message['bytes']} bytes, {kind}"
            yield _body(message)


def _body(message: dict[str, Any]) -> str:
    if message["encoding"] == "base64":
        return "  (not a text)"
    body = message["body"]
    text = body if isinstance(body, str) else json.dumps(body, indent=2, ensure_ascii=False)
    shown = text if len(text) <= _LONGEST_BODY else f"{text[:_LONGEST_BODY]}..."
    return "\n".join(f"  {line}" for line in shown.splitlines())
