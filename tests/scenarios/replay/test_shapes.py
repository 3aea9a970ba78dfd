"""When two answers are built alike."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.scenarios.replay.answers.shapes import unlike, unlike_pattern


@pytest.mark.parametrize(
    ("simulated", "real"),
    [
        ({"id": 1}, {"id": 2}),
        ({"price": 1}, {"price": 1.5}),
        ({"label": None}, {"label": "x"}),
        ({"items": []}, {"items": [{"id": 1}]}),
        ({"items": [{"id": 1}, {"id": 2, "late": True}]}, {"items": [{"late": False, "id": 3}]}),
    ],
)
def test_values_nulls_and_lengths_are_of_no_matter(simulated: Any, real: Any) -> None:
    assert list(unlike(simulated, real)) == []


@pytest.mark.parametrize(
    ("simulated", "real", "place"),
    [
        ({"id": 1}, {"id": "1"}, ("/id", "number", "string")),
        ({"id": 1}, {}, ("/id", "number", "nothing")),
        ({}, {"id": 1}, ("/id", "nothing", "number")),
        ({"a": [{"b": 1}]}, {"a": [{"b": True}]}, ("/a/*/b", "number", "boolean")),
        ({"a": {}}, {"a": []}, ("/a", "object", "list")),
    ],
)
def test_kinds_and_members_matter(simulated: Any, real: Any, place: tuple[str, str, str]) -> None:
    assert list(unlike(simulated, real)) == [place]


@pytest.mark.parametrize(
    ("pattern", "value"),
    [
        ("x", "y"),
        ({"a": 1}, {"a": 2, "b": 3}),
        ([1, 2], [3]),
        ({"$regex": "^A"}, "B"),
        ({"$gt": 5}, 1),
        ({"$oneof": ["a", 1]}, "z"),
        ({"$type": "string"}, None),
        ({"$contains": "x"}, ["y"]),
    ],
)
def test_a_pattern_only_says_of_which_kind_a_value_is(pattern: Any, value: Any) -> None:
    assert list(unlike_pattern(pattern, value)) == []


@pytest.mark.parametrize(
    ("pattern", "value", "place"),
    [
        ("x", 1, ""),
        ({"a": 1}, {}, "/a"),
        ([{"a": 1}], [{"a": "1"}], "/0/a"),
        ({"$regex": "^A"}, 1, ""),
        ({"$oneof": ["a", 1]}, True, ""),
        ({"a": {"$absent": True}}, {"a": 1}, "/a"),
        ({"$contains": "x"}, 1, ""),
    ],
)
def test_and_whether_it_is_there(pattern: Any, value: Any, place: str) -> None:
    assert [difference.place for difference in unlike_pattern(pattern, value)] == [place]
