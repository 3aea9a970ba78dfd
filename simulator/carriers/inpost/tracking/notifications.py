"""Webhooks, and the events of the same names.

Documented: three notifications as POST with JSON, configured in the customer's panel. `event_ts`
is not ISO 8601. Headers, retries and ordering are not documented; a signature does not exist for
ShipX, but two public clients verify the one of another InPost API, which a quirk adds.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

import msgspec

from simulator.carriers.inpost.bodies import views
from simulator.carriers.inpost.records import ORGANIZATIONS, Shipment
from simulator.carriers.inpost.wire import moments
from simulator.engine.world import World

EVENTS = ("offers_prepared", "shipment_confirmed", "shipment_status_changed")
"""The events that are notified of (documented)."""

SIGNATURE_SECRET = "sim-inpost-webhook-secret"
"""The key of the signatures that the quirk `inpost.webhook_signature` adds."""


def offers_prepared(world: World, shipment: Shipment) -> None:
    """Tell that the offers are known, the unavailable ones included."""
    payload = {"shipment_id": shipment.id, "offers": views.offers(world, shipment.offers)}
    _send(world, shipment, "offers_prepared", payload)
    world.emit(
        "inpost.offers_prepared",
        shipment_id=shipment.id,
        organization_id=shipment.organization_id,
        offers=[offer.id for offer in shipment.offers],
    )


def shipment_confirmed(world: World, shipment: Shipment) -> None:
    """Tell that the shipment is paid for and has its tracking number."""
    payload = {"shipment_id": shipment.id, "tracking_number": shipment.tracking_number}
    _send(world, shipment, "shipment_confirmed", payload)
    world.emit(
        "inpost.shipment_confirmed",
        shipment_id=shipment.id,
        organization_id=shipment.organization_id,
        tracking_number=shipment.tracking_number,
    )
    if world.quirk("inpost.status_webhook_for_confirmed"):
        shipment_status_changed(world, shipment)


def status_changed(world: World, shipment: Shipment, before: str) -> None:
    """Tell the workspace, and nobody else, that a shipment came into its status from another."""
    if shipment.status != before:
        world.emit(
            "inpost.shipment_status_changed",
            shipment_id=shipment.id,
            organization_id=shipment.organization_id,
            tracking_number=shipment.tracking_number,
            status=shipment.status,
            previous=before,
        )


def shipment_status_changed(world: World, shipment: Shipment) -> None:
    """Send the status of a shipment on its way."""
    payload = {
        "shipment_id": shipment.id,
        "status": shipment.status,
        "tracking_number": shipment.tracking_number,
    }
    if shipment.status == "returned_to_sender":
        payload["return_tracking_number"] = shipment.return_tracking_number
    _send(world, shipment, "shipment_status_changed", payload)


def _send(world: World, shipment: Shipment, event: str, payload: dict[str, Any]) -> None:
    organization = world[ORGANIZATIONS][shipment.organization_id]
    envelope: dict[str, Any] = {
        "event_ts": moments.show_event(world.now),
        "event": event,
        "organization_id": organization.id,
    }
    if world.quirk("inpost.created_by_id_in_webhooks"):
        envelope["created_by_id"] = None
    body = msgspec.json.encode({**envelope, "payload": payload}).decode()
    headers = {"Content-Type": "application/json"}
    if world.quirk("inpost.webhook_signature"):
        headers.update(_signature(world, shipment, event, body))
    world.send_webhook(
        carrier="inpost",
        event=event,
        target=organization.webhook_url,
        body=body,
        headers=headers,
        retries=int(world.quirk("inpost.webhook_retries")),
        about={"shipment_id": shipment.id},
    )


def _signature(world: World, shipment: Shipment, event: str, body: str) -> dict[str, str]:
    digest = hmac.new(SIGNATURE_SECRET.encode(), body.encode(), hashlib.sha256).digest()
    key = f"{shipment.id} {event} {world.now.isoformat()}"
    return {
        "x-inpost-signature": base64.b64encode(digest).decode(),
        "x-inpost-topic": event,
        "x-inpost-event-id": world.chance.hexadecimal("inpost.webhook_event", key),
        "x-inpost-timestamp": world.now.isoformat(timespec="milliseconds"),
    }
