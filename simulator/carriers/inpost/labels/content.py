"""What stands on a shipment's labels: one label for each parcel, in Polish.

Inferred, since no document says it: that a label for a locker or point tells its address, how to
find it and its branch, and that a courier's label tells the branch of the receiver.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from simulator.carriers.inpost.catalog.basics import (
    ADDITIONAL_SERVICES,
    SENDING_METHODS,
    TEMPLATES,
    Dimensions,
)
from simulator.carriers.inpost.catalog.journeys import Agency
from simulator.carriers.inpost.catalog.services import SERVICES, Service
from simulator.carriers.inpost.catalog.sizes import classes_of, size_of
from simulator.carriers.inpost.records import POINTS, Address, Money, Parcel, Peer, Shipment
from simulator.carriers.inpost.tracking import branches
from simulator.engine.world import World
from simulator.labels import POLISH, Cuts, LabelContent, Party, Sorting

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


def labels_of(world: World, shipment: Shipment) -> tuple[LabelContent, ...]:
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
            place=_place(world, shipment),
            sorting=_sorting(world, shipment, "target"),
            size=_size(service, parcel),
            index=f"{place}/{count}" if count > 1 else None,
            facts=tuple(_facts(shipment, parcel)),
            words=POLISH,
            cuts=CUTS,
        )
        for place, parcel in enumerate(shipment.parcels, 1)
    )


def return_label_of(world: World, shipment: Shipment) -> LabelContent:
    """The label with which the receiver sends the shipment back, under its return number."""
    receiver = shipment.receiver or shipment.sender
    facts = [("Zwrot", shipment.tracking_number or "")]
    if shipment.reference:
        facts.append(("Referencja", shipment.reference))
    if len(shipment.parcels) == 1:
        facts += _measures(shipment.parcels[0])
    return LabelContent(
        heading=service_of(shipment).name,
        barcode=_number(shipment.return_tracking_number),
        barcode_text=_grouped(shipment.return_tracking_number),
        receiver=_party(shipment.sender),
        sender=_party(receiver),
        routing="ZWROT",
        sorting=_sorting(world, shipment, "source"),
        facts=tuple(facts),
        words=POLISH,
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
        country=_abroad(address) if address else None,
    )


def _abroad(address: Address) -> str | None:
    """The country's code, for an address outside Poland."""
    code = (address.country_code or "PL").upper()
    return None if code == "PL" else code


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


def _place(world: World, shipment: Shipment) -> tuple[str, ...]:
    """Where the target locker or point is; nothing of one that is not known."""
    point = world[POINTS].get(shipment.target_point) if shipment.target_point else None
    if point is None:
        return ()
    return point.line1, point.line2, point.location_description


def _sorting(world: World, shipment: Shipment, agency: Agency) -> Sorting | None:
    branch = branches.branch_of(world, shipment, agency)
    return None if branch is None else Sorting("ODDZIAŁ", branch.agency, branch.town)


def _size(service: Service, parcel: Parcel) -> str | None:
    """The letter of the parcel's template, else of the smallest locker that holds it."""
    template = TEMPLATES.get(parcel.template or "")
    if template is not None:
        return template.size or template.id.removeprefix("letter_").upper()
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
    if shipment.comments:
        yield "Uwagi", shipment.comments
    yield from _measures(parcel)
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


def _measures(parcel: Parcel) -> Iterable[tuple[str, str]]:
    """The sides and the weight that the sender told; a template tells a size and no weight."""
    sides = [side for side in (parcel.length, parcel.width, parcel.height) if side is not None]
    if parcel.template is None and len(sides) == 3:
        yield "Wymiary", f"{' x '.join(f'{side:g}' for side in sides)} mm"
    if parcel.told_weight is not None:
        yield "Waga", f"{parcel.told_weight:g} kg"
