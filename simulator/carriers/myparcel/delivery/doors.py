"""On which days what can be had at an address, in the way that an edition goes by.

The way is a column of the edition: `services`, the document's table of services of 2017 with its
prices by country, or `offers`, today's table by carrier, home, destination and package type.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from itertools import islice
from types import MappingProxyType

import msgspec

from simulator.carriers.myparcel.catalog.networks.capitals import CAPITALS
from simulator.carriers.myparcel.delivery import by_offers, by_services
from simulator.carriers.myparcel.delivery.days import can_arrive, first_dates, handing_in
from simulator.carriers.myparcel.delivery.query import DeliveryQuery
from simulator.carriers.myparcel.delivery.slots import Pickup, Slot, Terms
from simulator.carriers.myparcel.offers.names import PICKUP, SAME_DAY
from simulator.carriers.myparcel.rules import windows
from simulator.carriers.myparcel.wire import edition, moments
from simulator.engine.world import World

Day = tuple[date, list[Slot]]
"""A delivery day with its times."""


class Way(msgspec.Struct, frozen=True):
    """How an edition finds out what there is.

    * `terms`: what the carrier has for a question.
    * `slots`: the times of a day; the text is what an evening is called.
    * `pickups`: where a parcel of a day can be collected.
    """

    terms: Callable[[DeliveryQuery], Terms]
    slots: Callable[[World, DeliveryQuery, Terms, date, str], list[Slot]]
    pickups: Callable[[DeliveryQuery, Terms, date], list[Pickup]]


_WAYS: Mapping[str, Way] = MappingProxyType(
    {
        "services": Way(by_services.terms, by_services.slots, by_services.pickups),
        "offers": Way(by_offers.terms, by_offers.slots, by_offers.pickups),
    }
)


def _way(world: World) -> Way:
    return _WAYS[edition.of(world).questions.served_by]


def terms(world: World, query: DeliveryQuery) -> Terms:
    """What the carrier has for a question."""
    return _way(world).terms(query)


def at_the_door(world: World, query: DeliveryQuery, found: Terms, evening: str) -> list[Day]:
    """The days on which a parcel can be brought, as many as are asked for.

    What comes on the same day comes on the day of handing in, all else when that arrives. Days
    without any time are left out.
    """
    now = world.now.astimezone(moments.AMSTERDAM)
    arriving, handed_in = _arriving(now, query, found), _same_days(now, query, found)
    shown: list[Day] = []
    for day in sorted({*arriving, *handed_in}):
        slots = [
            slot
            for slot in _way(world).slots(world, query, found, day, evening)
            if day in (handed_in if slot.type == SAME_DAY else arriving)
        ]
        if slots:
            shown.append((day, slots))
    return shown[: query.window]


def to_collect(world: World, query: DeliveryQuery, found: Terms) -> list[Pickup]:
    """The points at which a parcel can be collected on the first day on which it is there."""
    now = world.now.astimezone(moments.AMSTERDAM)
    first = _arriving(now, query, found)[:1]
    points = [each for day in first for each in _way(world).pickups(query, found, day)]
    if not points and query.cc in CAPITALS and PICKUP in found.deliveries:
        capital = CAPITALS[query.cc].town.name
        world.note(f"no pickup point is near: in {query.cc} there are some around {capital} only")
    return points


def tell_nothing(world: World, query: DeliveryQuery, found: Terms) -> None:
    """Note for the journal why an answer has nothing of what was asked for."""
    now = world.now.astimezone(moments.AMSTERDAM)
    if not found.deliveries:
        world.note(f"there is nothing: {found.why}")
    elif not _arriving(now, query, found) and not _same_days(now, query, found):
        on = "" if query.day is None else f" on {query.day}"
        world.note(
            f"there is nothing: what is handed in on the drop-off days, after cut-off and delay, "
            f"is not delivered{on}"
        )
    else:
        types = ", ".join(map(str, found.deliveries))
        world.note(
            f"there is nothing: of the delivery types that the carrier has for {query.cc} "
            f"({types}) the question leaves none, or no pickup point is near"
        )


def _arriving(now: datetime, query: DeliveryQuery, found: Terms) -> list[date]:
    """The days on which what is handed in can be at the receiver's."""
    if not found.deliveries:
        return []
    if query.day is not None:
        return [query.day] if can_arrive(now, query.plan, query.day) else []
    return first_dates(now, query.plan, query.window)


def _same_days(now: datetime, query: DeliveryQuery, found: Terms) -> list[date]:
    """The days on which something can be handed in and brought."""
    if SAME_DAY not in found.deliveries:
        return []
    days = (day for day in handing_in(now, query.plan) if windows.is_brought(day, monday=True))
    if query.day is None:
        return list(islice(days, query.window))
    return [day for day in days if day == query.day]
