"""Moves parcels through their statuses: single steps, and journeys that run on the clock.

No journey begins by itself, as on the carrier's sandbox, but one: a label that is not used is
cancelled after 45 days (documented). What a prepaid organization had paid for it is given back
(inferred).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from simulator.carriers.inpost.catalog.journeys import JOURNEYS
from simulator.carriers.inpost.catalog.lifecycle import possible_after
from simulator.carriers.inpost.catalog.statuses import ENTRIES
from simulator.carriers.inpost.records import ORGANIZATIONS, SHIPMENTS, HistoryItem, Shipment
from simulator.carriers.inpost.tracking import branches, notifications, numbers
from simulator.carriers.motion.journeys import Journeys
from simulator.carriers.motion.playing import PLAY
from simulator.engine.extension import JobHandler
from simulator.engine.world import World

UNUSED = "unused_canceled"
"""The journey that every label begins with."""

_ON_JOURNEYS = Journeys(SHIPMENTS, "inpost.journey_step", JOURNEYS, "confirmed")
start = _ON_JOURNEYS.start
place_on = _ON_JOURNEYS.place_on


def enter(
    world: World,
    shipment: Shipment,
    status: str,
    agency: str | None = None,
    at: datetime | None = None,
) -> Shipment:
    """The shipment in `status` since now, or `at` another time, with the history of it; it is not
    put anywhere."""
    branch = branches.branch_of(world, shipment, agency)
    item = HistoryItem(
        status,
        at or world.now,
        ENTRIES[status].origin,
        None if branch is None else branch.agency,
        None if branch is None else branch.town,
    )
    return msgspec.structs.replace(
        shipment, status=status, updated_at=world.now, history=(*shipment.history, item)
    )


def change_status(
    world: World, shipment: Shipment, status: str, agency: str | None = None
) -> Shipment:
    """Let a shipment that is paid for change its status, and tell everybody."""
    changed = world[SHIPMENTS].put(become(world, shipment, status, agency))
    notifications.shipment_status_changed(world, changed)
    notifications.status_changed(world, changed, shipment.status)
    return changed


def become(
    world: World,
    shipment: Shipment,
    status: str,
    agency: str | None = None,
    at: datetime | None = None,
) -> Shipment:
    """The shipment as the status makes it, with all that comes of it; it is not put anywhere, and
    nobody is told."""
    changed = enter(world, shipment, status, agency, at)
    if status == "returned_to_sender" and changed.return_tracking_number is None:
        changed = msgspec.structs.replace(
            changed, return_tracking_number=numbers.return_tracking_number(world, changed.id)
        )
    if status == "canceled":
        _refund(world, changed)
    return changed


def await_use(world: World, shipment: Shipment) -> Shipment:
    """Put a shipment that is just confirmed: a label that is not used is cancelled in the end,
    unless the shipment has a history of its own ahead."""
    if shipment.journey == PLAY:
        return world[SHIPMENTS].put(msgspec.structs.replace(shipment, next_job=None))
    return start(world, shipment, UNUSED)


def _refund(world: World, shipment: Shipment) -> None:
    organization = world[ORGANIZATIONS][shipment.organization_id]
    bought = next((o for o in shipment.offers if o.id == shipment.selected_offer_id), None)
    if bought is None or organization.account != "prepaid":
        return
    if world.quirk("inpost.funds") == "unlimited":
        return
    world[ORGANIZATIONS].put(
        msgspec.structs.replace(organization, balance=organization.balance + bought.price)
    )


def stop(world: World, shipment: Shipment) -> Shipment:
    """The shipment without a journey; what was still to come of it does not."""
    world.cancel_job(shipment.next_job)
    return world[SHIPMENTS].put(msgspec.structs.replace(shipment, next_job=None, journey=None))


def journey_step(world: World, *, shipment_id: int, journey: str, place: int) -> None:
    """Job: the shipment takes the step at `place`, and the next one is due after its delay."""
    shipment = world[SHIPMENTS].get(shipment_id)
    if shipment is None or shipment.journey != journey:
        return
    steps = JOURNEYS[journey].steps
    step = steps[place]
    shipment = change_status(world, shipment, step.status, step.agency)
    if place + 1 < len(steps):
        start(world, shipment, journey, place + 1)
    else:
        stop(world, shipment)


def lose(world: World, *, shipment_id: int, journey: str = PLAY, **step: Any) -> None:
    """In place of the `step` of a journey or a play, the shipment is `missing`, and that ends."""
    shipment = world[SHIPMENTS].get(shipment_id)
    if shipment is None or shipment.journey != journey:
        return
    shipment = stop(world, shipment)
    if "missing" in possible_after(shipment.status):
        change_status(world, shipment, "missing")


JOBS: dict[str, JobHandler] = {"journey_step": journey_step}
