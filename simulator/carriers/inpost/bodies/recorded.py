"""The form that would create a shipment as its record is."""

from __future__ import annotations

from simulator.carriers.inpost.bodies.forms import (
    AddressForm,
    AmountForm,
    AttributesForm,
    ParcelForm,
    PeerForm,
    ShipmentForm,
    SidesForm,
)
from simulator.carriers.inpost.catalog import sizes
from simulator.carriers.inpost.catalog.basics import Dimensions
from simulator.carriers.inpost.records import MPKS, Address, Money, Parcel, Peer, Shipment
from simulator.carriers.inpost.wire import parsing
from simulator.engine.world import World


def form_of(world: World, record: Shipment) -> ShipmentForm:
    """What a client would have to ask for, so that it gets this shipment."""
    mpk = None if record.mpk_id is None else world[MPKS].get(record.mpk_id)
    return ShipmentForm(
        sender=_peer(record.sender),
        receiver=None if record.receiver is None else _peer(record.receiver),
        parcels=[_parcel(parcel, record.service) for parcel in record.parcels],
        custom_attributes=AttributesForm(
            record.target_point,
            record.dropoff_point,
            record.sending_method,
            record.allegro_transaction_id,
            record.allegro_user_id,
        ),
        cod=_money(record.cod),
        insurance=_money(record.insurance),
        service=parsing.asked_for(record.service),
        reference=record.reference,
        is_return=record.is_return,
        additional_services=list(record.additional_services),
        external_customer_id=record.external_customer_id,
        only_choice_of_offer=record.only_choice_of_offer,
        mpk=None if mpk is None else mpk.name,
        comments=record.comments,
        end_of_week_collection=record.end_of_week_collection,
        commercial_product_identifier=record.commercial_product_identifier,
    )


def _peer(peer: Peer) -> PeerForm:
    return PeerForm(
        peer.name,
        peer.company_name,
        peer.first_name,
        peer.last_name,
        peer.email,
        peer.phone,
        None if peer.address is None else _address(peer.address),
    )


def _address(address: Address) -> AddressForm:
    return AddressForm(
        address.street,
        address.building_number,
        address.line1,
        address.line2,
        address.city,
        address.post_code,
        address.country_code,
    )


def _parcel(parcel: Parcel, service: str | None) -> ParcelForm:
    derived = (
        parcel.is_non_standard
        and service is not None
        and sizes.is_non_standard(
            Dimensions(parcel.length or 0.0, parcel.width or 0.0, parcel.height or 0.0)
        )
    )
    return ParcelForm(
        parcel.identify_number,
        parcel.template,
        SidesForm(parcel.length, parcel.width, parcel.height),
        AmountForm(parcel.told_weight),
        # What follows from the sides is not asked for: another service may see it otherwise.
        parcel.is_non_standard and not derived,
    )


def _money(money: Money) -> AmountForm | None:
    return None if money.amount is None else AmountForm(money.amount / 100, money.currency)
