"""The events of a workspace, and whether they are as they are declared."""

from __future__ import annotations

from typing import Any

import httpx2
import jsonschema_rs

from tests.support.server import Workspace


def events(workspace: Workspace, name: str) -> list[dict[str, Any]]:
    """The payloads of the events of a name, oldest first."""
    response = workspace.control.get("/events", params={"event": name})
    assert response.status_code == 200, response.text
    return [each["payload"] for each in response.json()["items"]]


def assert_told_as_listed(workspace: Workspace, name: str) -> None:
    """An event of this name has happened, with the payload that ``GET /_sim/events`` lists."""
    kinds = httpx2.get(f"{workspace.base_url}/_sim/events", trust_env=False, verify=False).json()[
        "items"
    ]
    [kind] = [each for each in kinds if each["name"] == name]
    schema = {
        "type": "object",
        "required": list(kind["payload"]),
        "additionalProperties": False,
        "properties": kind["payload"],
    }
    told = events(workspace, name)
    assert told, f"{name} was not told"
    for payload in [*told, kind["example"]]:
        jsonschema_rs.validate(schema, payload)
