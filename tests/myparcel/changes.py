"""Shipments of several colli, and changes of shipments, as tests ask for them."""

from __future__ import annotations

from typing import Any

from tests.myparcel.bodies import shipment
from tests.myparcel.client import SHIPMENT, Shop, faults


def put(shop: Shop, *items: Any) -> Any:
    body = {"data": {"shipments": items}}
    return shop.client.put("/shipments", json=body, headers={"Content-Type": SHIPMENT})


def found(response: Any) -> list[tuple[int, str]]:
    assert response.status_code == 422, response.text
    return [(each.code, each.field.removeprefix("data.shipments[0].")) for each in faults(response)]


def several(shop: Shop, *colli: Any, **members: Any) -> tuple[int, list[int]]:
    """The ids of a new main shipment and of its colli."""
    [main] = shop.create(shipment(secondary_shipments=list(colli), **members))
    return main, secondary(shop, main)


def secondary(shop: Shop, main: int) -> list[int]:
    [shown] = shop.read(main)
    return [item["id"] for item in shown["secondary_shipments"] or ()]
