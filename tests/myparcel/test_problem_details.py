"""Who accepts Problem Details (RFC 9457) gets errors of today as such."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.myparcel.bodies import DUTCH, shipment
from tests.myparcel.client import SHIPMENT, Shop

PROBLEM = "application/problem+json"
SDK = {"Accept": f"application/json;charset=utf-8,{PROBLEM};q=0.9"}
"""As the PHP SDK of today sends it with every request."""

BEFORE = {
    "Accept": "application/json;charset=utf-8;version=1.2,application/json,"
    "application/vnd.shipment_label+json;q=0.9,application/*;q=0.8"
}
"""As it did when the body was recorded."""


def create(shop: Shop, *shipments: Any, **headers: str) -> httpx2.Response:
    told = {"Content-Type": SHIPMENT, **SDK, **headers}
    return shop.client.post("/shipments", json={"data": {"shipments": [*shipments]}}, headers=told)


def to(**address: str) -> dict[str, Any]:
    return {**shipment({**DUTCH, **address}), "carrier": 1}


def problem(response: httpx2.Response) -> dict[str, Any]:
    assert response.headers["content-type"] == PROBLEM
    body: dict[str, Any] = response.json()
    assert body["status"] == response.status_code
    assert body.pop("request_id") == response.headers["x-request-id"]
    return body


@pytest.mark.parametrize("accepted", [SDK, BEFORE])
def test_a_refused_body_is_told_as_recorded(today: Shop, accepted: dict[str, str]) -> None:
    response = create(today, to(), to(postal_code="OPA"), **accepted)
    assert problem(response) == {
        "type": "urn:problem:invalid-shipments",
        "title": "Invalid shipments",
        "status": 422,
        "detail": "Shipment validation error",
        "instance": "/shipments",
        "errors": [
            {
                "type": "urn:problem:invalid-postal-code",
                "title": "Invalid postal code",
                "detail": "'OPA' is not a Dutch postal code such as 1012AB",
                "instance": "/data/shipments/1/recipient/postal_code",
            }
        ],
    }


def test_what_the_schema_refuses_has_its_headline_and_pointers(today: Shop) -> None:
    body = problem(create(today, to(street="x" * 41)))
    assert body["type"] == "urn:problem:invalid-shipments"
    assert body["detail"].startswith("Failed validation against JSON-SCHEMA ")
    [found] = body["errors"]
    assert found["detail"] == "Must be at most 40 characters long"
    assert found["instance"] == "/data/shipments/0/recipient/street"


@pytest.mark.parametrize(
    ("method", "path", "status", "kind", "title"),
    [
        ("GET", "/nowhere", 404, "invalid-route", "Invalid route"),
        ("GET", "/shipments?page=x", 422, "invalid-query-parameter-page", None),
        ("GET", "/tracktraces/1", 403, "permission-denied", "Permission denied"),
        ("DELETE", "/shipments/1", 422, "cannot-delete-shipment", "Cannot delete shipment"),
        ("GET", "/delivery_options?cc=NL&postal_code=4422AA&number=8", 422, None, None),
        ("GET", "/pickup_locations?cc=NL&postal_code=5500AA&number=8", 500, None, None),
        ("PUT", "/accounts", 405, "invalid-route", "Invalid route"),
    ],
)
def test_other_errors_go_by_their_code_or_their_status(
    today: Shop, method: str, path: str, status: int, kind: str | None, title: str | None
) -> None:
    response = today.client.request(method, path, headers=SDK)
    assert response.status_code == status, response.text
    body = problem(response)
    assert body["instance"] == path.partition("?")[0]
    assert kind is None or body["type"] == f"urn:problem:{kind}"
    assert title is None or body["title"] == title


def test_without_a_key_it_is_access_denied(today: Shop) -> None:
    body = problem(today.with_key(None).client.get("/shipments", headers=SDK))
    assert (body["type"], body["detail"]) == ("urn:problem:access-denied", "Access Denied.")


@pytest.mark.parametrize(
    "accept",
    ["application/json", "*/*", f"application/json,{PROBLEM};q=0", f"application/*,{PROBLEM};q=0"],
)
def test_who_does_not_name_them_gets_the_usual_form(today: Shop, accept: str) -> None:
    response = create(today, to(postal_code="OPA"), Accept=accept)
    assert response.headers["content-type"].startswith("application/json")
    assert "3505" in response.json()["errors"][0]


def test_in_2017_there_are_none(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    response = shop.client.get("/nowhere", headers=SDK)
    assert response.status_code == 404
    assert "errors" in response.json()
    assert response.headers["content-type"].startswith("application/json")


def test_who_accepts_them_was_written_for_today(shop: Shop) -> None:
    assert problem(shop.client.get("/shipments?page=x", headers=SDK))["status"] == 422


def test_what_goes_well_is_as_ever(today: Shop) -> None:
    response = create(today, to())
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("application/")
    assert PROBLEM not in response.headers["content-type"]
    assert response.json()["data"]["ids"]
