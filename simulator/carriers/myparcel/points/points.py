"""Drop-off points and pickup locations, which came after 2017.

MyParcel: later documents of the Dutch twin, sections 8 and 12. Where both paths are unknown is
said in `simulator.carriers.myparcel.wire.era`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.carriers.myparcel.bodies import twin
from simulator.carriers.myparcel.catalog.pickup_points import (
    POINTS,
    PickupPoint,
    near,
)
from simulator.carriers.myparcel.catalog.places import Place, place_of
from simulator.carriers.myparcel.delivery import options, query
from simulator.carriers.myparcel.delivery import views as delivery_views
from simulator.carriers.myparcel.delivery.offers import DUTCH_NETWORK, pickups
from simulator.carriers.myparcel.wire import dialect, media, paging
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.answers import Answer
from simulator.engine.world import World

_DEFAULT_RADIUS = 10
_RADII = range(1, 501)
"""Kilometres."""

_DEFAULT_LIMIT = 50
_LIMITS = range(1, 201)
_COLLECTED_AT = "17:00"


def list_drop_off_points(world: World) -> Answer:
    """The points around a postal code or a place where parcels are handed in, nearest first.

    Raises 422 for parameters that are missing or wrong.
    """
    media.json_only(world)
    faults: list[Fault] = []
    given = paging.given(world)
    by_coordinates = "latitude" in given and "longitude" in given
    place = (
        query.coordinates(given, faults)
        if by_coordinates
        else _postal_place(given.get("postal_code"), faults)
    )
    if given.get("cc", "NL").upper() != "NL":
        faults.append(Fault(3211, f"cc {given['cc']!r}: there are drop-off points in NL only"))
    carrier = _carrier(world, given.get("carrier_id"), faults)
    most = _limit(given, faults)
    kilometres = query.whole(given, "distance", _DEFAULT_RADIUS, _RADII, 0, faults)
    paging.refuse(faults)
    assert place is not None, "a place that cannot be told is a fault"
    found = near(place, kilometres * 1000, len(POINTS)) if _has_points(world, carrier) else ()
    return media.json(
        {
            "drop_off_points": [
                _drop_off_point(point, distance, carrier)
                for distance, point in found
                if given.get("external_identifier", point.code) == point.code
            ][:most]
        }
    )


def list_pickup_locations(world: World) -> Answer:
    """The pickup points for the first delivery day, with the parameters of delivery options.

    Raises 422 and 503 as delivery options do.
    """
    media.json_only(world)
    faults: list[Fault] = []
    most = _limit(paging.given(world), faults)
    paging.refuse(faults)
    asked = options.question(world)
    days = options.days_for(world, asked)
    return media.json(
        {
            "pickup_locations": [
                delivery_views.version_2_pickup(offer)
                for day in days[:1]
                for offer in pickups(asked, day)
            ][:most]
        }
    )


def _postal_place(text: str | None, faults: list[Fault]) -> Place | None:
    if text is None:
        faults.append(Fault(3212, "postal_code is required, or latitude with longitude"))
        return None
    return place_of(query.dutch_code(text, faults))


def _carrier(world: World, text: str | None, faults: list[Fault]) -> int:
    spoken = dialect.of(world)
    number = twin.number("postnl" if text is None else text, spoken)
    if number is None:
        known = ", ".join(map(str, twin.known(spoken)))
        faults.append(Fault(3222, f"carrier_id {text!r} is none of {known}"))
    return number or 0


def _has_points(world: World, carrier: int) -> bool:
    return twin.com_number(carrier, dialect.of(world)) in DUTCH_NETWORK


def _limit(given: Mapping[str, str], faults: list[Fault]) -> int:
    return query.whole(given, "limit", _DEFAULT_LIMIT, _LIMITS, 0, faults)


def _drop_off_point(point: PickupPoint, distance: int, carrier: int) -> dict[str, Any]:
    return {
        "location_code": point.code,
        "location_name": point.name,
        "cc": "NL",
        "state": None,
        "city": point.city,
        "postal_code": point.postal_code,
        "street": point.street,
        "number": point.number,
        "number_suffix": None,
        "phone": point.phone,
        "reference": None,
        "longitude": point.place.longitude,
        "latitude": point.place.latitude,
        "available_days": [day for day, hours in enumerate(point.hours, start=1) if hours],
        "cut_off_time": _COLLECTED_AT,
        "carrier_id": carrier,
        "distance": distance,
        "occupancy": None,
        "occupancy_today": None,
        "default_drop_off_point": None,
        "opening_hours": None,
    }
