"""The import of events by integrators, with ids of their own or with ids that are made for them.

Documented are the two kinds of ids, that only the code has to match and the message is free, that
an id that comes again updates its event, and that a request is taken as a whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from msgspec.structs import replace

from simulator.carriers.postplus.bodies import import_forms
from simulator.carriers.postplus.bodies.import_forms import ImportForm
from simulator.carriers.postplus.catalog.event_codes import EVENT_CODES
from simulator.carriers.postplus.records import (
    ACCOUNTS,
    EVENTS,
    PARCELS,
    Account,
    Parcel,
    TrackingEvent,
)
from simulator.carriers.postplus.rules import imports as rules
from simulator.carriers.postplus.tracking import log, progress
from simulator.carriers.postplus.wire import credentials, errors, short_ids
from simulator.carriers.postplus.wire.echoes import shortened
from simulator.core.answers import Answer
from simulator.engine.world import World

_MOST_NUMBERS_TOLD = 10


class Taken(NamedTuple):
    """What an import did: parcels that it touched, and numbers that nobody knows."""

    parcels: dict[int, None]
    waiting: dict[str, None]
    dropped: dict[str, None]


def import_tracking(world: World, body: Any) -> Answer:
    """``POST /integrations/tracking-import``: up to 500 events.

    Raises 400, with everything that is wrong, and takes nothing then.
    """
    account = credentials.account(world)
    forms = import_forms.read(body)
    if not forms:
        raise errors.bad_request("At least one event is required")
    if len(forms) > rules.MOST:
        raise errors.too_many(rules.MOST, "events")
    bounded = world.quirk("postplus.future_events") == "refuse"
    findings = rules.check(forms, rules.latest(world.now) if bounded else None)
    if findings:
        raise errors.invalid(findings)
    taken = Taken({}, {}, {})
    for form in forms:
        _take(world, account, form, taken)
    for parcel in world[PARCELS].existing(taken.parcels):
        progress.follow(world, parcel)
    _tell(world, account.id, forms, taken)
    return Answer(status=world.quirk("postplus.import_status"), empty=True)


def _take(world: World, importer: Account, form: ImportForm, taken: Taken) -> None:
    """Take one event: a new one, a change of one that is known, or nothing new."""
    parcels = _named(world, importer, form)
    known = _known(world, importer, form, parcels)
    parcel_id = _parcel_id(world, form, known, parcels)
    if parcel_id is None:
        drops = world.quirk("postplus.unknown_numbers") == "drop"
        (taken.dropped if drops else taken.waiting)[_number(form)] = None
        if drops:
            return
    event = _event(form, importer.id, parcel_id)
    if known is not None:
        event = _as_known(event, known)
        if _tells_nothing_new(event, known) and (
            world.quirk("postplus.identical_events") == "ignore"
        ):
            world[EVENTS].put(event)
            return
    else:
        event_id = _event_id(world, importer.id, form, parcel_id)
        event = replace(event, id=log.next_event(world), event_id=event_id)
    log.keep(world, event)
    touched = (parcel_id, None if known is None else known.parcel_id)
    taken.parcels.update((each, None) for each in touched if each is not None)


def _event(form: ImportForm, source: int, parcel_id: int | None) -> TrackingEvent:
    """The event as it is sent; which one it is, is still open."""
    assert form.code is not None
    assert form.time is not None
    return TrackingEvent(
        id=0,
        event_id="",
        is_generated=form.event_id is None,
        source=source,
        parcel_id=parcel_id,
        parcel_nr=form.tracking_nr,
        sender_parcel_nr=form.sender_tracking_nr,
        code=form.code,
        message=form.message or EVENT_CODES[form.code].message,
        location=form.location,
        time=form.time,
        source_alt=form.source_alt,
        code_alt=form.code_alt,
        other=form.other,
        carrier=form.carrier,
        carrier_parcel_nr=form.carrier_parcel_nr,
    )


def _as_known(event: TrackingEvent, known: TrackingEvent) -> TrackingEvent:
    """The event as the one that is known; of a generated one all numbers are remembered that it
    was ever named by."""
    event = replace(event, id=known.id, event_id=known.event_id, entry=known.entry)
    if not event.is_generated:
        return event
    return replace(
        event,
        parcel_nr=event.parcel_nr or known.parcel_nr,
        sender_parcel_nr=event.sender_parcel_nr or known.sender_parcel_nr,
    )


def _tells_nothing_new(event: TrackingEvent, known: TrackingEvent) -> bool:
    """Whether an event is as it was; which of its parcel's numbers it names does not count."""
    numbers = {"parcel_nr": event.parcel_nr, "sender_parcel_nr": event.sender_parcel_nr}
    return event == replace(known, **numbers) and (event.parcel_id is not None or event == known)


