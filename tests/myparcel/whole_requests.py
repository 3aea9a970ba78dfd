"""A request of every operation that takes a body, with all the objects that it may have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.myparcel.bodies import CUSTOMS, DROP_OFF_POINT, DUTCH, shipment
from tests.myparcel.client import Shop
from tests.myparcel.tracked import move

Json = dict[str, Any]


JSON = "application/json;charset=utf-8"


TYPE = "application/vnd.{};charset=utf-8"


UNKNOWN = "gift_wrap"


CASH = "requiresCashOnDelivery"
"""Refused as soon as it is there, since no carrier offers it."""


POINT = DROP_OFF_POINT


SETTINGS = {"save_recipient_address": 0}


PICKUP = {
    "location_code": "176227",
    "location_name": "Primera",
    "street": "Damrak",
    "number": "1",
    "postal_code": "1012AB",
    "city": "Amsterdam",
    "cc": "NL",
    "retail_network_id": "PNPNL-01",
}


WEIGHT = {"weight": 950}


EUROS = {"amount": 50000, "currency": "EUR"}


NOTHING = {"amount": 0, "currency": "EUR"}


INSURED = {"package_type": 1, "insurance": EUROS}


OPTIONS = {"package_type": 1, "signature": 1, "only_recipient": 1, "cash_on_delivery": NOTHING}


INSURANCE = {
    "insuredAmount": {"amount": 50000, "currency": "EUR"},
    "insured_amount": {"amount": 50000, "currency": "EUR"},
}


SIZES = {
    "weight": {"value": 2000, "unit": "g"},
    **{name: {"value": 10, "unit": "cm"} for name in ("length", "width", "height")},
}


COLLO = {
    "reference_identifier": "second",
    "carrier": 1,
    "recipient": DUTCH,
    "pickup": PICKUP,
    "drop_off_point": POINT,
    "options": {**INSURED, **OPTIONS, "label_description": "2"},
    "physical_properties": WEIGHT,
    "general_settings": SETTINGS,
    "customs_declaration": CUSTOMS,
}


WHOLE = {
    "carrier": 1,
    "recipient": DUTCH,
    "sender": DUTCH,
    "options": {**INSURED, **OPTIONS, "delivery_type": 4},
    "pickup": PICKUP,
    "drop_off_point": POINT,
    "physical_properties": WEIGHT,
    "general_settings": SETTINGS,
    "customs_declaration": CUSTOMS,
    "secondary_shipments": [
        {**COLLO, "options": {**COLLO["options"], "delivery_type": 4}},  # type: ignore[dict-item]
        {},
    ],
}


RETURN = {
    "carrier": 1,
    "sender": DUTCH,
    "name": "Noor Visser",
    "email": "noor@example.test",
    "options": INSURED,
    "pickup": PICKUP,
    "physical_properties": WEIGHT,
    "general_settings": SETTINGS,
    "customs_declaration": CUSTOMS,
}


ORDER_SHIPMENT = {
    "carrier": 1,
    "recipient": DUTCH,
    "options": {**INSURED, **OPTIONS},
    "pickup": PICKUP,
    "drop_off_point": POINT,
    "customs_declaration": CUSTOMS,
    "physical_properties": WEIGHT,
}


ORDER = {
    "external_identifier": "1025",
    "invoice_address": DUTCH,
    "shipment": ORDER_SHIPMENT,
    "order_lines": [{"quantity": 1, "product": {"name": "Kettle"}}],
}


def shipments(*items: Json) -> Json:
    return {"data": {"shipments": list(items)}}


def concept(shop: Shop) -> int:
    """A new concept that has everything."""
    return shop.create(WHOLE)[0]


def sent(shop: Shop) -> int:
    [id] = shop.create(shipment(carrier=1))
    move(shop, id, 2, 3, 4, 5, 7)
    return id


def order(shop: Shop) -> str:
    response = shop.client.post("/fulfilment/orders", json={"data": {"orders": [ORDER]}})
    uuid: str = response.json()["data"]["orders"][0]["uuid"]
    return uuid


def note_of(shop: Shop, of: str) -> str:
    body = {"data": {"order_notes": [{"author": "customer", "note": "Ring twice."}]}}
    response = shop.client.post(f"/fulfilment/orders/{of}/notes", json=body)
    uuid: str = response.json()["data"]["order_notes"][0]["uuid"]
    return uuid


def orders(**members: Any) -> Json:
    return {"data": {"orders": [{**ORDER, **members}]}}


def create_returns(shop: Shop) -> Json:
    return {"data": {"return_shipments": [{**RETURN, "parent": sent(shop)}]}}


def put_notes(shop: Shop) -> tuple[str, Json]:
    of = order(shop)
    body = {"data": {"order_notes": [{"uuid": note_of(shop, of), "note": "Ring thrice."}]}}
    return f"/fulfilment/orders/{of}/notes", body


Made = Callable[[Shop], tuple[str, Json]]


def at(path: str, body: Callable[[Shop], Json]) -> Made:
    return lambda shop: (path, body(shop))


REQUESTS: list[tuple[str, str, str, Made]] = [
    (
        "POST",
        "/shipments",
        TYPE.format("shipment+json"),
        at("/shipments", lambda shop: shipments(WHOLE)),
    ),
    ("POST", "/shipments", JSON, at("/shipments", lambda shop: shipments(WHOLE))),
    (
        "POST",
        "/shipments",
        TYPE.format("shipment_recipients+json"),
        at("/shipments", lambda shop: shipments(_for_recipients())),
    ),
    ("POST", "/shipments", TYPE.format("return_shipment+json"), at("/shipments", create_returns)),
    (
        "POST",
        "/shipments",
        TYPE.format("unrelated_return_shipment+json"),
        at("/shipments", lambda shop: {"data": {"return_shipments": [RETURN]}}),
    ),
    (
        "POST",
        "/shipments",
        TYPE.format("unrelated_return_shipment+json"),
        at("/shipments", lambda shop: {"data": {"unrelated_return_shipments": [RETURN]}}),
    ),
    (
        "PUT",
        "/shipments",
        JSON,
        at("/shipments", lambda shop: shipments({**WHOLE, "id": concept(shop)})),
    ),
    (
        "PATCH",
        "/shipments",
        JSON,
        at("/shipments", lambda shop: shipments({**WHOLE, "id": concept(shop)})),
    ),
    (
        "POST",
        "/webhook_subscriptions",
        JSON,
        at(
            "/webhook_subscriptions",
            lambda shop: {
                "data": {
                    "webhook_subscriptions": [
                        {"hook": "shipment_status_change", "url": "https://shop.example/hook"}
                    ]
                }
            },
        ),
    ),
    (
        "POST",
        "/shipments/capabilities",
        JSON,
        at(
            "/shipments/capabilities",
            lambda shop: {
                "recipient": {"countryCode": "NL"},
                "sender": {"countryCode": "NL"},
                "options": {"insurance": INSURANCE, "requiresSignature": {}},
                "physicalProperties": {"weight": {"value": 2000, "unit": "g"}},
            },
        ),
    ),
    (
        "POST",
        "/shipments/capabilities",
        JSON,
        at(
            "/shipments/capabilities",
            lambda shop: {
                "data": {
                    "capabilities": [
                        {
                            "recipient": {"cc": "NL"},
                            "sender": {"cc": "NL"},
                            "options": {"insurance": INSURANCE, "signature": {}},
                            "physical_properties": {"weight": {"value": 2000, "unit": "g"}},
                        }
                    ]
                }
            },
        ),
    ),
    (
        "POST",
        "/shipments/rates",
        JSON,
        at(
            "/shipments/rates",
            lambda shop: {
                "recipient": {"countryCode": "NL"},
                "sender": {"countryCode": "NL"},
                "carrier": "POSTNL",
                "packageType": "PACKAGE",
                "deliveryType": "PICKUP_DELIVERY",
                "pickup": {"address": {}, "location": {}},
                "options": {
                    "insurance": INSURANCE,
                    "requiresSignature": {},
                    "recipientOnlyDelivery": {},
                },
                "physicalProperties": SIZES,
            },
        ),
    ),
    (
        "POST",
        "/shipments/rates",
        JSON,
        at(
            "/shipments/rates",
            lambda shop: {
                "data": {
                    "rates": [
                        {
                            "recipient": {"cc": "NL"},
                            "sender": {"cc": "NL"},
                            "carrier_id": 1,
                            "package_type": 1,
                            "pickup": {},
                            "options": {
                                "insurance": INSURANCE,
                                "signature": {},
                                "only_recipient": {},
                            },
                            "physical_properties": SIZES,
                        }
                    ]
                }
            },
        ),
    ),
    (
        "POST",
        "/shipments/capabilities/contract-definitions",
        JSON,
        at("/shipments/capabilities/contract-definitions", lambda shop: {"carrier": "POSTNL"}),
    ),
    (
        "POST",
        "/shipments/capabilities/contract-definitions",
        JSON,
        at(
            "/shipments/capabilities/contract-definitions", lambda shop: {"data": {"carrier_id": 1}}
        ),
    ),
    ("POST", "/fulfilment/orders", JSON, at("/fulfilment/orders", lambda shop: orders())),
    (
        "PUT",
        "/fulfilment/orders",
        JSON,
        at("/fulfilment/orders", lambda shop: orders(uuid=order(shop))),
    ),
    (
        "POST",
        "/fulfilment/orders/{uuid}/notes",
        JSON,
        lambda shop: (
            f"/fulfilment/orders/{order(shop)}/notes",
            {"data": {"order_notes": [{"author": "customer", "note": "Ring twice."}]}},
        ),
    ),
    ("PATCH", "/fulfilment/orders/{uuid}/notes", JSON, put_notes),
]


IDS = [
    f"{method} {path} {media.partition(';')[0]} {number}"
    for number, (method, path, media, _) in enumerate(REQUESTS)
]


def _for_recipients() -> Json:
    several = {name: value for name, value in WHOLE.items() if name != "recipient"}
    return {**several, "recipients": [DUTCH, {**DUTCH, "number": "10"}]}
