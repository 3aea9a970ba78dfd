"""What is told of rules that can never act is true: no request reaches them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.engine.records import Rule
from simulator.engine.rules import rule_findings
from simulator.engine.rules.definitions import Compiled, When, compiled, is_about
from simulator.engine.rules.matching import ABSENT, matches
from simulator.engine.rules.rule_findings import acts_always, covers, findings, implies
from tests.engine.test_rules import FACTS, PATTERNS, VALUES, WHENS

NOW = datetime(2026, 3, 2, tzinfo=UTC)
BUSY = {"fault": {"kind": "status"}}


def rules(*definitions: dict[str, Any]) -> list[Compiled]:
    return [
        compiled(Rule(id=number, definition=definition, created_at=NOW))
        for number, definition in enumerate(definitions, 1)
    ]


def shadowed(*definitions: dict[str, Any]) -> list[int]:
    return list(findings(rules(*definitions)))


LABEL = {"operation": "inpost.get_label"}


def test_a_rule_behind_one_for_everything_never_acts() -> None:
    found = findings(rules({**BUSY, "name": "down"}, {"when": LABEL, **BUSY}))
    assert found == {
        2: [
            "rule 1 (down) takes every request that this one is about, and is asked first: "
            "this one never acts"
        ]
    }


def test_one_that_lets_some_pass_shadows_nothing() -> None:
    behind = {"when": LABEL, **BUSY}
    for limit in ({"nth": 1}, {"every": 2}, {"probability": 0.5}):
        assert shadowed({"when": {**LABEL, **limit}, **BUSY}, behind) == []
    assert shadowed({"when": LABEL, **BUSY, "times": 1}, behind) == []
    limited = {"when": LABEL, "fault": {"kind": "rate_limit", "requests": 1}}
    assert shadowed(limited, behind) == []


def test_a_wider_rule_shadows_a_narrower_one_and_not_the_other_way_round() -> None:
    wide = {"when": {**LABEL, "path": {"shipment_id": {"$any": True}}}, **BUSY}
    narrow = {"when": {**LABEL, "path": {"shipment_id": "7"}}, **BUSY}
    assert shadowed(wide, narrow) == [2]
    assert shadowed(narrow, wide) == []
    assert shadowed({"when": {"carrier": "inpost"}, **BUSY}, narrow) == [2]
    assert shadowed({"when": {"carrier": "myparcel"}, **BUSY}, narrow) == []


def test_names_of_headers_are_the_same_in_any_case() -> None:
    one = {"when": {"headers": {"X-Shop": {"$regex": "^a"}}}, **BUSY}
    other = {"when": {"headers": {"x-shop": "abc"}}, **BUSY}
    assert shadowed(one, other) == [2]


def test_a_rule_that_contradicts_itself_is_told() -> None:
    assert shadowed({"when": {**LABEL, "probability": 0}, **BUSY}) == [1]
    assert shadowed({"when": {**LABEL, "nth": 3, "every": 2}, **BUSY}) == [1]
    assert shadowed({"when": {**LABEL, "nth": 4, "every": 2}, **BUSY}) == []


@given(st.lists(WHENS, max_size=6))
def test_the_first_one_that_covers_a_rule_is_told(whens: list[dict[str, Any]]) -> None:
    every = rules(*({"when": when, **BUSY} for when in whens))
    told = findings(every)
    takers: list[Compiled] = []
    for rule in every:
        when = rule.definition.when
        taker = next((each for each in takers if covers(each.definition.when, when)), None)
        said = " ".join(told.get(rule.id, []))
        assert ("takes every" in said) == (taker is not None)
        if taker is not None:
            assert f"rule {taker.id} takes every" in said
        elif acts_always(rule.definition):
            takers.append(rule)


def test_of_very_many_rules_few_are_held_against_each(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[When] = []

    def counted(wide: When, narrow: When) -> bool:
        held.append(narrow)
        return covers(wide, narrow)

    monkeypatch.setattr(rule_findings, "covers", counted)
    paths = ({"shipment_id": str(number)} for number in range(1000))
    assert shadowed(*({"when": {**LABEL, "path": path}, **BUSY} for path in paths)) == []
    assert len(held) < 10


@given(narrow=PATTERNS, wide=PATTERNS, value=VALUES | st.just(ABSENT))
def test_what_implies_a_pattern_matches_it(narrow: Any, wide: Any, value: Any) -> None:
    if implies(narrow, wide) and matches(narrow, value):
        assert matches(wide, value)


@given(whens=st.lists(WHENS, min_size=2, max_size=4), requests=st.lists(FACTS, max_size=5))
def test_no_request_reaches_a_rule_that_is_said_to_be_shadowed(
    whens: list[dict[str, Any]], requests: list[Any]
) -> None:
    ready = rules(*({"when": when, **BUSY} for when in whens))
    unreached = findings(ready)
    for facts in requests:
        first = next((rule for rule in ready if is_about(rule.definition.when, facts)), None)
        assert first is None or first.id not in unreached


@pytest.mark.parametrize(
    ("first", "second", "never"),
    [
        ({"hold": {"step": "inpost.offers"}}, {"hold": {"step": "inpost.offers", "for": "1m"}}, 1),
        ({"hold": {"step": "inpost.offers"}}, {"hold": {"step": "inpost.label"}}, 0),
        ({"hold": {"step": "inpost.label", "first": 1}}, {"hold": {"step": "inpost.label"}}, 0),
        ({"fault": {"kind": "drop_webhook"}}, {"fault": {"kind": "duplicate_webhook"}}, 1),
        ({"fault": {"kind": "reorder_webhooks"}}, {"fault": {"kind": "drop_webhook"}}, 0),
        (
            {"when": {"event": "a"}, "fault": {"kind": "drop_webhook"}},
            {"when": {"event": "b"}, "fault": {"kind": "drop_webhook"}},
            0,
        ),
        ({"fault": {"kind": "status"}}, {"fault": {"kind": "drop_webhook"}}, 0),
    ],
)
def test_rules_on_steps_and_webhooks_are_held_against_their_like(
    first: dict[str, Any], second: dict[str, Any], never: int
) -> None:
    assert len(shadowed(first, second)) == never
