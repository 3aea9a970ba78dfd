"""A shop's saved addresses: `save_recipient_address` adds to them, `recipients` may name them.

The document speaks of ids of addresses without saying where they come from; that saving gives
them is inferred.
"""

from __future__ import annotations

from typing import Any

from simulator.carriers.myparcel import parse
from simulator.carriers.myparcel.records import ADDRESSES, SavedAddress, Shipment, Shop
from simulator.engine.world import World

FIRST_ID = 3_000_001


def remember(world: World, shipment: Shipment) -> None:
    """Save the recipient's address if the shipment asks for it and the shop has it not yet."""
    settings = shipment.general_settings
    if settings is None or not parse.flag(settings.get("save_recipient_address")):
        return
    known = world[ADDRESSES].where("shop_id", shipment.shop_id)
    if all(saved.address != shipment.recipient for saved in known):
        id = world.next_number("myparcel.addresses", FIRST_ID)
        world[ADDRESSES].put(SavedAddress(id, shipment.shop_id, shipment.recipient))


def resolve(world: World, shop: Shop, posted: Any) -> Any:
    """The address that is meant: a saved one for an id, None for an unknown id.

    Everything else is left as it is for the rules to judge.
    """
    number = None if isinstance(posted, dict | list | bool) else parse.integer(posted)
    if number is None or not world.quirk("myparcel.recipient_ids"):
        return {} if posted is None else posted
    saved = world[ADDRESSES].get(number)
    return saved.address if saved is not None and saved.shop_id == shop.id else None
