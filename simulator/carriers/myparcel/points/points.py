"""Drop-off points and pickup locations, which came after 2017.

MyParcel: today's documents, sections 8 and 12, and its public description. Parameters that no
document explains are read as their names say (inferred).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import time
from typing import Any

from simulator.carriers.myparcel.catalog.networks.networks import NETWORKS, Network, near, points
from simulator.carriers.myparcel.catalog.pickup_points import PickupPoint
from simulator.carriers.myparcel.catalog.places import Place, place_in
from simulator.carriers.myparcel.delivery import doors, options, values
from simulator.carriers.myparcel.delivery import views as delivery_views
from simulator.carriers.myparcel.offers import names, table
from simulator.carriers.myparcel.offers.zones import home_of
from simulator.carriers.myparcel.records import Shop
from simulator.carriers.myparcel.rules import outages
from simulator.carriers.myparcel.shops.records import switched_off
from simulator.carriers.myparcel.wire import credentials, edition, media, moments, paging
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.answers import Answer
from simulator.engine.world import World

_DEFAULT_RADIUS = 10
_RADII = range(1, 501)
"""Kilometres."""

_DEFAULT_LIMIT = 50
_LIMITS = range(1, 201)
_COUNTRIES = ("NL", "BE")

_TIMES = ("cut_off_time", "min_cut_off_time", "max_cut_off_time")


def list_drop_off_points(world: World) -> Answer:
    """The points around a postal code or a place where parcels are handed in, nearest first.

    Without a country they are in that of the shop, without a carrier those of all that it has.
    Raises 422 for parameters that are missing or wrong.
    """
    media.json_only(world)
    faults: list[Fault] = []
    given = paging.given(world)
    shop = credentials.shop(world)
    cc = _country(given, str(shop.sender.get("cc")), faults)
    place = _place(given, cc, faults)
    networks = _networks(world, shop, given.get("carrier_id"), cc, faults)
    most = _limit(given, faults)
    kilometres = values.whole(given, "distance", _DEFAULT_RADIUS, _RADII, 0, faults)
    lockers = not values.flag(given, "exclude_parcel_lockers", faults)
    times = {name: values.clock_time(given, name, values.CUTOFF, None, faults) for name in _TIMES}
    paging.refuse(faults)
    assert place is not None, "a place that cannot be told is a fault"
    found = [
        (distance, point, network)
        for network in networks
        if _closes(network, times)
        for distance, point in near(
            network.carrier, cc, place, kilometres * 1000, len(points(network.carrier, cc)), lockers
        )
        if _wanted(point, given)
    ]
    found.sort(key=lambda row: (row[0], row[1].code))
    today = moments.today(world)
    return media.json(
        {
            "drop_off_points": [
                _drop_off_point(point, distance, network)
                | {"opening_hours": delivery_views.dated_hours(point, today)}
                for distance, point, network in found[:most]
            ]
        }
    )


def list_pickup_locations(world: World) -> Answer:
    """The pickup points for the first delivery day, with the parameters of delivery options.

    Raises 422, 500 and 503 as delivery options do.
    """
    media.json_only(world)
    faults: list[Fault] = []
    most = _limit(paging.given(world), faults)
    paging.refuse(faults)
    asked = options.question(world)
    failing = outages.failing(world, asked.courier, edition.of(world).name)
    if failing is not None:
        raise outages.refusal(world, failing, outages.reason(failing))
    terms = doors.terms(world, asked)
    found = doors.to_collect(world, asked, terms)
    if not found:
        doors.tell_nothing(world, asked, terms)
    return media.json(
        {"pickup_locations": [delivery_views.version_2_pickup(each) for each in found[:most]]}
    )


def _country(given: Mapping[str, str], home: str, faults: list[Fault]) -> str:
    cc = given.get("cc", home if home in _COUNTRIES else _COUNTRIES[0]).upper()
    if cc not in _COUNTRIES:
        told = " and ".join(_COUNTRIES)
        faults.append(Fault(3211, f"cc {given['cc']!r}: there are drop-off points in {told} only"))
    return cc


def _place(given: Mapping[str, str], cc: str, faults: list[Fault]) -> Place | None:
    if "latitude" in given and "longitude" in given:
        return values.coordinates(given, faults)
    text = given.get("postal_code")
    if text is None:
        faults.append(Fault(3212, "postal_code is required, or latitude with longitude"))
        return None
    return place_in(cc, values.postal_code(cc, text, faults)) if cc in _COUNTRIES else None


def _networks(
    world: World, shop: Shop, text: str | None, cc: str, faults: list[Fault]
) -> list[Network]:
    """Those of the carriers with which the shop can send, as a create takes them."""
    has = {*table.carriers_from(home_of(shop.sender.get("cc")))} - switched_off(world, shop.id)
    here = [each for each in NETWORKS if each.cc == cc and each.hand_in and each.carrier in has]
    if text is None:
        return here
    number = names.CARRIERS.number(text)
    if number is None:
        faults.append(Fault(3222, f"carrier_id {text!r} is none of {names.CARRIERS.listed()}"))
    return [each for each in here if each.carrier == number]


def _limit(given: Mapping[str, str], faults: list[Fault]) -> int:
    return values.whole(given, "limit", _DEFAULT_LIMIT, _LIMITS, 0, faults)


def _closes(network: Network, times: Mapping[str, time | None]) -> bool:
    """Whether what is handed in there leaves at a wanted time."""
    cut_off = time.fromisoformat(network.cut_off)
    exact, earliest, latest = (times[name] for name in _TIMES)
    return (
        (exact is None or cut_off == exact)
        and (earliest is None or cut_off >= earliest)
        and (latest is None or cut_off <= latest)
    )


def _wanted(point: PickupPoint, given: Mapping[str, str]) -> bool:
    return all(_matches(point, given))


def _matches(point: PickupPoint, given: Mapping[str, str]) -> Iterator[bool]:
    yield given.get("external_identifier", point.code) == point.code
    yield given.get("location_name", "").casefold() in point.name.casefold()
    yield given.get("city", point.city).casefold() == point.city.casefold()
    # Shops have no references for points of their own here.
    yield "reference" not in given


def _drop_off_point(point: PickupPoint, distance: int, network: Network) -> dict[str, Any]:
    return {
        "location_code": point.code,
        "location_name": point.name,
        "cc": point.cc,
        "state": None,
        "city": point.city,
        "postal_code": point.postal_code,
        "street": point.street,
        "number": point.number,
        "number_suffix": point.number_suffix or None,
        "phone": point.phone,
        "reference": None,
        "longitude": point.place.longitude,
        "latitude": point.place.latitude,
        "available_days": [day for day, hours in enumerate(point.hours, start=1) if hours],
        "cut_off_time": network.cut_off,
        "carrier_id": network.carrier,
        "distance": distance,
        "occupancy": None,
        "occupancy_today": None,
        "default_drop_off_point": None,
        "type": delivery_views.LOCATION_TYPES[point.kind],
    }
