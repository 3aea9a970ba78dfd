"""Track and trace: the scans of shipments, newest first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simulator.carriers.myparcel.catalog.lifecycle import (
    DELIVERED,
    FINAL,
    READY_FOR_PICKUP,
    STATUSES,
)
from simulator.carriers.myparcel.records import Shipment, Shop
from simulator.carriers.myparcel.wire import (
    credentials,
    era,
    errors,
    media,
    moments,
    paging,
    parsing,
)
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.answers import Answer
from simulator.engine.world import World

_FIELDS: dict[str, Callable[[Shipment], Any]] = {
    "shipment_id": lambda shipment: shipment.id,
    "code": lambda shipment: shipment.history[-1].code,
    "final": lambda shipment: shipment.status in FINAL,
    "description": lambda shipment: shipment.history[-1].description,
    "time": lambda shipment: shipment.history[-1].at,
}
"""What a list of tracktraces can be sorted on."""


def get_tracktraces(world: World, ids: str, extra_info: str | None = None) -> Answer:
    """``GET /tracktraces/id[;id]``: one tracktrace for each shipment, in the order of the ids.

    A shipment that nobody has scanned has an empty array in its place (observed). Without `page`
    and `size` everything comes at once. Raises 403/3001 when one of the shipments is unknown or
    somebody else's, 422 for parameters that cannot be taken.
    """
    media.json_only(world)
    shop = credentials.shop(world)
    faults: list[Fault] = []
    query = paging.read(world, _FIELDS, faults)
    paging.refuse(faults)
    shipments = _sorted([_shipment(world, shop, part) for part in _parts(ids)], query)
    if not {"page", "size"}.isdisjoint(paging.given(world)):
        shipments = query.cut(shipments)
    return media.json({"tracktraces": [_slot(world, each, extra_info) for each in shipments]})


def _parts(ids: str) -> list[str]:
    parts = parsing.parts(ids)
    if not parts:
        raise errors.parameter(3210, "id is required to be a number")
    return list(dict.fromkeys(parts))


def _shipment(world: World, shop: Shop, text: str) -> Shipment:
    number = parsing.integer(text)
    if number is None:
        raise errors.parameter(3210, f"id is required to be a number, not {text[:50]}")
    return credentials.require_shipment(world, shop, number, "Permission Denied.")


def _sorted(shipments: list[Shipment], query: paging.Query) -> list[Shipment]:
    """The shipments by a field of their tracktraces; without a scan there is only the id."""
    if query.sort is None:
        return shipments[::-1] if query.descending else shipments
    field = query.sort

    def rank(shipment: Shipment) -> tuple[bool, Any]:
        told = field == "shipment_id" or bool(shipment.history)
        return told, _FIELDS[field](shipment) if told else None

    return sorted(shipments, key=rank, reverse=bool(query.descending))


def _slot(world: World, shipment: Shipment, extra_info: str | None) -> Any:
    if not shipment.history:
        return []
    if not era.later(world):
        return _tracktrace(world, shipment)
    later = _later_tracktrace(world, shipment)
    if extra_info == "delivery_moment":
        later["delivery_moment"] = _delivery_moment(shipment)
    return later


def _tracktrace(world: World, shipment: Shipment) -> dict[str, Any]:
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


def _later_tracktrace(world: World, shipment: Shipment) -> dict[str, Any]:
    """The same with the codes and members of later documents."""
    tracktrace = _tracktrace(world, shipment)
    scans = tuple(reversed(shipment.history))
    for shown, scan in zip((tracktrace, *tracktrace["history"]), scans, strict=True):
        shown["code"] = STATUSES[scan.status].later_code or scan.code
    tracktrace["status"] = {
        "current": shipment.status,
        "main": STATUSES[shipment.status].phase,
        "final": shipment.status in FINAL,
    }
    tracktrace["link_tracktrace"] = _link(shipment)
    return tracktrace


def _link(shipment: Shipment) -> str | None:
    """The page for the recipient, as the Dutch twin writes it (observed)."""
    if shipment.barcode is None:
        return None
    recipient = shipment.recipient
    postal_code = str(recipient.get("postal_code") or "").replace(" ", "")
    return (
        f"https://myparcel.me/track-trace/{shipment.barcode}/{postal_code}/"
        f"{recipient.get('cc', 'NL')}"
    )


def _delivery_moment(shipment: Shipment) -> dict[str, Any] | None:
    """When the package is, or was, to be delivered; None when nobody can tell.

    Observed in clients: its times have the form of the later delivery options.
    """
    brought = (DELIVERED, READY_FOR_PICKUP)
    delivered = next((trace for trace in shipment.history if trace.status in brought), None)
    date = shipment.options.get("delivery_date")
    agreed = moments.parse(date) if isinstance(date, str) else None
    at = agreed if delivered is None else delivered.at
    return None if at is None else {"start": moments.zoned(at), "end": moments.zoned(at)}
