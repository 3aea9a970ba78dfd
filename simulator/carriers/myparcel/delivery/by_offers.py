"""What there is today: the table of offers by carrier, home, destination and package type.

A create is judged by the same table, and pays the same tariff. Nobody has to say who asks: without
a key and a platform any home will do. Inferred: that the round which a Dutch address knows is that
of every carrier, and when parcels come abroad.
"""

from __future__ import annotations

from datetime import date

from simulator.carriers.myparcel.catalog.networks.networks import near, network
from simulator.carriers.myparcel.delivery.query import DeliveryQuery
from simulator.carriers.myparcel.delivery.slots import Pickup, Slot, Terms, start_of, wanted
from simulator.carriers.myparcel.offers import judging, tariff
from simulator.carriers.myparcel.offers.judging import Asked
from simulator.carriers.myparcel.offers.model import Offer
from simulator.carriers.myparcel.offers.names import CARRIERS, DELIVERY_TYPES, EVENING, PICKUP
from simulator.carriers.myparcel.rules import windows
from simulator.carriers.myparcel.rules.windows import Window
from simulator.carriers.myparcel.wire import edition
from simulator.engine.world import World

_RADIUS_M = 25_000
_CANDIDATES = 60
_MOST = 20


def terms(query: DeliveryQuery) -> Terms:
    """What the first home of the question offers; nothing of a carrier that is switched off."""
    if query.courier in query.switched_off:
        name = CARRIERS[query.courier].name
        return Terms(why=f"{name} is switched off for the shop whose key came along")
    against = []
    for home in query.homes:
        asked = Asked(query.courier, home, query.cc, query.package_type)
        found = judging.offer_for(asked)
        if isinstance(found, Offer):
            return Terms(found.deliveries, found.options)
        against.append(found.human)
    return Terms(why="; ".join(against))


def slots(
    world: World, query: DeliveryQuery, found: Terms, day: date, evening_comment: str
) -> list[Slot]:
    """The times of a delivery day, the one that begins first coming first."""
    evenings = edition.evenings(world.quirk, edition.of(world))
    possible = [
        Slot(
            number,
            *_window(world, query, number, day),
            tariff.delivery_price(number),
            evening_comment if number == EVENING else DELIVERY_TYPES[number].old,
        )
        for number in found.deliveries
        if number not in windows.READY_FROM
    ]
    possible = [slot for slot in possible if wanted(slot, query, day, evenings)]
    return sorted(possible, key=lambda slot: slot.start)


def _window(world: World, query: DeliveryQuery, delivery_type: int, day: date) -> Window:
    if delivery_type in windows.AT_THE_DOOR:
        return windows.AT_THE_DOOR[delivery_type]
    return windows.standard(world, query.cc, query.postal_code, query.number, day)


def pickups(query: DeliveryQuery, found: Terms, day: date) -> list[Pickup]:
    """The points of the carrier's network in the country that can give out a parcel of `day`.

    The nearest come first. A `city` keeps the points there, unless there are none: it narrows a
    search (observed).
    """
    there = network(query.courier, query.cc)
    if query.place is None or there is None or not there.collect:
        return []
    if PICKUP not in found.deliveries or PICKUP in query.excluded:
        return []
    around = near(query.courier, query.cc, query.place, _RADIUS_M, _CANDIDATES, query.lockers)
    city = query.city.casefold()
    inside = tuple(pair for pair in around if pair[1].city.casefold() == city)
    prices = {PICKUP: tariff.delivery_price(PICKUP)}
    return [
        Pickup(day, point, distance, prices, query.courier)
        for distance, point in inside or around
        if point.is_open(day, start_of(PICKUP))
    ][:_MOST]
