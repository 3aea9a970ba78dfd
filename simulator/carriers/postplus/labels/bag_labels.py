"""Labels of a shipment's bags: generic ones with the client's numbers, and the postal CN 35."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.carriers.postplus.bodies import sums
from simulator.carriers.postplus.catalog import offices
from simulator.carriers.postplus.catalog.services import LABEL_SIZES, TERMINALS
from simulator.carriers.postplus.labels.content import country_name
from simulator.carriers.postplus.labels.receptacles import Despatch, Receptacle, despatches
from simulator.carriers.postplus.records import Parcel, Shipment
from simulator.labels import BagLabel

_SIZE = LABEL_SIZES["Default"]


def generic(shipment: Shipment, parcels: Sequence[Parcel]) -> list[BagLabel]:
    """A label for each bag of a shipment, with the number that the client gave it."""
    bags = [
        receptacle
        for despatch in despatches(shipment, parcels)
        for receptacle in despatch.receptacles
        if receptacle.bag_nr
    ]
    bags.sort(key=lambda bag: bag.bag_nr)
    return [_generic(shipment, bag, place, len(bags)) for place, bag in enumerate(bags, 1)]


def _generic(shipment: Shipment, bag: Receptacle, place: int, count: int) -> BagLabel:
    terminal = shipment.terminal_code
    return BagLabel(
        size=_SIZE,
        heading="BAG",
        title=f"Bag {place} of {count}",
        code=bag.bag_nr,
        origin=f"to terminal {terminal}, {TERMINALS.get(terminal, terminal)}",
        destination=country_name(bag.country),
        mark=bag.country,
        facts=(
            ("Shipment", shipment.shipment_nr),
            ("Mail type", bag.mail_type),
            ("Items", str(bag.items)),
            ("Weight", f"{sums.written(bag.weight)} kg"),
            ("Created", f"{shipment.created_on:%Y-%m-%d}"),
            ("Transport", shipment.arrival.transport_nr or ""),
        ),
    )


def cn35(shipment: Shipment, parcels: Sequence[Parcel]) -> list[BagLabel]:
    """CN 35: the label of each receptacle, in the order of despatches."""
    return [
        _cn35(shipment, despatch, receptacle)
        for despatch in despatches(shipment, parcels)
        for receptacle in despatch.receptacles
    ]


def _cn35(shipment: Shipment, despatch: Despatch, bag: Receptacle) -> BagLabel:
    origin = offices.origin(shipment.terminal_code)
    at = shipment.submitted_on or shipment.created_on
    return BagLabel(
        size=_SIZE,
        heading="CN 35",
        title="Bag label",
        code=bag.code,
        origin=f"from {origin.town} ({origin.code})",
        destination=f"{country_name(bag.country)} ({offices.destination(bag.country)})",
        mark=offices.TOWNS.get(bag.country, bag.country),
        facts=(
            ("Despatch", despatch.number),
            ("Receptacle", f"{bag.place} of {bag.of}"),
            ("Weight", f"{sums.written(bag.weight)} kg"),
            ("Items", f"{bag.items} {bag.mail_type}"),
            ("Bag", bag.bag_nr or "loose items"),
            ("Date", f"{at:%Y-%m-%d}"),
            ("Shipment", shipment.shipment_nr),
            ("Transport", shipment.arrival.transport_nr or ""),
        ),
    )
