"""Rules: what happens to requests in place of what usually does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from dirty_equals import IsPartialDict

from tests.inpost.shipx import create, locker, post
from tests.rules.making import GET, rule, statuses, used
from tests.support.server import Workspace


def test_a_carrier_is_busy_twice_and_recovers(workspace: Workspace) -> None:
    number = rule(workspace, when=GET, fault={"kind": "status", "status": 503}, times=2)
    assert statuses(workspace, 4) == [503, 503, 200, 200]
    assert used(workspace, number) == (2, 2, True)


def test_other_operations_carriers_and_workspaces_are_left_alone(
    workspace: Workspace, server: str
) -> None:
    rule(workspace, when=GET, fault={"kind": "status"})
    assert workspace.client.get("/v1/organizations").status_code == 200
    elsewhere = httpx2.get(
        f"{server}/w/{workspace.name}-other/inpost/v1/organizations/1",
        headers={"Authorization": "Bearer sim-inpost-prepaid"},
        trust_env=False,
        verify=False,
    )
    assert elsewhere.status_code == 200


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({"nth": 2}, [200, 503, 200, 200]),
        ({"every": 2}, [200, 503, 200, 503]),
        ({"probability": 0}, [200, 200, 200, 200]),
        ({"probability": 1}, [503, 503, 503, 503]),
        ({"method": "get"}, [503, 503, 503, 503]),
        ({"path": {"organization_id": "1"}}, [503, 503, 503, 503]),
        ({"path": {"organization_id": "2"}}, [200, 200, 200, 200]),
        ({"caller": "sim-inpost-prepaid"}, [503, 503, 503, 503]),
        ({"caller": {"$regex": "broke"}}, [200, 200, 200, 200]),
        ({"headers": {"User-Agent": {"$contains": "httpx"}}}, [503, 503, 503, 503]),
        ({"query": {"page": {"$any": True}}}, [200, 200, 200, 200]),
        (
            {"between": ["2026-03-02T10:00:00+01:00", "2026-03-02T10:20:00+01:00"]},
            [503, 503, 503, 503],
        ),
        (
            {"between": ["2026-03-02T10:20:00+01:00", "2026-03-02T10:30:00+01:00"]},
            [200, 200, 200, 200],
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_which_requests_a_rule_takes(
    workspace: Workspace, conditions: dict[str, Any], expected: list[int]
) -> None:
    rule(workspace, when={**GET, **conditions}, fault={"kind": "status", "status": 503})
    assert statuses(workspace, 4) == expected


def test_a_share_of_requests_is_the_same_for_the_same_seed(workspace: Workspace) -> None:
    seen = []
    for _ in range(2):
        workspace.control.post("/reset", json={"seed": 7})
        rule(workspace, when={**GET, "probability": 0.5}, fault={"kind": "status"})
        seen.append(statuses(workspace, 20))
    assert seen[0] == seen[1]
    assert {200, 503} == set(seen[0])


def test_a_body_is_matched_by_a_pattern(workspace: Workspace) -> None:
    rule(
        workspace,
        when={
            "operation": "inpost.create_shipment",
            "body": {"receiver": {"email": {"$regex": "@slow\\.test$"}}, "parcels": {"$any": True}},
        },
        respond={"status": 500, "body": {"error": "by a rule"}},
    )
    assert post(workspace, locker()).status_code == 201
    receiver = {"email": "a@slow.test", "phone": "501502503"}
    refused = post(workspace, locker(receiver=receiver))
    assert (refused.status_code, refused.json()) == (500, {"error": "by a rule"})
    assert len(workspace.records("inpost", "shipments")) == 1


def test_the_first_rule_that_fires_acts(workspace: Workspace) -> None:
    rule(workspace, when={**GET, "nth": 2}, respond={"status": 202, "body": "first"})
    rule(workspace, when={"carrier": "inpost"}, respond={"status": 203, "body": "second"})
    assert statuses(workspace, 3) == [203, 202, 203]


def test_an_answer_is_merged_into_after_the_handler(workspace: Workspace) -> None:
    rule(
        workspace,
        when=GET,
        respond={"merge": {"name": "Changed", "tax_id": None}, "headers": {"X-Odd": "1"}},
    )
    response = workspace.client.get("/v1/organizations/1")
    assert (response.status_code, response.headers["x-odd"]) == (200, "1")
    assert response.json() == IsPartialDict(id=1, name="Changed")
    assert "tax_id" not in response.json()


def test_after_means_that_the_carrier_has_done_it(workspace: Workspace) -> None:
    rule(
        workspace,
        when={"operation": "inpost.create_shipment"},
        fault={"kind": "status", "status": 504, "when": "after"},
    )
    assert post(workspace, locker()).status_code == 504
    assert len(workspace.records("inpost", "shipments")) == 1


def test_before_means_that_nothing_was_done(workspace: Workspace) -> None:
    rule(workspace, when={"operation": "inpost.create_shipment"}, fault={"kind": "status"})
    assert post(workspace, locker()).status_code == 503
    assert workspace.records("inpost", "shipments") == []


def test_a_limit_counts_on_the_workspaces_clock(workspace: Workspace) -> None:
    rule(workspace, when=GET, fault={"kind": "rate_limit", "requests": 2, "per": "10s"})
    assert statuses(workspace, 3) == [200, 200, 429]
    refused = workspace.client.get("/v1/organizations/1")
    assert (refused.text, refused.headers["retry-after"]) == ("error code: 1015", "10")
    workspace.advance("10s")
    assert statuses(workspace, 3) == [200, 200, 429]


@pytest.mark.parametrize(
    ("path", "key", "status", "words"),
    [
        (
            "inpost/v1/organizations",
            {"Authorization": "Bearer sim-inpost-prepaid"},
            503,
            "error code: 503",
        ),
        (
            "inpost/v1/organizations",
            {"Authorization": "Bearer sim-inpost-prepaid"},
            404,
            "404 page not found\n",
        ),
        (
            "myparcel/carriers",
            {"Authorization": "basic c2ltLW15cGFyY2VsLXBvc3RwYWlk"},
            502,
            "502 Bad Gateway",
        ),
        (
            "myparcel/carriers",
            {"Authorization": "basic c2ltLW15cGFyY2VsLXBvc3RwYWlk"},
            429,
            '"errors"',
        ),
        (
            "postplus/api/v1/accounts/current",
            {"X-API-KEY": "apitest1234567890"},
            429,
            "Too many requests",
        ),
        (
            "postplus/api/v1/accounts/current",
            {"X-API-KEY": "apitest1234567890"},
            504,
            "504 Gateway Timeout",
        ),
    ],
)
def test_a_failure_speaks_as_what_stands_in_front_of_the_carrier(
    workspace: Workspace, path: str, key: dict[str, str], status: int, words: str
) -> None:
    rule(workspace, fault={"kind": "status", "status": status})
    url = f"{workspace.base_url}/w/{workspace.name}/{path}"
    response = httpx2.get(url, headers=key, trust_env=False, verify=False)
    assert response.status_code == status
    assert words in response.text


def test_what_a_rule_used_up_goes_along_with_snapshots_and_forks(workspace: Workspace) -> None:
    rule(workspace, when=GET, fault={"kind": "status"}, times=3)
    assert statuses(workspace, 2) == [503, 503]
    kept = workspace.control.get("/snapshot").json()
    assert statuses(workspace, 2) == [503, 200]
    assert workspace.control.put("/snapshot", json=kept).status_code == 200
    assert statuses(workspace, 2) == [503, 200]


def test_rules_are_listed_and_deleted(workspace: Workspace) -> None:
    first = rule(workspace, when=GET, fault={"kind": "status"})
    second = rule(workspace, when=GET, respond={"body": "x"})
    listed = workspace.control.get("/rules").json()["items"]
    assert [(each["id"], each["rule"]) for each in listed] == [
        (first, {"when": GET, "fault": {"kind": "status"}}),
        (second, {"when": GET, "respond": {"body": "x"}}),
    ]
    assert workspace.control.delete(f"/rules/{first}").status_code == 204
    assert workspace.control.get(f"/rules/{first}").status_code == 404
    assert workspace.client.get("/v1/organizations/1").text == "x"
    assert workspace.control.delete("/rules").status_code == 204
    assert statuses(workspace, 1) == [200]


def test_the_journal_says_which_rule_answered(workspace: Workspace) -> None:
    number = rule(workspace, name="busy", when=GET, fault={"kind": "status"})
    statuses(workspace, 1)
    [entry] = workspace.journal(operation="inpost.get_organization")
    why = workspace.control.get(f"/journal/{entry['id']}").json()["why"]
    assert f"Rule {number} (busy) acted, for the 1st time: fault status." in why


def test_a_shipment_that_was_made_before_is_read_as_always(workspace: Workspace) -> None:
    number = create(workspace, locker())["id"]
    rule(workspace, when={"operation": "inpost.create_shipment"}, fault={"kind": "status"})
    assert workspace.client.get(f"/v1/shipments/{number}").status_code == 200


@pytest.mark.parametrize("query", ["", "?fetchId=", "?FetchId=", "?count=5"])
def test_a_parameter_that_the_carrier_takes_for_absent_matches_the_empty_text(
    workspace: Workspace, query: str
) -> None:
    number = rule(
        workspace,
        when={"carrier": "postplus", "query": {"fetchId": ""}},
        delay={"by": "1ms"},
    )
    url = f"{workspace.base_url}/w/{workspace.name}/postplus/api/v1/tracking{query}"
    headers = {"X-API-KEY": "apitest1234567890"}
    assert httpx2.get(url, headers=headers, trust_env=False, verify=False).status_code == 200
    assert used(workspace, number)[1] == 1


@pytest.mark.parametrize(("name", "hit"), [("Count", 1), ("count", 1), ("COUNT", 1), ("Cnt", 0)])
def test_names_of_parameters_are_in_any_case_where_the_carrier_takes_them_so(
    workspace: Workspace, name: str, hit: int
) -> None:
    number = rule(
        workspace,
        when={"carrier": "postplus", "query": {name: "5"}},
        delay={"by": "1ms"},
    )
    url = f"{workspace.base_url}/w/{workspace.name}/postplus/api/v1/tracking?count=5"
    headers = {"X-API-KEY": "apitest1234567890"}
    assert httpx2.get(url, headers=headers, trust_env=False, verify=False).status_code == 200
    assert used(workspace, number)[1] == hit


def test_chance_does_not_hang_on_what_else_was_asked(
    new_workspace: Callable[[], Workspace],
) -> None:
    seen = []
    for order in ("aaabbb", "bbbaaa", "ababab"):
        workspace = new_workspace()
        rule(workspace, when={"carrier": "inpost", "probability": 0.5}, fault={"kind": "status"})
        paths = {"a": "/v1/organizations/1", "b": "/v1/points?per_page=1"}
        answers: dict[str, list[int]] = {"a": [], "b": []}
        for name in order:
            answers[name].append(workspace.client.get(paths[name]).status_code)
        seen.append(answers)
    assert seen[0] == seen[1] == seen[2]


def test_an_expression_takes_no_longer_than_its_text(workspace: Workspace) -> None:
    number = rule(
        workspace,
        when={"operation": "inpost.create_shipment", "body": {"reference": {"$regex": "^(a+)+$"}}},
        fault={"kind": "status"},
    )
    body = locker(reference="a" * 60 + "!")
    assert workspace.client.post("/v1/organizations/1/shipments", json=body).status_code == 201
    assert used(workspace, number) == (0, 0, False)


@pytest.mark.parametrize("expression", ["(?=a)b", r"(a)\1", "(?<!x)y"])
def test_expressions_that_might_take_for_ever_are_refused(
    workspace: Workspace, expression: str
) -> None:
    when = {"body": {"reference": {"$regex": expression}}}
    response = workspace.control.post("/rules", json={"when": when, "fault": {"kind": "status"}})
    assert response.status_code == 422
    assert "looks around, refers back" in response.json()["detail"]
