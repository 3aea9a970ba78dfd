"""Delivery options in the forms of the twins.

* `day` and `pickup`: the document of 2017; that of today differs in coordinates only. Its `cc`
  is what a client of it reads, though not in its document.
* `version_2_day`, `version_2_pickup`: what the Dutch twin gives to ``version=2.0`` in Accept, after
  its later document and what its clients read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from simulator.carriers.myparcel.catalog.pickup_points import WEEKDAYS, Kind, PickupPoint
from simulator.carriers.myparcel.catalog.types import PICKUP, PICKUP_EXPRESS
from simulator.carriers.myparcel.delivery.slots import Pickup, Slot, Terms, start_of
from simulator.carriers.myparcel.offers import names
from simulator.carriers.myparcel.wire import moments


def day(day: date, slots: Sequence[Slot]) -> dict[str, Any]:
    """A delivery day with its times."""
    return {
        "date": day.isoformat(),
        "time": [
            {
                "start": slot.start.isoformat(),
                "end": slot.end.isoformat(),
                "price": {"currency": "EUR", "amount": slot.price},
                "price_comment": slot.comment,
                "comment": "",
                "type": slot.type,
            }
            for slot in slots
        ],
    }


def pickup(offer: Pickup, saturday: str, *, texts: bool) -> dict[str, Any]:
    """A pickup point; its own price and start are those of express where it has that.

    `saturday` is how that day is spelled in the opening hours; `texts` whether coordinates are
    texts under their whole names.
    """
    point, place = offer.point, offer.point.place
    first = PICKUP_EXPRESS if offer.express else PICKUP
    return {
        "date": offer.day.isoformat(),
        "time": [
            {
                "start": start_of(kind).isoformat(),
                "type": kind,
                "price": {"amount": price, "currency": "EUR"},
            }
            for kind, price in offer.prices.items()
        ],
        "location": point.name,
        "street": point.street,
        "number": point.number,
        "postal_code": point.postal_code,
        "city": point.city,
        "cc": point.cc,
        "start_time": start_of(first).isoformat(),
        "price": offer.prices[first],
        "price_comment": "retailexpress" if offer.express else "retail",
        "phone_number": point.phone,
        "comment": offer.remark,
        "opening_hours": {
            saturday if weekday == "saturday" else weekday: list(hours)
            for weekday, hours in zip(WEEKDAYS, point.hours, strict=True)
        },
        "distance": str(offer.distance),
        **({"latitude": str(place.latitude), "longitude": str(place.longitude)} if texts else {}),
        "location_code": point.code,
        **(
            {}
            if texts
            else {"lat": place.latitude, "long": place.longitude, "carrier": offer.carrier}
        ),
    }


def version_2_day(
    day: date, slots: Sequence[Slot], terms: Terms, package_type: str
) -> dict[str, Any]:
    """A delivery day with its possibilities for a package type that is named."""
    return {
        "date": _moment(day, time()),
        "possibilities": [
            {
                "type": names.DELIVERY_TYPES[slot.type].old,
                "package_type": package_type,
                "shipment_options": _options(terms, slot),
                "collect_date": None,
                "delivery_time_frames": [
                    {"type": "start", "date_time": _moment(day, slot.start)},
                    {"type": "end", "date_time": _moment(day, slot.end)},
                ],
            }
            for slot in slots
        ],
    }


LOCATION_TYPES: dict[Kind, str] = {
    **dict.fromkeys(("business", "post_office", "shop"), "retail"),
    "office": "post_office",
    "locker": "locker",
}
"""What a point is called today: a shop, a post's own office, or a parcel locker."""


def version_2_pickup(offer: Pickup) -> dict[str, Any]:
    """A pickup point with its possibilities."""
    point = offer.point
    return {
        "address": {
            "cc": point.cc,
            "city": point.city,
            "street": point.street,
            "postal_code": point.postal_code,
            "number": point.number,
            "number_suffix": point.number_suffix,
        },
        "possibilities": [
            {
                "delivery_type_id": kind,
                "delivery_type_name": names.DELIVERY_TYPES[kind].old,
                "price": price,
                "moment": {"start": _moment(offer.day, start_of(kind))},
            }
            for kind, price in offer.prices.items()
        ],
        "location": {
            "location_name": point.name,
            "retail_network_id": point.retail_network_id,
            "distance": str(offer.distance),
            "latitude": str(point.place.latitude),
            "longitude": str(point.place.longitude),
            "location_code": point.code,
            "phone_number": point.phone,
            "type": LOCATION_TYPES[point.kind],
            "opening_hours": dated_hours(point, offer.day),
        },
    }


def _moment(day: date, at: time) -> dict[str, Any]:
    return moments.zoned(datetime.combine(day, at, moments.AMSTERDAM))


def _options(terms: Terms, slot: Slot) -> list[dict[str, Any]]:
    return [
        {"name": name, "schema": {"type": "boolean", "enum": list(values)}}
        for name, values in terms.choices(slot.type).items()
    ]


def dated_hours(point: PickupPoint, first: date) -> dict[str, Any]:
    """The weekly hours, each weekday with the date on which it next comes."""
    days = [first + timedelta(days=(number - first.weekday()) % 7) for number in range(7)]
    return {
        WEEKDAYS[day.weekday()]: [
            {"start": _moment(day, start), "end": _moment(day, end)}
            for start, end in point.spans(day)
        ]
        for day in days
    }
