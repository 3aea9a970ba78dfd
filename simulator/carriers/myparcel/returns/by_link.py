"""Return shipments that receivers make on the page of a return link."""

from __future__ import annotations

from typing import Any

import msgspec

from simulator.carriers.myparcel.catalog.services import BROKER
from simulator.carriers.myparcel.labels import files
from simulator.carriers.myparcel.records import LabelFile, Shop
from simulator.carriers.myparcel.shipments import building
from simulator.carriers.myparcel.tracking import lifecycle
from simulator.engine.world import World


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What a receiver fills in on the page: who sends; only the name must be there."""

    name: str
    email: str = ""
    phone: str = ""
    street: str = ""
    number: str = ""
    postal_code: str = ""
    city: str = ""


def make(world: World, shop: Shop, wish: Wish) -> LabelFile:
    """Register a return without a parent to the shop; gives its label.

    The shop pays for it when the parcel has come (inferred), so the label can be had at once.
    """
    item = {"carrier": BROKER, "name": wish.name, "email": wish.email}
    made = building.build_return(world, shop, item, None, "com")
    shipment = msgspec.structs.replace(made, sender=_sender(wish), paid=True)
    registered = lifecycle.register(world, shipment)
    return files.keep(world, [registered], files.Form("A6"))


def _sender(wish: Wish) -> dict[str, Any]:
    address = {
        "cc": "NL",
        "postal_code": wish.postal_code,
        "city": wish.city,
        "street": wish.street,
        "number": wish.number,
        "person": wish.name,
        "email": wish.email,
        "phone": wish.phone,
    }
    return {name: value for name, value in address.items() if value}
