"""Where a shipment goes, as carriers see it: home, the neighbour, the Union, the rest of the world.

The Union is that of today, without the United Kingdom, to which a customs declaration goes with
every parcel since 2021.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from simulator.core.countries import ISO_3166

Home = Literal["NL", "BE"]
Zone = Literal["home", "neighbour", "EU", "ROW"]

HOMES: tuple[Home, ...] = ("NL", "BE")
"""The countries from which shops send."""

_MEMBERS = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"

EU: frozenset[str] = frozenset(_MEMBERS.split())
"""The 27 members."""


def home_of(cc: object) -> Home:
    """The home of a shop whose address is in the country `cc`; everywhere else counts as NL."""
    return "BE" if cc == "BE" else "NL"


def zone_of(home: Home, cc: str) -> Zone:
    """The zone of a destination from a shop at `home`."""
    if cc == home:
        return "home"
    if cc in HOMES:
        return "neighbour"
    return "EU" if cc in EU else "ROW"


@cache
def members(text: str) -> frozenset[str]:
    """The countries that are meant by codes and the words EU, ROW and WORLD.

    EU are the members, ROW every other country, WORLD all of them.
    """
    found: set[str] = set()
    for word in text.split():
        if word == "EU":
            found |= EU
        elif word == "ROW":
            found |= ISO_3166 - EU
        elif word == "WORLD":
            found |= ISO_3166
        else:
            found.add(word)
    return frozenset(found)
