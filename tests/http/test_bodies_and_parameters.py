"""Reading bodies within bounds, and parameters by their plans."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.core.answers import Finding
from simulator.http.bodies import Malformed, TooLarge, decode_json, media_type
from simulator.http.described.parameters import Parameter, parse_query, python_name


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b"{}", {}),
        (b'{"a": "[[[[[["}', {"a": "[[[[[["}),
        (b'"\\"[[[["', '"[[[['),
        (b"[[[1]]]", [[[1]]]),
        (b'"\\\\u0000"', "\\u0000"),
    ],
)
def test_json_is_decoded(body: bytes, value: Any) -> None:
    assert decode_json(body, 3) == value


def test_nesting_is_bounded_outside_strings_only() -> None:
    with pytest.raises(TooLarge, match="deeper than 3"):
        decode_json(b"[[[[1]]]]", 3)


@pytest.mark.parametrize("body", [b"{", b"\xff", b'"\\u0000"', b"[" * 3])
def test_what_is_not_json_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        decode_json(body, 64)


@pytest.mark.parametrize(
    ("header", "bare"),
    [(None, ""), ("", ""), ("Application/JSON; charset=utf-8", "application/json")],
)
def test_a_media_type_is_read_without_its_parameters(header: str | None, bare: str) -> None:
    assert media_type(header) == bare


@pytest.mark.parametrize(
    ("raw", "pairs"),
    [
        (b"", ()),
        (b"a=1&b=&c", (("a", "1"), ("b", ""), ("c", ""))),
        (b"a%5B%5D=1&a[]=2", (("a[]", "1"), ("a[]", "2"))),
        (b"q=Za%C5%BC%C3%B3%C5%82%C4%87+x", (("q", "Zażółć x"),)),
        (b"q=%ff&=1&&", (("q", "\N{REPLACEMENT CHARACTER}"),)),
    ],
)
def test_a_query_keeps_order_and_repetition(raw: bytes, pairs: Any) -> None:
    assert parse_query(raw) == pairs


@pytest.mark.parametrize(
    ("name", "argument"),
    [
        ("shipment_ids[]", "shipment_ids"),
        ("a-b", "a_b"),
        ("Ids", "ids"),
        ("ParcelNrs", "parcel_nrs"),
        ("startDate", "start_date"),
    ],
)
def test_parameters_have_python_names(name: str, argument: str) -> None:
    assert python_name(name) == argument


@pytest.mark.parametrize(
    ("schema", "values", "expected", "keys"),
    [
        ({"type": "string"}, [], None, []),
        ({"type": "string", "default": "x"}, [], "x", []),
        ({"type": "string"}, ["a", "b"], "b", []),
        ({"type": "integer"}, ["12"], 12, []),
        ({"type": "integer"}, ["1.5"], "1.5", ["not_an_integer"]),
        ({"type": "integer", "minimum": 5}, ["3"], 3, ["too_small"]),
        ({"type": "number"}, ["1.5"], 1.5, []),
        ({"type": "number"}, ["x"], "x", ["not_a_number"]),
        ({"type": "boolean"}, ["TRUE"], True, []),
        ({"type": "boolean"}, ["maybe"], "maybe", ["invalid"]),
        ({"type": "array", "items": {"type": "integer"}}, ["1", "2"], [1, 2], []),
        ({"type": "array", "items": {"type": "string"}}, [], [], []),
    ],
)
def test_a_parameter_is_parsed_by_its_schema(
    schema: Any, values: list[str], expected: Any, keys: list[str]
) -> None:
    parameter = Parameter({"name": "p", "in": "query", "schema": schema}, {"minimum": "too_small"})
    findings: list[Finding] = []
    assert parameter.read(values, findings) == expected
    assert [finding.key for finding in findings] == keys


def test_a_required_parameter_is_missed() -> None:
    spec = {"name": "p", "in": "query", "required": True, "schema": {"type": "string"}}
    findings: list[Finding] = []
    Parameter(spec, {}).read([], findings)
    assert findings == [Finding(("p",), "required", "is required")]
