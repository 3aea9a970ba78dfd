"""Parcels that are removed for good, with their labels and their events (Q14)."""

from __future__ import annotations

import msgspec

from simulator.carriers.postplus.catalog.services import MAIL_TYPES
from simulator.carriers.postplus.parcels import cancelling, look_ups
from simulator.carriers.postplus.parcels.upsert import locked
from simulator.carriers.postplus.records import PARCELS, PRINTS, Parcel
from simulator.carriers.postplus.tracking import log
from simulator.carriers.postplus.wire import credentials, errors
from simulator.core.answers import Answer
from simulator.engine.world import World


def delete_parcel(world: World, id: str) -> Answer:
    """DELETE /api/v1/parcels/{id}: 200 without a body.

    Raises 404 for an unknown one, 409 for one that is in a manifested shipment.
    """
    parcel = credentials.owned(world, PARCELS, id, "Parcel")
    return _delete(world, [parcel])


def delete_many_parcels(world: World, ids: str | None = None) -> Answer:
    """DELETE /api/v1/parcels/delete-many: up to 100 parcels, all of them or none.

    Raises 400 without ids, for more than 100 and for what is no id; 404 when one is unknown; 409
    when one is in a manifested shipment.
    """
    wanted = look_ups.ids(world, ids)
    return _delete(world, [credentials.owned(world, PARCELS, id, "Parcel") for id in wanted])


def _delete(world: World, parcels: list[Parcel]) -> Answer:
    # A cancelled parcel may go like any other.
    standing = [msgspec.structs.replace(parcel, is_cancelled=False) for parcel in parcels]
    faults = [fault for parcel in standing if (fault := locked(world, parcel)) is not None]
    if faults:
        raise errors.conflict(faults[0], faults)
    only_cancels = world.quirk("postplus.delete") == "cancel_non_postal"
    for parcel in parcels:
        kind = MAIL_TYPES.get(parcel.type)
        if only_cancels and kind is not None and not kind.postal:
            if not parcel.is_cancelled:
                cancelling.cancel(world, parcel)
            continue
        remove(world, parcel)
    return Answer(empty=True)


def remove(world: World, parcel: Parcel) -> None:
    """Let a parcel vanish with its label, its events and what it was going to do."""
    log.parcel_deleted(world, parcel)
    world.cancel_job(parcel.next_job)
    for record in world[PRINTS].where("parcel_id", parcel.id):
        world[PRINTS].delete(record.id)
    world[PARCELS].delete(parcel.id)
    world.emit("postplus.parcel_deleted", parcel_id=parcel.id, parcel_nr=parcel.parcel_nr)
