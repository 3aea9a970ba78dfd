"""What stands on a shipment's labels: one label for each parcel."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from simulator.carriers.inpost.catalog.basics import (
    ADDITIONAL_SERVICES,
    SENDING_METHODS,
    Dimensions,
)
from simulator.carriers.inpost.catalog.services import SERVICES, Service
from simulator.carriers.inpost.catalog.sizes import classes_of, size_of
from simulator.carriers.inpost.records import Address, Money, Parcel, Peer, Shipment
from simulator.labels import Cuts, LabelContent, Party

_COMPANY, _PERSON, _ADDRESS, _CITY = 26, 21, 56, 23
_POST_CODE = len("00-000 ")

CUTS = Cuts(company=_COMPANY, person=_PERSON, street=_ADDRESS, city=_POST_CODE + _CITY)
"""Lengths at which the carrier cuts (documented); the city's is without its post code."""


def service_of(shipment: Shipment) -> Service:
    """The service that a shipment was bought with."""
    if shipment.service is not None:
        return SERVICES[shipment.service]
    bought = next(
        offer.service for offer in shipment.offers if offer.id == shipment.selected_offer_id
    )
    return SERVICES[bought]


def labels_of(shipment: Shipment) -> tuple[LabelContent, ...]:
    """The labels of a shipment that is paid for, one for each parcel, in their order."""
    service = service_of(shipment)
    count = len(shipment.parcels)
    return tuple(
        LabelContent(
            heading=service.name,
            barcode=_number(parcel.tracking_number or shipment.tracking_number),
            barcode_text=_grouped(parcel.tracking_number or shipment.tracking_number),
            receiver=_party(shipment.receiver or shipment.sender),
            sender=_party(shipment.sender),
            routing=_routing(shipment),
            size=_size(service, parcel),
            index=f"{place}/{count}" if count > 1 else None,
            facts=tuple(_facts(shipment, parcel)),
            cuts=CUTS,
        )
        for place, parcel in enumerate(shipment.parcels, 1)
    )


def return_label_of(shipment: Shipment) -> LabelContent:
    """The label with which the receiver sends the shipment back, under its return number."""
    receiver = shipment.receiver or shipment.sender
    facts = [("Zwrot", shipment.tracking_number or "")]
    if shipment.reference:
        facts.append(("Referencja", shipment.reference))
    return LabelContent(
        heading=service_of(shipment).name,
        barcode=_number(shipment.return_tracking_number),
        barcode_text=_grouped(shipment.return_tracking_number),
        receiver=_party(shipment.sender),
        sender=_party(receiver),
        routing="ZWROT",
        facts=tuple(facts),
        cuts=CUTS,
    )


def person(peer: Peer) -> str:
    """A peer's own name: first and last name, or the whole one."""
    return " ".join(filter(None, (peer.first_name, peer.last_name))) or peer.name or ""


def street_line(address: Address) -> str:
    """Street and building number, or the older two lines."""
    new = " ".join(filter(None, (address.street, address.building_number)))
    return new or ", ".join(filter(None, (address.line1, address.line2)))


def money(amount: Money) -> str:
    """An amount as people read it: ``49.90 PLN``."""
    return f"{(amount.amount or 0) / 100:.2f} {amount.currency or 'PLN'}"


def _number(tracking_number: str | None) -> str:
    if tracking_number is None:
        raise ValueError("a label needs a tracking number, which comes with the purchase")
    return tracking_number


def _grouped(tracking_number: str | None) -> str:
    text = _number(tracking_number)
    return " ".join(text[place : place + 6] for place in range(0, len(text), 6))


def _party(peer: Peer) -> Party:
    address = peer.address
    return Party(
        company=_latin(peer.company_name or ""),
        name=_latin(person(peer)),
        street=_latin(street_line(address)) if address else None,
        city=_latin(_city(address)) if address else None,
        phone=peer.phone,
        email=peer.email,
    )


def _latin(text: str) -> str:
    """What the carrier prints of a text: other letters than Latin ones are lost (documented)."""
    return "".join(
        character if not character.isalpha() or "LATIN" in unicodedata.name(character, "") else "?"
        for character in text
    )


def _city(address: Address) -> str:
    return " ".join(filter(None, (address.post_code, (address.city or "")[:_CITY])))


def _routing(shipment: Shipment) -> str | None:
    """The locker or point; for a door the post code, by which couriers sort (inferred)."""
    if shipment.target_point:
        return shipment.target_point
    receiver = shipment.receiver or shipment.sender
    return receiver.address.post_code if receiver.address else None


def _size(service: Service, parcel: Parcel) -> str | None:
    sides = (parcel.length, parcel.width, parcel.height)
    if not classes_of(service) or None in sides:
        return None
    return size_of(Dimensions(*(float(side or 0) for side in sides)))


def _facts(shipment: Shipment, parcel: Parcel) -> Iterable[tuple[str, str]]:
    if shipment.reference:
        yield "Referencja", shipment.reference
    if shipment.cod.amount is not None:
        yield "Pobranie", money(shipment.cod)
    if shipment.insurance.amount is not None:
        yield "Ubezpieczenie", money(shipment.insurance)
    if parcel.weight is not None:
        yield "Waga", f"{parcel.weight:g} kg"
    if parcel.is_non_standard:
        yield "Paczka", "niestandardowa"
    if shipment.sending_method in SENDING_METHODS:
        yield "Nadanie", SENDING_METHODS[shipment.sending_method].name
    extras = [
        ADDITIONAL_SERVICES[extra].name
        for extra in shipment.additional_services
        if extra in ADDITIONAL_SERVICES and extra not in ("cod", "insurance")
    ]
    if extras:
        yield "Usługi", ", ".join(extras)
    if shipment.comments:
        yield "Uwagi", shipment.comments
