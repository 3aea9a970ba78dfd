"""Shipments that are paid for, as the tests of what comes after need them."""

from __future__ import annotations

from typing import Any

from tests.support.server import Workspace

LOCKER: dict[str, Any] = {
    "receiver": {
        "first_name": "Ewa",
        "last_name": "Malinowska",
        "email": "ewa@example.com",
        "phone": "501502503",
    },
    "parcels": {"template": "small"},
    "service": "inpost_locker_standard",
    "reference": "ORDER-1001",
    "custom_attributes": {
        "target_point": "KRA010",
        "dropoff_point": "WAW478M",
        "sending_method": "parcel_locker",
    },
}
"""A locker parcel from a locker in Warszawa to one in Kraków."""


def confirmed(workspace: Workspace, **changes: Any) -> dict[str, Any]:
    """A locker shipment of organization 1 with `changes`, bought and confirmed."""
    created = workspace.client.post("/v1/organizations/1/shipments", json={**LOCKER, **changes})
    assert created.status_code == 201, created.text
    workspace.advance("3s")
    shipment: dict[str, Any] = workspace.client.get(f"/v1/shipments/{created.json()['id']}").json()
    assert shipment["status"] == "confirmed", shipment
    return shipment
