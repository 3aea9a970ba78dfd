"""Nothing that a description shows as an example of a request goes unread."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from simulator.http.described.specification import resolve
from tests.myparcel.client import basic
from tests.postplus.client import TEST_KEY
from tests.support.descriptions import SERVED, description
from tests.support.server import Workspace

CARRIERS = {
    "inpost": {"Authorization": "Bearer sim-inpost-sandbox"},
    "myparcel": {"Authorization": basic("sim-myparcel-postpaid")},
    "postplus": {"X-API-KEY": TEST_KEY},
}
"""The headers of a key, by API."""

DESCRIPTIONS = [name for name, served in SERVED.items() if served.api in CARRIERS]

_METHODS = ("get", "post", "put", "patch", "delete")


def operations(carrier: str) -> Iterator[tuple[str, str, list[Any], dict[str, Any]]]:
    """Method, path, parameters and bodies of each operation."""
    for path, item in resolve(description(carrier))["paths"].items():
        for method in _METHODS:
            if method in item:
                operation = item[method]
                parameters = [*item.get("parameters", []), *operation.get("parameters", [])]
                content = operation.get("requestBody", {}).get("content", {})
                yield method.upper(), path, parameters, content


def values(shown: dict[str, Any]) -> list[Any]:
    """The examples of a parameter or a body."""
    if "examples" in shown:
        return [example["value"] for example in shown["examples"].values()]
    return [shown["example"]] if "example" in shown else []


def requests(carrier: str) -> Iterator[tuple[str, str, dict[str, Any], str | None, Any]]:
    """Each request that the examples make: all parameters with each body, and each value once."""
    for method, path, parameters, content in operations(carrier):
        query: dict[str, Any] = {}
        others: list[tuple[str, Any]] = []
        for parameter in parameters:
            first, *rest = values(parameter) or ["1"]
            if parameter["in"] == "path":
                path = path.replace(f"{{{parameter['name']}}}", str(first))
            elif parameter["in"] == "query":
                query[parameter["name"]] = first
                others += [(parameter["name"], value) for value in rest]
        bodies: list[tuple[str | None, Any]] = [
            (media, value) for media, spec in content.items() for value in values(spec)
        ]
        for media, value in bodies or [(None, None)]:
            yield method, path, query, media, value
        if not bodies:
            yield method, path, query, None, None
        for name, value in others:
            yield method, path, {**query, name: value}, None, None


def send(client: httpx2.Client, method: str, path: str, **more: Any) -> None:
    media, value = more["media"], more["value"]
    sent: dict[str, Any] = {}
    if media == "multipart/form-data" and isinstance(value, dict):
        sent = {"files": {name: (None, str(text)) for name, text in value.items()}}
    elif media is not None and media.endswith("json"):
        sent = {"json": value, "headers": {"Content-Type": media}}
    elif media is not None:
        sent = {"content": str(value).encode(), "headers": {"Content-Type": media}}
    response = client.request(method, path, params=more["query"], **sent)
    assert response.status_code not in (404, 405, 415) or response.headers["x-sim-request-id"]


@pytest.mark.parametrize("carrier", DESCRIPTIONS)
def test_no_example_of_a_request_goes_unread(workspace: Workspace, carrier: str) -> None:
    base = f"{workspace.base_url}/w/{workspace.name}/{SERVED[carrier].server}"
    headers = CARRIERS[SERVED[carrier].api]
    sent = 0
    with httpx2.Client(
        base_url=base,
        headers=headers,
        trust_env=False,
        verify=False,
        timeout=30,
    ) as client:
        for method, path, query, media, value in requests(carrier):
            send(client, method, path, query=query, media=media, value=value)
            sent += 1
    assert sent > 25
    journal = workspace.journal(limit=1000)
    assert len(journal) == sent
    assert [entry["path"] for entry in journal if entry["operation"] is None] == []
    found = [
        (entry["operation"], workspace.control.get(f"/journal/{entry['id']}").json()["unread"])
        for entry in workspace.journal(unread=True, limit=1000)
    ]
    assert found == []
