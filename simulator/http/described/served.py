"""A description in the form in which it is served, to people who try it out and to generators."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

HANDLERS = "x-openapi-router-controller"
"""Where an operation names the module of its handler, for Connexion."""

FILLED_IN = "x-filled-in"
"""On an optional parameter: API pages fill its example in, since little is answered without it."""


def as_served(raw: dict[str, Any], base_path: str) -> dict[str, Any]:
    """A copy that names `base_path` as its server and no modules of ours.

    Programs that let people try an operation fill in what a parameter has as its example. That of
    an optional one is told in its description instead: filters that are filled in find nothing.
    """
    served = deepcopy(raw)
    for operation in _operations(served):
        operation.pop(HANDLERS, None)
    for parameter in _parameters(served):
        if parameter.pop(FILLED_IN, False) or parameter.get("required", False):
            continue
        _tell_examples(parameter)
    served["servers"] = [{"url": base_path or "/"}]
    return served


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for item in document["paths"].values():
        yield from (operation for operation in item.values() if isinstance(operation, dict))


def _parameters(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every parameter where it is written; those that are shared once."""
    yield from document["components"].get("parameters", {}).values()
    for owner in (*document["paths"].values(), *_operations(document)):
        yield from (each for each in owner.get("parameters", ()) if "$ref" not in each)


def _tell_examples(parameter: dict[str, Any]) -> None:
    shown = [parameter.pop("example", None)]
    shown += [each.get("value") for each in parameter.pop("examples", {}).values()]
    shown.append(parameter.get("schema", {}).pop("example", None))
    told = [f"`{_written(value)}`" for value in shown if value not in (None, "", [])]
    if told:
        description = parameter.get("description", "").strip()
        stop = "" if description.endswith((".", "!", "?")) or not description else "."
        parameter["description"] = f"{description}{stop} For example {', '.join(told)}".strip()


def _written(value: Any) -> str:
    """A value as it stands in a query."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)
