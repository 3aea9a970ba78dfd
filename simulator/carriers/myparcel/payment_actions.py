"""Actions on payments: what a bank does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec

from simulator.carriers.carrier import Action, BadAction
from simulator.carriers.myparcel import payments
from simulator.carriers.myparcel.records import PAYMENTS, SHIPMENTS, Payment
from simulator.engine.world import World


class Which(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A payment by its hash, or the one that a shipment waits for."""

    hash: str | None = None
    shipment: int | None = None


def _payment(world: World, which: Which) -> Payment:
    if (which.hash is None) == (which.shipment is None):
        raise BadAction("Give either hash or shipment.")
    if which.hash is not None:
        payment = world[PAYMENTS].get(which.hash)
        if payment is None:
            raise BadAction(f"There is no payment {which.hash}.")
        return payment
    return _payment_for(world, which.shipment or 0)


def _payment_for(world: World, shipment_id: int) -> Payment:
    """The open payment for a shipment; one of its own when nobody asked for its label yet."""
    shipment = world[SHIPMENTS].get(shipment_id)
    if shipment is None:
        raise BadAction(f"There is no shipment {shipment_id}.")
    if shipment.paid:
        raise BadAction(f"Shipment {shipment_id} has nothing to pay.")
    asked = world[PAYMENTS].get(shipment.payment_hash or "")
    if asked is not None and asked.status == "open":
        return asked
    return payments.ask(world, [shipment])


def _end(ending: Callable[[World, Payment], Payment], world: World, which: Which) -> dict[str, Any]:
    try:
        ended = ending(world, _payment(world, which))
    except payments.PaymentClosed as error:
        raise BadAction(str(error)) from None
    return {
        "hash": ended.hash,
        "status": ended.status,
        "amount": ended.amount,
        "shipments": list(ended.shipment_ids),
    }


ACTIONS: tuple[Action, ...] = (
    Action(
        "pay",
        "Pay for the shipments of a prepaid shop, so that their labels can be had.",
        Which,
        partial(_end, payments.pay),
    ),
    Action(
        "fail_payment",
        "Let a payment fail; asking for the labels again gives a new one.",
        Which,
        partial(_end, payments.fail),
    ),
    Action(
        "expire_payment",
        "Let a payment expire; asking for the labels again gives a new one.",
        Which,
        partial(_end, payments.expire),
    ),
)
