"""Rules that come with a request: `X-Sim-Rule`, and `Prefer` as other mock servers know it."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from typing import Any

import httpx2
import pytest
from dirty_equals import IsPartialDict
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.http.rules.request_rules import BadRequestRule, asked_for
from simulator.settings import Settings
from tests.inpost.shipx import create, locker
from tests.myparcel.client import Shop
from tests.postplus.client import Client
from tests.rules.making import GET, rule, used
from tests.support.server import Workspace, running

PATH = "/v1/organizations/1"
SHIPMENTS = f"{PATH}/shipments"


def by_rule(body: Any) -> dict[str, str]:
    return {"X-Sim-Rule": body if isinstance(body, str) else json.dumps(body)}


def last_why(workspace: Workspace) -> str:
    entries = workspace.journal()
    newest = max(entries, key=lambda entry: entry["id"])
    return " ".join(workspace.control.get(f"/journal/{newest['id']}").json()["why"])


def test_a_rule_of_the_request_acts_on_it_and_on_no_other(workspace: Workspace) -> None:
    asked = by_rule({"fault": {"kind": "status", "status": 503}})
    assert workspace.client.get(PATH, headers=asked).status_code == 503
    assert "The request's own header X-Sim-Rule acted: fault status." in last_why(workspace)
    assert workspace.client.get(PATH).status_code == 200


def test_after_means_that_the_carrier_has_done_it(workspace: Workspace) -> None:
    lost = by_rule({"fault": {"kind": "empty_response", "when": "after"}})
    with pytest.raises(httpx2.RemoteProtocolError):
        workspace.client.post(SHIPMENTS, json=locker(), headers=lost)
    assert len(workspace.records("inpost", "shipments")) == 1


def test_the_answer_is_changed_in_words_beyond_latin(workspace: Workspace) -> None:
    asked = json.dumps({"respond": {"merge": {"name": "Żółw"}}}, ensure_ascii=False).encode()
    response = workspace.client.get(PATH, headers=[(b"X-Sim-Rule", asked)])
    assert response.json() == IsPartialDict(id=1, name="Żółw")


def test_it_comes_before_the_rules_of_the_workspace(workspace: Workspace) -> None:
    number = rule(workspace, when=GET, fault={"kind": "status", "status": 503})
    asked = by_rule({"respond": {"status": 202, "body": "mine"}})
    assert workspace.client.get(PATH, headers=asked).status_code == 202
    assert used(workspace, number) == (0, 0, False)


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("{", "X-Sim-Rule: it is not JSON"),
        ("[" * 100, "nested deeper than 64 levels"),
        ("[]", "X-Sim-Rule is a rule: an object"),
        ({}, "does nothing: say one of respond, fault, delay"),
        ({"fault": {"kind": "explode"}}, "explode"),
        ({"when": {}, "delay": {"by": "1s"}}, "when has no place: the rule is for this one"),
        ({"times": 2, "delay": {"by": "1s"}}, "times has no place"),
        ({"delay": {"by": "1h"}}, "delay.by is at most 120s"),
        ({"fault": {"kind": "rate_limit", "requests": 1}}, "use status 429"),
        ({"respond": {"patch": [{"op": "set"}]}}, "respond.patch.0 op is one of add"),
    ],
)
def test_a_bad_one_is_refused_in_the_carriers_words_and_nothing_is_done(
    workspace: Workspace, header: Any, says: str
) -> None:
    refused = workspace.client.post(SHIPMENTS, json=locker(), headers=by_rule(header))
    assert refused.status_code == 400
    assert set(refused.json()) == {"status", "error", "message", "details"}
    assert says in last_why(workspace)
    assert workspace.records("inpost", "shipments") == []


@pytest.mark.parametrize(
    ("prefer", "says"),
    [
        ("code=abc", "is not a status from 200 to 599"),
        ("code=204", "is no answer of this operation; there are 200"),
        ("example=Organisatoin", "is not there"),
        ("delay=1h", "is more than 120s"),
        ("delay=soon", "is not a duration"),
    ],
)
def test_a_preference_that_cannot_be_is_refused(
    workspace: Workspace, prefer: str, says: str
) -> None:
    refused = workspace.client.get(PATH, headers={"Prefer": prefer})
    assert refused.status_code == 400
    assert says in last_why(workspace)


def test_a_status_is_answered_as_the_description_shows_it(workspace: Workspace) -> None:
    shipment = create(workspace, locker())
    path = f"/v1/shipments/{shipment['id']}"
    missing = workspace.client.get(path, headers={"Prefer": "code=404"})
    assert missing.status_code == 404
    assert missing.json() == IsPartialDict(status=404, error="resource_not_found")
    assert "The request's own header Prefer acted: an answer of its own." in last_why(workspace)


def test_one_without_an_example_is_that_of_the_gateway(workspace: Workspace) -> None:
    busy = workspace.client.get(PATH, headers={"Prefer": "code=503"})
    assert (busy.status_code, busy.text) == (503, "error code: 503")


def test_each_carrier_answers_in_its_own_shape(workspace: Workspace) -> None:
    shop, client = Shop(workspace), Client(workspace)
    limited = shop.client.get("/shipments", headers={"Prefer": "code=429"})
    assert (limited.status_code, "errors" in limited.json()) == (429, True)
    missing = client.http.get("/parcels/1", headers={"Prefer": "code=404"})
    assert missing.headers["content-type"].startswith("application/problem+json")
    assert missing.json() == IsPartialDict(status=404)
    shop.close()
    client.close()


def test_an_example_by_its_name(workspace: Workspace) -> None:
    shop = Shop(workspace)
    response = shop.client.get("/tracktraces/1", headers={"Prefer": "example=OnItsWay"})
    assert response.status_code == 200
    assert response.json()["data"]["tracktraces"]
    shop.close()


def test_a_delay_is_real_time(workspace: Workspace) -> None:
    began = time.monotonic()
    response = workspace.client.get(PATH, headers={"Prefer": "delay=150"})
    assert response.status_code == 200
    assert time.monotonic() - began >= 0.15


@pytest.mark.parametrize("prefer", ["return=minimal", "respond-async, wait=10", "dynamic=true", ""])
def test_other_preferences_are_of_no_matter(workspace: Workspace, prefer: str) -> None:
    assert workspace.client.get(PATH, headers={"Prefer": prefer}).status_code == 200


def test_of_headers_that_repeat_each_counts(workspace: Workspace) -> None:
    headers = [("Prefer", "code=503"), ("Prefer", "return=minimal; foo, delay=1ms")]
    assert workspace.client.get(PATH, headers=headers).status_code == 503


def test_a_path_that_nothing_takes_takes_them_too(workspace: Workspace) -> None:
    response = workspace.client.get("/v9/nothing", headers={"Prefer": "code=502"})
    assert response.status_code == 502
    assert "No operation takes GET /v9/nothing." in last_why(workspace)


def test_they_are_ordinary_headers_where_they_are_switched_off() -> None:
    token = {"Authorization": "Bearer sim-inpost-prepaid"}
    with running(Settings(request_rules=False)) as base_url:
        for asked in ({"Prefer": "code=503"}, by_rule({"fault": {"kind": "status"}}), by_rule("{")):
            response = httpx2.get(f"{base_url}/inpost{PATH}", headers={**token, **asked})
            assert response.status_code == 200


@given(header=st.text(st.characters(max_codepoint=255, exclude_characters="\r\n")))
@example(header='code="503", delay=1ms;x=y')
@example(header="code=503" * 1000)
@example(header=',a="' * 10_000)
def test_whatever_a_header_holds_it_is_followed_or_told(header: str) -> None:
    for name in ("prefer", "x-sim-rule"):
        with suppress(BadRequestRule):
            asked_for({name: header}, [(name.encode(), header.encode("latin-1"))], None, list)


@pytest.mark.parametrize(
    "sent",
    [
        {"fault": {"kind": "drop_webhook"}},
        {"fault": {"kind": "duplicate_webhook"}},
        {"fault": {"kind": "delay_webhook", "by": "1m"}},
        {"hold": {"step": "inpost.offers"}},
        {"hold": {"step": "inpost.label", "first": 1}},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/v1/organizations/1", "/v1/nowhere"])
def test_what_is_about_no_request_is_refused(
    workspace: Workspace, sent: dict[str, Any], path: str
) -> None:
    response = workspace.client.get(path, headers={"X-Sim-Rule": json.dumps(sent)})
    assert response.status_code == 400
    (entry,) = workspace.journal()
    assert entry["outcome"] == "request_rule"
