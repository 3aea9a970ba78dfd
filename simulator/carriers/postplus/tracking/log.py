"""The log of events: each version of an event is an entry in the feed of its parcel's account.

An entry is never moved or rewritten. An event that changes, or that comes late, gets a new entry at
the end, so that whoever follows with a cursor meets it; the entries before stay where they were
(section "cursor fashion" of the public article; the log behind it is inferred).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from simulator.carriers.postplus.catalog.event_codes import CREATE_OR_UPDATE, EVENT_CODES
from simulator.carriers.postplus.records import (
    ACCOUNTS,
    EVENTS,
    FEED,
    PARCELS,
    FeedEntry,
    Parcel,
    TrackingEvent,
)
from simulator.carriers.postplus.tracking import progress
from simulator.carriers.postplus.wire import short_ids
from simulator.carriers.postplus.wire.feed_keys import account_of, feed_key
from simulator.engine.world import World

SAMPLE_VERSION = 332_002
"""The version of the documents' own event; those of all others are greater."""

SAMPLE_NUMBER = 1
"""The number of the documents' own event."""

CARRIER_ITSELF = 0
"""The `source` of what the carrier itself says."""

RECEIVED_AT = "PPLUS"
"""Where parcel data is received (documented by the sample)."""


def parcel_changed(world: World, parcel: Parcel, at: datetime | None = None) -> Parcel:
    """Tell that a parcel was made, changed or cancelled, now unless it happened `at` another time,
    and gives it as it is then.

    A parcel has one CREATE_OR_UPDATE, which is updated in place: the same id, a new version. Events
    that were imported for its numbers before anybody knew them are attached to it now.
    """
    received = _received(world, parcel)
    if received is None:
        message = EVENT_CODES[CREATE_OR_UPDATE].message
        received = _new(world, parcel, CREATE_OR_UPDATE, message, RECEIVED_AT, world.now)
    keep(world, replace(received, time=at or world.now))
    waiting = _waiting(world, parcel)
    for event in waiting:
        _attach(world, event, parcel)
    if waiting:
        world.note(f"{len(waiting)} imported events had waited for parcel {parcel.id}")
        return progress.follow(world, parcel)
    return parcel


def date(world: World, event: TrackingEvent, at: datetime) -> None:
    """Let an event have happened `at` another time: a new version of it, if that is news."""
    if event.time != at:
        keep(world, replace(event, time=at))


def parcel_deleted(world: World, parcel: Parcel) -> None:
    """Let the parcel's events vanish from tracking and from the feed; cursors hold (D14)."""
    world.cancel_job(parcel.next_job)
    for event in world[EVENTS].where("parcel_id", parcel.id):
        _withdraw(world, event)
        world[EVENTS].delete(event.id)


def say(
    world: World,
    parcel: Parcel,
    code: str,
    *,
    message: str | None = None,
    location: str | None = None,
    at: datetime | None = None,
) -> Parcel:
    """Add an event of the carrier's own, now unless it happened `at` another time.

    Gives the parcel in the status that follows from it. The usual message of the code is told
    unless there is another one.
    """
    event = _received(world, parcel) if code == CREATE_OR_UPDATE else None
    event = event or _new(world, parcel, code, "", location, world.now)
    event = replace(
        event,
        message=message or EVENT_CODES[code].message,
        location=location or event.location,
        time=at or world.now,
    )
    keep(world, event)
    world.emit(
        "postplus.parcel_scanned", parcel_id=parcel.id, parcel_nr=parcel.parcel_nr, code=code
    )
    return progress.follow(world, parcel)


def keep(world: World, event: TrackingEvent) -> TrackingEvent:
    """Keep an event as it is now: a new version in the feed of its parcel's account.

    One without a parcel is in no feed. What stands in the feed of another account, to whose parcel
    it belonged before, vanishes from there.
    """
    parcel = None if event.parcel_id is None else world[PARCELS].get(event.parcel_id)
    if event.entry and (parcel is None or parcel.account_id != account_of(event.entry)):
        _withdraw(world, event)
    if parcel is None:
        return world[EVENTS].put(replace(event, parcel_id=None, entry=0))
    version = world.next_number("postplus.versions", SAMPLE_VERSION + 1)
    key = feed_key(parcel.account_id, version)
    world[FEED].put(FeedEntry(key, event.id, event.code, event.message, event.location, event.time))
    return world[EVENTS].put(replace(event, entry=key))


def next_event(world: World) -> int:
    """The number of the next event."""
    return world.next_number("postplus.events", SAMPLE_NUMBER + 1)


def _new(
    world: World, parcel: Parcel, code: str, message: str, location: str | None, at: datetime
) -> TrackingEvent:
    number = next_event(world)
    return TrackingEvent(
        id=number,
        event_id=short_ids.mint(world, parcel.account_id, "postplus.event_id", str(number)),
        source=CARRIER_ITSELF,
        parcel_id=parcel.id,
        code=code,
        message=message,
        location=location,
        time=at,
    )


def _received(world: World, parcel: Parcel) -> TrackingEvent | None:
    """The parcel's own CREATE_OR_UPDATE."""
    return next(
        (
            event
            for event in world[EVENTS].where("parcel_id", parcel.id)
            if event.code == CREATE_OR_UPDATE and event.source == CARRIER_ITSELF
        ),
        None,
    )


def same_generated(
    world: World, wanted: TrackingEvent, numbers: Iterable[tuple[str, str | None]] = ()
) -> TrackingEvent | None:
    """The event that `wanted`, whose importer gives no ids, tells anew: of the same source, time
    and code, and of its parcel or of one of these numbers (D10)."""
    told = [("parcel_id", wanted.parcel_id), *numbers]
    return next(
        (
            event
            for index, value in told
            if value is not None
            for event in world[EVENTS].where(index, value)
            if event.is_generated
            and event.id != wanted.id
            and (event.source, event.time, event.code) == (wanted.source, wanted.time, wanted.code)
        ),
        None,
    )


def _attach(world: World, event: TrackingEvent, parcel: Parcel) -> None:
    """Give a parcel an event that waited for it. When it waited under each of the parcel's numbers
    it is one, as it was told last."""
    event = replace(event, parcel_id=parcel.id)
    known = same_generated(world, event) if event.is_generated else None
    if known is not None:
        world[EVENTS].delete(event.id)
        event = replace(event, id=known.id, event_id=known.event_id, entry=known.entry)
    keep(world, event)


def _waiting(world: World, parcel: Parcel) -> list[TrackingEvent]:
    """The events of the parcel's numbers that have no parcel, in their order: those that importers
    of its own environment sent."""
    environment = world[ACCOUNTS][parcel.account_id].environment
    numbers = (
        ("parcel_nr", parcel.parcel_nr),
        ("sender_parcel_nr", parcel.sender_parcel_nr),
    )
    found = {
        event.id: event
        for index, number in numbers
        if number is not None
        for event in world[EVENTS].where(index, number)
        if event.parcel_id is None and world[ACCOUNTS][event.source].environment == environment
    }
    return [found[number] for number in sorted(found)]


def _withdraw(world: World, event: TrackingEvent) -> None:
    """Take all versions of an event out of the feed."""
    for entry in world[FEED].where("event", event.id):
        world[FEED].delete(entry.id)
