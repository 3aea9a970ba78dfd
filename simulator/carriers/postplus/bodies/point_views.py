"""How pickup points look."""

from __future__ import annotations

from typing import Any

from simulator.carriers.postplus.records import PickupPoint
from simulator.carriers.postplus.wire import moments

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def show(point: PickupPoint) -> dict[str, Any]:
    """A pickup point with its keys in the documented order; a day on which it is closed is None."""
    return {
        "type": point.type,
        "id": point.id,
        "updatedOn": moments.show(point.updated_on),
        "carrierPickupPointId": point.carrier_pickup_point_id,
        "name": point.name,
        "isActive": point.is_active,
        "carrier": point.carrier,
        "carrierCode": point.carrier_code,
        "countryCode": point.country_code,
        "region": point.region,
        "city": point.city,
        "zipCode": point.zip_code,
        "address": point.address,
        "lat": point.lat,
        "lng": point.lng,
        "description": point.description,
        "contactPhone": point.contact_phone,
        "contactEmail": point.contact_email,
        "hasBankCard": point.has_bank_card,
        **dict(zip(_DAYS, (hours or None for hours in point.hours), strict=True)),
    }
