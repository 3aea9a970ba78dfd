"""What is wrong with a value, in words for the person who sent it."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.http.bodies import Malformed, decode_json
from simulator.http.described.schemas import BodySchema

TEXT_OR_NUMBER = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": "^[0-9]+$"}]}
SIZES = {"type": "string", "enum": ["small", "medium", "large"]}


@pytest.mark.parametrize(
    ("schema", "value", "sentence"),
    [
        ({"type": "object"}, "x", "has to be an object, not a text"),
        ({"type": "object", "nullable": True}, [], "has to be an object, not a list"),
        ({"type": "integer"}, 1.5, "has to be a whole number, not 1.5"),
        ({"type": "boolean"}, 1, "has to be true or false, not a number"),
        ({"type": "string"}, True, "has to be a text, not true"),
        (SIZES, "smal", '"smal" is not one of small, medium, large; did you mean "small"?'),
        (SIZES, "x" * 100, f'"{"x" * 35}..." is not one of small, medium, large'),
        ({"type": "integer", "enum": [1, 2]}, 3, "3 is not one of 1, 2"),
        ({"type": "integer", "minimum": 1}, 0, "has to be at least 1, not 0"),
        ({"type": "number", "maximum": 5}, 9, "has to be at most 5, not 9"),
        (
            {"type": "number", "maximum": 5, "exclusiveMaximum": True},
            5,
            "has to be less than 5, not 5",
        ),
        ({"type": "string", "minLength": 3}, "a", "has 1 character, at least 3 needed"),
        ({"type": "string", "maxLength": 3}, "abcd", "has 4 characters, at most 3 taken"),
        ({"type": "array", "items": {}, "minItems": 1}, [], "has 0 elements, at least 1 needed"),
        ({"type": "object", "minProperties": 1}, {}, "has 0 members, at least 1 needed"),
        ({"type": "string", "pattern": "^a$"}, "b", '"b" does not have the form ^a$'),
        (
            {"type": "string", "pattern": "^a$", "x-expected": "the letter a"},
            "b",
            '"b" is not the letter a',
        ),
        (TEXT_OR_NUMBER, "1,5", '"1,5" does not have the form ^[0-9]+$'),
        (TEXT_OR_NUMBER, [], "has to be a number or a text, not a list"),
        ({**TEXT_OR_NUMBER, "x-expected": "a number"}, "1,5", '"1,5" is not a number'),
        (
            {**TEXT_OR_NUMBER, "nullable": True, "x-expected": "a number"},
            {},
            "{} is not a number",
        ),
        (
            {"type": "object", "properties": {"a": {}}, "additionalProperties": False},
            {"b": 1},
            'has members that it does not take: "b"',
        ),
        (
            {"type": "array", "items": {}, "uniqueItems": True},
            [1, 1],
            "holds the same element twice",
        ),
        ({"type": "string", "format": "date"}, "x", '"x" is not a date such as 2026-03-02'),
    ],
)
def test_a_finding_says_what_would_be_right(schema: Any, value: Any, sentence: str) -> None:
    [finding] = BodySchema(schema, {}, {}).findings(value)
    assert finding.message == sentence
    assert finding.value == value


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"a": "\xf6"}', "the body is not UTF-8: the byte 0xF6 at line 1, column 8 is not"),
        (b'{\n "a": "\\ud800"}', "the text at line 2, column 8 holds \\ud800, half of a character"),
        (b'{"a": 1e400}', "a number in the body is too large"),
        (b'{"a": 1', "the body is not JSON: it ends before it is complete"),
        (b'{"a" 1}', "the body is not JSON: expected ':' at line 1, column 6"),
        (b"\xef\xbb\xbf{}", "the body begins with a byte order mark, send it without one"),
        (b'{"a": "\\u0000"}', "the body holds the character U+0000"),
    ],
)
def test_a_body_that_cannot_be_read_says_why(body: bytes, reason: str) -> None:
    with pytest.raises(Malformed, match="^" + reason.replace("\\", "\\\\").replace("+", "\\+")):
        decode_json(body, 64)


def test_both_halves_of_a_character_make_one() -> None:
    assert decode_json(b'"\\ud83d\\ude00"', 64) == "\U0001f600"
