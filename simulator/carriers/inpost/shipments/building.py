"""Makes the record of a shipment from a body that keeps the rules, and a body from the record."""

from __future__ import annotations

from typing import Any

import msgspec

from simulator.carriers.inpost.account import mpks
from simulator.carriers.inpost.bodies import forms, recorded
from simulator.carriers.inpost.bodies.forms import (
    AddressForm,
    AmountForm,
    Number,
    ParcelForm,
    PeerForm,
    ShipmentForm,
    SidesForm,
)
from simulator.carriers.inpost.catalog.basics import TEMPLATES, Dimensions
from simulator.carriers.inpost.records import (
    Address,
    Money,
    Organization,
    Parcel,
    Peer,
    Shipment,
)
from simulator.carriers.inpost.rules import carriage, cost_centres
from simulator.carriers.inpost.wire import parsing
from simulator.core.words import shared
from simulator.engine.world import World

_PEER_TEXTS = ("name", "company_name", "first_name", "last_name", "email", "phone")
_NO_MONEY = Money()


def build_shipment(
    world: World, organization: Organization, form: ShipmentForm, number: int | None = None
) -> Shipment:
    """A shipment in `created`, not yet in its table and without anything under way.

    It gets the next id unless it has the id `number` already. What the form lacks of the sender
    is taken from the organization (documented).
    """
    custom = form.attributes
    service = forms.service_of(form)
    shipment = Shipment(
        id=world.next_number("inpost.shipments", 15_000_001) if number is None else number,
        organization_id=organization.id,
        status="created",
        created_at=world.now,
        updated_at=world.now,
        service=None,
        sender=_sender(world, organization, form.sender),
        receiver=None if form.receiver is None else _peer(world, form.receiver),
        parcels=tuple(
            [
                build_parcel(world, parcel, world.next_number("inpost.parcels", 16_500_001))
                for parcel in form.listed_parcels
            ]
        ),
        reference=parsing.text(form.reference),
        is_return=form.is_return is True,
        external_customer_id=form.external_customer_id,
        end_of_week_collection=form.end_of_week_collection is True,
        comments=form.comments,
        mpk_id=None if form.mpk is None else _mpk(world, organization, form.mpk),
        additional_services=forms.extras(form),
        target_point=_shared(custom.target_point),
        dropoff_point=_shared(custom.dropoff_point),
        sending_method=_shared(custom.sending_method),
        allegro_transaction_id=custom.allegro_transaction_id,
        allegro_user_id=custom.allegro_user_id,
        commercial_product_identifier=form.commercial_product_identifier,
        cod=_money(form.cod),
        insurance=_money(form.insurance),
        only_choice_of_offer=form.only_choice_of_offer is True,
    )
    return shipment if service is None else carriage.with_service(world, shipment, service.id)


def rebuild_shipment(
    world: World, organization: Organization, old: Shipment, form: ShipmentForm
) -> Shipment:
    """The shipment `old` with the values of `form`; its id, age and past stay.

    People and addresses keep their ids, and so does a parcel in its place that is as it was
    (inferred).
    """
    new = build_shipment(world, organization, form, old.id)
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
        journey=old.journey,
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


def build_parcel(world: World, form: ParcelForm, number: int) -> Parcel:
    """A parcel with the id `number`, with the sizes of its template as the carrier echoes them."""
    observed = world.quirk("inpost.template_dimensions") == "observed"
    template = TEMPLATES.get(form.template or "")
    told = _float(None if form.weight is None else form.weight.amount)
    weight: Number
    if template is not None:
        sides: Dimensions | SidesForm = template.observed if observed else template.documented
        weight = template.weight_kg
        # Clients send back what they read.
        told = None if told == template.weight_kg else told
    else:
        sides = form.dimensions or _NO_SIDES
        weight = told
    return Parcel(
        id=number,
        identify_number=form.id,
        template=None if template is None else template.id,
        length=_float(sides.length),
        width=_float(sides.width),
        height=_float(sides.height),
        weight=_float(weight),
        told_weight=told,
        is_non_standard=form.is_non_standard is True,
    )


_NO_SIDES = SidesForm()


def _float(number: Number) -> float | None:
    return None if number is None else float(number)


def _sender(world: World, organization: Organization, form: PeerForm | None) -> Peer:
    if form is None or not any(getattr(form, name) for name in _PEER_TEXTS):
        number = _next_peer(world)
        given = None if form is None else _address(world, form.address)
        address = given or _own_address(world, organization)
        return msgspec.structs.replace(organization.contact_person, id=number, address=address)
    peer = _peer(world, form)
    if peer.address is not None:
        return peer
    return msgspec.structs.replace(peer, address=_own_address(world, organization))


def _own_address(world: World, organization: Organization) -> Address:
    return msgspec.structs.replace(organization.address, id=_next_address(world))


def _peer(world: World, form: PeerForm) -> Peer:
    return Peer(
        _next_peer(world),
        form.name,
        form.company_name,
        form.first_name,
        form.last_name,
        form.email,
        form.phone,
        _address(world, form.address),
    )


def _address(world: World, form: AddressForm | None) -> Address | None:
    if form is None or form == _NOWHERE:
        return None
    return Address(
        _next_address(world),
        form.street,
        form.building_number,
        form.line1,
        form.line2,
        _shared(form.city),
        _shared(form.post_code),
        shared((form.country_code or "PL").upper()),
    )


_NOWHERE = AddressForm()


def _money(form: AmountForm | None) -> Money:
    amount = forms.grosze(form)
    if form is None or amount is None:
        return _NO_MONEY
    return Money(amount, _shared(form.currency) or "PLN")


def _shared(word: str | None) -> str | None:
    return None if word is None else shared(word)


def _mpk(world: World, organization: Organization, name: str) -> int:
    """The cost centre of this name; one that is unknown is made (inferred)."""
    known = cost_centres.find(world, organization.id, name)
    return (known or mpks.add(world, organization.id, name, name)).id


def _next_peer(world: World) -> int:
    return world.next_number("inpost.peers", 31_000_001)


def _next_address(world: World) -> int:
    return world.next_number("inpost.addresses", 31_500_001)


def body_of(world: World, record: Shipment) -> dict[str, Any]:
    """The body that would create the shipment as it is, for changes to be laid over it."""
    body: dict[str, Any] = msgspec.to_builtins(recorded.form_of(world, record))
    return body
