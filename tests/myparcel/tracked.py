"""Shipments of the kinds that are tracked differently, and what becomes of them."""

from __future__ import annotations

from typing import Any

from tests.myparcel.bodies import PICKUP, POSTNL, shipment, swiss
from tests.myparcel.client import Shop

Json = dict[str, Any]
HOOK = "shipment_status_change"


def home() -> Json:
    """A package to a Dutch door."""
    return shipment()


def letter() -> Json:
    """A letter, which nobody tracks."""
    return shipment(carrier=1, options={"package_type": 3})


def at_point() -> Json:
    """A package to a pickup point."""
    collected = {"delivery_type": 4, "delivery_date": "2026-03-04 16:00:00", "signature": 1}
    return shipment(options={"package_type": 1, **collected}, pickup=PICKUP)


def abroad() -> Json:
    """A package to Switzerland, through the customs."""
    insured = {"insurance": {"amount": 20000, "currency": "EUR"}}
    return swiss(options={"package_type": 1, **insured})


def returned(shop: Shop, parent: int | None = None) -> int:
    """The id of a new return shipment, related to its parent or to none."""
    body: Json = {"carrier": POSTNL, "name": "Sem Kuiper", "email": "sem@example.com"}
    media = "return_shipment" if parent else "unrelated_return_shipment"
    body |= {"parent": parent} if parent else {"options": {"package_type": 1}}
    response = shop.post(
        {"data": {"return_shipments": [body]}}, f"application/vnd.{media}+json;charset=utf-8"
    )
    assert response.status_code == 200, response.text
    [made] = response.json()["data"]["ids"]
    number: int = made["id"]
    return number


def refused(shop: Shop, action: str, /, **arguments: Any) -> str:
    """The sentence with which an action is refused."""
    response = shop.workspace.control.post(f"/actions/myparcel.{action}", json=arguments)
    assert response.status_code == 409, response.text
    detail: str = response.json()["detail"]
    return detail


def move(shop: Shop, shipment: int, *statuses: int) -> Json:
    """Let the shipment go through these statuses; what the last action told."""
    told: Json = {}
    for status in statuses:
        told = shop.workspace.do("myparcel.move", shipment=shipment, to=status)
    return told


def status_of(shop: Shop, shipment: int) -> int:
    """The shipment's status as the API shows it."""
    [shown] = shop.read(shipment)
    status: int = shown["status"]
    return status


def subscribe(shop: Shop, *subscriptions: Json) -> Any:
    """POST /webhook_subscriptions."""
    return shop.client.post(
        "/webhook_subscriptions",
        json={"data": {"webhook_subscriptions": list(subscriptions)}},
        headers={"Content-Type": "application/json; charset=utf-8"},
    )


def subscribed(shop: Shop, url: str, hook: str = HOOK) -> int:
    """The id of a new subscription."""
    response = subscribe(shop, {"hook": hook, "url": url})
    assert response.status_code == 200, response.text
    [item] = response.json()["data"]["ids"]
    number: int = item["id"]
    return number
