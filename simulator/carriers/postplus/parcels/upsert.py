"""Makes a parcel or updates it (Q5): what both the API and manifest files do for each parcel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from simulator.carriers.postplus.bodies import parcel_forms, sums
from simulator.carriers.postplus.bodies.parcel_forms import ParcelForm
from simulator.carriers.postplus.labels import prints
from simulator.carriers.postplus.parcels import building, cancelling, numbering
from simulator.carriers.postplus.parcels.identifying import identify
from simulator.carriers.postplus.records import PARCELS, SHIPMENTS, Account, Parcel
from simulator.carriers.postplus.rules import core, references
from simulator.carriers.postplus.rules import parcels as rules_parcels
from simulator.carriers.postplus.rules.verdicts import Verdict
from simulator.carriers.postplus.tracking import log
from simulator.carriers.postplus.wire.echoes import shortened
from simulator.engine.world import World

_FIRST = 90_001


def upsert(
    world: World,
    account: Account,
    element: dict[str, Any],
    *,
    shipment_id: int | None = None,
    manifest_file_id: int | None = None,
) -> Parcel:
    """Make or update the parcel that an element of a request describes, or cancel it.

    `element` is as it came; `shipment_id` is that of the whole request, and the element's own goes
    before it. What is wrong with the data is in the `errors` of the parcel that comes back:

    * A parcel without a label is kept with its errors, and has no number until they are gone.
    * A parcel that has a label, is manifested or is cancelled stays as it was; the parcel that
      comes back has the errors but is not kept.
    * Where no parcel can be told, nothing is kept: the parcel that comes back has the id 0.
    """
    form = parcel_forms.read(element)
    known, fault = identify(world, account, form.identifiers)
    if fault is None and form.is_cancelled:
        return _cancelled(world, account, known, form)
    if fault is None and known is not None:
        fault = locked(world, known)
    if fault is not None:
        return _refused(known or building.merged(world, account, None, form), [fault])
    wanted, found = _judged(world, account, known, form, shipment_id)
    wanted = msgspec.structs.replace(
        wanted,
        errors=tuple(found.errors),
        warnings=tuple(found.warnings),
        manifest_file_id=manifest_file_id or wanted.manifest_file_id,
    )
    if known is not None and known.parcel_nr:
        return _update_labelled(world, known, wanted)
    return _keep(world, wanted)


def locked(world: World, parcel: Parcel) -> str | None:
    """Why a parcel cannot be changed any more, as a sentence; None when it can (Q15)."""
    shipment = None if parcel.shipment_id is None else world[SHIPMENTS].get(parcel.shipment_id)
    fault = references.parcel_fault(parcel, shipment)
    return None if fault is None else fault.sentence


def _judged(
    world: World, account: Account, known: Parcel | None, form: ParcelForm, shipment_id: int | None
) -> tuple[Parcel, Verdict]:
    """The parcel as it is wanted, and what the rules say of it."""
    wanted = building.merged(world, account, known, form)
    found = Verdict()
    found.errors += form.faults
    found.add(rules_parcels.check(world, account, wanted, form.unreadable))
    wanted = _linked(world, wanted, form.shipment_id or shipment_id, found)
    _note_value(world, wanted, form)
    number = wanted.reserved_nr
    if number is None or (known is not None and known.parcel_nr == number):
        return wanted, found
    judged = numbering.judge(world, account, wanted, number)
    if judged.errors and form.identifiers.parcel_nr is None:
        world.note(
            f"Parcel number {shortened(number)}, which an earlier request gave, was not honoured"
        )
        return msgspec.structs.replace(wanted, reserved_nr=None), found
    found.add(judged)
    return wanted, found


def _linked(world: World, parcel: Parcel, shipment_id: int | None, found: Verdict) -> Parcel:
    if shipment_id is None or shipment_id == parcel.shipment_id:
        return parcel
    shipment = world[SHIPMENTS].get(shipment_id)
    if shipment is None or shipment.account_id != parcel.account_id:
        found.error(f"Shipment {shortened(shipment_id)} is not found")
        return parcel
    fault = references.shipment_fault(shipment)
    if fault is not None:
        found.error(fault.sentence)
        return parcel
    return msgspec.structs.replace(parcel, shipment_id=shipment_id)


def _update_labelled(world: World, known: Parcel, wanted: Parcel) -> Parcel:
    """A labelled parcel takes data without errors that leave its core as it is (P8)."""
    frozen = core.changes(known, wanted)
    if frozen and world.quirk("postplus.core_change") == "refuse":
        return _refused(known, [*frozen, *wanted.errors])
    if wanted.errors:
        return _refused(known, wanted.errors)
    number = wanted.reserved_nr or known.parcel_nr
    if number != known.parcel_nr:
        wanted = msgspec.structs.replace(
            wanted, parcel_nr=number, carrier_parcel_nr=number, given_nr=True
        )
    return _labelled(world, wanted)


def _keep(world: World, wanted: Parcel) -> Parcel:
    """Keep a parcel that has no label yet; it gets its number and its label without errors."""
    if wanted.id == 0:
        number = world.next_number("postplus.parcels", _FIRST)
        wanted = msgspec.structs.replace(wanted, id=number)
    if wanted.errors:
        return world[PARCELS].put(wanted)
    given = wanted.reserved_nr
    issued = numbering.Issued(given, given) if given else numbering.issue(world, wanted)
    if issued is None:
        fault = f"The numbers for {numbering.pool_name(wanted)} are used up"
        return world[PARCELS].put(msgspec.structs.replace(wanted, errors=(fault,)))
    numbered = msgspec.structs.replace(
        wanted,
        parcel_nr=issued.parcel_nr,
        carrier_parcel_nr=issued.carrier_parcel_nr,
        reserved_nr=issued.parcel_nr,
        given_nr=given is not None,
    )
    world.emit("postplus.parcel_created", parcel_id=numbered.id, parcel_nr=numbered.parcel_nr)
    return _labelled(world, numbered)


def _labelled(world: World, parcel: Parcel) -> Parcel:
    numbering.keep_used(world, parcel)
    return log.parcel_changed(world, prints.ensure(world, world[PARCELS].put(parcel)))


def _cancelled(world: World, account: Account, known: Parcel | None, form: ParcelForm) -> Parcel:
    if form.content or form.receiver or form.sender or form.info or form.bag_nr:
        world.note("A cancellation changes nothing else: the other data were not honoured")
    if known is None:
        unknown = building.merged(world, account, None, form)
        return _refused(unknown, [f"Parcel {_name(unknown)} is not found"])
    if known.is_cancelled:
        return known
    fault = locked(world, known)
    return cancelling.cancel(world, known) if fault is None else _refused(known, [fault])


def _refused(parcel: Parcel, faults: Sequence[str]) -> Parcel:
    """The parcel as it stands with sentences about what was wanted of it; it is not kept so."""
    return msgspec.structs.replace(parcel, errors=tuple(faults))


def _name(parcel: Parcel) -> str:
    numbers = (parcel.parcel_nr, parcel.sender_parcel_nr, parcel.reserved_nr, parcel.id)
    return shortened(next(filter(None, numbers), ""))


def _note_value(world: World, parcel: Parcel, form: ParcelForm) -> None:
    told = None if form.content is None else form.content.parcel_value
    value = sums.value(parcel.items)
    if told is not None and told != value:
        world.note(
            f"parcelValue {sums.written(told)} of {_name(parcel)} was not honoured, "
            f"the items make {sums.written(value)}"
        )
