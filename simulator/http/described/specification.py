"""Loads the OpenAPI descriptions in the form in which Connexion reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from connexion.spec import OpenAPISpecification

from simulator.http.described.served import as_served

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ShippedSpecification(OpenAPISpecification):
    """A specification that ships with the program.

    Connexion validates a description against the OpenAPI schema and copies it several times when it
    is loaded, which takes longer than everything else at start. The shipped ones are validated by
    ``carrier-simulator validate`` and by the tests, so only the references are resolved here.
    """

    def __init__(self, raw: dict[str, Any]) -> None:
        raw.setdefault("components", {})
        self._raw_spec = raw
        self._spec = resolve(raw)
        self._base_uri = ""

    def with_base_path(self, base_path: str) -> OpenAPISpecification:
        """The same description as it is served under another base path."""
        described = ShippedSpecification(as_served(self._raw_spec, base_path))
        described._spec = described._raw_spec
        return described


def load(path: Path) -> ShippedSpecification:
    """Read a shipped description from YAML."""
    with path.open("rb") as stream:
        raw = yaml.load(stream, _Loader)
    return ShippedSpecification(raw)


def resolve(raw: dict[str, Any]) -> dict[str, Any]:
    """The description with every local ``$ref`` replaced by what it names.

    What is named twice is one object in the result. Raises `ValueError` for a reference to
    itself, which neither Connexion nor the validators can take.
    """
    resolved: dict[str, Any] = {}
    open_references: list[str] = []

    def follow(reference: str) -> Any:
        if reference in resolved:
            return resolved[reference]
        if reference in open_references:
            raise ValueError(f"{reference} refers to itself: {' -> '.join(open_references)}")
        open_references.append(reference)
        node: Any = raw
        for part in reference.removeprefix("#/").split("/"):
            node = node[part.replace("~1", "/").replace("~0", "~")]
        resolved[reference] = walk(node)
        open_references.pop()
        return resolved[reference]

    def walk(node: Any) -> Any:
        if isinstance(node, dict):
            reference = node.get("$ref")
            if isinstance(reference, str):
                return follow(reference)
            return {str(key): walk(value) for key, value in node.items()}
        if isinstance(node, list):
            return [walk(item) for item in node]
        return node

    result: dict[str, Any] = walk(raw)
    return result
