"""What a client of a shipment can do next: wait for what is under way, choose, or find money."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.carriers import reasons
from simulator.carriers.inpost.catalog.lifecycle import BEFORE_PURCHASE, FINAL, possible_after
from simulator.carriers.inpost.records import ORGANIZATIONS, Shipment, Transaction
from simulator.carriers.inpost.wire import moments
from simulator.engine.world import World

_COMING: Mapping[str, str] = {
    "inpost.fetch_offers": "services are asked for its offers",
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
    job = reasons.soonest(world, "shipment_id", shipment.id)
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


def too_late(world: World, shipment: Shipment) -> str:
    """What to do where something earlier than the shipment's status is wanted; time leads nowhere
    but on. A shipment that is not paid for is not too late: for it, what `advice` says."""
    status = shipment.status
    if status in FINAL:
        return f"nothing follows {status}: create another shipment"
    if status in BEFORE_PURCHASE:
        return advice(world, shipment)
    given_up = ""
    if "canceled" in possible_after(status):
        arguments = f'{{"shipment": {shipment.id}, "to": "canceled"}}'
        given_up = f", or have it given up by the action inpost.move with {arguments}"
    return (
        f"no shipment gets back from {status}, so waiting does not help: create another one, and "
        f"leave this one as it is{given_up}"
    )


def no_change(world: World, shipment: Shipment) -> str:
    """What to do about a shipment that cannot be changed or cancelled as it is."""
    told = too_late(world, shipment)
    if not shipment.purchasing:
        return told
    return f"{told}; if it fails, try again, if not, create another shipment"


def no_cancel(world: World, shipment: Shipment) -> str:
    """What to do about a shipment that cannot be cancelled as it is."""
    if shipment.status != "offer_selected" or shipment.purchasing:
        return no_change(world, shipment)
    return (
        f"change the shipment first (PUT /v1/shipments/{shipment.id}), which makes it created "
        "again, then cancel it; do not buy its offer. With the quirk "
        "inpost.cancel_offer_selected it can be cancelled as it is"
    )


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
    cause = f"the payment failed ({failed.error})"
    wanted = _wanted(world, shipment, failed)
    if not any(offer.status in ("available", "selected") for offer in shipment.offers):
        after = f"; before that, {wanted}" if wanted else ""
        return f"nothing is under way: {_choices(shipment)}{after}; {cause} before"
    then = f"{wanted}, then " if wanted else ""
    return f"nothing is under way, since {cause}: {then}{_choices(shipment)}"


def _wanted(world: World, shipment: Shipment, failed: Transaction) -> str:
    """What still stands in the way of another payment; empty where nothing does."""
    organization = world[ORGANIZATIONS][shipment.organization_id]
    if failed.error == "debt_collection" and organization.debt:
        return f"organization {organization.id} has unpaid invoices; have them paid"
    if failed.error == "debt_collection":
        offer = next((each for each in shipment.offers if each.id == failed.offer_id), None)
        if offer is not None and organization.balance >= offer.price:
            return ""
        price = "" if offer is None else f", the offer costs {offer.price / 100:.2f}"
        return (
            f"organization {organization.id} has {organization.balance / 100:.2f} PLN{price}; top "
            "it up with the action inpost.top_up"
        )
    if failed.error == "company_data_missing":
        return f"organization {organization.id} has no bank account for COD; leave cod out"
    return ""
