"""Look-ups by the four numbers of a parcel, one and many."""

from __future__ import annotations

from operator import attrgetter
from typing import Literal

from simulator.carriers import reasons
from simulator.carriers.postplus.parcels import look_ups, sections
from simulator.carriers.postplus.parcels.sections import Sections
from simulator.carriers.postplus.records import PARCELS
from simulator.carriers.postplus.wire import credentials, lists, parsing
from simulator.core.answers import Answer
from simulator.engine.world import World

_Index = Literal["parcel_nr", "sender_parcel_nr", "manifest_parcel_nr", "carrier_parcel_nr"]

_NAMES: dict[_Index, str] = {
    "parcel_nr": "ParcelNrs",
    "sender_parcel_nr": "SenderParcelNrs",
    "manifest_parcel_nr": "ManifestParcelNrs",
    "carrier_parcel_nr": "CarrierParcelNrs",
}


def _one(world: World, index: _Index, number: str, wanted: Sections) -> Answer:
    """200 with the parcel. Raises 404 for an unknown number and for another account's."""
    bare = parsing.text(number)
    account = credentials.account(world)
    parcel = None if bare is None else look_ups.by_number(world, account, index, bare)
    if parcel is None:
        others = () if bare is None else world[PARCELS].where(index, bare)
        numbered = attrgetter(index)
        mine = world[PARCELS].newest("account_id", account.id, reasons.NEARBY, numbered)
        numbers = [numbered(each) for each in mine]
        advice = reasons.nearby("parcel with such a number", numbers)
        raise credentials.not_owned(world, "Parcel", number, others, advice)
    return Answer(body=sections.show(world, parcel, wanted))


def _many(world: World, index: _Index, numbers: str | None, wanted: Sections) -> Answer:
    """200 with the parcels in the order of the request, without those that there are not.

    Raises 400 for no number and for more than 100.
    """
    account = credentials.account(world)
    listed = lists.required(world, _NAMES[index], numbers, look_ups.MOST, "parcel numbers")
    found = (look_ups.by_number(world, account, index, number) for number in listed)
    once = {parcel.id: parcel for parcel in found if parcel is not None}
    shown = [sections.show(world, parcel, wanted) for parcel in once.values()]
    return Answer(body={"parcels": shown})


def get_parcel_by_parcel_nr(
    world: World,
    parcel_nr: str,
    include_items: bool | None = None,
    include_receiver: bool | None = None,
    include_sender: bool | None = None,
    include_prints: bool | None = None,
) -> Answer:
    """GET /api/v1/parcels/parcel-nrs/{nr}: the parcel with this number."""
    wanted = Sections(include_items, include_receiver, include_sender, include_prints)
    return _one(world, "parcel_nr", parcel_nr, wanted)


def get_many_parcels_by_parcel_nrs(
    world: World,
    parcel_nrs: str | None = None,
    include_items: bool | None = None,
    include_receiver: bool | None = None,
    include_sender: bool | None = None,
    include_prints: bool | None = None,
) -> Answer:
    """GET /api/v1/parcels/parcel-nrs/get-many: up to 100 parcels by number."""
    wanted = Sections(include_items, include_receiver, include_sender, include_prints)
    return _many(world, "parcel_nr", parcel_nrs, wanted)


def get_parcel_by_sender_parcel_nr(
    world: World,
    sender_parcel_nr: str,
    include_items: bool | None = None,
    include_receiver: bool | None = None,
    include_sender: bool | None = None,
    include_prints: bool | None = None,
) -> Answer:
    """GET /api/v1/parcels/sender-parcel-nrs/{nr}: the parcel with this sender's number."""
    wanted = Sections(include_items, include_receiver, include_sender, include_prints)
    return _one(world, "sender_parcel_nr", sender_parcel_nr, wanted)


def get_many_parcels_by_sender_parcel_nrs(
    world: World,
    sender_parcel_nrs: str | None = None,
    include_items: bool | None = None,
    include_receiver: bool | None = None,
    include_sender: bool | None = None,
    include_prints: bool | None = None,
) -> Answer:
    """GET /api/v1/parcels/sender-parcel-nrs/get-many: up to 100 parcels by sender's number."""
    wanted = Sections(include_items, include_receiver, include_sender, include_prints)
    return _many(world, "sender_parcel_nr", sender_parcel_nrs, wanted)


def get_parcel_by_manifest_parcel_nr(
    world: World,
    manifest_parcel_nr: str,
    include_items: bool | None = None,
    include_receiver: bool | None = None,
    include_sender: bool | None = None,
    include_prints: bool | None = None,
) -> Answer:
    """GET /api/v1/parcels/manifest-parcel-nrs/{nr}: the parcel with this manifest number."""
    wanted = Sections(include_items, include_receiver, include_sender, include_prints)
    return _one(world, "manifest_parcel_nr", manifest_parcel_nr, wanted)


def get_many_parcels_by_manifest_parcel_nrs(
    world: World,
    manifest_parcel_nrs: str | None = None,
    include_items: bool | None = None,
    include_receiver: bool | None = None,
    include_sender: bool | None = None,
    include_prints: bool | None = None,
) -> Answer:
    """GET /api/v1/parcels/manifest-parcel-nrs/get-many: up to 100 parcels by manifest number."""
    wanted = Sections(include_items, include_receiver, include_sender, include_prints)
    return _many(world, "manifest_parcel_nr", manifest_parcel_nrs, wanted)


def get_parcel_by_carrier_parcel_nr(
    world: World,
    carrier_parcel_nr: str,
    include_items: bool | None = None,
    include_receiver: bool | None = None,
    include_sender: bool | None = None,
    include_prints: bool | None = None,
) -> Answer:
    """GET /api/v1/parcels/carrier-parcel-nrs/{nr}: the parcel with this carrier's number."""
    wanted = Sections(include_items, include_receiver, include_sender, include_prints)
    return _one(world, "carrier_parcel_nr", carrier_parcel_nr, wanted)


def get_many_parcels_by_carrier_parcel_nrs(
    world: World,
    carrier_parcel_nrs: str | None = None,
    include_items: bool | None = None,
    include_receiver: bool | None = None,
    include_sender: bool | None = None,
    include_prints: bool | None = None,
) -> Answer:
    """GET /api/v1/parcels/carrier-parcel-nrs/get-many: up to 100 parcels by carrier's number."""
    wanted = Sections(include_items, include_receiver, include_sender, include_prints)
    return _many(world, "carrier_parcel_nr", carrier_parcel_nrs, wanted)
