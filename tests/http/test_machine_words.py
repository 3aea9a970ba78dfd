"""Whatever is wrong with a body or a parameter of any operation is told in words for people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from simulator.core.answers import Finding
from simulator.http.described.parameters import Parameter
from simulator.http.described.schemas import BodySchema
from simulator.http.described.specification import resolve
from tests.support.descriptions import SERVED, description

pytestmark = pytest.mark.unmeasured

MACHINE = re.compile(
    r"is not of type|candidates|has less than|has more than|does not match|Expected|codec can't"
    r"|Additional properties|is too short|is too long|is not valid under|is a required property"
    r"|is less than the|is greater than|None|True\b|False\b|does not have the form \^|unevaluated"
)
"""What jsonschema-rs, msgspec and Python say, and regular expressions."""

WRONG: tuple[Any, ...] = (
    "", "zz zz", "smal", "x" * 5000, 1.5, -(10**9), 10**12, 0, True, [], {}, [{}], ["a", "a"],
    [1] * 300, {"no such member": 1}, "2026-13-45", "1,5,", "a@b", "[[x", "\u017c",
)  # fmt: skip

Schema = Any


def sample(schema: Schema, deep: int = 0) -> Any:
    """A value with every member that a schema names."""
    for name in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(name, ()):
            return sample(part, deep)
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    if kind == "object" or "properties" in schema:
        if deep > 5:
            return {}
        members = schema.get("properties", {}).items()
        return {name: sample(part, deep + 1) for name, part in members}
    if kind == "array":
        return [sample(schema.get("items", {}), deep + 1)]
    return {"integer": 1, "number": 1.0, "boolean": True}.get(kind, "12")


def variants(value: Any) -> Iterator[Any]:
    """The value with one part after the other taken away or replaced by something wrong."""
    yield from WRONG
    if isinstance(value, dict):
        for name, part in value.items():
            yield {other: each for other, each in value.items() if other != name}
            yield from ({**value, name: each} for each in variants(part))
    elif isinstance(value, list):
        yield from ([each] for each in variants(value[0]))


def operations(name: str) -> Iterator[tuple[str, Any]]:
    paths = resolve(description(name))["paths"]
    for path, methods in paths.items():
        for method, operation in methods.items():
            if isinstance(operation, dict) and "operationId" in operation:
                shared = methods.get("parameters", [])
                yield f"{method} {path}", {"shared": shared, **operation}


def findings(name: str) -> Iterator[tuple[str, list[Finding]]]:
    """Everything that is told of wrong bodies and parameters, request by request."""
    memo: dict[int, Any] = {}
    seen: set[int] = set()
    for place, operation in operations(name):
        content = operation.get("requestBody", {}).get("content", {})
        for spec in content.values():
            if id(spec.get("schema")) in seen or "schema" not in spec:
                continue
            seen.add(id(spec["schema"]))
            schema = BodySchema(spec["schema"], {}, memo, strict=name == "control")
            for value in variants(sample(spec["schema"])):
                if not schema.is_valid(value):
                    yield place, schema.findings(value)
        for spec in (*operation["shared"], *operation.get("parameters", ())):
            parameter = Parameter(spec, {})
            for text in (each for each in WRONG if isinstance(each, str)):
                found: list[Finding] = []
                parameter.read([text], found)
                yield place, found


@pytest.mark.parametrize("name", SERVED)
def test_no_words_of_the_machine_are_told(name: str) -> None:
    told = [(place, found) for place, found in findings(name) if found]
    assert len(told) > 100
    wrong = {
        f"{place}: {'.'.join(map(str, each.path))}: {each.message[:120]}"
        for place, found in told
        for each in found
        if not each.message or MACHINE.search(each.message)
    }
    assert sorted(wrong) == []


@pytest.mark.parametrize("name", SERVED)
def test_a_field_is_told_once(name: str) -> None:
    twice = {
        f"{place}: {each.path}: {[other.message for other in found if other.path == each.path]}"
        for place, found in findings(name)
        for each in found
        if sum(other.path == each.path for other in found) > 1
    }
    assert sorted(twice)[:20] == []
