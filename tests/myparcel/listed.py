"""Shipments that differ in their recipients and options, and the lists that show them."""

from __future__ import annotations

from typing import Any

from tests.myparcel.bodies import DUTCH
from tests.myparcel.client import Shop


def shipment(options: dict[str, Any] | None = None, **recipient: str) -> dict[str, Any]:
    """A package to Utrecht, with changes."""
    return {
        "carrier": 1,
        "recipient": {**DUTCH, **recipient},
        "options": {"package_type": 1, **(options or {})},
    }


def listed(shop: Shop, query: str = "") -> Any:
    """The `data` of a list."""
    response = shop.client.get(f"/shipments?{query}")
    assert response.status_code == 200, response.text
    return response.json()["data"]


def ids(shop: Shop, query: str = "") -> list[int]:
    """The ids of a list in its order."""
    return [item["id"] for item in listed(shop, query)["shipments"]]
