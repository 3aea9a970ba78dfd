"""Named faults, and what a server is started with."""

from __future__ import annotations

from collections import Counter
from typing import Any

import httpx2
import pytest

from simulator.app import create_app
from simulator.carriers.fault_profiles import PROFILES
from simulator.settings import Settings, SettingsError
from tests.rules.making import GET, rule, statuses
from tests.support.server import Workspace, running

KEY = {"Authorization": "Bearer sim-inpost-prepaid"}


def profile(workspace: Workspace, name: str, carrier: str | None = None) -> list[Any]:
    asked = {"profile": name} if carrier is None else {"profile": name, "carrier": carrier}
    response = workspace.control.post("/rules", json=asked)
    assert response.status_code == 201, response.text
    items: list[Any] = response.json()["items"]
    return items


def test_a_profile_becomes_rules_with_its_name(workspace: Workspace) -> None:
    added = profile(workspace, "flaky", "inpost")
    assert [each["rule"]["name"] for each in added] == [
        "flaky: 503 5%",
        "flaky: connection_reset 2%",
        "flaky: connection_reset after 1%",
        "flaky: delay 3s 5%",
    ]
    assert {each["rule"]["when"]["carrier"] for each in added} == {"inpost"}
    assert workspace.control.get("/rules").json()["items"] == added


def test_down_is_down_for_everything_of_a_carrier(workspace: Workspace) -> None:
    profile(workspace, "down", "inpost")
    assert statuses(workspace, 2) == [503, 503]
    response = workspace.client.get("/v9/nothing")
    assert (response.status_code, response.text) == (503, "error code: 503")
    url = f"{workspace.base_url}/w/{workspace.name}/postplus/api/v1/accounts/current"
    headers = {"X-API-KEY": "apitest1234567890"}
    assert httpx2.get(url, headers=headers, trust_env=False, verify=False).status_code == 200


def test_a_flaky_network_fails_in_about_the_share_that_it_says(workspace: Workspace) -> None:
    profile(workspace, "flaky")
    workspace.control.delete("/rules/4")  # the slow ones, since that is real time
    seen: Counter[Any] = Counter()
    for _ in range(400):
        try:
            seen[workspace.client.get("/v1/organizations/1").status_code] += 1
        except httpx2.TransportError:
            seen["reset"] += 1
    assert 8 <= seen[503] <= 36, seen
    assert 3 <= seen["reset"] <= 26, seen


def test_a_peak_day_weighs_on_creating_and_labels(workspace: Workspace) -> None:
    added = profile(workspace, "peak_day", "inpost")
    named = {each["rule"]["when"].get("operation") for each in added}
    assert {"inpost.create_shipment", "inpost.get_label", None} <= named
    assert "inpost.get_organization" not in named
    assert len(profile(workspace, "peak_day")) > len(added)


def test_the_profiles_are_listed(workspace: Workspace) -> None:
    for base in (workspace.base_url, f"{workspace.base_url}/w/{workspace.name}"):
        told = httpx2.get(f"{base}/_sim/fault-profiles", trust_env=False, verify=False).json()
        assert [each["name"] for each in told["items"]] == list(PROFILES)
        assert {"words": "503 5%", "on": "everything"} in told["items"][0]["rules"]
        assert "myparcel.create_shipments" in told["rush"]["myparcel"]


@pytest.mark.parametrize(
    ("asked", "path", "says"),
    [
        ({"profile": "flakey"}, "body.profile", 'Did you mean "flaky"?'),
        ({"profile": "flaky", "carrier": "inpots"}, "body.carrier", 'Did you mean "inpost"?'),
        ({"profile": "flaky", "times": 2}, "body.times", "means nothing beside profile"),
        ({"carrier": "inpost", "delay": {"by": "1s"}}, "body.carrier", "is not a key here"),
    ],
)
def test_a_profile_that_there_is_not_is_refused(
    workspace: Workspace, asked: Any, path: str, says: str
) -> None:
    response = workspace.control.post("/rules", json=asked)
    assert response.status_code == 422, response.text
    found = {each["path"]: each["message"] for each in response.json()["errors"]}
    assert says in found.get(path, ""), found
    assert workspace.control.get("/rules").json()["items"] == []


