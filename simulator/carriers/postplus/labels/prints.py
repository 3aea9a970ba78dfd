"""The label of a parcel: its record, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from simulator.carriers.postplus.bodies import print_views
from simulator.carriers.postplus.catalog.services import label_size
from simulator.carriers.postplus.labels import contents
from simulator.carriers.postplus.records import PARCELS, PRINTS, Parcel, Print
from simulator.carriers.postplus.wire import credentials, errors, lists
from simulator.carriers.postplus.wire.echoes import shortened
from simulator.core.answers import Answer
from simulator.engine.world import World

STEP = "label"
"""What rules hold that keep a label from being ready when it is asked for by its id."""

MOST = 100
"""Labels in one request (documented)."""

_FIRST = 50_001


def ensure(world: World, parcel: Parcel) -> Parcel:
    """The parcel with a label: it gets one if it has none, and the size that its goods need."""
    size = label_size(parcel.type, len(parcel.items))
    known = None if parcel.print_id is None else world[PRINTS].get(parcel.print_id)
    if known is not None:
        if known.label_size != size:
            world[PRINTS].put(msgspec.structs.replace(known, label_size=size))
        return parcel
    number = world.next_number("postplus.prints", _FIRST)
    world[PRINTS].put(Print(number, parcel.account_id, parcel.id, size))
    return world[PARCELS].put(msgspec.structs.replace(parcel, print_id=number))


def load(world: World, id: str | int) -> tuple[Print, Parcel]:
    """The caller's label and its parcel.

    Raises 404 where there is none, and 409 with a sentence for a parcel that has no label any more.
    """
    record = credentials.owned(world, PRINTS, id, "Print")
    parcel = world[PARCELS].get(record.parcel_id)
    if parcel is None:
        raise errors.not_found("Print", id)
    faults = print_views.why_none(parcel)
    if faults:
        raise errors.conflict(faults[0], faults)
    return record, parcel


def get_parcel_print(world: World, id: str, include_contents: bool | None = None) -> Answer:
    """GET /api/v1/parcels/parcel-prints/{id}: one label, its content only on demand.

    Raises 404 for an unknown one, 409 for that of a cancelled parcel or of one with errors.
    """
    record, parcel = load(world, id)
    refused = too_early(world, parcel)
    if refused is not None:
        return refused
    shown = print_views.show(record, parcel)
    return contents.answer(world, shown, [(shown, record, parcel)] if include_contents else [])


def get_many_parcel_prints(
    world: World, ids: str | None = None, include_contents: bool | None = None
) -> Answer:
    """GET /api/v1/parcels/parcel-prints/get-many: up to 100 labels, in the order asked for.

    Unknown ones are left out; one that is there no more says so in its `errorDetails`. Raises 400
    without ids, for more than 100 of them, and for what is no id.
    """
    wanted = lists.ids(world, ids, MOST, "print ids")
    rows = [
        (_shown(world, record, parcel), record, parcel)
        for record, parcel in _existing(world, wanted)
    ]
    body: dict[str, Any] = {"prints": [shown for shown, _, _ in rows]}
    return contents.answer(world, body, rows if include_contents else [])


def too_early(world: World, parcel: Parcel) -> Answer | None:
    """409 while a rule keeps the label from being ready; not raised, since the request counts."""
    if world.held_request(f"postplus.{STEP}", parcel_id=parcel.id) is None:
        return None
    return errors.conflict(_not_ready(parcel)).answer


def _not_ready(parcel: Parcel) -> str:
    return f"The label of parcel {shortened(parcel.parcel_nr or parcel.id)} is not ready yet"


def _shown(world: World, record: Print, parcel: Parcel) -> dict[str, Any]:
    shown = print_views.show(record, parcel)
    if shown["hasErrors"] or world.held_request(f"postplus.{STEP}", parcel_id=parcel.id) is None:
        return shown
    return {**shown, "hasErrors": True, "errorDetails": [_not_ready(parcel)]}


def _existing(world: World, wanted: list[int]) -> Iterator[tuple[Print, Parcel]]:
    """Those of the caller's labels that there are; each once."""
    account = credentials.account(world)
    for record in world[PRINTS].existing(wanted):
        parcel = world[PARCELS].get(record.parcel_id)
        if record.account_id == account.id and parcel is not None:
            yield record, parcel
