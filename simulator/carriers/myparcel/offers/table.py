"""The table of offers, by carrier, home, destination and package type.

Every look-up is a pure function of the rows; who asks again gets the answer that is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from simulator.carriers.myparcel.offers import couriers, dhl, posts
from simulator.carriers.myparcel.offers.model import Offer, Row
from simulator.carriers.myparcel.offers.names import CARRIERS, PICKUP
from simulator.carriers.myparcel.offers.zones import Home, members

ROWS: tuple[Row, ...] = (*posts.ROWS, *dhl.ROWS, *couriers.ROWS)
"""All rows; of a carrier from one home the first that fits counts."""


@cache
def _rows(carrier: int, home: Home) -> tuple[Row, ...]:
    return tuple(each for each in ROWS if (each.offer.carrier, each.offer.home) == (carrier, home))


@cache
def offers(carrier: int, home: Home, cc: str) -> Mapping[int, Offer]:
    """What the carrier takes from `home` to `cc`, by package type; empty: it does not go there."""
    found: dict[int, Offer] = {}
    for each in _rows(carrier, home):
        if cc in members(each.to):
            found.setdefault(each.offer.package_type, each.offer)
    return MappingProxyType(dict(sorted(found.items())))


def offer(carrier: int, home: Home, cc: str, package_type: int) -> Offer | None:
    """The one offer for this; None: the carrier does not do it."""
    return offers(carrier, home, cc).get(package_type)


@cache
def carriers_from(home: Home) -> tuple[int, ...]:
    """The carriers that a shop at `home` has, by number."""
    return tuple(number for number in CARRIERS if _rows(number, home))


@cache
def carriers_to(home: Home, cc: str) -> tuple[int, ...]:
    """Those of them that go to `cc`."""
    return tuple(number for number in carriers_from(home) if offers(number, home, cc))


@cache
def everything(carrier: int, home: Home) -> tuple[Offer, ...]:
    """Every offer of the carrier from `home`, wherever it goes."""
    return tuple(each.offer for each in _rows(carrier, home))


def pickup_carriers(home: Home, cc: str) -> tuple[int, ...]:
    """The carriers that bring a package type of theirs to pickup points in `cc`."""
    return tuple(
        number
        for number in carriers_to(home, cc)
        if any(_has_pickup(each) for each in offers(number, home, cc).values())
    )


def _has_pickup(each: Offer) -> bool:
    return PICKUP in each.deliveries
