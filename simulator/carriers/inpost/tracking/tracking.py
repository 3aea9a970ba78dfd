"""Tracking: where a parcel is and has been; public, by number alone."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from simulator.carriers.inpost.bodies import point_views
from simulator.carriers.inpost.catalog.basics import TEMPLATES, Dimensions, SizeClass
from simulator.carriers.inpost.catalog.lifecycle import BEFORE_PURCHASE
from simulator.carriers.inpost.catalog.services import SERVICES
from simulator.carriers.inpost.catalog.sizes import classes_of, size_of
from simulator.carriers.inpost.records import POINTS, SHIPMENTS, HistoryItem, Parcel, Shipment
from simulator.carriers.inpost.tracking import numbers
from simulator.carriers.inpost.wire import errors, moments, parsing
from simulator.core.answers import Answer
from simulator.engine.world import World

KEPT = timedelta(days=45)
"""How long after its last event a parcel can be tracked (documented as about 45 days)."""

_ANY_LOCKER = "ANY-PM"
"""The drop-off machine of a parcel that may be left in any locker (observed)."""

_NUMBER = re.compile(r"[0-9]{24}")


class Tracked(NamedTuple):
    """What a number leads to: a shipment, one of its parcels, and the events under the number."""

    number: str
    shipment: Shipment
    parcel: Parcel | None
    events: tuple[HistoryItem, ...]


def get_tracking(world: World, tracking_number: str) -> Answer:
    """``GET /v1/tracking/:number``: the parcel's events, newest first.

    Raises 404 with ``description`` for a number that is not known, or no longer.
    """
    tracked = _find(world, tracking_number)
    shipment, events = tracked.shipment, tracked.events
    body = {
        "tracking_number": tracked.number,
        "service": shipment.service,
        "type": shipment.service,
        "status": shipment.status,
        "custom_attributes": _custom_attributes(world, tracked),
        "tracking_details": [_detail(item) for item in reversed(events)],
        "expected_flow": [],
        "created_at": moments.show(events[0].at if events else shipment.created_at),
        "updated_at": moments.show(events[-1].at if events else shipment.updated_at),
    }
    return Answer(body=body)


def get_service_history(world: World, tracking_number: str) -> Answer:
    """``GET /v1/tracking/:number/service_history``: the services of the parcel, oldest first.

    The path is documented, the body is ours: the service that was asked for, and the one that a
    ``POP-`` target put in its place. Raises 404 as `get_tracking`.
    """
    tracked = _find(world, tracking_number)
    since = moments.show(tracked.shipment.created_at)
    service = tracked.shipment.service
    services = dict.fromkeys((parsing.asked_for(service), service))
    return Answer(
        body={
            "tracking_number": tracked.number,
            "items": [{"service": name, "datetime": since} for name in services],
        }
    )


def _find(world: World, number: str) -> Tracked:
    if world.quirk("inpost.tracking") == "not_found":
        raise errors.tracking_not_found(number, "the quirk inpost.tracking hides every number")
    if not _NUMBER.fullmatch(number):
        told = f"{number[:60]!r} is not a tracking number, which has 24 digits"
        raise errors.tracking_not_found(number, told)
    tracked = look_up(world, number)
    if tracked is None:
        advice = "numbers come with the purchase: read tracking_number of a confirmed shipment"
        raise errors.tracking_not_found(number, advice=advice)
    last = _last_moment(tracked)
    if last < world.now - KEPT:
        told = f"its last event was at {moments.show(last)}, tracking keeps {KEPT.days} days"
        raise errors.tracking_not_found(number, told)
    return tracked


def look_up(world: World, number: str) -> Tracked | None:
    """What a number leads to, however long ago; None for one that nobody has."""
    shipment = world[SHIPMENTS].get(numbers.shipment_id_in(number))
    if shipment is None:
        return None
    if shipment.return_tracking_number == number:
        return Tracked(number, shipment, None, _way_back(shipment))
    parcel = _parcel(shipment, number)
    if parcel is None and shipment.tracking_number != number:
        return None
    return Tracked(number, shipment, parcel, _events(shipment))


def _parcel(shipment: Shipment, number: str) -> Parcel | None:
    return next((p for p in shipment.parcels if p.tracking_number == number), None)


def _events(shipment: Shipment) -> tuple[HistoryItem, ...]:
    """The history from the purchase on: before it, there is no parcel to track."""
    return tuple(item for item in shipment.history if item.status not in BEFORE_PURCHASE)


def _way_back(shipment: Shipment) -> tuple[HistoryItem, ...]:
    """The events under the return number: all since the parcel turned round."""
    events = _events(shipment)
    turned = [place for place, item in enumerate(events) if item.status == "returned_to_sender"]
    return events[turned[0] :] if turned else events


def _last_moment(tracked: Tracked) -> datetime:
    return tracked.events[-1].at if tracked.events else tracked.shipment.updated_at


def _detail(item: HistoryItem) -> dict[str, Any]:
    return {
        "status": item.status,
        "origin_status": item.origin_status,
        "agency": item.agency,
        "location": item.location,
        "datetime": moments.show(item.at),
    }


def _custom_attributes(world: World, tracked: Tracked) -> dict[str, Any]:
    """Size, machines and weekend delivery; only the keys that the shipment has a value for."""
    shipment = tracked.shipment
    attributes: dict[str, Any] = {}
    parcels = shipment.parcels if tracked.parcel is None else (tracked.parcel,)
    size = _size(shipment, parcels[0]) if parcels else None
    if size is not None:
        attributes["size"] = size
    for role, name in (("target", shipment.target_point), ("dropoff", shipment.dropoff_point)):
        if name is not None:
            point = world[POINTS].get(name)
            attributes[f"{role}_machine_id"] = name
            attributes[f"{role}_machine_detail"] = (
                None if point is None else point_views.machine(point)
            )
    if shipment.dropoff_point is None and shipment.sending_method == "parcel_locker":
        attributes["dropoff_machine_id"] = _ANY_LOCKER
    attributes["end_of_week_collection"] = shipment.end_of_week_collection
    return attributes


def _size(shipment: Shipment, parcel: Parcel) -> SizeClass | None:
    """The parcel's locker class; None for services without classes."""
    service = SERVICES.get(shipment.service or "")
    if service is None or not classes_of(service):
        return None
    if parcel.template in TEMPLATES:
        return size_of(parcel.template)
    if parcel.length is None or parcel.width is None or parcel.height is None:
        return None
    return size_of(Dimensions(parcel.length, parcel.width, parcel.height))