def _known(
    world: World, importer: Account, form: ImportForm, parcels: list[Parcel]
) -> TrackingEvent | None:
    """The event that is sent again: the one with the id that its importer gave, or, without one,
    that of the same time, code and parcel (D10)."""
    if form.event_id is not None:
        event_id = _event_id(world, importer.id, form, None)
        found = world[EVENTS].where("event_id", event_id)
        return next((each for each in found if each.source == importer.id), None)
    wanted = _event(form, importer.id, parcels[0].id if parcels else None)
    return log.same_generated(world, wanted, _numbers(form))


def _event_id(world: World, source: int, form: ImportForm, parcel_id: int | None) -> str:
    """The id of an event: the integrator's own (D9), or one made of account, time, number and code,
    so that a message or a place that changes updates the event in place (D10).

    The number is that of the parcel, whichever of its numbers the event names.
    """
    if form.event_id is None:
        assert form.time is not None
        parcel = None if parcel_id is None else world[PARCELS].get(parcel_id)
        number = (parcel and parcel.parcel_nr) or _number(form)
        parts = (str(source), form.time.isoformat(), number, str(form.code))
        return short_ids.mint(world, source, "postplus.generated_event_id", "\x1f".join(parts))
    if world.quirk("postplus.explicit_event_ids") == "external":
        return form.event_id
    key = f"{source}\x1f{form.event_id}"
    return short_ids.mint(world, source, "postplus.derived_event_id", key)


def _number(form: ImportForm) -> str:
    return form.tracking_nr or form.sender_tracking_nr or ""


def _numbers(form: ImportForm) -> tuple[tuple[str, str | None], ...]:
    """The numbers that an event names, by the indexes in which they stand."""
    return (("parcel_nr", form.tracking_nr), ("sender_parcel_nr", form.sender_tracking_nr))


def _named(world: World, importer: Account, form: ImportForm) -> list[Parcel]:
    """The parcels of the importer's environment that have the number of the event, of whichever
    account: by the parcel number, else by the sender's."""
    for index, number in _numbers(form):
        found = [] if number is None else world[PARCELS].where(index, number)
        parcels = [
            parcel
            for parcel in found
            if world[ACCOUNTS][parcel.account_id].environment == importer.environment
        ]
        if parcels:
            return parcels
    return []


def _parcel_id(
    world: World, form: ImportForm, known: TrackingEvent | None, parcels: list[Parcel]
) -> int | None:
    """The parcel that an event belongs to; None while nobody knows it.

    An event whose numbers stay the same stays with its parcel, whatever became of the numbers.
    """
    if known is not None and known.parcel_id is not None:
        numbers = {"parcel_nr": known.parcel_nr, "sender_parcel_nr": known.sender_parcel_nr}
        if all(number in (None, numbers[index]) for index, number in _numbers(form)):
            return known.parcel_id
    if len(parcels) > 1:
        number = shortened(_number(form))
        world.note(f"{number!r} is the number of {_ids(parcels)}: the first one has it")
    return parcels[0].id if parcels else None


def _ids(parcels: Iterable[Parcel]) -> str:
    return ", ".join(f"parcel {parcel.id}" for parcel in parcels)


def _tell(world: World, source: int, forms: list[ImportForm], taken: Taken) -> None:
    """Tell the journal what the empty answer does not say, and the workspace that events came."""
    if taken.waiting:
        world.note(f"kept until a parcel has the number: {_some(taken.waiting)}")
    if taken.dropped:
        world.note(f"was not honoured, since no parcel has the number: {_some(taken.dropped)}")
    if any(form.source_alt or form.code_alt or form.other for form in forms):
        world.note("eventSourceAlt, eventCodeAlt and otherTrackingData are kept, but never shown")
    world.emit("postplus.tracking_imported", account=source, events=len(forms))


def _some(numbers: Iterable[str]) -> str:
    listed = list(numbers)
    more = len(listed) - _MOST_NUMBERS_TOLD
    text = ", ".join(f"{number:.60}" for number in listed[:_MOST_NUMBERS_TOLD])
    return f"{text} and {more} more" if more > 0 else text
