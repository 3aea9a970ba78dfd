"""A shop's saved addresses: `save_recipient_address` adds to them, `recipients` may name them.

The document speaks of ids of addresses without saying where they come from; that saving gives
them, and that a shipment shows the id, is inferred.
"""

from __future__ import annotations

from typing import Any

import msgspec

from simulator.carriers.myparcel.bodies.readings import Readings
from simulator.carriers.myparcel.records import (
    ADDRESSES,
    SHIPMENTS,
    SavedAddress,
    Shipment,
    Shop,
)
from simulator.carriers.myparcel.wire import parsing
from simulator.engine.world import World

_FIRST_ID = 3_000_001


def remember(world: World, shipment: Shipment) -> Shipment:
    """Save the recipient's address if the shipment asks for it and the shop has it not yet.

    Gives the shipment, which then knows the id of the address.
    """
    settings = shipment.general_settings
    if settings is None or not parsing.flag(settings.get("save_recipient_address")):
        return shipment
    wanted = SavedAddress(0, shipment.shop_id, shipment.recipient)
    saved = world[ADDRESSES].first("content", wanted.content)
    if saved is None:
        id = world.next_number("myparcel.addresses", _FIRST_ID)
        saved = world[ADDRESSES].put(msgspec.structs.replace(wanted, id=id))
    return world[SHIPMENTS].put(msgspec.structs.replace(shipment, address_id=saved.id))


def resolve(world: World, rules: Readings, shop: Shop, posted: Any) -> Any:
    """The address that is meant: a saved one for an id, None for an unknown id.

    Everything else is left as it is for the rules to judge, ids as well where `rules` take
    addresses only.
    """
    number = None if isinstance(posted, dict | list | bool) else parsing.integer(posted)
    if number is None or rules.addresses_only:
        return {} if posted is None else posted
    saved = world[ADDRESSES].get(number)
    return saved.address if saved is not None and saved.shop_id == shop.id else None
