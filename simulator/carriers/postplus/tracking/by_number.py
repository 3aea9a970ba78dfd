"""Tracking by numbers: the events of parcels, by their own numbers or by the sender's."""

from __future__ import annotations

from typing import Any

from simulator.carriers.postplus.bodies import event_views
from simulator.carriers.postplus.records import EVENTS, FEED, PARCELS, Parcel
from simulator.carriers.postplus.wire import credentials, errors, lists
from simulator.core.answers import Answer, Finding
from simulator.engine.world import World

MOST = 50
"""Numbers of one request (documented)."""


def get_tracking_by_parcel_nrs(world: World, parcel_nrs: str) -> Answer:
    """``GET /tracking/parcel-nrs/get-many``: up to 50 parcels by their tracking numbers."""
    return _tracked(world, "ParcelNrs", "parcel_nr", parcel_nrs)


def get_tracking_by_sender_parcel_nrs(world: World, sender_parcel_nrs: str) -> Answer:
    """``GET /tracking/sender-parcel-nrs/get-many``: up to 50 parcels by the sender's numbers."""
    return _tracked(world, "SenderParcelNrs", "sender_parcel_nr", sender_parcel_nrs)


def _tracked(world: World, parameter: str, index: str, text: str) -> Answer:
    """The parcels in the order of the numbers; those that the account does not have are left out.

    Raises 400 for no number at all and for more than 50.
    """
    numbers = lists.read(world, parameter, text)
    if not numbers:
        raise errors.invalid([Finding((parameter,), "required", "has no numbers")])
    if len(numbers) > MOST:
        raise errors.too_many(MOST, "parcel numbers")
    account = credentials.account(world).id
    found = {number: world[PARCELS].where(index, number) for number in numbers}
    found = {
        number: [parcel for parcel in parcels if parcel.account_id == account]
        for number, parcels in found.items()
    }
    unknown = [number for number, parcels in found.items() if not parcels]
    if unknown:
        world.note(f"left out, since the account has no such parcel: {', '.join(unknown):.500}")
    return Answer(body=[_show(world, parcel) for parcels in found.values() for parcel in parcels])


def _show(world: World, parcel: Parcel) -> dict[str, Any]:
    """A parcel with its events, by the time at which they happened."""
    events = world[EVENTS].where("parcel_id", parcel.id)
    by_time = sorted(events, key=lambda event: (event.time, event.entry))
    return {
        "events": [event_views.show_event(event, world[FEED][event.entry]) for event in by_time],
        **event_views.show_parcel(parcel, events),
    }
