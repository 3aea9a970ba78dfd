"""The cursor feed: all events of an account in the order in which they were processed.

``FetchId`` is a position in the log; ``StartDate`` bounds the time of the events and only filters,
it never moves the position (P4). ``fetchDone`` says that nothing further is there now; the position
stays good, and goes on with exactly what comes later (P10).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice, takewhile
from typing import Any, NamedTuple

from simulator.carriers.postplus.bodies import event_views
from simulator.carriers.postplus.records import (
    EVENTS,
    FEED,
    PARCELS,
    FeedEntry,
    TrackingEvent,
)
from simulator.carriers.postplus.tracking import cursors
from simulator.carriers.postplus.wire import credentials, errors, moments, parsing
from simulator.carriers.postplus.wire.feed_keys import account_of, feed_key
from simulator.core.answers import Answer, Finding
from simulator.core.tables import Between, Ordered, Selection, narrowed
from simulator.engine.world import World


class Found(NamedTuple):
    """An entry of the feed, and the event of which it is a version."""

    entry: FeedEntry
    event: TrackingEvent


class Page(NamedTuple):
    """A part of the feed: what it shows, behind which key it ends, and whether more is there."""

    shown: list[Found]
    end: int
    done: bool


def fetch_tracking(
    world: World,
    start_date: str | None = None,
    count: int | None = None,
    fetch_id: str | None = None,
) -> Answer:
    """``GET /tracking``: up to `count` events behind the cursor that are not before `start_date`.

    Raises 400 for a date that is none and for a cursor that is not known.
    """
    account = credentials.account(world)
    since = _since(start_date)
    size: int = world.quirk("postplus.default_count") if count is None else count
    cursor = parsing.text(fetch_id)
    position = (
        cursors.beginning(account.id) if cursor is None else cursors.read(world, account.id, cursor)
    )
    behind = _behind(world, account.id, position)
    if world.quirk("postplus.empty_pages"):
        page = _page_of_looked_at(behind, position, since, size)
    elif since is None:
        page = _page_of_all(behind, position, size)
    else:
        page = _page_since(world, account.id, position, since, size)
    return Answer(
        body={
            "nextFetchId": cursors.write(world, account.id, page.end),
            "fetchDone": page.done,
            "events": _shown(world, page.shown),
        }
    )


def _since(text: str | None) -> datetime | None:
    if parsing.text(text) is None:
        return None
    since = moments.parse(text)
    if since is None:
        message = f"{text!r:.60} is not a date or a date with a time"
        raise errors.invalid([Finding(("StartDate",), "invalid", message)])
    return since


def _behind(world: World, account_id: int, position: int) -> Iterator[Found]:
    """What the feed of the account delivers behind a position."""
    end = feed_key(account_id + 1, 0)
    entries = takewhile(lambda entry: entry.id < end, world[FEED].after(position))
    return _delivered(world, entries)


def _delivered(world: World, entries: Iterable[FeedEntry]) -> Iterator[Found]:
    """What a feed delivers of some entries: the newest version of each event, at its place, or
    every version as the quirk ``postplus.feed`` says (D2)."""
    every_version = world.quirk("postplus.feed") == "every_version"
    events = world[EVENTS]
    for entry in entries:
        event = events[entry.event]
        if every_version or event.entry == entry.id:
            yield Found(entry, event)


def _page_of_all(behind: Iterator[Found], position: int, size: int) -> Page:
    shown = list(islice(behind, size))
    end = shown[-1].entry.id if shown else position
    return Page(shown, end, done=next(behind, None) is None)


_IN_ORDER = Ordered[FeedEntry](lambda entry: account_of(entry.id))
_BY_TIME = Ordered[FeedEntry](lambda entry: account_of(entry.id), lambda entry: (entry.time,))


def _page_since(world: World, account_id: int, position: int, since: datetime, size: int) -> Page:
    """The first entries that are not before `since`; it ends behind all that are passed over."""

    def fits(entry: FeedEntry) -> bool:
        return account_of(entry.id) == account_id

    table = world[FEED]
    made = [Between(_BY_TIME, since, None)]
    rows = narrowed(table, _IN_ORDER, fits, account_id, made)
    entries = (
        rows.above(position)
        if isinstance(rows, Selection)
        else [entry for entry in rows if entry.id > position]
    )
    matching = _delivered(world, entries)
    shown = list(islice(matching, size))
    following = next(matching, None)
    every = table.group(_IN_ORDER, account_id)
    passed = len(every)
    if following is not None:
        passed -= len(every.above(following.entry.id - 1))
    before = (every[place] for place in reversed(range(passed)))
    last = next(_delivered(world, before), None)
    end = position if last is None else max(position, last.entry.id)
    return Page(shown, end, done=following is None)


def _page_of_looked_at(
    behind: Iterator[Found], position: int, since: datetime | None, size: int
) -> Page:
    """Those of the next entries that are not before `since`; there may be none among them."""
    shown: list[Found] = []
    end = position
    for place, found in enumerate(behind):
        if place == size:
            return Page(shown, end, done=False)
        end = found.entry.id
        if since is None or found.entry.time >= since:
            shown.append(found)
    return Page(shown, end, done=True)


def _shown(world: World, found: list[Found]) -> list[dict[str, Any]]:
    """The entries with the general info of their parcels, as those are now (D14)."""
    parcels: dict[int | None, dict[str, Any]] = {}
    entries = []
    for entry, event in found:
        said = (event.carrier or event.carrier_parcel_nr) is not None
        parcel = None if said else parcels.get(event.parcel_id)
        if parcel is None:
            assert event.parcel_id is not None
            parcel = event_views.show_parcel(world[PARCELS][event.parcel_id], [event])
            if not said:
                parcels[event.parcel_id] = parcel
        entries.append({"parcel": parcel, "event": event_views.show_event(event, entry)})
    return entries
