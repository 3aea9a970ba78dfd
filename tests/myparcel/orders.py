"""Orders of a webshop, and what becomes of them."""

from __future__ import annotations

from typing import Any

from tests.myparcel.client import Shop

Json = dict[str, Any]

ADDRESS: Json = {
    "cc": "NL",
    "postal_code": "2132 JE",
    "city": "Hoofddorp",
    "street": "Antareslaan",
    "number": "31",
    "person": "Felicia Parcel",
}


def line(name: str, quantity: int = 1, **changes: Any) -> Json:
    """So many of a product."""
    return {"quantity": quantity, "product": {"sku": name.lower(), "name": name}, **changes}


def order(*lines: Json, **changes: Any) -> Json:
    """An order of these lines, or of a kettle and two mugs."""
    return {
        "external_identifier": "1025",
        "order_date": "2026-03-02 09:58:11",
        "invoice_address": ADDRESS,
        "shipment": {
            "carrier": 1,
            "recipient": ADDRESS,
            "options": {"package_type": 1, "label_description": "#1025"},
            "physical_properties": {"weight": 1000},
        },
        "order_lines": [*lines] or [line("Kettle"), line("Mug", 2)],
        **changes,
    }


def post(shop: Shop, *orders: Any, media: str = "application/json;charset=utf-8") -> Any:
    """POST /fulfilment/orders."""
    return shop.client.post(
        "/fulfilment/orders",
        json={"data": {"orders": list(orders)}},
        headers={"Content-Type": media},
    )


def ordered(shop: Shop, *orders: Json) -> list[Json]:
    """Orders that were made, as the answer shows them; the usual one unless others are given."""
    response = post(shop, *(orders or (order(),)))
    assert response.status_code == 200, response.text
    made: list[Json] = response.json()["data"]["orders"]
    return made


def read(shop: Shop, *uuids: str) -> list[Json]:
    """Orders as GET /fulfilment/orders/{uuids} shows them."""
    response = shop.client.get(f"/fulfilment/orders/{';'.join(uuids)}")
    assert response.status_code == 200, response.text
    shown: list[Json] = response.json()["data"]["orders"]
    return shown
