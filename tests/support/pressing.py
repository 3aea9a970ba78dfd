"""What is sent for an operation that somebody tries out on its API page, as it is filled in.

Path parameters, required ones and those that the description wants filled in have their example, a
body its first one or the one that is chosen; everything else stays empty.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any, NamedTuple

import httpx2

from simulator.http.described.served import as_served
from simulator.http.described.specification import resolve
from tests.support.descriptions import SERVED, description
from tests.support.server import Workspace

METHODS = ("get", "put", "post", "delete", "patch")


class Described(NamedTuple):
    """An operation of a description, as it is served."""

    method: str
    path: str
    content: dict[str, Any]
    parameters: list[dict[str, Any]]


@cache
def operations(name: str) -> dict[str, Described]:
    """The operations of a description by their ids, with references followed."""
    document = resolve(as_served(description(name), ""))
    return {
        content["operationId"]: Described(
            method,
            path,
            content,
            [*item.get("parameters", []), *content.get("parameters", [])],
        )
        for path, item in document["paths"].items()
        for method, content in item.items()
        if method in METHODS
    }


class Page:
    """The API page of one description in a workspace, with a key that was pasted once."""

    def __init__(self, name: str, workspace: Workspace, headers: dict[str, str]) -> None:
        self.name = name
        self.base_url = (
            f"{workspace.base_url}/_sim"
            if name == "control"
            else f"{workspace.base_url}/w/{workspace.name}/{SERVED[name].server}"
        )
        self.headers = headers
        self._workspace = workspace

    def execute(
        self, operation_id: str, example: str | None = None, accept: str | None = None
    ) -> httpx2.Response:
        """Press "Execute" for an operation, with one of the body's examples; `accept` is a media
        type of the answer that was chosen."""
        operation = operations(self.name)[operation_id]
        path = operation.path
        query: list[tuple[str, str | int | float | bool | None]] = []
        headers = {**self.headers, "Accept": accept or _accepted(operation.content)}
        for parameter in operation.parameters:
            value = _example(parameter, None)
            if value in (None, "", []):
                continue
            if parameter["in"] == "path":
                path = path.replace(f"{{{parameter['name']}}}", self._here(str(value)))
            elif parameter["in"] == "query":
                values = value if isinstance(value, list) else [value]
                query += [(parameter["name"], _written(each)) for each in values]
        body, media = self._body(operation.content, example)
        if media is not None:
            headers["Content-Type"] = media
        return httpx2.request(
            operation.method.upper(),
            f"{self.base_url}{path}",
            params=query,
            headers=headers,
            trust_env=False,
            verify=False,
            timeout=30,
            **body,
        )

    def _body(self, operation: Any, chosen: str | None) -> tuple[dict[str, Any], str | None]:
        content = operation.get("requestBody", {}).get("content", {})
        for media, described in content.items():
            value = _example(described, chosen)
            if media == "multipart/form-data":
                return {"files": {name: (name, text) for name, text in value.items()}}, None
            text = value if isinstance(value, str) else json.dumps(value)
            return {"content": self._here(text).encode()}, media
        return {}, None

    def _here(self, text: str) -> str:
        """The workspace of the test in place of the one that the controls' examples are about."""
        return text.replace("default", self._workspace.name) if self.name == "control" else text


def _accepted(operation: Any) -> str:
    """The media type that is chosen for the answer: the first of the first success."""
    success = next(each for status, each in operation["responses"].items() if status[0] == "2")
    return next(iter(success.get("content", {})), "*/*")


def _example(described: Any, chosen: str | None) -> Any:
    examples = described.get("examples", {})
    if chosen is not None:
        return examples[chosen]["value"]
    if examples:
        return next(iter(examples.values()))["value"]
    return described.get("example", described.get("schema", {}).get("example"))


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
