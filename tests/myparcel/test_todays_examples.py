"""All kinds of requests that the document of today has as examples of creating shipments.

Its addresses and texts are replaced; what is asked of which carrier stands as it is there.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.bodies import CUSTOMS
from tests.myparcel.bodies import PICKUP as LOCATION
from tests.myparcel.client import Shop
from tests.myparcel.offered import post, recipient

HOOFDDORP = {
    **recipient("NL"),
    "region": "Zuid-Holland",
    "city": "Hoofddorp",
    "street": "Antareslaan",
    "number": "31",
    "postal_code": "2132JE",
}
ANTWERP = {
    "cc": "BE",
    "postal_code": "2000",
    "city": "Antwerpen",
    "street": "Meir 12",
    "person": "Mr. Parcel",
}
PARIS = {
    "cc": "FR",
    "region": "Seine",
    "city": "Paris",
    "street": "rue du Grenier 22",
    "person": "Claude Martin",
    "company": "Voorbeeld SARL",
    "email": "claude@example.test",
    "postal_code": "75008",
    "phone": "0033142723122",
}
EVERYTHING = {
    "package_type": 1,
    "only_recipient": 1,
    "signature": 1,
    "return": 1,
    "insurance": {"amount": 50_000, "currency": "EUR"},
    "large_format": 0,
    "label_description": "My description",
    "age_check": 1,
}
NOTHING = {"package_type": 1, "only_recipient": 0, "signature": 0, "return": 0}
LOCKER = {
    "location_code": "6a1f0c2d-7bee-439b-bab0-0123456789ab",
    "location_name": "A locker",
    "cc": "NL",
    "city": "Hoofddorp",
    "postal_code": "2132JE",
    "street": "Antareslaan",
    "number": "77",
}
PICKED_UP = {"package_type": 1, "delivery_type": 4}
NO_INSURANCE = {"amount": 0, "currency": "EUR"}
RETURN = "application/vnd.return_shipment+json;charset=utf-8"
UNRELATED_RETURN = "application/vnd.unrelated_return_shipment+json;charset=utf-8"
JAPAN = {
    "cc": "JP",
    "region": "埼玉県",
    "city": "さいたま市",
    "street": "常盤9-21-21",
    "person": "Tanaka san",
    "phone": "0081-48-825-6637",
}


@pytest.mark.parametrize(
    ("key", "made"),
    [
        ("nl", {"carrier": 1, "recipient": HOOFDDORP, "options": EVERYTHING}),
        (
            "be",
            {
                "carrier": 2,
                "recipient": ANTWERP,
                "options": {"package_type": 1, "signature": 0, "insurance": NO_INSURANCE},
            },
        ),
        ("be", {"carrier": 4, "recipient": ANTWERP, "options": {"package_type": 1}}),
        (
            "nl",
            {
                "carrier": 5,
                "recipient": HOOFDDORP,
                "options": {
                    "package_type": 1,
                    "label_description": "My description",
                    "same_day_delivery": 1,
                },
                "drop_off_point": LOCKER,
            },
        ),
        ("nl", {"carrier": 1, "recipient": HOOFDDORP, "options": NOTHING}),
        (
            "nl",
            {
                "carrier": 1,
                "recipient": HOOFDDORP,
                "options": {"package_type": 1, "only_recipient": 1, "signature": 1, "return": 1},
                "general_settings": {
                    "save_recipient_address": 1,
                    "disable_auto_detect_pickup": 1,
                    "delivery_notification": 1,
                    "delivery_notification_email": ["noor@example.test"],
                    "printer_identifier": "printer 12",
                },
            },
        ),
        ("nl", {"carrier": 1, "recipient": PARIS, "options": {"package_type": 1}}),
        (
            "nl",
            {
                "carrier": 1,
                "recipient": HOOFDDORP,
                "options": EVERYTHING,
                "secondary_shipments": [{}, {}],
            },
        ),
        (
            "nl",
            {
                "carrier": 1,
                "recipient": JAPAN,
                "options": {"package_type": 1},
                "customs_declaration": CUSTOMS,
                "physical_properties": {"weight": 30},
            },
        ),
        (
            "nl",
            {
                "carrier": 1,
                "recipient": HOOFDDORP,
                "options": {"package_type": 4, "label_description": "A stamp"},
                "physical_properties": {"weight": 30},
            },
        ),
        (
            "nl",
            {
                "carrier": 1,
                "recipient": HOOFDDORP,
                "options": {
                    **PICKED_UP,
                    "delivery_date": "2015-07-12 00:00:00",
                    "only_recipient": 0,
                    "signature": 1,
                    "return": 0,
                },
                "pickup": LOCATION,
            },
        ),
        (
            "be",
            {
                "carrier": 2,
                "recipient": ANTWERP,
                "options": PICKED_UP,
                "pickup": {**LOCATION, "location_code": "618925"},
            },
        ),
        (
            "be",
            {
                "carrier": 4,
                "recipient": ANTWERP,
                "options": PICKED_UP,
                "pickup": {**LOCATION, "cc": "BE", "location_code": "BE11468"},
            },
        ),
        (
            "nl",
            {
                "carrier": 1,
                "recipient": HOOFDDORP,
                "options": EVERYTHING,
                "pickup": LOCATION,
                "secondary_shipments": [{}, {}],
            },
        ),
        (
            "nl",
            {
                "carrier": 1,
                "recipient": ANTWERP,
                "options": {
                    **PICKED_UP,
                    "delivery_date": "2017-08-09 16:00:00",
                    "signature": 1,
                    "insurance": {"amount": 50_000, "currency": "EUR"},
                    "cooled_delivery": 0,
                },
                "pickup": {**LOCATION, "location_code": "BE0Q07", "retail_network_id": "LD-01"},
            },
        ),
    ],
)
def test_the_examples_of_the_document_are_taken(shop: Shop, key: str, made: dict[str, Any]) -> None:
    response = post(shop.with_key(f"sim-myparcel-{key}"), made)
    assert response.status_code == 200, response.text


def test_the_example_of_a_return_of_a_shipment_is_taken(shop: Shop) -> None:
    dutch = shop.with_key("sim-myparcel-nl")
    [sent] = post(dutch, {"carrier": 1, "recipient": HOOFDDORP, "options": NOTHING}).json()["data"][
        "ids"
    ]
    assert dutch.client.get(f"/shipment_labels/{sent['id']}").status_code == 200

    options = {**NOTHING, "signature": 1, "insurance": {"amount": 10_000, "currency": "EUR"}}
    asked = {
        "parent": sent["id"],
        "carrier": 1,
        "email": "noor@example.test",
        "name": "Noor Visser",
        "options": options,
    }
    response = dutch.post({"data": {"return_shipments": [asked]}}, RETURN)

    assert response.status_code == 200, response.text
    [made] = dutch.read(response.json()["data"]["ids"][0]["id"])
    assert (made["parent_id"], made["options"]["signature"]) == (sent["id"], 1)
    assert made["options"]["insurance"]["amount"] == 10_000


def test_the_example_of_a_return_of_nothing_known_is_taken(shop: Shop) -> None:
    asked = {
        "options": {
            **NOTHING,
            "insurance": NO_INSURANCE,
            "large_format": 0,
            "label_description": "My description",
        },
        "carrier": 1,
        "email": "noor@example.test",
        "name": "Noor Visser",
    }
    response = shop.with_key("sim-myparcel-nl").post(
        {"data": {"return_shipments": [asked]}}, UNRELATED_RETURN
    )
    assert response.status_code == 200, response.text
