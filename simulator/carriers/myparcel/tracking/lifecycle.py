"""Moves shipments through their statuses: single steps, journeys, and becoming inactive.

No journey begins by itself. What does happen by itself: a shipment that nobody has scanned in the
time of the quirk `myparcel.inactive_after_days` becomes inactive.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec

from simulator.carriers.motion.journeys import Journeys
from simulator.carriers.motion.playing import PLAY
from simulator.carriers.myparcel.catalog.lifecycle import (
    CONCEPT,
    INACTIVE,
    JOURNEYS,
    LETTER_PRINTED,
    PRINTED,
    REGISTERED,
    STAMP_PRINTED,
    STATUSES,
    UNSCANNED,
)
from simulator.carriers.myparcel.catalog.types import DIGITAL_STAMP, LETTER
from simulator.carriers.myparcel.records import SHIPMENTS, Shipment, Trace
from simulator.carriers.myparcel.tracking import arrivals, barcodes, notifications
from simulator.carriers.myparcel.wire import parsing
from simulator.engine.extension import JobHandler
from simulator.engine.world import World

_CHOSEN = PRINTED - {LETTER_PRINTED, STAMP_PRINTED}
"""Ways of being printed that do not follow from what is sent."""

_ON_JOURNEYS = Journeys(SHIPMENTS, "myparcel.journey_step", JOURNEYS, CONCEPT, arrivals.delay)
start = _ON_JOURNEYS.start
place_on = _ON_JOURNEYS.place_on


def change_status(world: World, shipment: Shipment, status: int) -> Shipment:
    """Let the shipment be in `status` since now, and tell everybody who asked for it."""
    world.cancel_job(shipment.next_job)
    job = watch(world, shipment.id, status)
    changed = world[SHIPMENTS].put(
        msgspec.structs.replace(become(world, shipment, status, world.now), next_job=job)
    )
    notifications.shipment_status_changed(world, changed, shipment.status)
    return changed


def become(world: World, shipment: Shipment, status: int, at: datetime) -> Shipment:
    """The shipment in `status`, which it got `at` that time; it is not put anywhere, and nobody is
    told."""
    entry = STATUSES[status]
    history = shipment.history
    if entry.code is not None:
        history = (*history, Trace(entry.code, entry.description, at, status))
    return msgspec.structs.replace(shipment, status=status, modified=world.now, history=history)


def watch(world: World, shipment_id: int, status: int = CONCEPT, passed: int = 0) -> int | None:
    """Let the shipment become inactive unless it changes its status in time; gives the job.

    `passed` are the days for which it has been in `status`. None when nothing becomes of such a
    status, or when the quirk says that nothing ever does.
    """
    days: int = world.quirk("myparcel.inactive_after_days")
    if not _may_rest(world, status) or days <= passed:
        return None
    return world.enqueue(
        "myparcel.rest",
        after=timedelta(days=days - passed),
        shipment_id=shipment_id,
        status=status,
        passed=days,
    )


def _may_rest(world: World, status: int) -> bool:
    """Whether a shipment in `status` becomes inactive when time passes."""
    scanned_too = world.quirk("myparcel.inactive") == "all"
    return status in (INACTIVE if scanned_too else UNSCANNED)


def rest(world: World, *, shipment_id: int, status: int, passed: int) -> None:
    """Job: nobody has scanned the shipment in the days since it came into `status`.

    The quirk may ask for more days by now, or for none to matter.
    """
    shipment = world[SHIPMENTS].get(shipment_id)
    if shipment is None or shipment.status != status or shipment.journey is not None:
        return
    days = world.quirk("myparcel.inactive_after_days")
    if 0 < days <= passed and _may_rest(world, status):
        change_status(world, shipment, INACTIVE[status])
    else:
        later = watch(world, shipment_id, status, passed)
        world[SHIPMENTS].put(msgspec.structs.replace(shipment, next_job=later))


def is_letter(shipment: Shipment) -> bool:
    """Whether the shipment is a letter, which is printed and then never seen again."""
    return parsing.integer(shipment.options.get("package_type")) == LETTER


def is_stamp(shipment: Shipment) -> bool:
    """Whether the shipment is a digital stamp, of which the same is true."""
    return parsing.integer(shipment.options.get("package_type")) == DIGITAL_STAMP


def printed_as(shipment: Shipment) -> int:
    """The status that its label brings a shipment."""
    if is_letter(shipment):
        return LETTER_PRINTED
    return STAMP_PRINTED if is_stamp(shipment) else REGISTERED


def register(world: World, shipment: Shipment, wanted: int | None = None) -> Shipment:
    """Turn a concept into what its label makes of it; anything else stays as it is.

    A package gets its barcode and is registered, a letter is printed, without tracking; `wanted`
    may be another way of being printed. A journey that it is on goes on from there.
    """
    if shipment.status != CONCEPT:
        return shipment
    status = wanted if wanted in _CHOSEN else printed_as(shipment)
    if status not in PRINTED:
        shipment = numbered(world, shipment)
    return _go_on(world, change_status(world, shipment, status))


def numbered(world: World, shipment: Shipment) -> Shipment:
    """The shipment with its barcode; it is not put anywhere. A letter has none."""
    if printed_as(shipment) in PRINTED:
        return shipment
    return msgspec.structs.replace(shipment, barcode=barcodes.barcode(world, shipment))


def has_label(shipment: Shipment) -> bool:
    """Whether a label can be had: of a concept, and of what was printed once.

    A concept that nobody printed in time is inactive and never comes back.
    """
    return shipment.status in (CONCEPT, *PRINTED) or shipment.barcode is not None


def stop(world: World, shipment: Shipment) -> Shipment:
    """The shipment without a journey; what was still to come of it does not."""
    world.cancel_job(shipment.next_job)
    resting = watch(world, shipment.id, shipment.status)
    return world[SHIPMENTS].put(msgspec.structs.replace(shipment, next_job=resting, journey=None))


def journey_step(world: World, *, shipment_id: int, journey: str, place: int) -> None:
    """Job: the shipment takes the step at `place`, and the next one is due after its delay."""
    shipment = world[SHIPMENTS].get(shipment_id)
    if shipment is None or shipment.journey != journey:
        return
    status = JOURNEYS[journey].steps[place].status
    if shipment.status == CONCEPT:
        register(world, shipment, status)
    else:
        _go_on(world, change_status(world, shipment, status))


def lose(world: World, *, shipment_id: int, journey: str = PLAY, **step: Any) -> None:
    """In place of the `step` of a journey or a play nobody scans the shipment any more: that ends,
    and it is the inactive twin of what it was, if there is one."""
    shipment = world[SHIPMENTS].get(shipment_id)
    if shipment is None or shipment.journey != journey:
        return
    shipment = stop(world, shipment)
    if shipment.status in INACTIVE:
        change_status(world, shipment, INACTIVE[shipment.status])


def _go_on(world: World, shipment: Shipment) -> Shipment:
    """The shipment with the next step of its journey ahead of it, or without one at the end.

    What has a history of its own ahead follows that.
    """
    if shipment.journey in (None, PLAY):
        return shipment
    assert shipment.journey is not None
    place = place_on(shipment.journey, shipment.status)
    if place is None:
        return stop(world, shipment)
    return start(world, shipment, shipment.journey, place)


JOBS: dict[str, JobHandler] = {"journey_step": journey_step, "rest": rest}
