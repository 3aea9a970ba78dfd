"""How points look: whole as a resource, and short as a machine inside tracking."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from simulator.carriers.inpost.catalog.points import PointSeed
from simulator.carriers.inpost.wire import links
from simulator.engine.world import World

_IMAGES = "https://static.easypack24.net"
_FIRST_ROUND = datetime(2026, 1, 1, tzinfo=UTC)
_ROUND = timedelta(days=60)

_PHYSICAL_TYPES = {
    "001": "classic",
    "002": "classic",
    "003": "modular",
    "004": "newfm",
    "005": "next",
    "006": "screenless",
}
"""`physical_type_mapped` -> `physical_type` (observed in a survey of 2026; 001 is inferred)."""

_UNTOLD = "NO_DATA"


def last_change(point: PointSeed, now: datetime) -> datetime:
    """When the point was last changed, as ``updated_from`` and ``updated_to`` see it.

    Seeded points are gone over once in 60 days, each at its own moment, so that some of them
    changed lately whatever a workspace's clock shows (inferred).
    """
    if point.changed_at is not None:
        return point.changed_at
    first = _FIRST_ROUND - timedelta(hours=point.updated_hours_ago)
    return now - (now - first) % _ROUND


def whole(world: World, point: PointSeed, distance: float | None = None) -> dict[str, Any]:
    """The point with all its keys in the carrier's order; `distance` in metres."""
    title = "PaczkoPunkt" if "pop" in point.types else "Paczkomat"
    return {
        "href": links.resource(world, f"/v1/points/{point.name}"),
        "name": point.name,
        "display_name": f"InPost {title} {point.name}",
        "type": list(point.types),
        "status": point.status,
        "location": {"longitude": point.longitude, "latitude": point.latitude},
        "location_type": point.location_type,
        "location_date": None,
        "location_description": point.location_description,
        "location_description_1": None,
        "location_description_2": None,
        "distance": distance,
        "opening_hours": point.opening_hours,
        "address": {"line1": point.line1, "line2": point.line2},
        "address_details": {
            "city": point.city,
            "province": point.province,
            "post_code": point.post_code,
            "street": point.street,
            "building_number": point.building_number,
            "flat_number": None,
        },
        "phone_number": None,
        "payment_point_descr": point.payment_point_descr,
        "functions": list(point.functions),
        "partner_id": point.partner_id,
        "is_next": point.is_next,
        "payment_available": point.payment_available,
        "payment_type": dict(point.payment_type),
        "virtual": point.virtual,
        "recommended_low_interest_box_machines_list": list(point.recommended),
        "apm_doubled": None,
        "location_247": point.location_247,
        "operating_hours_extended": {"customer": None},
        "agency": point.agency,
        "image_url": f"{_IMAGES}{point.image_url}",
        "easy_access_zone": point.easy_access_zone,
        "air_index_level": point.air_index_level,
        "physical_type_mapped": point.physical_type_mapped,
        "physical_type_description": None,
        **(_details(point) if world.quirk("inpost.point_details") else {}),
    }


def _details(point: PointSeed) -> dict[str, Any]:
    """The members that points of 2026 have besides (observed).

    Availability is not told by the public interface, so that all of it is ``NO_DATA``; the areas
    and the codes are made up of the point's own address and agency (inferred).
    """
    digits = point.post_code.replace("-", "")
    return {
        "country": "PL",
        "location_category": "Generic",
        "agencies_extended": [{"name": point.agency}],
        "physical_type": _PHYSICAL_TYPES.get(point.physical_type_mapped, ""),
        "in_mobile_collect_excluded": None,
        "in_mobile_send_excluded": None,
        "in_mobile_return_excluded": None,
        "express_delivery_send": False,
        "express_delivery_collect": False,
        "delivery_area_id": digits[:2],
        "micro_area_id": digits,
        "agency_code": point.agency,
        "locker_availability": {"status": _UNTOLD, "details": dict.fromkeys("ABC", _UNTOLD)},
        "supported_locker_temperatures": list(point.supported_locker_temperatures) or None,
        "unavailability_periods": None,
        "mondial_relay_id": "00000",
        "print_in_store": None,
    }


def machine(point: PointSeed) -> dict[str, Any]:
    """The point as tracking shows it; note ``location247`` without an underscore (observed)."""
    return {
        "name": point.name,
        "opening_hours": point.opening_hours,
        "location_description": point.location_description,
        "location": {"latitude": point.latitude, "longitude": point.longitude},
        "address": {"line1": point.line1, "line2": point.line2},
        "type": list(point.types),
        "location247": point.location_247,
    }
