"""Why no rule acted: whose turn it was not, and in what a request was not like a rule."""

from __future__ import annotations

from typing import Any

import pytest

from tests.inpost.shipx import locker, post
from tests.rules.making import GET, rule, statuses
from tests.support.server import Workspace

CREATE = {"operation": "inpost.create_shipment"}
BUSY = {"kind": "status", "status": 503}


def newest(workspace: Workspace) -> dict[str, Any]:
    [summary] = workspace.journal(limit=1)
    entry: dict[str, Any] = workspace.control.get(f"/journal/{summary['id']}").json()
    return entry


def test_the_nearest_rules_are_told_field_by_field_the_nearest_first(workspace: Workspace) -> None:
    far = rule(
        workspace,
        when={
            **CREATE,
            "path": {"organization_id": "2"},
            "body": {"reference": "A-1", "service": {"$absent": True}},
        },
        fault=BUSY,
    )
    near = rule(workspace, name="busy", when={**CREATE, "body": {"reference": "A-1"}}, fault=BUSY)
    rule(workspace, when=GET, fault=BUSY)
    post(workspace, locker(reference="A-2"))
    entry = newest(workspace)
    assert entry["nearest_rules"] == [
        {
            "id": near,
            "name": "busy",
            "about": False,
            "reasons": ['body.reference is "A-2", wanted is "A-1"'],
        },
        {
            "id": far,
            "name": None,
            "about": False,
            "reasons": [
                'path.organization_id is "1", wanted is "2"',
                'body.reference is "A-2", wanted is "A-1"',
                'body.service is "inpost_locker_standard", wanted is nothing',
            ],
        },
    ]
    assert (
        f'Rule {near} (busy) did not act: body.reference is "A-2", wanted is "A-1".' in entry["why"]
    )


@pytest.mark.parametrize(
    ("when", "query"),
    [
        ({"path": {"organization_id": "2"}}, 'path.organization_id is "1", wanted is "2"'),
        ({"query": {"page": {"$any": True}}}, "query.page is not there, wanted is anything"),
        ({"caller": "sim-inpost-broke"}, 'caller is "sim-inpost-prepaid", wanted is'),
        ({"headers": {"Accept": "text/html"}}, 'headers.accept is "*/*", wanted is "text/html"'),
    ],
)
def test_every_part_of_a_request_is_compared(
    workspace: Workspace, when: dict[str, Any], query: str
) -> None:
    rule(workspace, when={**GET, **when}, fault=BUSY)
    statuses(workspace, 1)
    [near] = newest(workspace)["nearest_rules"]
    assert near["reasons"][0].startswith(query)


@pytest.mark.parametrize(
    ("more", "count", "reason"),
    [
        ({"times": 2}, 3, "it is spent: it has acted 2 times"),
        ({"times": 1}, 2, "it is spent: it has acted once"),
        ({"when": {**GET, "nth": 3}}, 1, "it takes request number 3 of these, this was number 1"),
        ({"when": {**GET, "every": 2}}, 3, "it takes each request of 2, this was number 3"),
        (
            {"when": {**GET, "between": ["2026-03-02T12:00:00Z", "2026-03-02T13:00:00Z"]}},
            1,
            "it acts from 2026-03-02T12:00:00Z until 2026-03-02T13:00:00Z, "
            "this came at 2026-03-02T09:15:00+00:00",
        ),
        (
            {"when": {**GET, "probability": 0}},
            1,
            "chance passed it over: it takes a share of 0.0",
        ),
        (
            {"fault": {"kind": "rate_limit", "requests": 5, "per": "1s"}},
            1,
            "its limit of 5 requests in 1s was not reached",
        ),
    ],
)
def test_a_rule_that_is_about_the_request_says_why_it_was_not_its_turn(
    workspace: Workspace, more: dict[str, Any], count: int, reason: str
) -> None:
    number = rule(workspace, **{"when": GET, "fault": BUSY, **more})
    assert statuses(workspace, count)[-1] == 200
    entry = newest(workspace)
    assert entry["nearest_rules"] == [
        {"id": number, "name": None, "about": True, "reasons": [reason]}
    ]
    assert f"Rule {number} is about this request, but {reason}." in entry["why"]


def test_what_was_true_then_is_told_later_too(workspace: Workspace) -> None:
    rule(workspace, when={**GET, "nth": 2}, fault=BUSY, times=1)
    assert statuses(workspace, 3) == [200, 503, 200]
    entries = [
        workspace.control.get(f"/journal/{each['id']}").json()
        for each in workspace.journal(order="oldest")
    ]
    assert [
        entry["nearest_rules"] and entry["nearest_rules"][0]["reasons"] for entry in entries
    ] == [
        ["it takes request number 2 of these, this was number 1"],
        [],
        ["it is spent: it has acted once"],
    ]
    assert entries[1]["rule"] == {"id": 1, "name": None, "number": 1}


def test_a_rule_that_came_later_and_would_act_is_no_near_miss(workspace: Workspace) -> None:
    statuses(workspace, 1)
    rule(workspace, when=GET, fault=BUSY)
    assert newest(workspace)["nearest_rules"] == []


def test_without_rules_nothing_is_said_of_them(workspace: Workspace) -> None:
    statuses(workspace, 1)
    entry = newest(workspace)
    assert entry["nearest_rules"] == []
    assert not any(sentence.startswith("Rule ") for sentence in entry["why"])
