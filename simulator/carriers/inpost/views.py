"""Shipments as the carrier shows them, in the recorded order of their keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from simulator.carriers.inpost import links, moments
from simulator.carriers.inpost.catalog.basics import (
    CARRIERS,
    TRANSLATION_HOLES,
    UNAVAILABILITY_REASONS,
    translation_hole,
)
from simulator.carriers.inpost.catalog.services import SERVICES
from simulator.carriers.inpost.records import (
    MPKS,
    Address,
    Money,
    Mpk,
    Offer,
    Parcel,
    Peer,
    Shipment,
    Transaction,
)
from simulator.engine.world import World

Ident = Callable[[int], int | str]

_SERVICE_VIEWS = {
    service.id: {"id": service.id, "name": service.name, "description": service.description}
    for service in SERVICES.values()
}
_CARRIER_VIEWS = {
    carrier.id: {"id": carrier.id, "name": carrier.name, "description": carrier.description}
    for carrier in CARRIERS.values()
}
_FAILURE_MESSAGES = {"company_data_missing": "customer_lack_of_address_data"}


def href(world: World, record: Shipment) -> str:
    """The shipment's address (observed), or the longer one of the documents, as a quirk says."""
    if world.quirk("inpost.shipment_href") == "organization":
        path = f"/v1/organizations/{record.organization_id}/shipments/{record.id}"
    else:
        path = f"/v1/shipments/{record.id}"
    return links.resource(world, path)


def ident(world: World) -> Ident:
    """How ids are written: integers (observed) or strings (documented)."""
    return str if world.quirk("inpost.id_type") == "string" else _same


def _same(number: int) -> int:
    return number


def shipment(world: World, record: Shipment) -> msgspec.Raw:
    """The whole shipment."""
    mpk = None if record.mpk_id is None else world[MPKS].get(record.mpk_id)
    return world.encoded(record, lambda: _shipment(world, record, mpk), beside=mpk)


def _shipment(world: World, record: Shipment, mpk: Mpk | None) -> dict[str, Any]:
    show_id = ident(world)
    shown = offers(world, record.offers)
    selected = next((o for o in shown if o["id"] == record.selected_offer_id), None)
    numbered = world.quirk("inpost.identify_number")
    return {
        "href": href(world, record),
        "id": show_id(record.id),
        "status": record.status,
        "tracking_number": record.tracking_number,
        "return_tracking_number": record.return_tracking_number,
        "service": record.service,
        "reference": record.reference,
        "is_return": record.is_return,
        "application_id": record.organization_id,
        "created_by_id": record.created_by_id,
        "external_customer_id": record.external_customer_id,
        "sending_method": record.sending_method,
        "end_of_week_collection": record.end_of_week_collection,
        "comments": record.comments,
        "mpk": None if mpk is None else {"id": mpk.id, "name": mpk.name},
        "additional_services": record.additional_services,
        "custom_attributes": custom_attributes(record),
        "cod": money(record.cod),
        "insurance": money(record.insurance),
        "sender": peer(record.sender, show_id),
        "receiver": None if record.receiver is None else peer(record.receiver, show_id),
        "selected_offer": selected,
        "offers": shown,
        "transactions": [transaction(item, show_id) for item in record.transactions],
        "parcels": [parcel(item, numbered) for item in record.parcels],
        "created_at": moments.show(record.created_at),
        "updated_at": moments.show(record.updated_at),
    }


def custom_attributes(record: Shipment) -> dict[str, Any]:
    """Only what was set."""
    values = {
        "target_point": record.target_point,
        "dropoff_point": record.dropoff_point,
        "sending_method": record.sending_method,
        "allegro_transaction_id": record.allegro_transaction_id,
        "allegro_user_id": record.allegro_user_id,
        "customer_delivering_code": record.customer_delivering_code,
        "dispatch_order_id": record.dispatch_order_id,
    }
    return {name: value for name, value in values.items() if value is not None}


def money(value: Money) -> dict[str, Any]:
    """An amount in PLN; both members null when there is none."""
    amount = None if value.amount is None else value.amount / 100
    return {"amount": amount, "currency": value.currency}


def peer(value: Peer, show_id: Ident) -> dict[str, Any]:
    """A sender or receiver."""
    return {
        "id": show_id(value.id),
        "name": value.name,
        "company_name": value.company_name,
        "first_name": value.first_name,
        "last_name": value.last_name,
        "email": value.email,
        "phone": value.phone,
        "address": None if value.address is None else address(value.address, show_id),
    }


def address(value: Address, show_id: Ident) -> dict[str, Any]:
    """A postal address."""
    return {
        "id": show_id(value.id),
        "street": value.street,
        "building_number": value.building_number,
        "line1": value.line1,
        "line2": value.line2,
        "city": value.city,
        "post_code": value.post_code,
        "country_code": value.country_code,
    }


def offers(world: World, records: Sequence[Offer]) -> list[dict[str, Any]]:
    """Offers, for shipments and for the webhook `offers_prepared`."""
    if not records:
        return []
    holes = world.quirk("inpost.translation_holes")
    priced = world.quirk("inpost.offer_currency_when_unavailable")
    return [_offer(record, holes, priced) for record in records]


def _offer(record: Offer, holes: bool, priced: bool) -> dict[str, Any]:
    hidden = record.status == "unavailable" and not priced
    return {
        "id": record.id,
        "status": record.status,
        "expires_at": None if record.expires_at is None else moments.show(record.expires_at),
        "rate": None if record.rate is None else record.rate / 100,
        "currency": None if hidden else record.currency,
        "additional_services": record.additional_services,
        "carrier": _CARRIER_VIEWS[record.carrier],
        "service": _SERVICE_VIEWS[record.service],
        "unavailability_reasons": [
            {"key": key, "message": _reason(key, holes)} for key in record.reasons
        ]
        or None,
    }


def _reason(key: str, holes: bool) -> str:
    if holes and key in TRANSLATION_HOLES:
        return translation_hole(key)
    return UNAVAILABILITY_REASONS[key]


def transaction(record: Transaction, show_id: Ident) -> dict[str, Any]:
    """A payment; a failed one carries an error body of its own, with status 422 (observed)."""
    details = {}
    if record.error is not None:
        message = _FAILURE_MESSAGES.get(record.error, record.error)
        details = {"status": 422, "error": record.error, "message": message, "details": {}}
    return {
        "id": show_id(record.id),
        "status": record.status,
        "offer_id": record.offer_id,
        "details": details,
        "created_at": moments.show(record.created_at),
        "updated_at": moments.show(record.updated_at),
    }


def parcel(record: Parcel, numbered: bool = True) -> dict[str, Any]:
    """One parcel; older answers have no `identify_number`."""
    return {
        "id": record.id,
        **({"identify_number": record.identify_number} if numbered else {}),
        "tracking_number": record.tracking_number,
        "is_non_standard": record.is_non_standard,
        "template": record.template,
        "dimensions": {
            "length": record.length,
            "width": record.width,
            "height": record.height,
            "unit": "mm",
        },
        "weight": {"amount": record.weight, "unit": "kg"},
    }
