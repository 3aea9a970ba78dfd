"""Positions on the globe and the distance between two of them."""

from __future__ import annotations

from collections.abc import Collection
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

_EARTH_RADIUS_M = 6_371_008.8


class Position(NamedTuple):
    """Latitude and longitude in degrees (WGS 84)."""

    latitude: float
    longitude: float


def metres_between(a: Position, b: Position) -> float:
    """The distance along the surface of a sphere (haversine), in metres to one decimal."""
    north = radians(b.latitude - a.latitude)
    east = radians(b.longitude - a.longitude)
    chord = (
        sin(north / 2) ** 2
        + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(east / 2) ** 2
    )
    # Rounding may lift opposite points of the globe a hair above 1, where asin ends.
    return round(2 * _EARTH_RADIUS_M * asin(min(1.0, sqrt(chord))), 1)


def middle(positions: Collection[Position]) -> Position:
    """The mean of one or more positions that lie close together."""
    count = len(positions)
    return Position(
        sum(position.latitude for position in positions) / count,
        sum(position.longitude for position in positions) / count,
    )
