"""Finds the parcel that an element of a request is about (Q1, Q5, Q6)."""

from __future__ import annotations

from typing import NamedTuple

from simulator.carriers.postplus.bodies.parcel_forms import IdentifiersForm
from simulator.carriers.postplus.records import PARCELS, Account, Parcel
from simulator.carriers.postplus.wire.echoes import shortened
from simulator.engine.world import World


class Identified(NamedTuple):
    """The parcel that is meant, None for a new one, and why it cannot be told."""

    parcel: Parcel | None
    fault: str | None = None


def identify(world: World, account: Account, wanted: IdentifiersForm) -> Identified:
    """Find a parcel by id, the sender's number and the parcel number, which have to agree.

    The sender's number is looked for among the account's own parcels only: it is unique there,
    and two accounts may well use the same order number.
    """
    if wanted.id is None and wanted.parcel_nr is None and wanted.sender_parcel_nr is None:
        return Identified(None, "senderParcelNr is required where there is no parcelNr")
    by_sender = _by_sender(world, account, wanted.sender_parcel_nr)
    by_number = _by_number(world, account, wanted.parcel_nr)
    if wanted.id is not None:
        found = world[PARCELS].get(wanted.id)
        if found is None or found.account_id != account.id:
            return Identified(None, f"Parcel {shortened(wanted.id)} is not found")
        others = [each for each in (by_sender, by_number) if each is not None]
        if any(each.id != found.id for each in others):
            return Identified(found, _conflict(wanted))
        return Identified(found)
    if by_sender is not None:
        if by_number is not None and by_number.id != by_sender.id:
            return Identified(by_sender, _conflict(wanted))
        return Identified(by_sender)
    if by_number is not None and None in (wanted.sender_parcel_nr, by_number.sender_parcel_nr):
        return Identified(by_number)
    # A new number of the sender with the number of another parcel: a number used twice, which the
    # rules tell.
    return Identified(None)


def _by_sender(world: World, account: Account, number: str | None) -> Parcel | None:
    return _own(account, world[PARCELS].where("sender_parcel_nr", number)) if number else None


def _by_number(world: World, account: Account, number: str | None) -> Parcel | None:
    """The parcel with this number, or one without a number that asks for it."""
    if not number:
        return None
    found = _own(account, world[PARCELS].where("parcel_nr", number))
    if found is not None:
        return found
    asking = world[PARCELS].where("reserved_nr", number)
    return _own(account, [each for each in asking if each.parcel_nr is None])


def _own(account: Account, parcels: list[Parcel]) -> Parcel | None:
    return next((each for each in parcels if each.account_id == account.id), None)


def _conflict(wanted: IdentifiersForm) -> str:
    names = {
        "id": wanted.id,
        "parcelNr": wanted.parcel_nr,
        "senderParcelNr": wanted.sender_parcel_nr,
    }
    said = [f"{name} {shortened(value)}" for name, value in names.items() if value is not None]
    return f"{', '.join(said[:-1])} and {said[-1]} belong to different parcels"
