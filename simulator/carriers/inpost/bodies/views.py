"""Shipments as the carrier shows them, in the recorded order of their keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

import msgspec

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
from simulator.carriers.inpost.wire import links, moments
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


class ShipmentView(msgspec.Struct, frozen=True, gc=False):
    """A shipment's keys, in their order; economy parcels alone have the identifier."""

    href: str
    id: int | str
    status: str
    tracking_number: str | None
    return_tracking_number: str | None
    service: str | None
    reference: str | None
    is_return: bool
    application_id: int | str
    created_by_id: int | None
    external_customer_id: str | None
    sending_method: str | None
    end_of_week_collection: bool
    comments: str | None
    mpk: dict[str, Any] | None
    commercial_product_identifier: str | msgspec.UnsetType
    additional_services: tuple[str, ...]
    custom_attributes: CustomAttributes
    cod: dict[str, Any]
    insurance: dict[str, Any]
    sender: Peer | dict[str, Any]
    receiver: Peer | dict[str, Any] | None
    selected_offer: dict[str, Any] | None
    offers: list[dict[str, Any]]
    transactions: list[dict[str, Any]]
    parcels: list[ParcelView]
    created_at: str
    updated_at: str


def href(world: World, record: Shipment) -> str:
    """The shipment's address (observed), or the longer one of the documents, as a quirk says."""
    if world.quirk("inpost.shipment_href") == "organization":
        path = f"/v1/organizations/{record.organization_id}/shipments/{record.id}"
    else:
        path = f"/v1/shipments/{record.id}"
    return links.resource(world, path)


def ident(world: World) -> Ident:
    """How ids of resources are written: integers (observed) or strings (documented).

    What the documents write as numbers stays one: offers and `offer_id`, `created_by_id`,
    `dispatch_order_id`, and the ids in webhooks.
    """
    return str if world.quirk("inpost.id_type") == "string" else _same


def _same(number: int) -> int:
    return number


def shipment(world: World, record: Shipment) -> msgspec.Raw:
    """The whole shipment."""
    mpk = _mpk(world, record)
    return world.encoded(record, lambda: _shipment(world, record, mpk), beside=mpk)


def new_shipment(world: World, record: Shipment) -> ShipmentView:
    """The whole shipment as data, for a record that will hardly be shown again as it is."""
    return _shipment(world, record, _mpk(world, record))


def _mpk(world: World, record: Shipment) -> Mpk | None:
    return None if record.mpk_id is None else world[MPKS].get(record.mpk_id)


def _shipment(world: World, record: Shipment, mpk: Mpk | None) -> ShipmentView:
    show_id = ident(world)
    shown = offers(world, record.offers)
    chosen = record.selected_offer_id
    selected = next((o for o in shown if o["id"] == chosen), None) if chosen else None
    numbered = world.quirk("inpost.identify_number")
    nested = world.quirk("inpost.empty_transaction_details") if record.transactions else False
    return ShipmentView(
        href=href(world, record),
        id=show_id(record.id),
        status=record.status,
        tracking_number=record.tracking_number,
        return_tracking_number=record.return_tracking_number,
        service=record.service,
        reference=record.reference,
        is_return=record.is_return,
        application_id=show_id(record.organization_id),
        created_by_id=record.created_by_id,
        external_customer_id=record.external_customer_id,
        sending_method=record.sending_method,
        end_of_week_collection=record.end_of_week_collection,
        comments=record.comments,
        mpk=None if mpk is None else {"id": show_id(mpk.id), "name": mpk.name},
        commercial_product_identifier=record.commercial_product_identifier or msgspec.UNSET,
        additional_services=record.additional_services,
        custom_attributes=custom_attributes(record),
        cod=money(record.cod),
        insurance=money(record.insurance),
        sender=peer(record.sender, show_id),
        receiver=None if record.receiver is None else peer(record.receiver, show_id),
        selected_offer=selected,
        offers=shown,
        transactions=[transaction(item, show_id, nested) for item in record.transactions],
        parcels=[parcel(item, show_id, numbered) for item in record.parcels],
        created_at=moments.show(record.created_at),
        updated_at=moments.show(record.updated_at),
    )


