"""Makes the record of a shipment from a body that keeps the rules, and a body from the record."""

from __future__ import annotations

from typing import Any

import msgspec

from simulator.carriers.inpost import mpks, parse
from simulator.carriers.inpost.parse import Body
from simulator.carriers.inpost.records import (
    MPKS,
    Address,
    Money,
    Organization,
    Parcel,
    Peer,
    Shipment,
)
from simulator.engine.world import World

_PEER_TEXTS = ("name", "company_name", "first_name", "last_name", "email", "phone")
_ADDRESS_TEXTS = (
    "street",
    "building_number",
    "line1",
    "line2",
    "city",
    "post_code",
    "country_code",
)


def build_shipment(
    world: World, organization: Organization, body: Body, number: int | None = None
) -> Shipment:
    """A shipment in `created`, not yet in its table and without anything under way.

    It gets the next id unless it has the id `number` already. What the body lacks of the sender
    is taken from the organization (documented).
    """
    custom = parse.form(body.get("custom_attributes"))
    service = parse.service_of(body)
    return Shipment(
        id=world.next_number("inpost.shipments", 15_000_001) if number is None else number,
        organization_id=organization.id,
        status="created",
        created_at=world.now,
        updated_at=world.now,
        service=None if service is None else service.id,
        sender=_sender(world, organization, parse.form(body.get("sender"))),
        receiver=_peer(world, body.get("receiver")),
        parcels=tuple(_parcel(world, values) for values in parse.parcels(world, body)),
        reference=parse.text(body.get("reference")),
        is_return=body.get("is_return") is True,
        external_customer_id=parse.text(body.get("external_customer_id")),
        end_of_week_collection=body.get("end_of_week_collection") is True,
        comments=parse.text(body.get("comments")),
        mpk_id=_mpk(world, organization, parse.text(body.get("mpk"))),
        additional_services=parse.extras(body),
        target_point=parse.text(custom.get("target_point")),
        dropoff_point=parse.text(custom.get("dropoff_point")),
        sending_method=parse.text(custom.get("sending_method")),
        allegro_transaction_id=parse.text(custom.get("allegro_transaction_id")),
        allegro_user_id=parse.text(custom.get("allegro_user_id")),
        commercial_product_identifier=parse.text(body.get("commercial_product_identifier")),
        cod=parse.money(body.get("cod")),
        insurance=parse.money(body.get("insurance")),
        only_choice_of_offer=body.get("only_choice_of_offer") is True,
    )


def rebuild_shipment(
    world: World, organization: Organization, old: Shipment, body: Body
) -> Shipment:
    """The shipment `old` with the values of `body`; its id, age and past stay.

    People and addresses keep their ids, and so does a parcel in its place that is as it was
    (inferred).
    """
    new = build_shipment(world, organization, body, old.id)
    return msgspec.structs.replace(
        new,
        sender=_kept_peer(old.sender, new.sender),
        receiver=_kept_peer(old.receiver, new.receiver) if new.receiver else None,
        parcels=_kept_parcels(old.parcels, new.parcels),
        status=old.status,
        created_at=old.created_at,
        created_by_id=old.created_by_id,
        batch_id=old.batch_id,
        transactions=old.transactions,
    )


def _kept_peer(old: Peer | None, new: Peer) -> Peer:
    if old is None:
        return new
    address = new.address
    if old.address is not None and address is not None:
        address = msgspec.structs.replace(address, id=old.address.id)
    return msgspec.structs.replace(new, id=old.id, address=address)


def _kept_parcels(old: tuple[Parcel, ...], new: tuple[Parcel, ...]) -> tuple[Parcel, ...]:
    before = dict(enumerate(old))
    return tuple(
        before[place]
        if place in before and msgspec.structs.replace(parcel, id=before[place].id) == before[place]
        else parcel
        for place, parcel in enumerate(new)
    )


