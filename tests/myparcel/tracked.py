"""Shipments of the kinds that are tracked differently, and what becomes of them."""

from __future__ import annotations

from typing import Any

from tests.myparcel.client import Shop

Json = dict[str, Any]

UTRECHT: Json = {
    "cc": "NL",
    "postal_code": "3584CS",
    "city": "Utrecht",
    "street": "Kruytgebouw",
    "number": "8",
    "person": "Noor Visser",
    "email": "noor@example.com",
}


def home() -> Json:
    """A package to a Dutch door."""
    return {"carrier": 2, "recipient": UTRECHT, "options": {"package_type": 1}}


def letter() -> Json:
    """A letter, which nobody tracks."""
    return {"carrier": 1, "recipient": UTRECHT, "options": {"package_type": 3}}


def at_point() -> Json:
    """A package to a pickup point."""
    return {
        "carrier": 2,
        "recipient": UTRECHT,
        "options": {
            "package_type": 1,
            "delivery_type": 4,
            "delivery_date": "2026-03-04 16:00:00",
            "signature": 1,
        },
        "pickup": {
            "location_name": "Boekhandel De Pont",
            "street": "Brugstraat",
            "number": "2",
            "postal_code": "3511HX",
            "city": "Utrecht",
        },
    }


def abroad() -> Json:
    """A package to Switzerland, through the customs."""
    return {
        "carrier": 2,
        "recipient": {
            "cc": "CH",
            "postal_code": "8001",
            "city": "Zurich",
            "street": "Bahnhofstrasse 3",
            "person": "Lea Meier",
        },
        "options": {"package_type": 1, "insurance": {"amount": 20000, "currency": "EUR"}},
        "customs_declaration": {
            "contents": 1,
            "invoice": "INV-2026-044",
            "weight": 900,
            "items": [
                {
                    "description": "Wool scarf",
                    "amount": 2,
                    "weight": 900,
                    "item_value": {"amount": 2500, "currency": "EUR"},
                    "classification": "1439",
                    "country": "NL",
                }
            ],
        },
        "physical_properties": {"weight": 950},
    }


def move(shop: Shop, shipment: int, *statuses: int) -> Json:
    """Let the shipment go through these statuses; what the last action told."""
    told: Json = {}
    for status in statuses:
        told = shop.workspace.do("myparcel.move", shipment=shipment, status=status)
    return told


def status_of(shop: Shop, shipment: int) -> int:
    """The shipment's status as the API shows it."""
    [shown] = shop.read(shipment)
    status: int = shown["status"]
    return status
