"""Tracking numbers and drop-off codes.

Observed: 24 digits, beginning with 6 for lockers and with 52 for couriers and returns. The rule of
the check digit is unknown; here a number holds eight digits of chance, the shipment's id and the
parcel's place, so that it is unique.
"""

from __future__ import annotations

from simulator.carriers.inpost.catalog.services import SERVICES
from simulator.engine.world import World

LOCKER_PREFIXES = ("60", "61", "62", "63", "66", "68")
COURIER_PREFIX = "52"

_RETURN_PLACE = 9999


def tracking_number(world: World, shipment_id: int, service_id: str, place: int = 0) -> str:
    """The number of the parcel at `place`; that of the first parcel is the shipment's too."""
    if SERVICES[service_id].kind == "locker":
        prefix = world.chance.choice("inpost.tracking_prefix", shipment_id, LOCKER_PREFIXES)
    else:
        prefix = COURIER_PREFIX
    return _compose(world, prefix, shipment_id, place)


def return_tracking_number(world: World, shipment_id: int) -> str:
    """The number under which the shipment travels back to its sender."""
    return _compose(world, COURIER_PREFIX, shipment_id, _RETURN_PLACE)


def _compose(world: World, prefix: str, shipment_id: int, place: int) -> str:
    chance = world.chance.digits("inpost.tracking_number", shipment_id, 8)
    return f"{prefix}{chance}{shipment_id:010d}{place:04d}"


def shipment_id_in(number: str) -> int:
    """The shipment to which a number of 24 digits would belong, if this simulator gave it out."""
    return int(number[10:20])


def delivering_code(world: World, shipment_id: int) -> str:
    """The code with which a sender opens a box of the drop-off locker; six digits (inferred)."""
    return world.chance.digits("inpost.customer_delivering_code", shipment_id, 6)
