"""What all answers have in common: headers, languages, and the switches on both."""

from __future__ import annotations

from typing import Any

import pytest

from tests.inpost.shipx import bought, create, locker, wrong
from tests.support.server import Workspace

MISSING = "/v1/shipments/99"


def test_the_callers_request_id_comes_back(workspace: Workspace) -> None:
    headers = {"X-Request-ID": "order-1001"}
    assert workspace.client.get(MISSING, headers=headers).headers["x-request-id"] == "order-1001"
    made = workspace.client.get(MISSING).headers["x-request-id"]
    assert made
    strange = workspace.client.get(MISSING, headers={"X-Request-ID": "a" * 300})
    assert strange.headers["x-request-id"] not in ("", "a" * 300)


def test_the_networks_header(workspace: Workspace) -> None:
    assert workspace.client.get(MISSING).headers["x-proxy-cache"] == "MISS"


@pytest.mark.parametrize(
    ("accept", "message"),
    [
        (None, "Resource not found."),
        ("en_GB", "Resource not found."),
        ("en-GB,en;q=0.9", "Resource not found."),
        ("de_DE", "Resource not found."),
        ("pl_PL", "Nie znaleziono zasobu."),
        ("pl-PL", "Nie znaleziono zasobu."),
        ("pl-PL,pl;q=0.9,en;q=0.8", "Nie znaleziono zasobu."),
        ("pl", "Nie znaleziono zasobu."),
        ("keys", "resource_not_found"),
    ],
)
def test_the_language_of_errors(workspace: Workspace, accept: str | None, message: str) -> None:
    headers = {} if accept is None else {"Accept-Language": accept}
    error = workspace.client.get(MISSING, headers=headers).json()
    assert error == {
        "status": 404,
        "error": "resource_not_found",
        "message": message,
        "details": {},
    }


@pytest.mark.parametrize("accept", ["pl_PL", "keys", "en_GB"])
def test_messages_that_are_keys_stay_keys(workspace: Workspace, accept: str) -> None:
    number = bought(workspace)["id"]
    response = workspace.client.delete(
        f"/v1/shipments/{number}", headers={"Accept-Language": accept}
    )
    assert response.json()["message"] == "shipment_status_incorrect"


def test_details_do_not_depend_on_the_language(workspace: Workspace) -> None:
    response = workspace.client.post(
        "/v1/organizations/1/shipments",
        json=locker(receiver=None),
        headers={"Accept-Language": "keys"},
    )
    details = {"receiver": ["required"]}
    assert response.json() == {**wrong(details), "message": "validation_failed"}


def test_public_errors_are_translated_in_their_own_member(workspace: Workspace) -> None:
    for accept, said in (
        ("pl_PL", "Podano nieobsługiwaną wartość (xx) parametru (lang)"),
        ("keys", "invalid_parameter"),
    ):
        response = workspace.client.get("/v1/statuses?lang=xx", headers={"Accept-Language": accept})
        assert response.json()["description"] == said


def test_errors_without_a_body(workspace: Workspace) -> None:
    workspace.quirk("inpost.empty_error_bodies", True)
    response = workspace.client.get(MISSING)
    assert (response.status_code, response.content) == (404, b"")
    assert create(workspace, locker())["status"] == "created"


def test_the_rate_limit_of_the_network(workspace: Workspace) -> None:
    workspace.quirk("inpost.rate_limit", 3)

    def ask(token: str = "sim-inpost-prepaid") -> Any:
        return workspace.inpost(token).get("/v1/organizations")

    assert [ask().status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = ask()
    assert refused.text == "error code: 1015"
    assert refused.headers["content-type"].startswith("text/plain")
    assert refused.headers["retry-after"] == "1"
    assert ask("sim-inpost-postpaid").status_code == 200
    workspace.advance("1s")
    assert ask().status_code == 200


def test_a_rate_below_one(workspace: Workspace) -> None:
    workspace.quirk("inpost.rate_limit", 0.1)
    assert workspace.client.get("/v1/organizations").status_code == 200
    workspace.advance("4s")
    assert workspace.client.get("/v1/organizations").headers["retry-after"] == "6"
    workspace.advance("6s")
    assert workspace.client.get("/v1/organizations").status_code == 200


def test_a_route_that_there_is_not_is_named_in_polish_too(workspace: Workspace) -> None:
    response = workspace.client.put("/v1/points", headers={"Accept-Language": "pl_PL"})
    assert response.json() == {
        "status": 404,
        "error": "routing_not_found",
        "message": "Nie ma tu PUT /v1/points.",
        "details": {},
    }
