"""Checks that mean nothing are refused, all of them at once, with the place and the way out."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.support.server import Workspace


def refused(workspace: Workspace, body: Any, status: int = 422) -> Any:
    response = workspace.control.post("/verify", json=body)
    assert response.status_code == status, response.text
    return response.json()


def test_everything_wrong_is_told_at_once(workspace: Workspace) -> None:
    checks = [
        {"operation": "inpost.creat_shipment", "count": 1, "never": True},
        {"order": ["inpost.get_lable", {"nth": 1}], "count": 2, "carrier": "inpost"},
    ]
    told = refused(workspace, {"checks": checks})
    assert told["errors"] == [
        {
            "path": "body.checks.0.operation",
            "message": 'is not an operation. Did you mean "inpost.create_shipment"?',
        },
        {"path": "body.checks.0", "message": "says never, which leaves nothing for count"},
        {
            "path": "body.checks.1.carrier",
            "message": "has no place beside order: put it into the elements that it is about",
        },
        {"path": "body.checks.1.count", "message": "has no place beside order"},
        {
            "path": "body.checks.1.order.0",
            "message": 'is not an operation. Did you mean "inpost.get_label"?',
        },
        {
            "path": "body.checks.1.order.1.nth",
            "message": "belongs to rules, which take some of the requests; a check counts them: "
            "say count, at_least, at_most or never",
        },
    ]


@pytest.mark.parametrize(
    ("check", "place", "message"),
    [
        (
            {"at_least": 3, "at_most": 2},
            ".at_most",
            "is 2, less than at_least, which is 3",
        ),
        ({"count": 1, "at_most": 2}, "", "says count, which leaves nothing for at_most"),
        ({"count": -1}, ".count", "has to be at least 0, not -1"),
        (
            {"answered": "201"},
            ".answered",
            "is a status, such as 201, or a condition, such as {$oneof: [200, 201]}",
        ),
        (
            {"answered": {"$oneof": []}},
            ".answered.$oneof",
            "$oneof takes a list of patterns",
        ),
        (
            {"no_unread": True, "no_unmatched": True},
            "",
            "is one check, not several: no_unread and no_unmatched go into one each",
        ),
        (
            {"no_duplicates": True, "operation": "inpost.create_shipment"},
            ".operation",
            "has no place beside no_duplicates, which takes carrier",
        ),
        ({"no_duplicates": True, "count": 1}, ".count", "has no place beside no_duplicates"),
        (
            {"order": [{"operation": "inpost.get_label", "method": "POST"}]},
            ".order.0.method",
            "is not GET: it can never match",
        ),
        (
            {"body": {"$foo": 1}},
            ".body.$foo",
            "$foo is not one of $any, $absent, $type, $regex, $gt, $lt, $oneof, $contains",
        ),
        (
            {"probability": 0.5},
            ".probability",
            "belongs to rules, which take some of the requests; a check counts them: "
            "say count, at_least, at_most or never",
        ),
        (
            {"between": ["2026-03-02T10:15:00Z", "2026-03-02T10:15:00Z"]},
            ".between",
            "ends before it begins: it can never match",
        ),
        (
            {"opration": "inpost.get_label"},
            ".opration",
            'is not a field of this request; did you mean "operation"?',
        ),
    ],
    ids=str,
)
def test_what_means_nothing(
    workspace: Workspace, check: dict[str, Any], place: str, message: str
) -> None:
    told = refused(workspace, {"checks": [check]})
    assert told["errors"] == [{"path": f"body.checks.0{place}", "message": message}]


def test_checks_come_under_their_name(workspace: Workspace) -> None:
    told = refused(workspace, [{"count": 1}])
    assert told["errors"] == [{"path": "body", "message": "has to be an object, not a list"}]
    told = refused(workspace, {"checks": []})
    [fault] = told["errors"]
    assert fault["path"] == "body.checks"


def test_without_checks_and_without_a_scenario_there_is_nothing_to_judge(
    workspace: Workspace,
) -> None:
    told = refused(workspace, {}, status=409)
    assert told["detail"] == (
        "there is nothing to judge: no scenario with checks is loaded here; "
        'send some as {"checks": [...]}'
    )


def test_a_workspace_that_nobody_used_is_not_judged(server: str) -> None:
    url = f"{server}/_sim/workspaces/nobody-was-here/verify"
    response = httpx2.post(
        url, json={"checks": [{"no_unmatched": True}]}, trust_env=False, verify=False
    )
    assert response.status_code == 404
    assert 'There is no workspace "nobody-was-here"' in response.json()["detail"]
