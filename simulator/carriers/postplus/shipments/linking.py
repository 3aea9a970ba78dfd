"""Links parcels to a shipment by the bags that they are in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from simulator.carriers.postplus.bodies.reference_views import Failure
from simulator.carriers.postplus.parcels import references
from simulator.carriers.postplus.parcels.references import Refused
from simulator.carriers.postplus.records import PARCELS, SHIPMENTS, Parcel, Shipment
from simulator.carriers.postplus.rules import references as rules
from simulator.carriers.postplus.rules.references import Fault
from simulator.carriers.postplus.shipments import contents, shipments
from simulator.carriers.postplus.wire import errors, parsing
from simulator.carriers.postplus.wire.echoes import shortened
from simulator.core.answers import Answer
from simulator.engine.world import World


class BagsForm(NamedTuple):
    """Which bags to link, and what becomes of the others."""

    bag_nrs: list[str]
    unlink_others: bool
    only_these: bool
    partial: bool


class Linked(NamedTuple):
    """What was linked, what was not, and the bags that were not."""

    parcels: list[Parcel]
    refused: list[Refused]
    failed_bag_nrs: list[str]


class _Sorted(NamedTuple):
    """The parcels of a bag: those to link, or why the bag cannot be linked."""

    fitting: list[Parcel]
    refused: list[Refused]
    fault: Fault | None


def link_bags(world: World, id: str, body: Any) -> Answer:
    """POST /api/v1/shipments/{id}/link-bags: the parcels of bags into the shipment.

    Raises 404; 400 without bags; 409 when the shipment is locked, when `ensureOnlyIncludedBags`
    finds others, and without `allowPartialSuccess` when any bag cannot be linked (400 when it has
    no parcels).
    """
    shipment = shipments.load(world, id)
    form = read(body)
    if not form.bag_nrs:
        raise errors.bad_request("bagNrs is missing: name bags, separated by commas")
    linked = link(world, shipment, form)
    return Answer(
        body=references.shown(world, linked.parcels, linked.refused, linked.failed_bag_nrs)
    )


def read(body: Any) -> BagsForm:
    """What a request says of bags."""
    form = parsing.form(body)
    return BagsForm(
        bag_nrs=parsing.listed(parsing.text(form.get("bagNrs"))),
        unlink_others=parsing.flag(form.get("unlinkOtherBagsIfAny")),
        only_these=parsing.flag(form.get("ensureOnlyIncludedBags")),
        partial=parsing.flag(form.get("allowPartialSuccess")),
    )


def link(world: World, shipment: Shipment, form: BagsForm) -> Linked:
    """Link the bags. Raises 400 and 409 as `link_bags` does."""
    fault = rules.shipment_fault(shipment)
    if fault is not None:
        raise errors.conflict(fault.sentence)
    _others(world, shipment, form)
    linked = Linked([], [], [])
    faults: list[Fault] = []
    for number in form.bag_nrs:
        bag = _sort_out(world, shipment, number)
        if bag.fault is not None:
            linked.failed_bag_nrs.append(number)
            linked.refused.extend(bag.refused)
            faults.append(bag.fault)
            continue
        linked.parcels.extend(
            references.link(world, parcel, shipment_id=shipment.id) for parcel in bag.fitting
        )
    if faults and not form.partial:
        sentences = [fault.sentence for fault in faults]
        if any(fault.conflict for fault in faults):
            raise errors.conflict(sentences[0], sentences)
        raise errors.problem(400, "NotFound", sentences[0], details=sentences)
    return linked


def _others(world: World, shipment: Shipment, form: BagsForm) -> None:
    """Unlink the bags that are in the shipment and were not named, or refuse them, as wanted."""
    others = [
        parcel
        for parcel in contents.parcels_of(world, shipment)
        if parcel.bag_nr and parcel.bag_nr not in form.bag_nrs
    ]
    if form.unlink_others:
        for parcel in others:
            references.unlink(world, parcel)
    elif form.only_these and others:
        names = ", ".join(dict.fromkeys(str(parcel.bag_nr) for parcel in others))
        raise errors.conflict(f"Other bags are linked to shipment {shipment.shipment_nr}: {names}")


def _sort_out(world: World, shipment: Shipment, number: str) -> _Sorted:
    """A bag goes as a whole or not at all.

    Parcels that went with an earlier shipment are passed over when the bag was filled again.
    """
    inside = list(_inside(world, shipment, number))
    if not inside:
        return _Sorted([], [], Fault(f"Bag {shortened(number)} has no parcels", conflict=False))
    locked = {}
    for parcel in inside:
        own = None if parcel.shipment_id is None else world[SHIPMENTS].get(parcel.shipment_id)
        fault = rules.parcel_fault(parcel, own)
        if fault is not None:
            locked[parcel.id] = fault
    free = [parcel for parcel in inside if parcel.id not in locked]
    if not free:
        refused = [_refused(parcel, locked[parcel.id]) for parcel in inside]
        return _Sorted([], refused, refused[0].fault)
    if locked:
        world.note(f"bag {number}: {len(locked)} parcels went with an earlier shipment")
    mixed = rules.mixed_bag(number, free)
    if mixed:
        fault = Fault(mixed[0])
        return _Sorted([], [_refused(parcel, fault) for parcel in free], fault)
    return _Sorted(free, [], None)


def _inside(world: World, shipment: Shipment, number: str) -> Iterator[Parcel]:
    for parcel in world[PARCELS].where("bag_nr", number):
        if parcel.account_id == shipment.account_id and not parcel.is_cancelled:
            yield parcel


def _refused(parcel: Parcel, fault: Fault) -> Refused:
    return Refused(Failure(fault.sentence, parcel), fault)