class CustomAttributes(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The `custom_attributes`: only what was set."""

    target_point: str | None = None
    dropoff_point: str | None = None
    sending_method: str | None = None
    allegro_transaction_id: str | None = None
    allegro_user_id: str | None = None
    customer_delivering_code: str | None = None
    dispatch_order_id: int | None = None


def custom_attributes(record: Shipment) -> CustomAttributes:
    """How the parcel is handed over and where it goes."""
    return CustomAttributes(
        record.target_point,
        record.dropoff_point,
        record.sending_method,
        record.allegro_transaction_id,
        record.allegro_user_id,
        record.customer_delivering_code,
        record.dispatch_order_id,
    )


def money(value: Money) -> dict[str, Any]:
    """An amount in PLN; both members null when there is none."""
    amount = None if value.amount is None else value.amount / 100
    return {"amount": amount, "currency": value.currency}


def peer(value: Peer, show_id: Ident) -> Peer | dict[str, Any]:
    """A sender or receiver. A record has the keys in their order, so only ids can differ."""
    if show_id is _same:
        return value
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
        "carrier": _named(_CARRIER_VIEWS, record.carrier),
        "service": _named(_SERVICE_VIEWS, record.service),
        "unavailability_reasons": [
            {"key": key, "message": _reason(key, message, holes)}
            for key, message in zip_longest(record.reasons, record.messages, fillvalue="")
        ]
        or None,
    }


def _named(views: Mapping[str, dict[str, str]], name: str) -> dict[str, str]:
    """The view of a carrier or service; of one that a snapshot made up, its name."""
    return views.get(name) or {"id": name, "name": name, "description": ""}


def _reason(key: str, message: str, holes: bool) -> str:
    """The carrier's sentence where one is known, else the rule's own, which names the value."""
    if holes and key in TRANSLATION_HOLES:
        return translation_hole(key)
    return UNAVAILABILITY_REASONS.get(key) or message or key


def unavailable(record: Offer) -> list[str]:
    """Why an offer cannot be had, in words that name the values, for the explanation."""
    return [f"offer {record.id} is unavailable: {message}" for message in record.messages]


def transaction(record: Transaction, show_id: Ident, nested: bool) -> dict[str, Any]:
    """A payment; a failed one carries an error body of its own, with status 422 (observed).

    `nested`: whether that has empty `details` too, as in older recordings.
    """
    details: dict[str, Any] = {}
    if record.error is not None:
        message = _FAILURE_MESSAGES.get(record.error, record.error)
        details = {"status": 422, "error": record.error, "message": message}
        if nested:
            details["details"] = {}
    return {
        "id": show_id(record.id),
        "status": record.status,
        "offer_id": record.offer_id,
        "details": details,
        "created_at": moments.show(record.created_at),
        "updated_at": moments.show(record.updated_at),
    }


class ParcelView(msgspec.Struct, frozen=True, gc=False):
    """A parcel's keys, in their order."""

    id: int | str
    identify_number: str | msgspec.UnsetType | None
    tracking_number: str | None
    is_non_standard: bool
    template: str | None
    dimensions: dict[str, Any]
    weight: dict[str, Any]


def parcel(record: Parcel, show_id: Ident, numbered: bool = True) -> ParcelView:
    """One parcel; older answers have no `identify_number`."""
    return ParcelView(
        show_id(record.id),
        record.identify_number if numbered else msgspec.UNSET,
        record.tracking_number,
        record.is_non_standard,
        record.template,
        {
            "length": record.length,
            "width": record.width,
            "height": record.height,
            "unit": "mm",
        },
        {"amount": record.weight, "unit": "kg"},
    )
