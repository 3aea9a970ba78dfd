"""What fails when a rule lets a step of a purchase fail, in the carrier's own way (inferred)."""

from __future__ import annotations

from msgspec.structs import replace

from simulator.carriers.inpost.purchase import buying
from simulator.carriers.inpost.purchase.offer_making import refuse_offers
from simulator.carriers.inpost.records import SHIPMENTS
from simulator.engine.world import World

NO_MONEY = "debt_collection"
"""What a transaction says that could not be paid for (observed)."""


def fail_offers(world: World, *, shipment_id: int, choose: bool = True) -> None:
    """The offers come, and none of them can be had."""
    buying.offers_come(world, shipment_id, choose, refuse_offers)


def fail_choice(world: World, *, shipment_id: int) -> None:
    """Nothing is selected; whoever wants the offer has to buy it while it lives."""
    shipment = world[SHIPMENTS].get(shipment_id)
    if shipment is not None and shipment.preparing:
        buying.await_choice(world, replace(shipment, preparing=False))


def fail_transaction(world: World, *, shipment_id: int, offer_id: int) -> None:
    """Nothing comes of the purchase; the offer can be bought again while it lives."""
    shipment = world[SHIPMENTS].get(shipment_id)
    if shipment is not None and shipment.purchasing:
        buying.await_choice(world, replace(shipment, purchasing=False))


def fail_purchase(world: World, *, shipment_id: int) -> None:
    """The payment fails as for want of money."""
    shipment = world[SHIPMENTS].get(shipment_id)
    if shipment is not None and shipment.purchasing:
        buying.refuse_payment(world, shipment, NO_MONEY)
