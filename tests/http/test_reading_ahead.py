"""Large bodies are read beside everybody else, and what is too long is told before it costs."""

from __future__ import annotations

import json
import threading
from http.client import HTTPConnection
from typing import Any

import httpx2
import pytest

from simulator.core.formats import repeated_keys
from simulator.http import bodies
from simulator.http.described.plan import Plan
from tests.myparcel.client import basic
from tests.support.server import Workspace

PARCEL = {
    "dimensions": {"length": "80", "width": "36", "height": "64"},
    "weight": {"amount": "2"},
}
RECEIVER = {
    "email": "anna@example.test",
    "phone": "888000000",
    "first_name": "Anna",
    "last_name": "Nowak",
    "address": {
        "street": "Dluga",
        "building_number": "1",
        "city": "Krakow",
        "post_code": "30-001",
        "country_code": "PL",
    },
}
CREATE = {"service": "inpost_courier_standard", "receiver": RECEIVER, "parcels": [PARCEL]}
BATCHES = "/v1/organizations/2/batches"


def batch(many: int) -> dict[str, Any]:
    """A batch of so many shipments."""
    return {"shipments": [{**CREATE, "id": str(number)} for number in range(many)]}


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Which step of reading a body was done by which thread, in their order."""
    seen: list[tuple[str, str]] = []

    def watch(owner: Any, name: str) -> None:
        original = getattr(owner, name)

        def watched(*arguments: Any) -> Any:
            seen.append((name, threading.current_thread().name.partition("_")[0]))
            return original(*arguments)

        monkeypatch.setattr(owner, name, watched)

    watch(Plan, "decoded")
    watch(Plan, "judged")
    watch(repeated_keys, "places")
    return seen


def test_a_large_body_is_read_once_and_beside_the_others(
    workspace: Workspace, readers: list[tuple[str, str]]
) -> None:
    owner = workspace.inpost("sim-inpost-postpaid")
    assert owner.post(BATCHES, json=batch(2)).status_code == 201
    assert readers
    assert "bodies" not in {thread for _, thread in readers}
    readers.clear()
    made = owner.post(BATCHES, json=batch(400))
    assert made.status_code == 201, made.text
    assert readers == [("decoded", "bodies"), ("judged", "bodies")]


def test_rules_know_a_large_body_as_it_was_read_beside_the_others(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    original = bodies.loosely

    def watched(body: bytes) -> Any:
        seen.append(threading.current_thread().name.partition("_")[0])
        return original(body)

    monkeypatch.setattr(bodies, "loosely", watched)
    when = {"operation": "inpost.create_batch", "body": {"only_choice_of_offer": True}}
    rule = {"when": when, "fault": {"kind": "status", "status": 503}}
    assert workspace.control.post("/rules", json=rule).status_code == 201
    owner = workspace.inpost("sim-inpost-postpaid")
    for wanted, status in ((True, 503), (False, 201)):
        seen.clear()
        answer = owner.post(BATCHES, json={**batch(400), "only_choice_of_offer": wanted})
        assert answer.status_code == status, answer.text
        assert seen == ["bodies"]


def test_a_large_body_of_the_control_api_is_read_beside_the_others(
    workspace: Workspace, readers: list[tuple[str, str]]
) -> None:
    twice = '{"a": true, "a": false, ' + " " * 100_000 + '"b": true}'
    answer = workspace.control.put(
        "/quirks", content=twice, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 422
    assert "more than once" in answer.json()["detail"]
    assert {thread for _, thread in readers} == {"bodies"}
    assert [step for step, _ in readers] == ["decoded", "judged", "places"]


def test_who_is_not_let_in_is_told_that_first(workspace: Workspace) -> None:
    broken = '{"shipments": [' + "1," * 50_000
    url = f"{workspace.inpost_url}{BATCHES}"
    stranger = {"Authorization": "Bearer nobody", "Content-Type": "application/json"}
    refused = httpx2.post(url, content=broken, headers=stranger, trust_env=False)
    assert refused.status_code == 401
    let_in = {**stranger, "Authorization": "Bearer sim-inpost-postpaid"}
    refused = httpx2.post(url, content=broken, headers=let_in, trust_env=False)
    assert (refused.status_code, refused.json()["error"]) == (400, "malformed_request")


def test_what_is_wrong_with_a_large_body_is_told_as_of_a_small_one(workspace: Workspace) -> None:
    owner = workspace.inpost("sim-inpost-postpaid")
    told = []
    for many in (3, 400):
        body = batch(many)
        body["shipments"][2]["receiver"] = {**RECEIVER, "email": 7}
        answer = owner.post(BATCHES, json=body)
        assert answer.status_code == 400
        told.append(answer.json())
    assert told[0] == told[1]


@pytest.mark.parametrize("written", ["1" * 100_000, "0." + "1" * 100_000])
def test_a_number_of_very_many_digits_is_refused(workspace: Workspace, written: str) -> None:
    answer = workspace.client.post(
        "/v1/organizations/1/shipments",
        content=f'{{"reference": {written}}}',
        headers={"Content-Type": "application/json"},
    )
    assert (answer.status_code, answer.json()["error"]) == (400, "malformed_request")
    assert "more than 1000 digits" in answer.json()["message"]


def test_a_text_may_have_very_many_digits(workspace: Workspace) -> None:
    body = {"comments": "1" * 100_000, "service": "inpost_locker_standard"}
    answer = workspace.client.post("/v1/organizations/1/shipments", content=json.dumps(body))
    assert answer.json()["error"] == "validation_failed"


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("NL," + "a," * 100_000, "line 1 has more than 65536 characters"),
        ("NL,2132JE,Hoofddorp\n" + "a," * 1200, "line 2 has 1201 cells, at most 1000 are read"),
    ],
)
def test_a_line_of_csv_is_bounded(workspace: Workspace, file: str, message: str) -> None:
    answer = httpx2.post(
        f"{workspace.base_url}/w/{workspace.name}/myparcel/shipments",
        content=file,
        headers={"Authorization": basic("sim-myparcel-postpaid"), "Content-Type": "text/csv"},
        trust_env=False,
    )
    assert answer.status_code == 422
    assert message in answer.text


def test_a_target_that_is_too_long_is_refused_before_it_has_come(workspace: Workspace) -> None:
    connection = HTTPConnection(workspace.base_url.removeprefix("http://"), timeout=30)
    connection.request("GET", f"/inpost/v1/points?name={'a' * 1_900_000}")
    answer = connection.getresponse()
    told = json.loads(answer.read())
    connection.close()
    assert (answer.status, told["error"]) == (400, "malformed_request")
    assert "longer than 65535 bytes" in told["message"]
