"""Whatever rules there are: no answer 5xx that none of them asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.inpost.shipx import locker
from tests.support.server import Workspace

SCALARS = st.sampled_from(["A-1", "created", "x", "", 1, 0, -3, 2.5, True, None, "15000001"])
CONDITIONS = st.sampled_from(
    [
        {"$any": True},
        {"$absent": True},
        {"$type": "string"},
        {"$regex": "^A"},
        {"$gt": 1},
        {"$lt": 1},
        {"$oneof": ["A-1", {"$type": "object"}]},
        {"$contains": "A"},
    ]
)
NAMES = st.sampled_from(
    ["reference", "status", "receiver", "email", "parcels", "id", "shipment_id"]
)
PATTERNS: st.SearchStrategy[Any] = st.recursive(
    SCALARS | CONDITIONS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=2),
    max_leaves=4,
)
OBJECTS = st.dictionaries(NAMES, PATTERNS, max_size=2)
OPERATIONS = st.sampled_from(
    [
        "inpost.create_shipment",
        "inpost.get_shipment",
        "inpost.get_label",
        "inpost.list_shipments",
        "inpost.get_organization",
    ]
)
WHEN = st.fixed_dictionaries(
    {},
    optional={
        "carrier": st.just("inpost"),
        "operation": OPERATIONS,
        "method": st.sampled_from(["GET", "POST"]),
        "path": OBJECTS,
        "query": OBJECTS,
        "headers": st.dictionaries(st.sampled_from(["accept", "user-agent"]), CONDITIONS),
        "body": PATTERNS,
        "caller": CONDITIONS,
        "url": CONDITIONS,
        "resource": OBJECTS,
        "nth": st.integers(1, 3),
        "every": st.integers(1, 3),
        "probability": st.floats(0, 1),
    },
)
STATUSES = st.sampled_from([200, 201, 204, 304, 404, 418, 500, 503])
PATCHES = st.lists(
    st.sampled_from(
        [
            {"op": "remove", "path": "/status"},
            {"op": "add", "path": "/items/0", "value": 1},
            {"op": "replace", "path": "/name", "value": None},
            {"op": "move", "from": "/id", "path": "/ident"},
            {"op": "test", "path": "/id", "value": 0},
        ]
    ),
    min_size=1,
    max_size=3,
)
ACTS = st.one_of(
    st.fixed_dictionaries(
        {
            "respond": st.fixed_dictionaries(
                {},
                optional={
                    "status": STATUSES,
                    "when": st.sampled_from(["before", "after"]),
                    "body": PATTERNS,
                    "headers": st.just({"X-Mine": "1"}),
                },
            )
        }
    ),
    st.fixed_dictionaries({"respond": st.fixed_dictionaries({"merge": PATTERNS})}),
    st.fixed_dictionaries({"respond": st.fixed_dictionaries({"patch": PATCHES})}),
    st.fixed_dictionaries(
        {
            "fault": st.fixed_dictionaries(
                {"kind": st.just("status")},
                optional={"status": STATUSES, "when": st.sampled_from(["before", "after"])},
            )
        }
    ),
    st.just({"fault": {"kind": "rate_limit", "requests": 1, "per": "1m"}}),
    st.just({"delay": {"by": "1ms"}}),
    st.just({"hold": {"step": "inpost.offers"}}),
    st.just({"hold": {"step": "inpost.label", "first": 1}}),
    st.just({"fault": {"kind": "drop_webhook"}}),
)
RULES = st.lists(st.builds(lambda when, act: {"when": when, **act}, WHEN, ACTS), max_size=5)


def asked_for(rule: dict[str, Any]) -> bool:
    """Whether a rule says an answer 5xx."""
    said = (rule.get("respond") or rule.get("fault") or {}).get("status", 200)
    return bool(said >= 500 or (rule.get("fault") or {}).get("kind") == "status")


@given(RULES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_rules_never_bring_a_5xx_that_nobody_asked_for(
    new_workspace: Callable[[], Workspace], rules: list[dict[str, Any]]
) -> None:
    workspace = new_workspace()
    taken = {}
    for rule in rules:
        response = workspace.control.post("/rules", json=rule)
        assert response.status_code in (201, 422), response.text
        if response.status_code == 201:
            taken[response.json()["id"]] = rule
    client = workspace.client
    client.post("/v1/organizations/1/shipments", json=locker(reference="A-1"))
    workspace.advance("10s")
    for path in ("shipments/15000001", "shipments/15000001/label", "organizations/1", "nowhere"):
        client.get(f"/v1/{path}")
    client.get("/v1/organizations/1/shipments", params={"status": "created"})
    for entry in workspace.journal():
        assert entry["outcome"] != "failure", entry
        if entry["status"] >= 500:
            acted = workspace.control.get(f"/journal/{entry['id']}").json()["rule"]
            assert asked_for(taken[acted["id"]]), entry
