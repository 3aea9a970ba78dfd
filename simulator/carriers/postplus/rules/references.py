"""Which parcels may be put into a bag and linked to a shipment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from simulator.carriers.postplus.records import Parcel, Shipment
from simulator.carriers.postplus.rules.shipments import is_open, named
from simulator.carriers.postplus.wire.echoes import shortened


class Fault(NamedTuple):
    """Why a parcel cannot be linked; `conflict` tells whether its state is the reason, or whether
    there is no such thing."""

    sentence: str
    conflict: bool = True


class BagKind(NamedTuple):
    """What a bag holds: one destination country and one mail type (inferred)."""

    country: str
    mail_type: str


NOT_FOUND = Fault("Parcel not found", conflict=False)


def parcel_fault(parcel: Parcel, linked: Shipment | None) -> Fault | None:
    """Why the references of a parcel are locked; `linked` is the shipment that it is in."""
    if linked is not None and not is_open(linked):
        return Fault(f"Parcel is already linked to manifested shipment {_nr(linked)}")
    if parcel.is_cancelled:
        return Fault(f"Parcel {named(parcel)} is cancelled")
    if parcel.status != "Created":
        return Fault(f"Parcel {named(parcel)} is {parcel.status}")
    return None


def shipment_fault(shipment: Shipment) -> Fault | None:
    """Why parcels cannot be linked to a shipment."""
    if not is_open(shipment):
        return Fault(f"Shipment {_nr(shipment)} is {shipment.status}")
    if shipment.manifest_level == "Bag":
        return Fault(f"Shipment {_nr(shipment)} is manifested by bags and takes no parcels")
    return None


def _nr(shipment: Shipment) -> str:
    return shortened(shipment.shipment_nr)


def bag_kind(parcel: Parcel) -> BagKind | None:
    """What a bag holds that this parcel is in; None while its country is not known."""
    country = parcel.receiver.country_code
    return BagKind(country, parcel.type) if country else None


def kind_of(parcels: Iterable[Parcel]) -> BagKind | None:
    """What a bag with these parcels holds: what its first parcel is."""
    return next((kind for parcel in parcels if (kind := bag_kind(parcel))), None)


def bag_fault(bag_nr: str, kind: BagKind | None, parcel: Parcel) -> Fault | None:
    """Why a parcel does not fit into a bag that holds `kind`."""
    own = bag_kind(parcel)
    if kind is None or own is None or own == kind:
        return None
    return Fault(
        f"Bag {shortened(bag_nr)} holds {kind.mail_type} for {shortened(kind.country)}, "
        f"parcel {named(parcel)} is {own.mail_type} for {shortened(own.country)}"
    )


def mixed_bag(bag_nr: str, parcels: Iterable[Parcel]) -> list[str]:
    """The sentence about a bag whose parcels do not go together; none if they do."""
    kinds = {kind for parcel in parcels if (kind := bag_kind(parcel))}
    countries = sorted({shortened(kind.country) for kind in kinds})
    name = shortened(bag_nr)
    types = sorted({kind.mail_type for kind in kinds})
    if len(countries) > 1:
        return [f"Bag {name} has parcels for {' and '.join(countries)}"]
    return [f"Bag {name} has parcels of {' and '.join(types)}"] if len(types) > 1 else []
