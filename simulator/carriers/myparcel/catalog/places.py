"""Where a postal code lies, and how far it is from one place to another.

In NL and BE it lies near the town with the nearest postal code. Of other countries the simulator
knows the capital alone, around which their pickup points are (inferred).

Nothing here is left to chance: the same words give the same place in every workspace.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from math import cos, hypot, radians

import msgspec

from simulator.carriers.myparcel.catalog.networks.belgian_towns import BELGIAN_TOWNS
from simulator.carriers.myparcel.catalog.networks.capitals import CAPITALS
from simulator.carriers.myparcel.catalog.towns import Town, nearest_by_post, nearest_of

_DUTCH = re.compile(r"\s*([1-9][0-9]{3})\s*([A-Za-z]{2})?\s*")
_BELGIAN = re.compile(r"\s*(?:B-?)?([1-9][0-9]{3})\s*", re.IGNORECASE)
_METRES_PER_DEGREE = 111_195
_STEPS = 1000
_SPREAD = 0.016
"""Degrees of latitude around a centre within which its points lie: 1.8 km."""


class Place(msgspec.Struct, frozen=True):
    """Degrees of latitude and longitude (WGS 84)."""

    latitude: float
    longitude: float


def draw(*parts: object) -> int:
    """A number that is always the same for the same words."""
    text = "/".join(map(str, parts))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def around(town: Town, *parts: object) -> Place:
    """A place near the centre of `town`, always the same for the same words."""
    north, east = (
        (draw(side, *parts) % (2 * _STEPS + 1) - _STEPS) / _STEPS for side in ("north", "east")
    )
    return Place(
        round(town.latitude + north * _SPREAD, 6),
        round(town.longitude + east * _SPREAD / cos(radians(town.latitude)), 6),
    )


def dutch_postal_code(text: str) -> str | None:
    """A Dutch postal code as ``2132WT``; with or without blank, in any case. None: it is none."""
    match = _DUTCH.fullmatch(text)
    return None if match is None or match[2] is None else f"{match[1]}{match[2].upper()}"


@lru_cache(maxsize=1024)
def place_of(postal_code: str) -> Place | None:
    """Where a Dutch postal code lies, to a few kilometres; four digits will do."""
    match = _DUTCH.fullmatch(postal_code)
    if match is None:
        return None
    return around(nearest_by_post(int(match[1])), "code", match[1], (match[2] or "").upper())


def belgian_postal_code(text: str) -> str | None:
    """A Belgian postal code as ``2000``; None: it is none."""
    match = _BELGIAN.fullmatch(text)
    return None if match is None else match[1]


@lru_cache(maxsize=1024)
def place_in(cc: str, postal_code: str) -> Place | None:
    """Where a postal code of a country lies; None for countries other than NL and BE."""
    if cc == "NL":
        return place_of(postal_code)
    code = belgian_postal_code(postal_code) if cc == "BE" else None
    return None if code is None else around(town_in("BE", code), "code", "BE", code)


def near_points(cc: str, postal_code: str) -> Place | None:
    """The same where pickup points are looked for: abroad near the capital, whatever the code.

    None for countries without pickup points.
    """
    if cc in CAPITALS:
        return around(CAPITALS[cc].town, "code", cc, postal_code)
    return place_in(cc, postal_code)


def town_in(cc: str, postal_code: str) -> Town:
    """The town whose centre has the nearest postal code, NL and BE only."""
    post = int(re.sub(r"\D", "", postal_code)[:4] or 0)
    return nearest_by_post(post) if cc == "NL" else nearest_of(BELGIAN_TOWNS, post)


def metres_between(a: Place, b: Place) -> int:
    """The distance of two places in the country in whole metres, on a plane."""
    north = b.latitude - a.latitude
    east = (b.longitude - a.longitude) * cos(radians((a.latitude + b.latitude) / 2))
    return round(hypot(north, east) * _METRES_PER_DEGREE)
