"""Finds parcels by their ids and by their four numbers, one and many (documented look-ups)."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.carriers.postplus.records import PARCELS, Account, Parcel
from simulator.carriers.postplus.wire import lists
from simulator.engine.world import World

MOST = 100
"""Parcels in one look-up or one deletion (documented)."""


def find(
    world: World,
    account: Account,
    *,
    ids: Iterable[int] = (),
    parcel_nrs: Iterable[str] = (),
    sender_parcel_nrs: Iterable[str] = (),
) -> list[Parcel]:
    """The account's parcels with these ids and numbers, each once, in the order of the request.

    What there is not is left out.
    """
    found = {
        parcel.id: parcel
        for parcel in world[PARCELS].existing(ids)
        if parcel.account_id == account.id
    }
    for index, numbers in (("parcel_nr", parcel_nrs), ("sender_parcel_nr", sender_parcel_nrs)):
        for number in numbers:
            parcel = by_number(world, account, index, number)
            if parcel is not None:
                found.setdefault(parcel.id, parcel)
    return list(found.values())


def by_number(world: World, account: Account, index: str, number: str) -> Parcel | None:
    """The account's parcel with this number; of several the newest that is not cancelled."""
    own = [each for each in world[PARCELS].where(index, number) if each.account_id == account.id]
    return max(own, key=lambda each: (not each.is_cancelled, each.id), default=None)


def ids(world: World, text: str | None) -> list[int]:
    """The ids of a request. Raises 400 for none, for more than 100, and for what is no id."""
    return lists.ids(world, text, MOST, "parcel ids")
