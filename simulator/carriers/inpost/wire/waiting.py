"""What a client of a shipment can do next: wait for what is under way, choose, or find money."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.carriers import reasons
from simulator.carriers.inpost.catalog.lifecycle import BEFORE_PURCHASE, FINAL
from simulator.carriers.inpost.records import ORGANIZATIONS, Shipment, Transaction
from simulator.carriers.inpost.wire import moments
from simulator.engine.world import World

_COMING: Mapping[str, str] = {
    "inpost.prepare_offers": "its offers get ready",
    "inpost.choose_offer": "the offer of its service is selected",
    "inpost.begin_transaction": "the transaction of its purchase begins",
    "inpost.settle": "the purchase settles",
    "inpost.expire_offers": "its offers expire",
    "inpost.journey_step": "its journey goes on",
    "inpost.play_on": "the history that is played goes on",
}
"""Job -> what it does to a shipment."""

_IDLE = ("inpost.expire_offers",)
"""Jobs that bring nobody nearer to what was asked for."""


def advice(world: World, shipment: Shipment) -> str:
    """What to do about a shipment that is not as far, or too far, for what was asked for."""
    job = reasons.soonest(world, shipment_id=shipment.id)
    if job is not None and job.kind not in _IDLE:
        what = _COMING.get(job.kind, f"its next step ({job.kind}) comes")
        return reasons.coming(world, job, what, moments.show)
    if shipment.status in FINAL:
        return f"nothing follows {shipment.status}: create another shipment"
    if shipment.status not in BEFORE_PURCHASE:
        return "the purchase cannot be undone: create another shipment, or leave it as it is"
    failed = shipment.transactions[-1] if shipment.transactions else None
    if failed is not None and failed.status == "failure":
        return _after_failure(world, shipment, failed)
    return f"nothing is under way: {_choices(shipment)}"


def _choices(shipment: Shipment) -> str:
    buy = f"POST /v1/shipments/{shipment.id}/buy"
    ids = [str(offer.id) for offer in shipment.offers if offer.status in ("available", "selected")]
    if ids:
        return f"buy an offer ({buy} with the offer_id {' or '.join(ids)})"
    states = ", ".join(dict.fromkeys(offer.status for offer in shipment.offers)) or "none"
    change = f"PUT /v1/shipments/{shipment.id}"
    return (
        f"no offer can be bought (they are: {states}); change the shipment for new ones ({change})"
    )


def _after_failure(world: World, shipment: Shipment, failed: Transaction) -> str:
    """What a failed payment wants, and how to try again."""
    organization = world[ORGANIZATIONS][shipment.organization_id]
    again = f"nothing is under way, since the payment failed ({failed.error}): "
    if failed.error == "debt_collection" and not organization.debt:
        offer = next((each for each in shipment.offers if each.id == failed.offer_id), None)
        price = "" if offer is None else f", the offer costs {offer.price / 100:.2f}"
        again += (
            f"organization {organization.id} has {organization.balance / 100:.2f} PLN{price}; top "
            "it up with the action inpost.top_up, then "
        )
    elif failed.error == "debt_collection":
        again += f"organization {organization.id} has unpaid invoices; have them paid, then "
    elif failed.error == "company_data_missing":
        again += f"organization {organization.id} has no bank account for COD; leave cod out, then "
    else:
        again += "then "
    return again + _choices(shipment)
