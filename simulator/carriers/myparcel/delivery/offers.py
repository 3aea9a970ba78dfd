"""What can be had on a delivery day: times at the door, and pickup points nearby.

MyParcel: document of 2017, sections 8.A.4 and 9. Times, prices and comments of morning, standard,
retail and retailexpress are the document's; those of the evening were recorded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, time

import msgspec

from simulator.carriers.myparcel.catalog.delivery_areas import DUTCH_NETWORK
from simulator.carriers.myparcel.catalog.delivery_quirks import EVENING_WEEKDAYS
from simulator.carriers.myparcel.catalog.pickup_points import (
    COMMENTS,
    PickupPoint,
    near,
)
from simulator.carriers.myparcel.catalog.services import SERVICES
from simulator.carriers.myparcel.catalog.types import (
    EVENING,
    MORNING,
    PICKUP,
    PICKUP_EXPRESS,
    STANDARD,
)
from simulator.carriers.myparcel.delivery.query import DeliveryQuery
from simulator.carriers.myparcel.rules import windows
from simulator.engine.world import World

_MORNING_PRICE = 1000
_EVENING_PRICE = 125
_EXPRESS_PRICE = 125

_ABROAD = (time(8), time(17))
_PICKUP_RADIUS_M = 25_000
_PICKUP_CANDIDATES = 60
_PICKUP_LIMIT = 20


class Slot(msgspec.Struct, frozen=True):
    """A time of a day in which a parcel is brought to the door; `price` in cents of a euro."""

    type: int
    start: time
    end: time
    price: int
    comment: str


class Pickup(msgspec.Struct, frozen=True):
    """A pickup point with the ways in which a parcel of `day` can be collected there.

    `types` holds pickup, pickup express or both; `distance` is in metres.
    """

    day: date
    point: PickupPoint
    distance: int
    types: tuple[int, ...]
    carrier: int

    @property
    def express(self) -> bool:
        """Whether it can be collected early in the morning."""
        return PICKUP_EXPRESS in self.types

    @property
    def remark(self) -> str:
        """What the point says of itself."""
        return COMMENTS.get(self.point.kind, "")


def start_of(delivery_type: int) -> time:
    """From when a parcel can be collected."""
    return windows.READY_FROM[delivery_type]


def price_of(delivery_type: int) -> int:
    """What collecting a parcel costs, in cents."""
    return _EXPRESS_PRICE if delivery_type == PICKUP_EXPRESS else 0


def served(query: DeliveryQuery) -> bool:
    """Whether the carrier delivers to the country at all."""
    return any(
        service.carrier == query.carrier and query.cc in service.prices for service in SERVICES
    )


def slots(
    world: World, query: DeliveryQuery, day: date, evening_comment: str, types: Collection[int]
) -> list[Slot]:
    """The times of a delivery day, earliest type first, of the `types` that the carrier has."""
    if query.cc != "NL" or query.carrier not in DUTCH_NETWORK:
        return [Slot(STANDARD, *_ABROAD, 0, "standard")] if STANDARD in types else []
    evenings = EVENING_WEEKDAYS[world.quirk("myparcel.evening_days")]
    standard = windows.round_of(world, query.postal_code, query.number, day)
    offered = (
        Slot(MORNING, *windows.AT_THE_DOOR[MORNING], _MORNING_PRICE, "morning"),
        Slot(STANDARD, *standard, 0, "standard"),
        Slot(EVENING, *windows.AT_THE_DOOR[EVENING], _EVENING_PRICE, evening_comment),
    )
    return [
        slot
        for slot in offered
        if slot.type in types
        and windows.has_type(slot.type, day, evenings)
        and _wanted(slot, query)
    ]


def _wanted(slot: Slot, query: DeliveryQuery) -> bool:
    if slot.type == STANDARD:
        return True  # documented: it cannot be excluded
    if not query.parcel:
        return False
    in_time = query.moment is None or slot.start <= query.moment <= slot.end
    return in_time and slot.type not in query.excluded


def pickups(query: DeliveryQuery, day: date) -> list[Pickup]:
    """The pickup points around the address that can give out a parcel of `day`, nearest first."""
    if query.place is None or query.carrier not in DUTCH_NETWORK or not query.parcel:
        return []
    found = near(query.place, _PICKUP_RADIUS_M, _PICKUP_CANDIDATES)
    offers = (
        Pickup(day, point, distance, tuple(_types(point, query, day)), query.carrier)
        for distance, point in found
    )
    return [offer for offer in offers if offer.types][:_PICKUP_LIMIT]


def _types(point: PickupPoint, query: DeliveryQuery, day: date) -> Iterable[int]:
    if PICKUP not in query.excluded and point.is_open(day, windows.READY_FROM[PICKUP]):
        yield PICKUP
    express = windows.READY_FROM[PICKUP_EXPRESS]
    early = point.kind == "business" and point.is_open(day, express)
    if early and PICKUP_EXPRESS not in query.excluded:
        yield PICKUP_EXPRESS
