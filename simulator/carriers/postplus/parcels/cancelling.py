"""Takes a parcel out of use: the record stays, its numbers get a suffix (Q13, D18)."""

from __future__ import annotations

from itertools import count

import msgspec

from simulator.carriers.postplus.records import PARCELS, Parcel
from simulator.carriers.postplus.tracking import log
from simulator.engine.world import World


def cancel(world: World, parcel: Parcel) -> Parcel:
    """The cancelled parcel, as put: the sender's number is free again, an S10 number is not.

    It stays in its bag and its shipment, which count it as cancelled.
    """
    suffix = _suffix(world, parcel)
    world.cancel_job(parcel.next_job)
    cancelled = world[PARCELS].put(
        msgspec.structs.replace(
            parcel,
            parcel_nr=_with(suffix, parcel.parcel_nr),
            sender_parcel_nr=_with(suffix, parcel.sender_parcel_nr),
            reserved_nr=parcel.reserved_nr or parcel.parcel_nr,
            is_cancelled=True,
            updated_on=world.now,
            journey=None,
            next_job=None,
        )
    )
    world.emit("postplus.parcel_cancelled", parcel_id=cancelled.id, parcel_nr=cancelled.parcel_nr)
    return cancelled if cancelled.parcel_nr is None else log.parcel_changed(world, cancelled)


def _suffix(world: World, parcel: Parcel) -> str:
    """The first suffix that none of the numbers has had yet; its form is inferred."""
    return next(suffix for n in count(1) if not _is_taken(world, parcel, suffix := f"-C{n}"))


def _is_taken(world: World, parcel: Parcel, suffix: str) -> bool:
    number, sender = parcel.parcel_nr, parcel.sender_parcel_nr
    table = world[PARCELS]
    return (number is not None and bool(table.where("parcel_nr", number + suffix))) or (
        sender is not None
        and any(
            other.account_id == parcel.account_id
            for other in table.where("sender_parcel_nr", sender + suffix)
        )
    )


def _with(suffix: str, number: str | None) -> str | None:
    return None if number is None else number + suffix
