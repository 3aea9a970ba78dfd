"""Asks a running server why it answered as it did, and says it to a person."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import httpx2

from simulator.core.faults import closest_words
from simulator.engine.bounds import REFUSED

_TIMEOUT = 10.0
_NEWEST = 3
_LONGEST_BODY = 2000
"""Characters of a body that are shown."""


class ExplainError(Exception):
    """An exchange cannot be explained; the message is one line that says what to do."""

    @classmethod
    def no_id(cls, text: str) -> ExplainError:
        """The text cannot be the id of an exchange."""
        return cls(
            f"{text!r} is not the id of an exchange, such as default-000012; answers carry it in "
            "the header X-Sim-Request-Id"
        )

    @classmethod
    def no_server(cls, url: str, error: Exception) -> ExplainError:
        """Nobody answers there."""
        reason = str(error) or type(error).__name__
        return cls(
            f"no server answers at {url} ({reason}); start one with carrier-simulator serve, or "
            "say with --url where it is"
        )

    @classmethod
    def no_simulator(cls, url: str, status: int) -> ExplainError:
        """Somebody else answers there."""
        return cls(f"{url} does not answer as a carrier simulator does (status {status})")

    @classmethod
    def no_token(cls) -> ExplainError:
        """The server guards its control API."""
        return cls("the server wants its control token: --token or SIMULATOR_CONTROL_TOKEN")

    @classmethod
    def no_workspace(cls, name: str, known: Sequence[str]) -> ExplainError:
        """There is no such workspace on the server."""
        close = closest_words(name, known)
        hint = f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(known)}"
        return cls(f"there is no workspace {name!r} on this server; {hint}")

    @classmethod
    def no_entry(cls, entry_id: str, newest: Sequence[str]) -> ExplainError:
        """The journal does not have it, or no more."""
        there = f"the newest are {', '.join(newest)}" if newest else "it is empty"
        return cls(f"there is no {entry_id!r} in the journal; {there}")


def fetch(entry_id: str, url: str, token: str | None) -> dict[str, Any]:
    """The journal's entry with that id, from the server at `url`. Raises `ExplainError`."""
    workspace, _, number = entry_id.rpartition("-")
    if not (workspace and number.isascii() and number.isdecimal()) or "/" in workspace:
        raise ExplainError.no_id(entry_id)
    url = url.rstrip("/")
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    try:
        with httpx2.Client(
            base_url=f"{url}/_sim/", headers=headers, timeout=_TIMEOUT, trust_env=False
        ) as client:
            journal = f"workspaces/{workspace}/journal"
            entry = _got(client, url, f"{journal}/{entry_id}", missing={})
            if not entry:
                names = [each["name"] for each in _got(client, url, "workspaces")["items"]]
                if workspace not in (*names, REFUSED):
                    raise ExplainError.no_workspace(workspace, names)
                newest = _got(client, url, f"{journal}?limit={_NEWEST}")["items"]
                raise ExplainError.no_entry(entry_id, [each["id"] for each in newest])
            return entry
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise ExplainError.no_server(url, error) from None


def _got(
    client: httpx2.Client, url: str, path: str, missing: dict[str, Any] | None = None
) -> dict[str, Any]:
    response = client.get(path)
    if response.status_code == 401:
        raise ExplainError.no_token()
    if response.status_code == 404 and missing is not None:
        return missing
    try:
        body = response.json()
    except ValueError:
        body = None
    if response.status_code != 200 or not isinstance(body, dict):
        raise ExplainError.no_simulator(url, response.status_code)
    return body


def as_text(entry: dict[str, Any]) -> str:
    """The entry for a person: what was asked and answered, why, and both bodies."""
    return "\n".join(_lines(entry))


def _lines(entry: dict[str, Any]) -> Iterator[str]:
    query = f"?{entry['query']}" if entry["query"] else ""
    yield f"{entry['method']} {entry['path']}{query} -> {entry['status']}"
    yield ""
    yield f"  exchange   {entry['id']}, {entry['milliseconds']:.1f} ms"
    yield f"  carrier    {entry['carrier']}"
    yield f"  operation  {entry['operation'] or 'none'}"
    yield f"  outcome    {entry['outcome']}"
    yield f"  clock      {entry['at']}"
    yield ""
    yield from (f"* {sentence}" for sentence in entry["why"])
    for title, message in (("Request", entry["request"]), ("Answer", entry["response"])):
        if message["bytes"]:
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
