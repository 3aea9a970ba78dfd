"""What is in a shipment, and how it stands: for every answer that shows one."""

from __future__ import annotations

from typing import Any

from simulator.carriers.postplus.bodies import shipment_views as views
from simulator.carriers.postplus.bodies.shipment_views import Bag, Standing
from simulator.carriers.postplus.labels import receptacles
from simulator.carriers.postplus.records import (
    ACCOUNTS,
    MANIFEST_FILES,
    PARCELS,
    SHIPMENT_DOCUMENTS,
    DeclaredBag,
    Parcel,
    Shipment,
)
from simulator.carriers.postplus.rules import references
from simulator.carriers.postplus.rules import shipments as rules
from simulator.carriers.postplus.wire.echoes import shortened
from simulator.engine.world import World

_HIGHEST_BAG_ID = 2**31 - 1


def parcels_of(world: World, shipment: Shipment) -> list[Parcel]:
    """All parcels that are linked to a shipment, cancelled ones too."""
    return world[PARCELS].where("shipment_id", shipment.id)


def in_bags(parcels: list[Parcel]) -> dict[str, list[Parcel]]:
    """The parcels by the number of their bag, without those that are in none."""
    bags: dict[str, list[Parcel]] = {}
    for parcel in parcels:
        if parcel.bag_nr:
            bags.setdefault(parcel.bag_nr, []).append(parcel)
    return bags


def bag_errors(parcels: list[Parcel]) -> list[str]:
    """What is wrong with the bags of parcels."""
    return [
        sentence
        for number, inside in in_bags(parcels).items()
        for sentence in references.mixed_bag(
            number, (parcel for parcel in inside if not parcel.is_cancelled)
        )
    ]


def details(
    world: World,
    shipment: Shipment,
    *,
    bags: bool | None = False,
    documents: bool | None = False,
    manifest_files: bool | None = False,
) -> dict[str, Any]:
    """A shipment with the sections that were asked for; the others are null."""
    parcels = parcels_of(world, shipment)
    shown = views.prepared(shipment, standing(shipment, parcels), parcels)
    listed = bags_of(world, shipment, parcels) if bags else ()
    return {
        **shown,
        "bags": [views.bag(shipment, each) for each in listed] if bags else None,
        "manifestFiles": [
            views.manifest_file(each)
            for each in world[MANIFEST_FILES].where("shipment_id", shipment.id)
        ]
        if manifest_files
        else None,
        "documents": views.listed_documents(
            world[SHIPMENT_DOCUMENTS].where("shipment_id", shipment.id)
        )
        if documents
        else None,
    }


def prepared(world: World, shipment: Shipment) -> dict[str, Any]:
    """The head of a shipment with its token, as prepare and submit answer (N8)."""
    parcels = parcels_of(world, shipment)
    return views.prepared(shipment, standing(shipment, parcels), parcels)


def head(world: World, shipment: Shipment) -> dict[str, Any]:
    """The head of a shipment, as lists have it."""
    parcels = parcels_of(world, shipment)
    return views.head(shipment, standing(shipment, parcels), parcels)


def standing(shipment: Shipment, parcels: list[Parcel]) -> Standing:
    """How far a shipment is; its preparation counts only while it is what was prepared."""
    can = rules.ABILITIES[shipment.status]
    fresh = (
        can.prepare
        and shipment.contents is not None
        and shipment.contents == rules.contents(shipment, parcels)
        and not shipment.is_processing
    )
    token = shipment.submit_token if fresh else None
    return Standing(
        token=token,
        warnings=shipment.warnings if fresh else (),
        can_update=can.update,
        can_update_arrival=can.update_arrival,
        can_prepare=can.prepare,
        can_submit=token is not None,
    )


def bags_of(world: World, shipment: Shipment, parcels: list[Parcel]) -> list[Bag]:
    """The bags of a shipment, in the order in which their parcels were made or declared."""
    account = world[ACCOUNTS][shipment.account_id]
    outbound = receptacles.outbound_numbers(shipment, parcels)
    found: list[Bag] = []
    for number, inside in in_bags(parcels).items():
        faults = references.mixed_bag(number, (each for each in inside if not each.is_cancelled))
        found.append(_bag(world, shipment, number, inside, None, faults, outbound.get(number)))
    for declared in shipment.bags:
        faults = rules.bag_faults(account, declared)
        nr = declared.bag_nr
        found.append(_bag(world, shipment, nr, [], declared, faults, outbound.get(nr)))
    return found


def _bag(
    world: World,
    shipment: Shipment,
    number: str,
    parcels: list[Parcel],
    declared: DeclaredBag | None,
    faults: list[str],
    outbound_nrs: str | None,
) -> Bag:
    return Bag(
        id=world.chance.integer("postplus.bag", f"{shipment.id}/{number}", 1, _HIGHEST_BAG_ID),
        number=number,
        parcels=tuple(parcels),
        declared=declared,
        outbound_nrs=outbound_nrs,
        errors=faults,
        warnings=_elsewhere(world, shipment, number),
    )


def _elsewhere(world: World, shipment: Shipment, number: str) -> list[str]:
    """That the number of a bag is that of a bag of another shipment too: it should be unique."""
    others = {
        parcel.shipment_id
        for parcel in world[PARCELS].where("bag_nr", number)
        if parcel.account_id == shipment.account_id and parcel.shipment_id
    } - {shipment.id}
    return [f"Bag {shortened(number)} is in another shipment too"] if others else []
