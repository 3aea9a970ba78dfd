"""Whether a carrier brings what is asked for, by what an edition goes by.

* `services`: the document's table of services of 2017, which has prices by country.
* `offers`: today's table of offers by carrier, home, destination and package type. Nobody has to
  say who asks: without a platform any home will do.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from simulator.carriers.myparcel.catalog.delivery_areas import types_at
from simulator.carriers.myparcel.delivery import offers
from simulator.carriers.myparcel.delivery.query import DeliveryQuery
from simulator.carriers.myparcel.offers import table
from simulator.carriers.myparcel.offers.model import Offer
from simulator.carriers.myparcel.wire import edition
from simulator.engine.world import World


def served(world: World, query: DeliveryQuery) -> bool:
    """Whether the carrier goes there with that at all."""
    return _SERVED[edition.of(world).questions.served_by](query)


def offer(query: DeliveryQuery) -> Offer | None:
    """The offer of today that would carry it."""
    found = (table.offer(query.courier, home, query.cc, query.package_type) for home in query.homes)
    return next((each for each in found if each is not None), None)


def types(world: World, query: DeliveryQuery) -> Collection[int]:
    """The delivery types that the carrier has at the address, as a create takes them."""
    return _TYPES[edition.of(world).questions.served_by](query)


def _types_at(query: DeliveryQuery) -> Collection[int]:
    return types_at(query.postal_code, query.carrier)


def _types_offered(query: DeliveryQuery) -> Collection[int]:
    found = offer(query)
    return () if found is None else found.deliveries


_TYPES: dict[str, Callable[[DeliveryQuery], Collection[int]]] = {
    "services": _types_at,
    "offers": _types_offered,
}


def _offered(query: DeliveryQuery) -> bool:
    return offer(query) is not None


_SERVED: dict[str, Callable[[DeliveryQuery], bool]] = {
    "services": offers.served,
    "offers": _offered,
}
