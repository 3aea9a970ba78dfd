"""Drop-off points and pickup locations, which came after 2017.

MyParcel: later documents of the Dutch twin, sections 8 and 12. Both paths are unknown unless the
quirk ``myparcel.later_features`` is on (`simulator.carriers.myparcel.era`).
"""

from __future__ import annotations

import re
from typing import Any

from simulator.carriers.myparcel import (
    delivery_options,
    dialect,
    errors,
    list_query,
    media,
    twin,
)
from simulator.carriers.myparcel.catalog.pickup_points import (
    POINTS,
    PickupPoint,
    Place,
    dutch_postal_code,
    near,
    place_of,
)
from simulator.carriers.myparcel.delivery import views as delivery_views
from simulator.carriers.myparcel.delivery.offers import DUTCH_NETWORK, pickups
from simulator.carriers.myparcel.delivery.query import coordinates
from simulator.carriers.myparcel.errors import Fault
from simulator.core.answers import Answer
from simulator.engine.world import World

_DEFAULT_RADIUS_KM = 10
_LARGEST_RADIUS_KM = 500
_LIMIT = 50
_LARGEST_LIMIT = 200
_COLLECTED_AT = "17:00"


def list_drop_off_points(world: World) -> Answer:
    """The points around a postal code or a place where parcels are handed in, nearest first.

    Raises 422 for parameters that are missing or wrong.
    """
    media.json_only(world)
    faults: list[Fault] = []
    given = list_query.given(world)
    by_coordinates = "latitude" in given and "longitude" in given
    place = (
        coordinates(given, faults)
        if by_coordinates
        else _postal_place(given.get("postal_code"), faults)
    )
    if given.get("cc", "NL").upper() != "NL":
        faults.append(Fault(3211, f"cc {given['cc']!r}: there are drop-off points in NL only"))
    carrier = _carrier(world, given.get("carrier_id"), faults)
    most = _limit(world, faults)
    metres = _radius(given.get("distance"), faults) * 1000
    if faults or place is None:
        raise errors.refuse(422, faults[0].human, faults)
    found = near(place, metres, len(POINTS)) if _has_points(world, carrier) else ()
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
    most = _limit(world, faults)
    if faults:
        raise errors.refuse(422, faults[0].human, faults)
    query = delivery_options.question(world)
    days = delivery_options.days_for(world, query)
    return media.json(
        {
            "pickup_locations": [
                delivery_views.version_2_pickup(offer)
                for day in days[:1]
                for offer in pickups(query, day)
            ][:most]
        }
    )


def _postal_place(text: str | None, faults: list[Fault]) -> Place | None:
    if text is None:
        faults.append(Fault(3212, "postal_code is required, or latitude with longitude"))
        return None
    code = dutch_postal_code(text)
    if code is None:
        message = f"postal_code {text!r} is not four digits and two letters such as 2132WT"
        faults.append(Fault(3505, message))
        return None
    return place_of(code)


def _carrier(world: World, text: str | None, faults: list[Fault]) -> int:
    spoken = dialect.of(world)
    number = twin.number("postnl" if text is None else text, spoken)
    if number is None:
        known = ", ".join(map(str, twin.known(spoken)))
        faults.append(Fault(3222, f"carrier_id {text!r} is none of {known}"))
    return number or 0


def _has_points(world: World, carrier: int) -> bool:
    return twin.com_number(carrier, dialect.of(world)) in DUTCH_NETWORK


def _radius(text: str | None, faults: list[Fault]) -> int:
    return _whole("distance", text, _DEFAULT_RADIUS_KM, _LARGEST_RADIUS_KM, faults)


def _limit(world: World, faults: list[Fault]) -> int:
    return _whole("limit", list_query.given(world).get("limit"), _LIMIT, _LARGEST_LIMIT, faults)


def _whole(name: str, text: str | None, default: int, most: int, faults: list[Fault]) -> int:
    if text is None:
        return default
    if re.fullmatch(r"[0-9]{1,3}", text) and 1 <= int(text) <= most:
        return int(text)
    faults.append(Fault(0, f"{name} {text!r} is not a whole number from 1 to {most}"))
    return default


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