def _sender(world: World, organization: Organization, given: Body) -> Peer:
    person = organization.contact_person
    peer = _peer(world, given) if any(given.get(name) for name in _PEER_TEXTS) else None
    if peer is None:
        peer = msgspec.structs.replace(person, id=_next_peer(world), address=None)
    if peer.address is None:
        address = _address(world, given.get("address")) or msgspec.structs.replace(
            organization.address, id=_next_address(world)
        )
        peer = msgspec.structs.replace(peer, address=address)
    return peer


def _peer(world: World, given: Any) -> Peer | None:
    values = parse.form(given)
    if not values:
        return None
    texts = {name: parse.text(values.get(name)) for name in _PEER_TEXTS}
    return Peer(_next_peer(world), **texts, address=_address(world, values.get("address")))


def _address(world: World, given: Any) -> Address | None:
    form = parse.form(given)
    if not form:
        return None
    values = {name: parse.text(form.get(name)) for name in _ADDRESS_TEXTS}
    if not any(values.values()):
        return None
    values["country_code"] = (values["country_code"] or "PL").upper()
    return Address(_next_address(world), **values)


def _parcel(world: World, values: parse.ParcelValues) -> Parcel:
    return Parcel(
        id=world.next_number("inpost.parcels", 16_500_001),
        identify_number=values.identify_number,
        template=values.template,
        length=values.length,
        width=values.width,
        height=values.height,
        weight=values.weight,
        is_non_standard=values.is_non_standard,
    )


def _mpk(world: World, organization: Organization, name: str | None) -> int | None:
    """The cost centre of this name; one that is unknown is made (inferred)."""
    if name is None:
        return None
    known = mpks.find(world, organization.id, name)
    return (known or mpks.add(world, organization.id, name, name)).id


def _next_peer(world: World) -> int:
    return world.next_number("inpost.peers", 31_000_001)


def _next_address(world: World) -> int:
    return world.next_number("inpost.addresses", 31_500_001)


def body_of(world: World, record: Shipment) -> dict[str, Any]:
    """The body that would create the shipment as it is, for changes to be laid over it."""
    mpk = None if record.mpk_id is None else world[MPKS].get(record.mpk_id)
    return {
        "sender": _peer_body(record.sender),
        "receiver": None if record.receiver is None else _peer_body(record.receiver),
        "parcels": [_parcel_body(parcel) for parcel in record.parcels],
        "service": parse.asked_for(record.service),
        "custom_attributes": {
            "target_point": record.target_point,
            "dropoff_point": record.dropoff_point,
            "sending_method": record.sending_method,
            "allegro_transaction_id": record.allegro_transaction_id,
            "allegro_user_id": record.allegro_user_id,
        },
        "cod": _money_body(record.cod),
        "insurance": _money_body(record.insurance),
        "reference": record.reference,
        "is_return": record.is_return,
        "additional_services": list(record.additional_services),
        "external_customer_id": record.external_customer_id,
        "only_choice_of_offer": record.only_choice_of_offer,
        "mpk": None if mpk is None else mpk.name,
        "comments": record.comments,
        "end_of_week_collection": record.end_of_week_collection,
        "commercial_product_identifier": record.commercial_product_identifier,
    }


def _peer_body(peer: Peer) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(peer, name) for name in _PEER_TEXTS}
    if peer.address is not None:
        values["address"] = {name: getattr(peer.address, name) for name in _ADDRESS_TEXTS}
    return values


def _parcel_body(parcel: Parcel) -> dict[str, Any]:
    return {
        "id": parcel.identify_number,
        "template": parcel.template,
        "dimensions": {
            "length": parcel.length,
            "width": parcel.width,
            "height": parcel.height,
        },
        "weight": {"amount": parcel.weight},
        "is_non_standard": parcel.is_non_standard,
    }


def _money_body(money: Money) -> dict[str, Any] | None:
    return (
        None if money.amount is None else {"amount": money.amount / 100, "currency": money.currency}
    )
