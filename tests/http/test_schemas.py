"""Validators compiled from OpenAPI 3.0 schemas, and findings in a carrier's words."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.core.answers import Finding
from simulator.http.described.schemas import BodySchema, without
from simulator.http.described.specification import resolve

KEYS = {
    "required": "required",
    "type": "invalid",
    "type:number": "not_a_number",
    "maxLength": "too_long",
    "minimum": "too_small",
    "anyOf": "invalid",
}

SCHEMA = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "maxLength": 5},
        "note": {"type": "string", "nullable": True},
        "kind": {"type": "string", "enum": ["a", "b"], "nullable": True},
        "amount": {
            "anyOf": [{"type": "number", "minimum": 1}, {"type": "string", "pattern": "^[0-9]+$"}],
            "x-error": "not_a_number",
        },
        "weight": {"type": "number"},
        "items": {"type": "array", "maxItems": 3, "items": {"type": "object", "required": ["id"]}},
    },
}  # fmt: skip


def findings(value: Any, strict: bool = False) -> list[tuple[tuple[str | int, ...], str]]:
    schema = BodySchema(SCHEMA, KEYS, {}, strict)
    assert schema.is_valid(value) == (not schema.findings(value))
    return [(finding.path, finding.key) for finding in schema.findings(value)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"name": "abc"}, []),
        ({"name": "abc", "note": None, "kind": None, "amount": "5"}, []),
        ({}, [(("name",), "required")]),
        ({"name": None}, [(("name",), "required")]),
        ({"name": "abcdef"}, [(("name",), "too_long")]),
        ({"name": "abc", "amount": "x"}, [(("amount",), "not_a_number")]),
        ({"name": "abc", "weight": "x"}, [(("weight",), "not_a_number")]),
        ({"name": 5, "note": 5}, [(("name",), "invalid"), (("note",), "invalid")]),
        ({"name": "abc", "items": [{}, {"id": 1}]}, [(("items", 0, "id"), "required")]),
        ([], [((), "invalid")]),
    ],
)
def test_all_findings_are_told_with_their_place(
    value: Any, expected: list[tuple[tuple[str | int, ...], str]]
) -> None:
    assert findings(value) == expected


def test_unknown_members_are_told_in_strict_mode_only() -> None:
    value = {"name": "abc", "items": [{"id": 1, "colour": "red"}], "extra": 1}
    assert findings(value) == []
    assert findings(value, strict=True) == [(("extra",), "unknown")]


def test_what_is_wrong_is_taken_out() -> None:
    value = {"name": 5, "items": [{"id": 1, "x": 2}, 7]}
    found = [Finding(("name",), ""), Finding(("items", 1), ""), Finding(("items", 0, "x"), "")]
    assert without(value, found) == {"items": [{"id": 1}, None]}
    assert without(value, []) is value


def test_references_are_resolved_to_shared_objects() -> None:
    document = {
        "components": {
            "schemas": {"A": {"type": "string"}, "B": {"$ref": "#/components/schemas/A"}}
        },
        "paths": {"/~x": {"$ref": "#/components/schemas/B"}},
    }
    resolved = resolve(document)
    assert resolved["paths"]["/~x"] == {"type": "string"}


def test_a_reference_to_itself_is_refused() -> None:
    document = {"components": {"A": {"items": {"$ref": "#/components/A"}}}}
    with pytest.raises(ValueError, match="refers to itself"):
        resolve(document)


def test_within_a_list_that_is_too_long_nothing_more_is_told() -> None:
    assert findings({"name": "ann", "items": [{}, 1, None, {"id": 1}]}) == [
        (("items",), "maxItems")
    ]
