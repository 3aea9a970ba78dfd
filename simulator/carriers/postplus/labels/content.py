"""What stands on a parcel's label."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.carriers.postplus.catalog.country_names import COUNTRY_NAMES
from simulator.carriers.postplus.catalog.services import LABEL_SIZES, SERVICES, Service
from simulator.carriers.postplus.labels import customs
from simulator.carriers.postplus.records import PICKUP_POINTS, Parcel, Party
from simulator.engine.world import World
from simulator.labels import Party as Address
from simulator.labels import PostalLabel

_MARKS = {
    "EMS": "EMS",
    "NonPostal": "PRC",
    "NotRegistered": "U",
    "ParcelUPU": "CP",
    "Premium": "PREM",
    "Prime": "PRIME",
    "Registered": "R",
    "SRM": "SRM",
}
"""Mail type -> the big letters of its label: R, EMS and CP are the postal union's."""

_PRODUCTS = {
    "EMS": "Express mail",
    "NonPostal": "Parcel",
    "NotRegistered": "Letter post, untracked",
    "ParcelUPU": "Postal parcel",
    "Premium": "Letter post, premium",
    "Prime": "Letter post, prime",
    "Registered": "Letter post, registered",
    "SRM": "Letter post, small registered",
}

_UNKNOWN = Service("", "PostPlus", "PP", "EE")


def label_of(world: World, parcel: Parcel, size: str) -> PostalLabel:
    """The label of a parcel that has a number, on pages of the size with this name."""
    service = SERVICES.get(parcel.info.service_code or "", _UNKNOWN)
    product = _PRODUCTS.get(parcel.type, parcel.type)
    point = parcel.receiver.pickup_point_id
    return PostalLabel(
        size=LABEL_SIZES[size],
        carrier=service.carrier,
        product=f"{product} - {service.code}" if service.code else product,
        mark=_MARKS.get(parcel.type, "P"),
        number=parcel.parcel_nr or "",
        sender=address(parcel.sender) if parcel.sender else _return_address(service),
        receiver=address(parcel.receiver),
        routing="" if point is None else f"PICKUP POINT {point}",
        place=_place(world, point),
        facts=tuple(_facts(parcel)),
        declaration=customs.declaration_of(parcel),
    )


def address(party: Party) -> Address:
    """A party's lines, with the country's name in capitals as the last of its address."""
    place = " ".join(filter(None, (party.zip_code, party.city)))
    return Address(
        name=party.name,
        street=party.address,
        city=", ".join(filter(None, (place, party.state))),
        phone=party.phone,
        email=party.email,
        country=country_name(party.country_code),
    )


def _place(world: World, point_id: int | None) -> tuple[str, ...]:
    """A pickup point: its name with the carrier's own number for it, and its address."""
    point = None if point_id is None else world[PICKUP_POINTS].get(point_id)
    if point is None:
        return ()
    town = f"{point.zip_code} {point.city}"
    return (
        f"{point.name} ({point.carrier_pickup_point_id})",
        ", ".join(filter(None, (point.address, town, point.region))),
    )


def country_name(code: str | None) -> str:
    """A country as addresses have it: its name in capitals."""
    return COUNTRY_NAMES.get(code or "", code or "").upper()


def _return_address(service: Service) -> Address:
    """Where a parcel without a sender goes back to."""
    return Address(
        name="If undelivered, return to",
        street=service.carrier,
        country=country_name(service.number_country),
    )


def _facts(parcel: Parcel) -> Iterator[tuple[str, str]]:
    if parcel.sender_parcel_nr:
        yield "Reference", parcel.sender_parcel_nr
    if parcel.gross_weight is not None:
        yield "Weight", f"{parcel.gross_weight:f} kg"
    sides = [side for side in (parcel.length, parcel.width, parcel.height) if side]
    if len(sides) == 3:
        yield "Size", f"{' x '.join(f'{side:f}' for side in sides)} cm"
    if parcel.info.tax_type:
        yield "Tax", parcel.info.tax_type
    if parcel.info.route_info:
        yield "Route", parcel.info.route_info
