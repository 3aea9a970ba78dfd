"""The descriptions themselves: sound OpenAPI, complete, and true to their own examples."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from simulator.command.spec_check import check_spec
from simulator.http.described.schemas import BodySchema
from simulator.http.described.specification import resolve
from simulator.resources import description_paths
from tests.support.descriptions import SERVED, description

SPECS = list(SERVED)
CARRIERS = [name for name in SPECS if name != "control"]
LEVELS = {"documented", "observed", "inferred"}
METHODS = {"get", "put", "post", "delete", "patch"}


class Operation(NamedTuple):
    """One operation of a description, with its references resolved."""

    spec: str
    method: str
    path: str
    content: dict[str, Any]

    @property
    def id(self) -> str:
        name: str = self.content["operationId"]
        return name

    @property
    def module(self) -> str:
        name: str = self.content["x-openapi-router-controller"]
        return name


class Example(NamedTuple):
    """An example, the schema beside it, and where it stands."""

    place: str
    schema: Any
    value: Any


@cache
def document(name: str) -> Any:
    return resolve(description(name))


def operations(name: str) -> list[Operation]:
    return [
        Operation(name, method, path, content)
        for path, item in document(name)["paths"].items()
        for method, content in item.items()
        if method in METHODS
    ]


def shown(operation: Operation) -> str:
    return f"{operation.spec}.{operation.id}"


ALL = [operation for name in SPECS for operation in operations(name)]


def examples(node: Any, place: str) -> Iterator[Example]:
    """Every example below `node` that stands beside its schema, or inside of it."""
    if isinstance(node, list):
        for position, item in enumerate(node):
            yield from examples(item, f"{place}/{position}")
    if not isinstance(node, dict):
        return
    if "schema" in node:
        if "example" in node:
            yield Example(f"{place}/example", node["schema"], node["example"])
        for name, item in node.get("examples", {}).items():
            yield Example(f"{place}/examples/{name}", node["schema"], item["value"])
    elif "example" in node and ("type" in node or "properties" in node):
        yield Example(f"{place}/example", node, node["example"])
    for name, item in node.items():
        if name not in ("example", "examples"):
            yield from examples(item, f"{place}/{name}")


@pytest.mark.parametrize("path", description_paths(), ids=lambda path: path.name)
def test_a_description_is_valid_openapi(path: Path) -> None:
    assert check_spec(path) == []


@pytest.mark.parametrize("name", SPECS)
def test_a_description_is_of_one_version_of_openapi(name: str) -> None:
    assert document(name)["openapi"] == "3.0.3"


@pytest.mark.parametrize("name", SPECS)
def test_names_of_operations_are_unique_and_made_for_people(name: str) -> None:
    names = Counter(operation.id for operation in operations(name))
    assert [each for each, count in names.items() if count > 1] == []
    assert [each for each in names if not re.fullmatch(r"[a-z]+(_[a-z0-9]+)*", each)] == []


@pytest.mark.parametrize("operation", ALL, ids=shown)
def test_an_operation_names_a_handler_that_says_what_it_does(operation: Operation) -> None:
    api = SERVED[operation.spec].api
    room = "control" if api == "control" else f"carriers.{api}"
    assert operation.module.startswith(f"simulator.{room}.")
    assert callable(getattr(import_module(operation.module), operation.id))
    assert operation.content["summary"]


@pytest.mark.parametrize("operation", [each for each in ALL if each.spec in CARRIERS], ids=shown)
def test_a_carriers_operation_says_how_it_is_known(operation: Operation) -> None:
    provenance = operation.content["x-provenance"]
    assert provenance["level"] in LEVELS
    assert provenance["source"]


@pytest.mark.parametrize("operation", ALL, ids=shown)
def test_every_body_of_an_operation_has_an_example(operation: Operation) -> None:
    bodies = dict(operation.content.get("requestBody", {}).get("content", {}))
    answers = operation.content["responses"]
    assert any(status.startswith("2") for status in answers)
    bodies |= {
        f"{status} {media}": content
        for status, answer in answers.items()
        for media, content in answer.get("content", {}).items()
        if media.endswith("json")
    }
    without = [
        place for place, body in bodies.items() if not any(True for _ in examples(body, place))
    ]
    assert without == []


@pytest.mark.parametrize("name", SPECS)
def test_examples_are_valid_against_their_own_schemas(name: str) -> None:
    wrong = {}
    found = {}
    memo: dict[int, Any] = {}
    for part in ("paths", "components"):
        for example in examples(document(name)[part], part):
            found[id(example.schema), repr(example.value)] = example
    for example in found.values():
        findings = BodySchema(example.schema, {}, memo, strict=True).findings(example.value)
        if findings:
            wrong[example.place] = [f"{f.path}: {f.message}" for f in findings]
    assert wrong == {}
    assert len(found) > 50
