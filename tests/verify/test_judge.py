"""Judging, whatever the journal holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.engine.facts import Facts
from simulator.engine.journal import Entry, Reasons
from simulator.scenarios.model import Check, Requests
from simulator.scenarios.verify import Evidence, Exchange, judge

OPERATIONS = ("toy.make", "toy.read", "toy.lose")
BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)


def exchange(number: int, operation: str, reference: str = "A", **changes: Any) -> Exchange:
    entry = Entry(
        **{
            "id": f"sim-{number:06d}",
            "at": BEGIN + timedelta(seconds=number),
            "carrier": "toy",
            "operation": operation,
            "method": "POST",
            "path": "/parcels",
            "query": "",
            "request_headers": [],
            "request_kept": b"",
            "status": 200,
            "response_headers": [],
            "response_kept": b"",
            "microseconds": 1,
            "why": Reasons(),
            **changes,
        }
    )
    facts = Facts("toy", operation, "POST", {}, {}, {}, {"reference": reference}, None)
    return Exchange(entry, lambda _: facts)


requests = st.lists(st.tuples(st.sampled_from(OPERATIONS), st.sampled_from("AB")), max_size=12)


def exchanges(asked: list[tuple[str, str]]) -> list[Exchange]:
    return [exchange(number, *each) for number, each in enumerate(asked, 1)]


@given(requests, st.integers(0, 12), st.sampled_from(OPERATIONS), st.sampled_from("AB"))
def test_a_count_passes_exactly_when_so_many_match(
    asked: list[tuple[str, str]], count: int, operation: str, reference: str
) -> None:
    check = Check(operation=operation, body={"reference": reference}, count=count)
    [verdict] = judge([check], Evidence(exchanges(asked)))
    assert verdict.found == asked.count((operation, reference))
    assert verdict.passed == (verdict.found == count)
    too_few = verdict.found < count
    assert all(bool(near.differences) == too_few for near in verdict.near)
    distances = [len(near.differences) for near in verdict.near]
    assert distances == sorted(distances)


@given(requests, st.integers(0, 6), st.integers(0, 6), st.sampled_from(OPERATIONS))
def test_bounds_pass_exactly_within_them(
    asked: list[tuple[str, str]], least: int, most: int, operation: str
) -> None:
    check = Check(operation=operation, at_least=least, at_most=most)
    [verdict] = judge([check], Evidence(exchanges(asked)))
    found = sum(name == operation for name, _ in asked)
    assert (verdict.found, verdict.passed) == (found, least <= found <= most)


@given(requests, st.lists(st.sampled_from(OPERATIONS), min_size=1, max_size=6))
def test_an_order_passes_exactly_when_it_is_a_subsequence(
    asked: list[tuple[str, str]], order: list[str]
) -> None:
    [verdict] = judge([Check(order=[*order])], Evidence(exchanges(asked)))
    rest = iter([name for name, _ in asked])
    assert verdict.passed == all(step in rest for step in order)
    as_patterns = Check(order=[Requests(operation=step) for step in order])
    assert judge([as_patterns], Evidence(exchanges(asked)))[0].passed == verdict.passed


def test_requests_that_said_what_nobody_heard_are_listed_with_what_may_be_meant() -> None:
    heard, unheard = exchange(1, "toy.make"), exchange(2, "toy.make")
    parts = {unheard.id: [("body.refrence", "reference"), ("query.x", None)]}
    evidence = Evidence([heard, unheard], unread=lambda entry: parts.get(entry.id, []))
    [verdict] = judge([Check(no_unread=True)], evidence)
    assert (verdict.passed, verdict.found, verdict.message) == (
        False,
        1,
        "1 request carried what nothing looked at: "
        'sim-000002 (body.refrence, meant "reference"?, query.x).',
    )
    [near] = verdict.near
    assert [tuple(each) for each in near.differences] == [
        ("/body/refrence", '"reference"', "refrence"),
        ("/query/x", "nothing", "x"),
    ]


def test_all_that_was_said_was_heard() -> None:
    [verdict] = judge([Check(no_unread=True)], Evidence([exchange(1, "toy.make")]))
    assert (verdict.passed, verdict.message) == (
        True,
        "None of 1 request carried what nothing looked at.",
    )


@pytest.mark.parametrize("check", [Check(no_unread=True), Check(no_unmatched=True)], ids=str)
def test_what_is_forgotten_may_have_gone_astray(check: Check) -> None:
    [verdict] = judge([check], Evidence([], forgotten=1))
    assert verdict.passed
    assert verdict.message.endswith(
        "; the journal has let go of 1 older exchange, and what it was is not known."
    )
