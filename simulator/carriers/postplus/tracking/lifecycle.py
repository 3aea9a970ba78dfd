"""Moves parcels on: single steps, and journeys that run on the clock. None begins by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any, get_args

from msgspec.structs import replace

from simulator.carriers.carrier import BadAction
from simulator.carriers.motion import moving
from simulator.carriers.motion.journeys import Journeys
from simulator.carriers.motion.moving import Moved
from simulator.carriers.motion.playing import PLAY
from simulator.carriers.postplus.catalog.event_codes import (
    CREATE_OR_UPDATE,
    DELIVERED,
    RETURN_TO_SENDER,
)
from simulator.carriers.postplus.catalog.journeys import JOURNEYS, Scanner
from simulator.carriers.postplus.records import (
    ACCOUNTS,
    EVENTS,
    PARCELS,
    SHIPMENTS,
    Parcel,
    ParcelStatus,
)
from simulator.carriers.postplus.tracking import log, progress
from simulator.engine.extension import JobHandler
from simulator.engine.world import World

_ON_JOURNEYS = Journeys(PARCELS, "postplus.journey_step", JOURNEYS, CREATE_OR_UPDATE)

_NEXT: dict[ParcelStatus, tuple[ParcelStatus, ...]] = {
    "Created": ("Manifested", "Departed", "Delivered", "Returned"),
    "Manifested": ("Departed", "Delivered", "Returned"),
    "Departed": ("Delivered", "Returned"),
    "Delivered": (),
    "Returned": (),
}
"""The statuses that a parcel can be moved to. One scan brings it into each of them, from whichever
it had, so that no way to one passes through another."""

SCANS: dict[str, tuple[str, Scanner]] = {
    "Departed": ("SEND_RECEPTACLE_ABROAD", "terminal"),
    "Delivered": (DELIVERED, "city"),
    "Returned": (RETURN_TO_SENDER, "city"),
}
"""The scan that brings a parcel into a status, and where it is made."""


def manifested(world: World, parcel: Parcel, at: datetime | None = None) -> Parcel:
    """Let a parcel be manifested, now or `at` another time, unless it is further already, and tell
    the feed."""
    if parcel.status != "Created":
        world[PARCELS].put(parcel)
        return log.parcel_changed(world, parcel, at)
    parcel = world[PARCELS].put(replace(parcel, status="Manifested", updated_on=world.now))
    progress.tell(world, parcel, "Created")
    return log.parcel_changed(world, parcel, at)


def move(world: World, parcel: Parcel, status: str) -> Moved[Parcel]:
    """Let a parcel change to `status`, now, by the scan that does it; its journey ends.

    Raises `BadAction` for a status that cannot come next, naming those that can.
    """
    possible = _NEXT[parcel.status]
    if status not in get_args(ParcelStatus):
        raise moving.unknown("status", status, get_args(ParcelStatus), possible)
    if status not in possible:
        raise moving.impossible(
            f"parcel {parcel.id} cannot go from {parcel.status} to {status}", possible
        )
    if parcel.is_cancelled:
        raise BadAction(f"parcel {parcel.id} is cancelled: it does not move any more")
    parcel = stop(world, parcel)
    if status == "Manifested":
        return Moved(manifested(world, parcel))
    code, scanner = SCANS[status]
    return Moved(log.say(world, parcel, code, location=place_of(world, parcel, scanner)))


def start_journey(world: World, parcel: Parcel, journey: str) -> Parcel:
    """Let a parcel go on a journey, behind the last of its steps that the parcel already took.

    Raises `BadAction` for a journey that does not exist, or that the parcel cannot go on.
    """
    suitable = [name for name in JOURNEYS if _place_on(world, parcel, name) is not None]
    if journey not in JOURNEYS:
        raise moving.unknown("journey", journey, JOURNEYS, suitable)
    check_goes(parcel)
    place = _place_on(world, parcel, journey)
    if place is None:
        what = f"parcel {parcel.id} ({parcel.status}) cannot go on the journey {journey}"
        raise moving.impossible(what, suitable)
    return _ON_JOURNEYS.start(world, parcel, journey, place)


def check_goes(parcel: Parcel) -> None:
    """Raise `BadAction` for a parcel to which nothing more happens."""
    if parcel.is_cancelled or parcel.parcel_nr is None:
        state = "is cancelled" if parcel.is_cancelled else "has errors, and so no number"
        raise BadAction(f"parcel {parcel.id} {state}: it goes on no journey")


def journey_step(world: World, *, shipment_id: int, journey: str, place: int) -> None:
    """Job: the parcel takes the step at `place`, and the next one is due after its delay."""
    parcel = world[PARCELS].get(shipment_id)
    if parcel is None or parcel.journey != journey or parcel.is_cancelled:
        return
    steps = JOURNEYS[journey].steps
    step = steps[place]
    location = place_of(world, parcel, step.scanner)
    parcel = log.say(world, parcel, step.status, location=location, at=world.now - step.ago)
    if place + 1 < len(steps):
        _ON_JOURNEYS.start(world, parcel, journey, place + 1)
    else:
        stop(world, parcel)


def turn_back(world: World, *, shipment_id: int, journey: str = PLAY, **step: Any) -> None:
    """In place of the `step` of a journey or a play, the parcel goes back to its sender, and that
    ends."""
    parcel = world[PARCELS].get(shipment_id)
    if parcel is None or parcel.journey != journey or parcel.is_cancelled:
        return
    parcel = stop(world, parcel)
    if "Returned" in _NEXT[parcel.status]:
        log.say(world, parcel, RETURN_TO_SENDER, location=place_of(world, parcel, "city"))


def stop(world: World, parcel: Parcel) -> Parcel:
    """The parcel without a journey; what was still to come of it does not."""
    world.cancel_job(parcel.next_job)
    return world[PARCELS].put(replace(parcel, next_job=None, journey=None))


def _place_on(world: World, parcel: Parcel, journey: str) -> int | None:
    """The step of a journey that comes next for a parcel; None: it is at the end of its way."""
    if not _NEXT[parcel.status]:
        return None
    told = {event.code for event in world[EVENTS].where("parcel_id", parcel.id)}
    steps = JOURNEYS[journey].steps
    taken = [place for place, step in enumerate(steps) if step.status in told]
    following = taken[-1] + 1 if taken else 0
    return following if following < len(steps) else None


def place_of(world: World, parcel: Parcel, scanner: Scanner) -> str | None:
    """Where a scan of the parcel is made: a terminal's code, a country's, or a town."""
    receiver = parcel.receiver
    if scanner == "city":
        return receiver.city or receiver.country_code
    if scanner == "country":
        return receiver.country_code
    shipment = None if parcel.shipment_id is None else world[SHIPMENTS].get(parcel.shipment_id)
    if shipment is not None:
        return shipment.terminal_code
    return world[ACCOUNTS][parcel.account_id].default_terminal


JOBS: dict[str, JobHandler] = {"journey_step": journey_step}
