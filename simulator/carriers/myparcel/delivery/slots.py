"""What can be had on a delivery day: times at the door, and pickup points nearby."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, time
from types import MappingProxyType

import msgspec

from simulator.carriers.myparcel.catalog.pickup_points import COMMENTS, PickupPoint
from simulator.carriers.myparcel.catalog.types import PICKUP_EXPRESS, STANDARD
from simulator.carriers.myparcel.delivery.query import DeliveryQuery
from simulator.carriers.myparcel.offers.model import Delivery, Option, left_open
from simulator.carriers.myparcel.rules import windows


class Terms(msgspec.Struct, frozen=True):
    """What a carrier has for a question: its delivery types and their options; empty: nothing.

    `why` says then what there is against it, for the journal.
    """

    deliveries: Mapping[int, Delivery] = MappingProxyType({})
    options: Mapping[str, Option] = MappingProxyType({})
    why: str = ""

    def choices(self, delivery_type: int) -> dict[str, tuple[bool, ...]]:
        """What each option can be with this delivery type: on, or on and off.

        What does not go with the type, or with an option that it needs, is left out.
        """
        delivery = self.deliveries[delivery_type]
        left = left_open(self.options, delivery.requires, delivery.excludes)
        return {
            name: (True,) if option.required else (True, False) for name, option in left.items()
        }


class Slot(msgspec.Struct, frozen=True):
    """A time of a day in which a parcel is brought to the door; `price` in cents of a euro."""

    type: int
    start: time
    end: time
    price: int
    comment: str


class Pickup(msgspec.Struct, frozen=True):
    """A pickup point with the ways in which a parcel of `day` can be collected there.

    `prices` has pickup, pickup express or both with what they cost, in cents; `distance` is in
    metres.
    """

    day: date
    point: PickupPoint
    distance: int
    prices: Mapping[int, int]
    carrier: int

    @property
    def express(self) -> bool:
        """Whether it can be collected early in the morning."""
        return PICKUP_EXPRESS in self.prices

    @property
    def remark(self) -> str:
        """What the point says of itself."""
        return COMMENTS.get(self.point.kind, "")


def start_of(delivery_type: int) -> time:
    """From when a parcel can be collected."""
    return windows.READY_FROM[delivery_type]


def wanted(slot: Slot, query: DeliveryQuery, day: date, evenings: Collection[int]) -> bool:
    """Whether the day has the slot, and the question leaves it in."""
    if not windows.has_type(slot.type, day, evenings):
        return False
    if slot.type == STANDARD:
        return True  # documented: it cannot be excluded
    in_time = query.moment is None or slot.start <= query.moment <= slot.end
    return in_time and slot.type not in query.excluded
