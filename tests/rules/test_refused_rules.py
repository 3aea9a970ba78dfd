"""Rules that cannot be: each is refused with the place that is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.making import GET, assert_refused, rule, statuses
from tests.support.server import Workspace

REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({}, "body", "does nothing"),
    (
        {"when": {"operation": "inpost.get_lable"}, "fault": {"kind": "status"}},
        "body.when.operation",
        'Did you mean "inpost.get_label"?',
    ),
    (
        {"when": {"carrier": "inpots"}, "fault": {"kind": "status"}},
        "body.when.carrier",
        'Did you mean "inpost"?',
    ),
    (
        {"when": {**GET, "carrier": "myparcel"}, "fault": {"kind": "status"}},
        "body.when.carrier",
        "can never match",
    ),
    (
        {"when": {**GET, "method": "POST"}, "fault": {"kind": "status"}},
        "body.when.method",
        "can never match",
    ),
    (
        {"when": {**GET, "path": {"id": "1"}}, "fault": {"kind": "status"}},
        "body.when.path.id",
        "there are organization_id",
    ),
    (
        {"when": {"body": {"a": {"$regx": "x"}}}, "fault": {"kind": "status"}},
        "body.when.body.a.$regx",
        'Did you mean "$regex"?',
    ),
    (
        {"when": {"body": {"a": {"$regex": "("}}}, "fault": {"kind": "status"}},
        "body.when.body.a.$regex",
        "is not a regular expression: a ( is not closed (at character 1)",
    ),
    (
        {"when": {"between": ["x", "2026-03-02T10:00:00Z"]}, "fault": {"kind": "status"}},
        "body.when.between.0",
        "is not an instant",
    ),
    ({"delay": {"by": "5"}}, "body.delay.by", "is not a duration"),
    ({"fault": {"kind": "explode"}}, "body.fault.kind", "is not one of"),
    ({"fault": {"kind": "rate_limit"}}, "body.fault.requests", "is required by rate_limit"),
    ({"fault": {"kind": "status"}, "respond": {}}, "body", "not both"),
    ({"respond": {"body": 1, "merge": {}}}, "body.respond", "not both"),
    ({"respond": {"merge": {}, "when": "before"}}, "body.respond.when", "is after"),
    ({"fault": {"kind": "status"}, "times": 0}, "body.times", "at least 1"),
    ({"delay": {"by": "1h"}}, "body.delay.by", "is at most 120s"),
    ({"fault": {"kind": "timeout", "by": "1h"}}, "body.fault.by", "is at most 120s"),
    ({"fault": {"kind": "timeout", "status": 503}}, "body.fault.status", "status takes it"),
    ({"fault": {"kind": "status", "per": "1s"}}, "body.fault.per", "rate_limit takes it"),
    ({"fault": {"kind": "timeout", "body": "x"}}, "body.fault.body", "takes it"),
    ({"respond": {"status": 204, "body": {}}}, "body.respond.body", "204 has no body"),
    ({"respond": {"headers": {"X-A": "a\r\nX-B: b"}}}, "body.respond.headers.X-A", "one line"),
    ({"respond": {"headers": {"X A": "a"}}}, "body.respond.headers.X A", "name of a header"),
    (
        {"respond": {"headers": {"Content-Length": "5"}}},
        "body.respond.headers.Content-Length",
        "worked out",
    ),
    ({"when": {"method": "FETCH"}, "delay": {"by": "1s"}}, "body.when.method", "is not one of"),
    (
        {"when": {"between": ["2026-03-02T10:00:00Z"] * 2}, "delay": {"by": "1s"}},
        "body.when.between",
        "can never match",
    ),
    ({"fault": {"kind": "status"}, "whn": {}}, "body.whn", "is not a field"),
]


@pytest.mark.parametrize(
    ("definition", "path", "message"), REFUSED, ids=lambda value: str(value)[:50]
)
def test_a_rule_that_cannot_be_is_refused_with_its_place(
    workspace: Workspace, definition: Any, path: str, message: str
) -> None:
    assert_refused(workspace, definition, path, message)
    assert workspace.control.get("/rules").json()["items"] == []


@pytest.mark.parametrize(
    "definition", [each for each, _, _ in REFUSED], ids=lambda value: str(value)[:50]
)
def test_it_is_refused_within_a_snapshot_too(
    workspace: Workspace, definition: dict[str, Any]
) -> None:
    known = rule(workspace, when=GET, fault={"kind": "status"})
    kept = workspace.control.get("/snapshot").json()
    kept["tables"]["engine.rules"][0]["definition"] = definition
    response = workspace.control.put("/snapshot", json=kept)
    assert response.status_code == 422, response.text
    assert f"engine.rules.{known}.definition" in response.json()["errors"][0]["path"]
    assert statuses(workspace, 1) == [503]
