"""Actions on payments: what a bank does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec

from simulator.carriers.carrier import Action, BadAction
from simulator.carriers.myparcel.payments import payments
from simulator.carriers.myparcel.records import PAYMENTS, SHIPMENTS, Payment, Shipment
from simulator.engine.world import World


class Which(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A payment by its hash, or the one that a shipment waits for."""

    hash: str | None = None
    shipment: int | None = None


def _payment(world: World, which: Which, unasked: Callable[[World, Shipment], Payment]) -> Payment:
    """The payment that is meant; `unasked` is called for a shipment that none is open for."""
    if (which.hash is None) == (which.shipment is None):
        raise BadAction("Give either hash or shipment.")
    if which.hash is not None:
        payment = world[PAYMENTS].get(which.hash)
        if payment is None:
            raise BadAction(f"There is no payment {which.hash}.")
        return payment
    shipment = world[SHIPMENTS].get(which.shipment or 0)
    if shipment is None:
        raise BadAction(f"There is no shipment {which.shipment}.")
    if not payments.owed([shipment]):
        raise BadAction(f"Shipment {shipment.id} has nothing to pay.")
    asked = world[PAYMENTS].get(shipment.payment_hash or "")
    if asked is not None and asked.status == "open":
        return asked
    return unasked(world, shipment)


def _alone(world: World, shipment: Shipment) -> Payment:
    return payments.ask(world, [shipment])


def _nothing_asked(world: World, shipment: Shipment) -> Payment:
    raise BadAction(f"No payment is open for shipment {shipment.id}: ask for its label first.")


def _end(
    ending: Callable[[World, Payment], Payment],
    unasked: Callable[[World, Shipment], Payment],
    world: World,
    which: Which,
) -> dict[str, Any]:
    try:
        ended = ending(world, _payment(world, which, unasked))
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
        partial(_end, payments.pay, _alone),
    ),
    Action(
        "fail_payment",
        "Let a payment fail; asking for the labels again gives a new one.",
        Which,
        partial(_end, payments.fail, _nothing_asked),
    ),
    Action(
        "expire_payment",
        "Let a payment expire; asking for the labels again gives a new one.",
        Which,
        partial(_end, payments.expire, _nothing_asked),
    ),
)
