"""Laws of rules: what is told and what is done are the same."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from simulator.engine.facts import Facts
from simulator.engine.records import Rule
from simulator.engine.rules.definitions import compiled, difference, is_about
from simulator.engine.rules.matching import ABSENT

NAMES = st.sampled_from(["a", "b", "X-C"])
TEXTS = st.sampled_from(["", "1", "A-1", "confirmed"])
SCALARS = TEXTS | st.booleans() | st.none() | st.integers(0, 2) | st.just(1.5)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=2),
    max_leaves=5,
)
CONDITIONS = st.one_of(
    st.sampled_from([{"$any": True}, {"$absent": True}, {"$absent": False}, {"$regex": "^A"}]),
    st.sampled_from([{"$type": "string"}, {"$type": "object"}, {"$gt": 0}, {"$lt": 2}]),
    SCALARS.map(lambda value: {"$contains": value}),
    st.lists(SCALARS, min_size=1, max_size=2).map(lambda values: {"$oneof": values}),
)
PATTERNS = st.recursive(
    SCALARS | CONDITIONS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=2),
    max_leaves=5,
)
PARTS = st.dictionaries(NAMES, TEXTS | CONDITIONS, max_size=2)

WHENS = st.fixed_dictionaries(
    {},
    optional={
        "carrier": st.sampled_from(["inpost", "postplus"]),
        "operation": st.sampled_from(["inpost.get_shipment", "inpost.create_shipment"]),
        "method": st.sampled_from(["get", "GET", "POST"]),
        "path": PARTS,
        "query": PARTS,
        "headers": PARTS,
        "body": PATTERNS,
        "caller": TEXTS | CONDITIONS,
        "url": TEXTS | CONDITIONS,
        "resource": PATTERNS,
    },
)
FOUND = st.dictionaries(NAMES, TEXTS, max_size=3)
FACTS = st.builds(
    Facts,
    carrier=st.just("inpost"),
    operation=st.sampled_from(["inpost.get_shipment", None]),
    method=st.sampled_from(["GET", "POST"]),
    path=FOUND,
    query=FOUND,
    headers=FOUND.map(lambda found: {name.lower(): value for name, value in found.items()}),
    body=VALUES | st.just(ABSENT),
    caller=TEXTS | st.none(),
    url=TEXTS,
    resources=st.lists(VALUES, max_size=2),
)


@given(when=WHENS, facts=FACTS)
def test_a_rule_is_about_a_request_exactly_when_nothing_differs(
    when: dict[str, Any], facts: Facts
) -> None:
    record = Rule(id=1, definition={"when": when}, created_at=datetime(2026, 3, 2, tzinfo=UTC))
    ready = compiled(record).definition.when
    assert is_about(ready, facts) == (difference(ready, facts) == [])
