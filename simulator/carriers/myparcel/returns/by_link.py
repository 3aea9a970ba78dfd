"""Return shipments that receivers make on the page of a return link."""

from __future__ import annotations

from typing import Any

import msgspec

from simulator.carriers.myparcel.catalog.services import BROKER
from simulator.carriers.myparcel.labels import files
from simulator.carriers.myparcel.payments import payments
from simulator.carriers.myparcel.records import (
    SHIPMENTS,
    LabelFile,
    Payment,
    Shipment,
    Shop,
)
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


def make(world: World, shop: Shop, wish: Wish) -> LabelFile | Payment:
    """Make a return without a parent to the shop; gives its label, as the shop pays later.

    For a shop that pays before it gets labels it gives what is to be paid first (inferred: the
    document has no exception for returns).
    """
    item = {"carrier": BROKER, "name": wish.name, "email": wish.email}
    made = building.build_return(world, shop, item, None, "2017")
    shipment = world[SHIPMENTS].put(msgspec.structs.replace(made, sender=_sender(wish)))
    if payments.owed([shipment]):
        return payments.ask(world, [shipment])
    return _label(world, shipment)


def paid(world: World, payment: Payment) -> LabelFile | None:
    """The label of a return that was paid for; None while it is not, or when it was deleted."""
    shipments = payments.shipments_of(world, payment)
    if not shipments or payments.owed(shipments):
        return None
    return _label(world, shipments[0])


def _label(world: World, shipment: Shipment) -> LabelFile:
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
