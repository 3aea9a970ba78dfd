"""Questions about capabilities that are refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.client import Shop, faults
from tests.myparcel.offered import VERSION_2


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({"recipient": {"countryCode": "XX"}}, [(3506, "recipient.countryCode")]),
        ({"recipient": {"countryCode": "NL"}, "carrier": "PIGEON"}, [(3728, "carrier")]),
        ({"recipient": {"countryCode": "NL"}, "packageType": "CRATE"}, [(3712, "packageType")]),
        ({"recipient": {"countryCode": "NL"}, "deliveryType": "LATE"}, [(3721, "deliveryType")]),
        ({"recipient": {"countryCode": "NL"}, "options": {"gold": {}}}, [(3705, "options.gold")]),
    ],
)
def test_what_there_is_not_cannot_be_asked_about(
    today: Shop, body: dict[str, Any], wrong: list[tuple[int, str]]
) -> None:
    response = today.client.post("/shipments/capabilities", json=body, headers=VERSION_2)
    assert response.status_code == 422
    assert [each[:2] for each in faults(response)] == wrong


_DEFINITIONS = "capabilities/contract-definitions"


_NO_OBJECT = "Array value found, but an object is required"


@pytest.mark.parametrize(
    ("path", "body", "field", "sentence"),
    [
        ("capabilities", [], "", _NO_OBJECT),
        ("capabilities", {}, "recipient", "recipient The property recipient is required"),
        ("capabilities", {"data": []}, "data", f"data {_NO_OBJECT}"),
        (
            "capabilities",
            {"recipient": {}, "carrier": "PIGEON"},
            "recipient.countryCode",
            "recipient.countryCode The property countryCode is required",
        ),
        (
            "capabilities",
            {"data": {"capabilities": []}},
            "data.capabilities",
            "data.capabilities There must be a minimum of 1 items in the array",
        ),
        (
            "capabilities",
            {"data": {"capabilities": [{"recipient": {}}]}},
            "data.capabilities[0].recipient.cc",
            "data.capabilities[0].recipient.cc The property cc is required",
        ),
        (_DEFINITIONS, [], "", _NO_OBJECT),
        (_DEFINITIONS, {"data": 3}, "data", "data Integer value found, but an object is required"),
    ],
)
def test_what_the_schema_refuses_is_told_alone(
    today: Shop, path: str, body: Any, field: str, sentence: str
) -> None:
    response = today.client.post(f"/shipments/{path}", json=body, headers=VERSION_2)
    assert response.status_code == 422
    refused = response.json()
    assert refused["message"].startswith("Failed validation against JSON-SCHEMA capabilities/post_")
    [error] = refused["errors"]
    assert error == {"code": 0, "fields": [field], "human": [sentence], "status": 422}


@pytest.mark.parametrize(
    ("body", "version"),
    [
        ({"data": {"capabilities": [{"recipient": {}}]}}, "v1"),
        ({"data": {"capabilities": []}}, "v1"),
        ({"recipient": {}}, "v2"),
    ],
)
def test_the_schema_that_is_named_is_that_of_the_version(
    today: Shop, body: dict[str, Any], version: str
) -> None:
    told = today.client.post("/shipments/capabilities", json=body).json()["message"]
    name = f"capabilities/post_capabilities_request-{version}.json"
    assert told.startswith(f"Failed validation against JSON-SCHEMA {name} (request_id: ")
