"""Bodies and short conversations of a ShipX client, for the tests beside this file."""

from __future__ import annotations

from typing import Any

from tests.support.server import Workspace
from tests.support.shipments import (
    ADDRESS,
    BROKE,
    ORGANIZATIONS,
    POSTPAID,
    PREPAID,
    RECEIVER,
    SANDBOX,
)

__all__ = ["ADDRESS", "BROKE", "ORGANIZATIONS", "POSTPAID", "PREPAID", "RECEIVER", "SANDBOX"]

BY_LOCKER = {
    "sending_method": "parcel_locker",
    "target_point": "KRA010",
    "dropoff_point": "WAW478M",
}

Json = dict[str, Any]

FRIDAY = "2026-03-06T10:15:00+01:00"
"""A Friday morning, when weekend parcels are taken."""


def locker(**changes: Any) -> Json:
    """A locker parcel in the simplified mode; a member that is None is left out."""
    body = {
        "receiver": RECEIVER,
        "parcels": {"template": "small"},
        "custom_attributes": BY_LOCKER,
        "service": "inpost_locker_standard",
        "reference": "ORDER-1001",
    }
    return {name: value for name, value in {**body, **changes}.items() if value is not None}


def c2c(**changes: Any) -> Json:
    """A parcel to a door that needs no courier contract."""
    body = {
        "receiver": {**RECEIVER, "address": ADDRESS},
        "custom_attributes": {"sending_method": "dispatch_order"},
        "service": "inpost_courier_c2c",
    }
    return locker(**{**body, **changes})


def box(identity: str | None = None, **changes: Any) -> Json:
    """A parcel by its sides."""
    body = {
        "id": identity,
        "dimensions": {"length": "400", "width": "300", "height": "150", "unit": "mm"},
        "weight": {"amount": "2.5", "unit": "kg"},
    }
    return {name: value for name, value in {**body, **changes}.items() if value is not None}


def courier(**changes: Any) -> Json:
    """Two parcels to a door; a postpaid organization's."""
    body = {"service": "inpost_courier_standard", "parcels": [box("box-1"), box("box-2")]}
    return c2c(**{**body, **changes})


def offer_mode(**changes: Any) -> Json:
    """A parcel without a service: every offer is asked for."""
    body = {name: value for name, value in locker().items() if name != "service"}
    return {**body, **changes}


def post(workspace: Workspace, body: Any, token: str = PREPAID) -> Any:
    """The response to a create."""
    path = f"/v1/organizations/{ORGANIZATIONS[token]}/shipments"
    return workspace.inpost(token).post(path, json=body)


def create(workspace: Workspace, body: Any, token: str = PREPAID) -> Json:
    """A new shipment."""
    response = post(workspace, body, token)
    assert response.status_code == 201, response.text
    shipment: Json = response.json()
    return shipment


def get(workspace: Workspace, number: Any, token: str = PREPAID) -> Json:
    """The shipment as it is now."""
    response = workspace.inpost(token).get(f"/v1/shipments/{number}")
    assert response.status_code == 200, response.text
    shipment: Json = response.json()
    return shipment


def bought(workspace: Workspace, body: Any = None, token: str = PREPAID) -> Json:
    """A shipment that is paid for."""
    number = create(workspace, locker() if body is None else body, token)["id"]
    workspace.advance("2s")
    shipment = get(workspace, number, token)
    assert shipment["status"] == "confirmed", shipment
    return shipment


def prepared(workspace: Workspace, body: Any = None, token: str = PREPAID) -> Json:
    """A shipment in the offer mode whose offers are there."""
    number = create(workspace, offer_mode() if body is None else body, token)["id"]
    workspace.advance("1s")
    return get(workspace, number, token)


def offer(shipment: Json, service: str) -> Json:
    """The offer of a service."""
    found: Json = next(o for o in shipment["offers"] if o["service"]["id"] == service)
    return found


def reasons(shipment: Json, service: str) -> list[str]:
    """Why the offer of a service is unavailable, by the keys."""
    found = offer(shipment, service)
    return [reason["key"] for reason in found["unavailability_reasons"] or []]


def listed(workspace: Workspace, query: str = "", token: str = PREPAID) -> Json:
    """A page of the shipment list."""
    path = f"/v1/organizations/{ORGANIZATIONS[token]}/shipments{query}"
    response = workspace.inpost(token).get(path)
    assert response.status_code == 200, response.text
    page: Json = response.json()
    return page


def ids(page: Json) -> list[Any]:
    """The ids of a page's items."""
    return [item["id"] for item in page["items"]]


def refusal(key: str, message: str, details: Any, status: int = 400) -> Json:
    """An error body."""
    return {"status": status, "error": key, "message": message, "details": details}


def wrong(details: Any) -> Json:
    """The error body of `validation_failed`."""
    text = "There are some validation errors. Check details object for more info."
    return refusal("validation_failed", text, details)


def not_now(action: str, status: str, number: Any) -> Json:
    """The error body of `invalid_action`."""
    details = {"action": action, "shipment_status": status, "shipment_id": number}
    return refusal("invalid_action", "shipment_status_incorrect", details)
