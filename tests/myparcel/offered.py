"""Shipments made of what capabilities show, and requests for these."""

from __future__ import annotations

from typing import Any

import httpx2

from simulator.carriers.myparcel.offers import postal_codes
from simulator.carriers.myparcel.offers.names import DELIVERY_TYPES, PACKAGE_TYPES
from simulator.carriers.myparcel.offers.options import BODY_NAMES
from simulator.carriers.myparcel.offers.zones import EU
from tests.myparcel.bodies import CUSTOMS, PICKUP
from tests.myparcel.client import Shop

VERSION_2 = {"Accept": "application/json;charset=utf-8;version=2"}
TUESDAY = "2026-06-09 18:00:00"


def capabilities(shop: Shop, cc: str, **asked: Any) -> list[Any]:
    """The results for a shipment to this country."""
    body = {"recipient": {"countryCode": cc}, **asked}
    response = shop.client.post("/shipments/capabilities", json=body, headers=VERSION_2)
    assert response.status_code == 200, response.text
    results: list[Any] = response.json()["results"]
    return results


def recipient(cc: str) -> dict[str, Any]:
    """An address in the country with everything that a carrier may need."""
    made = {
        "cc": cc,
        "city": "Stad",
        "street": "Straat 1",
        "number": "1",
        "person": "Noor Visser",
        "email": "noor@example.test",
        "phone": "0301234567",
    }
    example = postal_codes.example(cc)
    return made if example is None else {**made, "postal_code": example}


def shipment(
    cc: str,
    carrier: int | str,
    package_type: int | str,
    *,
    delivery_type: int | str | None = None,
    options: dict[str, Any] | None = None,
    insurance: int = 0,
    weight: int = 500,
    colli: int = 1,
    **members: Any,
) -> dict[str, Any]:
    """A shipment with what its destination and its delivery type ask for; names become numbers."""
    chosen: dict[str, Any] = {"package_type": PACKAGE_TYPES.number(package_type), **(options or {})}
    made: dict[str, Any] = {"carrier": carrier, "recipient": recipient(cc), "options": chosen}
    if delivery_type is not None:
        number = DELIVERY_TYPES.number(delivery_type)
        chosen["delivery_type"] = number
        if number in (1, 3):
            chosen["delivery_date"] = TUESDAY
        if number == 4:
            made["pickup"] = PICKUP
    if insurance:
        chosen["insurance"] = {"amount": insurance, "currency": "EUR"}
    if cc not in EU:
        made["customs_declaration"] = CUSTOMS
    if colli > 1:
        made["secondary_shipments"] = [{} for _ in range(colli - 1)]
    return {**made, "physical_properties": {"weight": weight}, **members}


def post(shop: Shop, made: dict[str, Any]) -> httpx2.Response:
    """POST /shipments with one shipment, as clients of today do."""
    return shop.post_shipments([made], "application/vnd.shipment+json;charset=utf-8;version=1.1")


def body_name(option: str) -> str:
    """What a body calls an option of capabilities."""
    return BODY_NAMES[option]
