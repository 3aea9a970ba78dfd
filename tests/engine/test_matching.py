"""Patterns: what they match, and how exactly a value differs from them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.engine.rules.matching import ABSENT, differences, faults, matches

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text("ab$", max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("ab", min_size=1, max_size=2), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(json_values)
def test_a_value_matches_itself(value: Any) -> None:
    assert differences(value, value) == []


@given(json_values, json_values)
def test_a_difference_is_empty_exactly_when_it_matches(pattern: Any, value: Any) -> None:
    assert matches(pattern, value) is (differences(pattern, value) == [])


@given(st.dictionaries(st.sampled_from("abcd"), json_values), st.sets(st.sampled_from("abcd")))
def test_an_object_matches_whatever_has_its_members(value: dict[str, Any], left: set[str]) -> None:
    pattern = {name: inner for name, inner in value.items() if name not in left}
    assert matches(pattern, value)


@pytest.mark.parametrize(
    ("pattern", "value"),
    [
        ({"a": 1}, {"a": 1, "b": 2}),
        ([1], [1, 2]),
        (1, 1.0),
        ({"a": {"$any": True}}, {"a": None}),
        ({"a": {"$absent": True}}, {}),
        ({"$type": "integer"}, 3),
        ({"$type": "null"}, None),
        ({"$regex": "^A-[0-9]+$"}, "A-12"),
        ({"$gt": 1, "$lt": 3}, 2),
        ({"$oneof": [1, {"$type": "string"}]}, "x"),
        ({"$contains": {"id": 2}}, [{"id": 1}, {"id": 2, "x": 0}]),
        ({"$contains": "lock"}, "parcel_locker"),
    ],
)
def test_what_matches(pattern: Any, value: Any) -> None:
    assert differences(pattern, value) == []


@pytest.mark.parametrize(
    ("pattern", "value", "place", "wanted"),
    [
        ({"a": {"b": 1}}, {"a": {"b": 2}}, "/a/b", "1"),
        ({"a": 1}, {}, "/a", "1"),
        ({"a": 1}, [], "", "an object"),
        ([1, 2], [1], "/1", "2"),
        ([1], {}, "", "a list"),
        (True, 1, "", "true"),
        (1, True, "", "1"),
        (None, 0, "", "null"),
        ("x", "y", "", '"x"'),
        ({"a": {"$any": True}}, {}, "/a", "anything"),
        ({"a": {"$absent": True}}, {"a": 1}, "/a", "nothing"),
        ({"$type": "integer"}, 1.5, "", "of the type integer"),
        ({"$type": "integer"}, True, "", "of the type integer"),
        ({"$regex": "^A"}, "B", "", 'a text with "^A" in it'),
        ({"$regex": "^A"}, 5, "", 'a text with "^A" in it'),
        ({"$gt": 1}, 1, "", "more than 1"),
        ({"$lt": 1}, "0", "", "less than 1"),
        ({"$oneof": [1, 2]}, 3, "", "one of 1, 2"),
        ({"$contains": 1}, [2], "", "with 1 in it"),
    ],
)
def test_what_differs_and_where(pattern: Any, value: Any, place: str, wanted: str) -> None:
    [difference] = differences(pattern, value)
    assert (difference.place, difference.wanted) == (place, wanted)


def test_all_differences_are_told() -> None:
    found = differences({"a": 1, "b": {"c": "x"}, "d": [1]}, {"a": 2, "b": {}, "d": [1]})
    assert [each.place for each in found] == ["/a", "/b/c"]
    assert found[1].found is ABSENT


@pytest.mark.parametrize(
    ("pattern", "place"),
    [
        ({"a": {"$regx": "x"}}, "/a/$regx"),
        ({"$regex": "("}, "/$regex"),
        ({"$regex": 5}, "/$regex"),
        ({"$type": "int"}, "/$type"),
        ({"$gt": "1"}, "/$gt"),
        ({"$any": 1}, "/$any"),
        ({"$oneof": []}, "/$oneof"),
        ([{"b": {"$contains": {"$lt": None}}}], "/0/b/$contains/$lt"),
    ],
)
def test_a_pattern_that_cannot_be_is_told_with_its_place(pattern: Any, place: str) -> None:
    [fault] = faults(pattern)
    assert fault.place == place
