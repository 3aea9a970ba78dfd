"""Webhooks, and the events of the same names.

Documented: three notifications as POST with JSON, configured in the customer's panel. `event_ts`
is not ISO 8601. Headers, retries and ordering are not documented: a content type is sent, and no
User-Agent, of which nothing is known. A signature does not exist for ShipX, but two public clients
verify the one of another InPost API, which a quirk adds.
"""

from __future__ import annotations

from typing import Any

import msgspec

from simulator.carriers.inpost.bodies import views
from simulator.carriers.inpost.records import ORGANIZATIONS, Shipment
from simulator.carriers.inpost.wire import moments, signatures
from simulator.engine.records import Stamp
from simulator.engine.world import World


def offers_prepared(world: World, shipment: Shipment) -> None:
    """Tell that the offers are known, the unavailable ones included."""
    send_offers(world, shipment)
    world.emit(
        "inpost.offers_prepared",
        shipment_id=shipment.id,
        organization_id=shipment.organization_id,
        offers=[offer.id for offer in shipment.offers],
    )


def shipment_confirmed(world: World, shipment: Shipment) -> None:
    """Tell that the shipment is paid for and has its tracking number."""
    send_confirmation(world, shipment)
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


def send_offers(world: World, shipment: Shipment, target: str | None = None) -> int:
    """Send the offers of a shipment."""
    payload = {"shipment_id": shipment.id, "offers": views.offers(world, shipment.offers)}
    return _send(world, shipment, "offers_prepared", payload, target)


def send_confirmation(world: World, shipment: Shipment, target: str | None = None) -> int:
    """Send the tracking number of a shipment that is paid for."""
    payload = {"shipment_id": shipment.id, "tracking_number": shipment.tracking_number}
    return _send(world, shipment, "shipment_confirmed", payload, target)


def shipment_status_changed(world: World, shipment: Shipment, target: str | None = None) -> int:
    """Send the status of a shipment on its way."""
    payload = {
        "shipment_id": shipment.id,
        "status": shipment.status,
        "tracking_number": shipment.tracking_number,
    }
    if shipment.status == "returned_to_sender":
        payload["return_tracking_number"] = shipment.return_tracking_number
    return _send(world, shipment, "shipment_status_changed", payload, target)


_PLAIN = {"Content-Type": "application/json"}
"""The headers of a notification without a signature: one and the same for all."""


def _send(
    world: World, shipment: Shipment, event: str, payload: dict[str, Any], target: str | None
) -> int:
    """Send it to `target`, or where the organization wants it; gives its id."""
    organization = world[ORGANIZATIONS][shipment.organization_id]
    envelope: dict[str, Any] = {
        "event_ts": moments.show_event(world.now),
        "event": event,
        "organization_id": organization.id,
    }
    if world.quirk("inpost.created_by_id_in_webhooks"):
        envelope["created_by_id"] = None
    body = msgspec.json.encode({**envelope, "payload": payload})
    headers = _PLAIN
    stamp = None
    if world.quirk("inpost.webhook_signature"):
        content = world.quirk("inpost.webhook_signed_content")
        clock = organization.webhook_stamp or world.quirk("inpost.webhook_stamp")
        stamp = Stamp(clock, content)
        number = world.next_number("inpost.webhook_events")
        headers = {
            **_PLAIN,
            "x-inpost-topic": event,
            "x-inpost-event-id": world.chance.hexadecimal("inpost.webhook_event", number),
            **signatures.headers(body, world.now, content),
        }
    return world.send_webhook(
        carrier="inpost",
        event=event,
        target=target or organization.webhook_url,
        body=body,
        headers=headers,
        retries=int(world.quirk("inpost.webhook_retries")),
        about={"shipment_id": shipment.id},
        stamp=stamp,
    )
