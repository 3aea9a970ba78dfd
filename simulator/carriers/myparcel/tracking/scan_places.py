"""Where a parcel was when it was scanned, as far as today's tracktraces tell it.

Observed: a location is a depot of the carrier, with coordinates, and most scans have none.
Inferred: which depot it is, and that a parcel which waits for its receiver is at its pickup point.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from simulator.carriers.myparcel.catalog.lifecycle import READY_FOR_PICKUP
from simulator.carriers.myparcel.catalog.places import around, place_in, town_in
from simulator.carriers.myparcel.records import Shipment

_AT_A_DEPOT = (4,)
"""The sorting center."""

_AT_A_POINT = (READY_FOR_PICKUP, 9)

_POINT = ("cc", "city", "postal_code", "street", "number", "number_suffix")


def location(shipment: Shipment, status: int) -> dict[str, Any] | None:
    """Where the scan that brought `status` was made; None when it is not told."""
    if status in _AT_A_DEPOT:
        recipient = shipment.recipient
        return _depot(str(recipient.get("cc")), str(recipient.get("postal_code") or ""))
    if status in _AT_A_POINT and shipment.pickup:
        return _pickup_point(shipment.pickup)
    return None


@lru_cache(maxsize=512)
def _depot(cc: str, postal_code: str) -> dict[str, Any] | None:
    """The depot in the town nearest to the receiver; None outside of NL and BE."""
    if place_in(cc, postal_code) is None:
        return None
    town = town_in(cc, postal_code)
    place = around(town, "depot", town.name)
    return {
        "name": f"Depot {town.name}",
        "cc": cc,
        "city": town.name,
        "postal_code": f"{town.post}AL" if cc == "NL" else str(town.post),
        "street": "Industrieweg",
        "number": "7",
        "number_suffix": None,
        "longitude": place.longitude,
        "latitude": place.latitude,
    }


def _pickup_point(pickup: Mapping[str, Any]) -> dict[str, Any]:
    place = place_in(str(pickup.get("cc") or "NL"), str(pickup.get("postal_code") or ""))
    return {
        "name": pickup.get("location_name"),
        **{name: pickup.get(name) for name in _POINT},
        "longitude": None if place is None else place.longitude,
        "latitude": None if place is None else place.latitude,
    }
