"""Real credentials that were sent by mistake: nothing that is shown of an exchange tells them."""

from __future__ import annotations

import base64
import re
from typing import Any

import httpx2
import pytest

from simulator.core.secrets import masked
from tests.support.server import Workspace

SECRET = "live-9f8e7d6c5b4a39281706abcdef"
MARK = masked(SECRET)
BASE64 = base64.b64encode(SECRET.encode()).decode()

SENT: list[tuple[str, str, dict[str, str], dict[str, str], Any]] = [
    ("GET", "/inpost/v1/organizations/1", {"Authorization": f"Bearer {SECRET}"}, {}, None),
    ("GET", "/myparcel/shipments", {"Authorization": f"basic {BASE64}"}, {}, None),
    ("GET", "/postplus/api/v1/parcels/get-many", {"X-API-KEY": SECRET}, {}, None),
    ("GET", "/inpost/v1/points", {}, {"access_token": SECRET}, None),
    ("GET", "/inpost/v1/nowhere", {"Cookie": f"session={SECRET}"}, {"api_key": SECRET}, None),
    (
        "POST",
        "/inpost/v1/organizations/1/shipments",
        {"Authorization": "Bearer sim-inpost-prepaid"},
        {},
        {"password": SECRET, "comments": f"https://shop:{SECRET}@example.org", "service": SECRET},
    ),
]


@pytest.mark.parametrize(("method", "path", "headers", "query", "body"), SENT)
def test_nothing_that_is_shown_tells_a_credential_but_tells_it_apart(
    workspace: Workspace,
    method: str,
    path: str,
    headers: dict[str, str],
    query: dict[str, str],
    body: Any,
) -> None:
    rule = {
        "when": {"headers": {"authorization": f"Bearer {SECRET}", "x-api-key": "other"}},
        "fault": {"kind": "status", "status": 503},
    }
    workspace.control.post("/rules", json=rule)
    url = f"{workspace.base_url}/w/{workspace.name}{path}"
    number = httpx2.request(
        method, url, headers=headers, params=query, json=body, trust_env=False, verify=False
    ).headers["X-Sim-Request-Id"]

    shown = workspace.control.get(f"/journal/{number}").text
    check = {"headers": {"authorization": "Bearer x"}, "body": {"password": "x"}, "count": 1}
    others = (
        workspace.control.get("/journal").text,
        workspace.control.post("/verify", json={"checks": [check]}).text,
        workspace.control.get("/events").text,
    )

    assert MARK in shown
    for text in (shown, *others):
        assert SECRET not in text
        assert SECRET[:12] not in text
        assert BASE64[:12] not in text


def test_keys_that_were_made_for_the_simulator_stay_readable(workspace: Workspace) -> None:
    workspace.client.get("/v1/organizations/1")

    [entry] = workspace.journal()
    told = workspace.control.get(f"/journal/{entry['id']}").json()
    assert told["request"]["headers"]["authorization"] == "Bearer sim-inpost-prepaid"


def test_rules_match_what_was_really_sent(workspace: Workspace) -> None:
    when = {"headers": {"authorization": f"Bearer {SECRET}"}}
    rule = {"when": when, "fault": {"kind": "status", "status": 503}}
    workspace.control.post("/rules", json=rule)

    assert workspace.inpost(SECRET).get("/v1/organizations/1").status_code == 503
    assert workspace.client.get("/v1/organizations/1").status_code == 200
    check = {"headers": {"authorization": f"Bearer {SECRET}"}, "count": 1}
    judged = workspace.control.post("/verify", json={"checks": [check]})
    assert judged.json()["passed"]


@pytest.mark.parametrize("secret", [SECRET, "a1b2"])
@pytest.mark.parametrize("ordered", [False, True])
def test_a_verdict_has_one_mark_for_a_credential_wherever_it_is_repeated(
    workspace: Workspace, secret: str, ordered: bool
) -> None:
    workspace.client.get("/v1/organizations/1")
    check = {
        "operation": "inpost.get_organization",
        "caller": secret,
        "headers": {"authorization": f"Bearer {secret}"},
    }
    checks = [{"order": [check, check]}] if ordered else [{**check, "count": 1}]

    told = workspace.control.post("/verify", json={"checks": checks}).text

    assert f'"{secret}' not in told
    assert f" {secret}" not in told
    assert set(re.findall(r"\*\*\*[0-9a-f]{6}", told)) == {masked(secret)}
    assert f"Bearer {masked(secret)}" in told


def test_rules_are_shown_with_marks_and_keep_what_they_want(workspace: Workspace) -> None:
    wanted = {
        "caller": SECRET,
        "headers": {"authorization": f"Bearer {SECRET}"},
        "query": {"access_token": SECRET},
        "body": {"password": SECRET, "name": "x"},
    }
    respond = {"status": 200, "headers": {"set-cookie": f"a={SECRET}"}, "body": {"token": SECRET}}

    added = workspace.control.post("/rules", json={"when": wanted, "respond": respond})
    listed = workspace.control.get("/rules")

    assert (added.status_code, added.json()) == (201, listed.json()["items"][0])
    assert SECRET not in listed.text
    assert listed.json()["items"][0]["rule"] == {
        "when": {
            "caller": MARK,
            "headers": {"authorization": f"Bearer {MARK}"},
            "query": {"access_token": MARK},
            "body": {"password": MARK, "name": "x"},
        },
        "respond": {"status": 200, "headers": {"set-cookie": f"a={MARK}"}, "body": {"token": MARK}},
    }
    assert workspace.client.get("/v1/organizations/1").status_code == 200
    workspace.control.post(
        "/rules",
        json={"when": {"headers": wanted["headers"]}, "fault": {"kind": "status", "status": 503}},
    )
    assert workspace.inpost(SECRET).get("/v1/organizations/1").status_code == 503


def test_a_refused_timeline_and_a_loaded_one_tell_no_credential_of_a_url(
    workspace: Workspace,
) -> None:
    url = f"https://shop:{SECRET}@hooks.example/x?token={SECRET}"
    act = {"inpost.set_webhook": {"organization": 99, "url": url}}
    scenario = {"scenario": "Told", "timeline": [{"at": "+1h", "do": act}]}

    loaded = workspace.control.put("/scenario", json=scenario)
    refused = workspace.control.post("/rules", json={"when": {"method": url}, "respond": {}})

    assert (loaded.status_code, refused.status_code) == (200, 422), loaded.text
    for text in (loaded.text, workspace.control.get("/scenario").text, refused.text):
        assert SECRET not in text