def test_a_server_starts_each_workspace_with_its_faults() -> None:
    faults = (
        "inpost.get_organization: 502 x1",
        '{"when": {"operation": "inpost.list_organizations"}, "respond": {"body": "mine"}}',
        "myparcel: down",
    )
    with running(Settings(fault=faults)) as base_url:
        for name in ("one", "two"):
            base = f"{base_url}/w/{name}/inpost/v1/organizations"
            seen = [httpx2.get(f"{base}/1", headers=KEY).status_code for _ in range(2)]
            assert seen == [502, 200]
            assert httpx2.get(base, headers=KEY).text == "mine"
            assert httpx2.get(f"{base_url}/w/{name}/myparcel/").status_code == 503
        control = f"{base_url}/_sim/workspaces/one"
        kept = httpx2.get(f"{control}/rules").json()["items"]
        assert [each["id"] for each in kept] == [1, 2, 3]
        httpx2.delete(f"{control}/rules")
        assert httpx2.get(f"{control}/rules").json()["items"] == []
        httpx2.post(f"{control}/reset")
        assert len(httpx2.get(f"{control}/rules").json()["items"]) == 3
        added = httpx2.post(f"{control}/rules", json={"delay": {"by": "1ms"}}).json()
        assert added["id"] == 4


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("flakey", 'Did you mean "flaky"?'),
        (
            "inpots: down",
            'carrier is not one of inpost, myparcel, postplus. Did you mean "inpost"?',
        ),
        ("inpost.get_lable: 503", 'is not an operation. Did you mean "inpost.get_label"?'),
        ("inpost: 503 x0", "x0 is never"),
        ('{"delay": {"by": "5"}}', "delay.by"),
        ("{", "is not JSON"),
    ],
)
def test_a_fault_that_cannot_be_stops_the_start(fault: str, says: str) -> None:
    with pytest.raises(SettingsError) as refused:
        create_app(Settings(fault=("slow", fault)))
    assert str(refused.value).startswith("fault ")
    assert says in str(refused.value)


def test_a_shadowed_rule_is_taken_and_told(workspace: Workspace) -> None:
    profile(workspace, "down", "inpost")
    response = workspace.control.post("/rules", json={"when": GET, "delay": {"by": "1ms"}})
    assert response.status_code == 201
    [finding] = response.json()["findings"]
    assert finding.startswith("rule 1 (down: 503) takes every request that this one is about")
    assert workspace.control.get("/rules/2").json()["findings"] == [finding]
    assert workspace.control.delete("/rules/1").status_code == 204
    assert workspace.control.get("/rules").json()["items"][0]["findings"] == []


def test_a_rule_about_a_path_acts_where_no_operation_is(workspace: Workspace) -> None:
    number = rule(
        workspace,
        when={"carrier": "inpost", "url": {"$regex": "^/v2/"}, "body": {"a": 1}},
        respond={"status": 200, "body": {"from": "the future"}},
    )
    answer = workspace.client.post("/v2/shipments", json={"a": 1, "b": 2})
    assert answer.json() == {"from": "the future"}
    assert workspace.client.post("/v2/shipments", json={"a": 2}).status_code == 404
    assert workspace.client.get("/v1/organizations/1").status_code == 200
    entry = min(workspace.journal(), key=lambda each: each["id"])
    why = workspace.control.get(f"/journal/{entry['id']}").json()["why"]
    assert why[0] == "A rule answered with 200 in place of the carrier."
    assert "No operation takes POST /v2/shipments." in why
    assert any(f"Rule {number} acted" in sentence for sentence in why)


def test_an_answer_to_what_no_operation_takes_is_changed_too(workspace: Workspace) -> None:
    rule(workspace, when={"carrier": "inpost"}, respond={"merge": {"hint": "look elsewhere"}})
    answer = workspace.client.get("/v9/nothing")
    assert (answer.status_code, answer.json()["hint"]) == (404, "look elsewhere")


def test_a_rule_about_an_operation_leaves_other_paths_alone(workspace: Workspace) -> None:
    rule(workspace, when=GET, fault={"kind": "status"})
    assert workspace.client.get("/v9/nothing").status_code == 404
