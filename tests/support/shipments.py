"""Shipments as tests order them: bodies that keep every rule, and shipments that are paid for."""

from __future__ import annotations

from typing import Any

from tests.support.server import Workspace

PREPAID, POSTPAID, BROKE = "sim-inpost-prepaid", "sim-inpost-postpaid", "sim-inpost-broke"
SANDBOX = "sim-inpost-sandbox"
ORGANIZATIONS = {PREPAID: 1, POSTPAID: 2, BROKE: 3, SANDBOX: 4}

RECEIVER = {
    "first_name": "Ewa",
    "last_name": "Malinowska",
    "email": "ewa@example.com",
    "phone": "501502503",
}
ADDRESS = {
    "street": "Długa",
    "building_number": "12/3",
    "city": "Kraków",
    "post_code": "31-147",
    "country_code": "PL",
}


def to_locker(**changes: Any) -> dict[str, Any]:
    """A parcel for a locker, handed over anywhere."""
    return {
        "receiver": RECEIVER,
        "parcels": {"template": "small"},
        "custom_attributes": {"sending_method": "any_point", "target_point": "KRA010"},
        "service": "inpost_locker_standard",
        **changes,
    }


def box(name: str = "box-1", **changes: Any) -> dict[str, Any]:
    """A parcel by its measures."""
    return {
        "id": name,
        "dimensions": {"length": "400", "width": "300", "height": "150", "unit": "mm"},
        "weight": {"amount": "2.5", "unit": "kg"},
        **changes,
    }


def by_courier(**changes: Any) -> dict[str, Any]:
    """A parcel for a door, collected by a courier; postpaid organizations only."""
    return {
        "receiver": {**RECEIVER, "address": ADDRESS},
        "parcels": [box()],
        "custom_attributes": {"sending_method": "dispatch_order"},
        "service": "inpost_courier_standard",
        **changes,
    }


def c2c(**changes: Any) -> dict[str, Any]:
    """A parcel for a door that every account may send."""
    changes = {"parcels": {"template": "small"}, "service": "inpost_courier_c2c", **changes}
    return by_courier(**changes)


def order(workspace: Workspace, body: dict[str, Any], token: str = PREPAID) -> dict[str, Any]:
    """Create a shipment; gives it as it was answered."""
    path = f"/v1/organizations/{ORGANIZATIONS[token]}/shipments"
    response = workspace.inpost(token).post(path, json=body)
    assert response.status_code == 201, response.text
    created: dict[str, Any] = response.json()
    return created


def read(workspace: Workspace, shipment_id: int, token: str = PREPAID) -> dict[str, Any]:
    """The shipment as it is now."""
    response = workspace.inpost(token).get(f"/v1/shipments/{shipment_id}")
    assert response.status_code == 200, response.text
    shipment: dict[str, Any] = response.json()
    return shipment


def confirmed(
    workspace: Workspace, *bodies: dict[str, Any], token: str = PREPAID
) -> list[dict[str, Any]]:
    """Create shipments and let them be bought; gives them as they are then."""
    ids = [order(workspace, body, token)["id"] for body in bodies]
    workspace.advance("5s")
    shipments = [read(workspace, id, token) for id in ids]
    assert [shipment["status"] for shipment in shipments] == ["confirmed"] * len(shipments)
    return shipments
