"""What there is by the document of 2017: its table of services, and PostNL's points in NL.

MyParcel: document of 2017, sections 8.A.4 and 9. Times, prices and comments of morning, standard,
retail and retailexpress are the document's; those of the evening were recorded.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from simulator.carriers.myparcel.catalog.delivery_areas import DUTCH_NETWORK, types_at
from simulator.carriers.myparcel.catalog.pickup_points import PickupPoint, near
from simulator.carriers.myparcel.catalog.services import SERVICES
from simulator.carriers.myparcel.catalog.types import (
    EVENING,
    MORNING,
    PICKUP,
    PICKUP_EXPRESS,
    STANDARD,
)
from simulator.carriers.myparcel.delivery.query import DeliveryQuery
from simulator.carriers.myparcel.delivery.slots import Pickup, Slot, Terms, wanted
from simulator.carriers.myparcel.offers.model import Delivery
from simulator.carriers.myparcel.rules import windows
from simulator.carriers.myparcel.wire import edition
from simulator.engine.world import World

_MORNING_PRICE = 1000
_EVENING_PRICE = 125
_PICKUP_PRICES = {PICKUP: 0, PICKUP_EXPRESS: 125}

_ABROAD = (time(8), time(17))
_PICKUP_RADIUS_M = 25_000
_PICKUP_CANDIDATES = 60
_PICKUP_LIMIT = 20


def terms(query: DeliveryQuery) -> Terms:
    """The delivery types at the address, none where the carrier does not deliver at all."""
    if not any(
        service.carrier == query.carrier and query.cc in service.prices for service in SERVICES
    ):
        return Terms(why=f"carrier {query.carrier} has no service to {query.cc}")
    types = types_at(query.postal_code, query.carrier)
    return Terms({number: Delivery(number) for number in sorted(types)})


def slots(
    world: World, query: DeliveryQuery, found: Terms, day: date, evening_comment: str
) -> list[Slot]:
    """The times of a delivery day, earliest type first."""
    if query.cc != "NL" or query.carrier not in DUTCH_NETWORK:
        return [Slot(STANDARD, *_ABROAD, 0, "standard")]
    spoken = edition.of(world)
    evenings = edition.evenings(world.quirk, spoken)
    standard = windows.round_of(world, query.postal_code, query.number, day)
    possible = (
        Slot(MORNING, *windows.AT_THE_DOOR[MORNING], _MORNING_PRICE, "morning"),
        Slot(STANDARD, *standard, 0, "standard"),
        Slot(EVENING, *windows.AT_THE_DOOR[EVENING], _EVENING_PRICE, evening_comment),
    )
    return [
        slot
        for slot in possible
        if slot.type in found.deliveries
        and (query.parcel or slot.type == STANDARD)
        and wanted(slot, query, day, evenings)
    ]


def pickups(query: DeliveryQuery, found: Terms, day: date) -> list[Pickup]:
    """The pickup points around the address that can give out a parcel of `day`, nearest first."""
    if query.place is None or query.carrier not in DUTCH_NETWORK or not query.parcel:
        return []
    around = near(query.place, _PICKUP_RADIUS_M, _PICKUP_CANDIDATES)
    possible = (
        Pickup(
            day,
            point,
            distance,
            {kind: _PICKUP_PRICES[kind] for kind in _types(point, query, day)},
            query.carrier,
        )
        for distance, point in around
    )
    return [each for each in possible if each.prices][:_PICKUP_LIMIT]


def _types(point: PickupPoint, query: DeliveryQuery, day: date) -> Iterable[int]:
    if PICKUP not in query.excluded and point.is_open(day, windows.READY_FROM[PICKUP]):
        yield PICKUP
    express = windows.READY_FROM[PICKUP_EXPRESS]
    early = point.kind == "business" and point.is_open(day, express)
    if early and PICKUP_EXPRESS not in query.excluded:
        yield PICKUP_EXPRESS
