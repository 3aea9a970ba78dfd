"""The table of offers, by carrier, home, destination and package type.

Every look-up is a pure function of the rows; who asks again gets the answer that is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from simulator.carriers.myparcel.offers import couriers, dhl, posts
from simulator.carriers.myparcel.offers.model import Offer, Row
from simulator.carriers.myparcel.offers.names import CARRIERS
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


@cache
def under_own_contract(carrier: int, home: Home, cc: str) -> Mapping[int, Offer]:
    """What the carrier takes besides of a shop that has a contract of its own with it."""
    rows = (each for each in posts.OWN_CONTRACTS if cc in members(each.to))
    there = [
        each.offer for each in rows if (each.offer.carrier, each.offer.home) == (carrier, home)
    ]
    usual = offers(carrier, home, cc)
    return {each.package_type: each for each in there if each.package_type not in usual}


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
