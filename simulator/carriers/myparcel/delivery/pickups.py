"""Where a parcel of a day can be collected, by whose points an edition has.

* `postnl`: the document of 2017, in which PostNL's Dutch points are the only ones.
* `networks`: the points of every carrier of today that has some, in NL and BE.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from simulator.carriers.myparcel.catalog.networks.networks import near, network
from simulator.carriers.myparcel.catalog.types import PICKUP
from simulator.carriers.myparcel.delivery import offers, serving
from simulator.carriers.myparcel.delivery.offers import Pickup, start_of
from simulator.carriers.myparcel.delivery.query import DeliveryQuery
from simulator.carriers.myparcel.wire import edition
from simulator.engine.world import World

_RADIUS_M = 25_000
_CANDIDATES = 60
_MOST = 20


def of_day(world: World, query: DeliveryQuery, day: date) -> list[Pickup]:
    """The points around the address that can give out a parcel of `day`, nearest first."""
    return _POINTS[edition.of(world).questions.points](query, day)


def of_networks(query: DeliveryQuery, day: date) -> list[Pickup]:
    """Those of the network of the carrier in the country.

    A `city` keeps the points there, unless there are none: it narrows a search (observed).
    """
    there = network(query.courier, query.cc)
    offer = serving.offer(query)
    if query.place is None or there is None or not there.collect:
        return []
    if offer is None or PICKUP not in offer.deliveries or PICKUP in query.excluded:
        return []
    found = near(query.courier, query.cc, query.place, _RADIUS_M, _CANDIDATES, query.lockers)
    city = query.city.casefold()
    inside = tuple(pair for pair in found if pair[1].city.casefold() == city)
    return [
        Pickup(day, point, distance, (PICKUP,), query.courier)
        for distance, point in inside or found
        if point.is_open(day, start_of(PICKUP))
    ][:_MOST]


_POINTS: dict[str, Callable[[DeliveryQuery, date], list[Pickup]]] = {
    "postnl": offers.pickups,
    "networks": of_networks,
}
