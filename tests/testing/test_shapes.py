"""Shapes of answers: laws that hold for any JSON, and the words for what differs."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.testing import shapes
from simulator.testing.shapes import Asked

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "c"]), inner, max_size=3)
    ),
    max_leaves=8,
)


def asked(body: Any, status: int = 200) -> list[Asked]:
    return [Asked("GET", "/things", status, shapes.of(body))]


def lines(wanted: Any, found: Any, *skip: str) -> list[str]:
    said = shapes.differences(asked(wanted), asked(found), skip)
    return [line.removeprefix("GET /things -> 200: ") for line in said]


@given(JSON)
def test_nothing_differs_from_itself(value: Any) -> None:
    assert lines(value, value) == []


@given(JSON, JSON)
def test_what_differs_does_so_from_either_side(one: Any, other: Any) -> None:
    assert bool(lines(one, other)) == bool(lines(other, one))


@given(JSON, JSON)
def test_merging_has_no_order(one: Any, other: Any) -> None:
    first, second = shapes.of(one), shapes.of(other)
    assert not [
        *shapes.differences(
            [Asked("GET", "/", 200, shapes.merged(first, second))],
            [Asked("GET", "/", 200, shapes.merged(second, first))],
            (),
        )
    ]


@pytest.mark.parametrize(
    ("wanted", "found", "said"),
    [
        ({"a": 1}, {"a": "1"}, ["$.a: number at the carrier, string here"]),
        ({"a": 1, "b": 2}, {"a": 1}, ["$.b: only at the carrier"]),
        ({"a": 1}, {"a": 1, "b": 2}, ["$.b: only here"]),
        ({"a": None}, {"a": 7}, []),
        ([{"a": 1}, {"a": None}], [{"a": 2}], []),
        ([], [{"a": 2}], []),
        (
            {"a": [{"b": 1}]},
            {"a": [{"b": True}]},
            ["$.a[*].b: number at the carrier, boolean here"],
        ),
    ],
)
def test_what_differs_is_told_with_its_place(wanted: Any, found: Any, said: list[str]) -> None:
    assert lines(wanted, found) == said


def test_places_that_may_differ_are_named() -> None:
    wanted = {"href": "x", "items": [{"href": "y", "id": 1}]}
    found = {"items": [{"href": None, "id": "1"}]}
    assert lines(wanted, found, "$..href", "$.items[*].id") == []
    assert lines(wanted, found, "$.href") == ["$.items[*].id: number at the carrier, string here"]
    with pytest.raises(ValueError, match=r"'href' is no place"):
        lines(wanted, found, "href")


def test_another_answer_is_told() -> None:
    found = [*shapes.differences(asked({}, 200), asked({}, 201), ())]
    assert found == [
        "GET /things -> 200: only the carrier answered so",
        "GET /things -> 201: only the simulator answered so",
    ]


def test_who_polls_asks_as_often_as_it_has_to() -> None:
    often = [*asked({"a": 1}), *asked({"a": None}), *asked({"a": 2})]
    assert len(shapes.collected(often)) == 1
    assert [*shapes.differences(shapes.collected(often), asked({"a": 3}), ())] == []
    assert shapes.without_ids("/v1/shipments/15000001/label") == "/v1/shipments/{}/label"
