"""Purchases that go on by themselves once what stood in their way is gone."""

from __future__ import annotations

from simulator.carriers.inpost.purchase import buying
from simulator.carriers.inpost.records import SHIPMENTS, Organization, Shipment
from simulator.engine.world import World


def resume(world: World, organization: Organization) -> list[Shipment]:
    """Pay for the shipments that only hang for want of a bank account; gives them.

    Observed: they get `confirmed` once the account is there. That the age of their offers does not
    matter then is inferred.
    """
    if not organization.bank_account_number or not world.quirk("inpost.purchases_resume"):
        return []
    return [
        buying.buy(world, shipment, shipment.offers[0])
        for shipment in world[SHIPMENTS].where("organization_id", organization.id)
        if _hangs(shipment)
    ]


def _hangs(shipment: Shipment) -> bool:
    if shipment.status != "offer_selected" or shipment.purchasing or not shipment.transactions:
        return False
    return shipment.transactions[-1].error == buying.NO_ACCOUNT
