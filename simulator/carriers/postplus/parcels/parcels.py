"""Parcels made and updated, one and many, and read by their ids (section 4)."""

from __future__ import annotations

from typing import Any

from simulator.carriers.postplus.bodies import parcel_forms
from simulator.carriers.postplus.parcels import look_ups, sections
from simulator.carriers.postplus.parcels.sections import Sections, Shown
from simulator.carriers.postplus.parcels.upsert import upsert
from simulator.carriers.postplus.records import PARCELS, SHIPMENTS, Parcel
from simulator.carriers.postplus.wire import credentials, errors, parsing
from simulator.carriers.postplus.wire.echoes import shortened
from simulator.core.answers import Answer
from simulator.engine.world import World

MOST = 200
"""Parcels in one request (documented)."""

_MOST_TOLD = 20
_LONGEST_NOTE = 300
"""Refused parcels that the journal is told of, and characters of what it is told of each."""


def upsert_parcel(world: World, body: Any) -> Answer:
    """PUT /api/v1/parcels: make or update one parcel.

    What is wrong with its data is in the 200 (`status.hasErrors`).
    """
    element = parsing.form(body)
    parcel = upsert(world, credentials.account(world), element)
    _note_refused(world, [parcel])
    rows = [(parcel, _wanted(world, element))]
    return sections.answer(world, rows, lambda shown: _without_items(shown)[0])


def create_or_update_parcels(world: World, body: Any) -> Answer:
    """POST /api/v1/parcels/create-or-update-many: up to 200 parcels, one after the other.

    Each has its own errors, and the answer is 200 even if all have some. When two elements name the
    same parcel, the later one updates what the earlier one made. Raises 400 for none and for more
    than 200, and 404 for an unknown shipment of the request.
    """
    account = credentials.account(world)
    form = parsing.form(body)
    elements = [parsing.form(element) for element in form.get("parcels") or ()]
    if not elements:
        raise errors.bad_request("No parcels: give up to 200 of them in parcels")
    if len(elements) > MOST:
        raise errors.too_many(MOST, "parcels")
    wanted = parsing.text(form.get("shipmentId"))
    shipment = None if wanted is None else credentials.owned(world, SHIPMENTS, wanted, "Shipment")
    shipment_id = None if shipment is None else shipment.id
    rows: list[tuple[Parcel, Sections]] = []
    for element in elements:
        parcel = upsert(world, account, element, shipment_id=shipment_id)
        rows.append((parcel, _wanted(world, element)))
    parcels = [parcel for parcel, _ in rows]
    _note_refused(world, parcels)
    _note_repeated(world, parcels)
    return sections.answer(world, rows, lambda shown: {"parcels": _without_items(shown)})


def create_parcels(world: World, body: Any) -> Answer:
    """POST /api/v1/parcels: the same under the path that the overview suggests (P1)."""
    return create_or_update_parcels(world, body)


def get_parcel(
    world: World,
    id: str,
    include_items: bool | None = None,
    include_receiver: bool | None = None,
    include_sender: bool | None = None,
    include_prints: bool | None = None,
) -> Answer:
    """GET /api/v1/parcels/{id}. Raises 404 for an unknown one and for another account's."""
    parcel = credentials.owned(world, PARCELS, id, "Parcel")
    wanted = Sections(include_items, include_receiver, include_sender, include_prints)
    return Answer(body=sections.show(world, parcel, wanted))


def get_many_parcels(
    world: World,
    ids: str | None = None,
    include_items: bool | None = None,
    include_receiver: bool | None = None,
    include_sender: bool | None = None,
    include_prints: bool | None = None,
) -> Answer:
    """GET /api/v1/parcels/get-many: up to 100 parcels, in the order of their ids in the request.

    Unknown ones are left out. Raises 400 without ids, for more than 100, and for what is no id.
    """
    wanted = Sections(include_items, include_receiver, include_sender, include_prints)
    found = look_ups.find(world, credentials.account(world), ids=look_ups.ids(world, ids))
    return Answer(body={"parcels": [sections.show(world, parcel, wanted) for parcel in found]})


def _wanted(world: World, element: dict[str, Any]) -> Sections:
    contents, sizes = parcel_forms.wanted_labels(element)
    wanted = sections.sizes(world, parsing.listed(sizes))
    return Sections(prints=True, contents=contents, sizes=wanted)


def _without_items(shown: list[Shown]) -> list[Shown]:
    """An upsert does not repeat the items: the list is there and empty (documented example)."""
    for each in shown:
        each["parcel"]["items"] = []
    return shown


def _note_refused(world: World, parcels: list[Parcel]) -> None:
    """Tell the journal which parcels of a request have errors; the answer is 200 all the same."""
    refused = [(place, parcel) for place, parcel in enumerate(parcels) if parcel.errors]
    for place, parcel in refused[:_MOST_TOLD]:
        name = parcel.sender_parcel_nr or parcel.parcel_nr or parcel.reserved_nr
        name = f"parcels[{place}]" if name is None else shortened(name)
        sentences = shortened("; ".join(parcel.errors), _LONGEST_NOTE)
        world.note(f"Parcel {name} has errors: {sentences}")
    more = len(refused) - _MOST_TOLD
    if more > 0:
        world.note(f"And {more} more parcels have errors")


def _note_repeated(world: World, parcels: list[Parcel]) -> None:
    kept = [parcel.id for parcel in parcels if parcel.id]
    for number in sorted({each for each in kept if kept.count(each) > 1}):
        world.note(f"Parcel {number} is in the request more than once, the last element stands")
