"""A tracktrace in the shapes of the editions, each by the name that the table of editions has.

* `plain`: the document of 2017, section 7.L.
* `staged`: today's documents and public descriptions. The main status, the location and whether
  there is a delay stand with every event. Since the newest event is the tracktrace itself, its
  history holds the others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from simulator.carriers.myparcel.bodies import pages
from simulator.carriers.myparcel.catalog.lifecycle import (
    DELIVERED,
    FINAL,
    INACTIVE,
    READY_FOR_PICKUP,
    STATUSES,
)
from simulator.carriers.myparcel.editions import carriers
from simulator.carriers.myparcel.records import Shipment, Trace
from simulator.carriers.myparcel.tracking import scan_places
from simulator.carriers.myparcel.wire import moments
from simulator.engine.world import World

MAIN: dict[int, str] = {
    2: "registered",
    3: "handed_to_carrier",
    **dict.fromkeys((4, 6), "sorting"),
    5: "distribution",
    **dict.fromkeys((7, 8, 9, 10, 11, 19), "delivered"),
}
"""The main status of every status that a scan brings; what is not scanned keeps the last one.

Observed: the five names, and those of statuses 2, 3, 4, 5 and 7. Inferred: customs, pickup points
and returns.
"""

_UNKNOWN = 99
_ACTIVE = {twin: status for status, twin in INACTIVE.items() if twin != _UNKNOWN}


class Wanted(NamedTuple):
    """What a client wants of a tracktrace beside its usual members."""

    delivery_moment: bool = False
    oldest_first: bool = False


Show = Callable[[World, Shipment, Wanted], dict[str, Any]]


def plain(world: World, shipment: Shipment, wanted: Wanted) -> dict[str, Any]:
    """The shape of 2017."""
    *earlier, last = shipment.history
    as_text = world.quirk("myparcel.tracktrace_ids") == "string"
    return {
        "shipment_id": str(shipment.id) if as_text else shipment.id,
        "code": last.code,
        "final": shipment.status in FINAL,
        "description": last.description,
        "time": moments.show(last.at),
        "history": [
            {"code": scan.code, "description": scan.description, "time": moments.show(scan.at)}
            for scan in reversed(earlier)
        ],
    }


def staged(world: World, shipment: Shipment, wanted: Wanted) -> dict[str, Any]:
    """The shape of today."""
    *earlier, last = shipment.history
    as_text = world.quirk("myparcel.tracktrace_ids") == "string"
    carrier = carriers.as_read(shipment.carrier, shipment.numbering, "today")
    shown = {
        "shipment_id": str(shipment.id) if as_text else shipment.id,
        "carrier": carrier,
        "code": _code(last),
        "description": last.description,
        "time": moments.show(last.at),
        "link_consumer_portal": pages.portal(shipment),
        "link_tracktrace": pages.of_carrier(shipment, carrier),
        "partner_tracktraces": [],
        "recipient": shipment.recipient,
        "sender": shipment.sender,
        "options": shipment.options,
        "pickup": shipment.pickup,
        "delayed": False,
        "location": _last_location(shipment),
        "status": {
            "current": shipment.status,
            "main": main_status(shipment),
            "final": shipment.status in FINAL,
        },
        "history": [
            _event(shipment, scan) for scan in (earlier if wanted.oldest_first else earlier[::-1])
        ],
    }
    if wanted.delivery_moment:
        shown |= _delivery_moment(shipment)
    return shown


SHAPES: dict[str, Show] = {"plain": plain, "staged": staged}


def main_status(shipment: Shipment) -> str:
    """The main status of a shipment that was scanned."""
    status = _ACTIVE.get(shipment.status, shipment.status)
    return MAIN.get(status) or MAIN.get(shipment.history[-1].status, "registered")


def _event(shipment: Shipment, scan: Trace) -> dict[str, Any]:
    return {
        "code": _code(scan),
        "status": scan.status,
        "main": MAIN.get(scan.status, "registered"),
        "description": scan.description,
        "time": moments.show(scan.at),
        "delayed": False,
        "location": scan_places.location(shipment, scan.status),
    }


def _code(scan: Trace) -> str:
    return STATUSES[scan.status].later_code or scan.code


def _last_location(shipment: Shipment) -> dict[str, Any] | None:
    """Where it was seen last."""
    places = (scan_places.location(shipment, scan.status) for scan in reversed(shipment.history))
    return next((place for place in places if place is not None), None)


def _delivery_moment(shipment: Shipment) -> dict[str, Any]:
    """When the package is, or was, to be delivered; nothing when nobody can tell.

    Observed: its times have the form of the later delivery options, and its type is `estimated` or
    `expected`. Inferred: what is agreed is expected, what has happened was estimated.
    """
    brought = (DELIVERED, READY_FOR_PICKUP)
    delivered = next((scan for scan in shipment.history if scan.status in brought), None)
    date = shipment.options.get("delivery_date")
    agreed = moments.parse(date) if isinstance(date, str) else None
    at = agreed if delivered is None else delivered.at
    if at is None:
        return {}
    moment = {"start": moments.zoned(at), "end": moments.zoned(at)}
    kind = "expected" if delivered is None else "estimated"
    return {"delivery_moment_type": kind, "delivery_moment": moment}
