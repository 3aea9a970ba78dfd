"""Payments of prepaid shops: asked for instead of labels, paid on a page or by an action.

Documented: the object with its invoice and the status 402. Inferred: one payment covers all unpaid
shipments of a request, and stays the same until it is paid, fails or expires; a shipment that was
paid for with another payment is not charged again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from simulator.carriers import links
from simulator.carriers.myparcel.catalog.lifecycle import CONCEPT
from simulator.carriers.myparcel.records import (
    PAYMENTS,
    SHIPMENTS,
    ApiKey,
    Payment,
    PaymentStatus,
    Shipment,
)
from simulator.carriers.myparcel.wire import hashes, media, moments
from simulator.core.answers import Answer, Why
from simulator.core.tables import Key, Values
from simulator.engine.extension import JobHandler
from simulator.engine.world import World

CURRENCY = "EUR"
INVOICE_OPEN = 102
"""The invoice's status in the documented example; what other numbers mean is not known."""

_SETTLING = "myparcel.settle_payment"
_TYPE = 1
_FIRST_INVOICE = 910_001
_FIRST_PAYMENT = 4_100_001
_MOST_TOLD = 5


class PaymentClosed(Exception):
    """The payment cannot be paid any more, or was paid already; the message says which."""


def owed(shipments: Iterable[Shipment]) -> list[Shipment]:
    """The shipments that are not paid for; what costs nothing needs no payment (inferred)."""
    return [shipment for shipment in shipments if not shipment.paid and shipment.price > 0]


def change_terms(world: World, key: ApiKey) -> None:
    """Let the concepts of a shop be owed for or not, as the role of its key now says (inferred)."""
    if key.role not in ("prepaid", "postpaid"):
        return
    for shipment in world[SHIPMENTS].where("shop_id", key.shop_id):
        payment = world[PAYMENTS].get(shipment.payment_hash or "")
        settled = payment is not None and payment.status == "paid"
        if shipment.status == CONCEPT and not settled:
            paid = key.role == "postpaid"
            world[SHIPMENTS].put(msgspec.structs.replace(shipment, paid=paid))


def required(world: World, unpaid: Sequence[Shipment]) -> Answer:
    """402: what has to be paid before the labels of these shipments are given out."""
    payment = ask(world, unpaid)
    if world.quirk("myparcel.payment_required") == "invoice":
        answer = media.json({"invoices": [_invoice(payment)]}, 402)
    else:
        answer = media.json({"payment_instructions": [show(world, payment)]}, 402)
    return msgspec.structs.replace(answer, why=_why(payment))


def _why(payment: Payment) -> Why:
    ids = ", ".join(str(each) for each in payment.shipment_ids[:_MOST_TOLD])
    more = len(payment.shipment_ids) - _MOST_TOLD
    also = f" and {more} more" if more > 0 else ""
    return Why(
        f"the shop pays first, and shipment {ids}{also} is not paid for: "
        f"{payment.amount / 100:.2f} EUR are due",
        advice="pay on the page of the payment instruction or with the action myparcel.pay "
        f'({{"hash": "{payment.hash}"}}), then ask again',
    )


def ask(world: World, unpaid: Sequence[Shipment]) -> Payment:
    """The open payment for exactly these shipments of one shop, made if there is none."""
    ids = tuple(sorted(shipment.id for shipment in unpaid))
    amount = sum(shipment.price for shipment in unpaid)
    attempt = 1
    while (known := world[PAYMENTS].get(_hash(world, ids, attempt))) is not None:
        if known.status == "open":
            break
        attempt += 1
    if known is None:
        known = _new(world, unpaid[0], ids, amount, attempt)
    elif known.amount != amount:  # the carrier weighed a parcel meanwhile
        known = world[PAYMENTS].put(msgspec.structs.replace(known, amount=amount))
    for shipment in unpaid:
        if shipment.payment_hash != known.hash:
            world[SHIPMENTS].put(msgspec.structs.replace(shipment, payment_hash=known.hash))
    return known


def _new(
    world: World, shipment: Shipment, ids: tuple[int, ...], amount: int, attempt: int
) -> Payment:
    invoice = world.next_number("myparcel.invoices", _FIRST_INVOICE)
    key = _key(ids, attempt)
    payment = world[PAYMENTS].put(
        Payment(
            hash=_hash(world, ids, attempt),
            account_id=shipment.account_id,
            shop_id=shipment.shop_id,
            shipment_ids=ids,
            amount=amount,
            invoice_id=invoice,
            invoice_number=f"10{moments.today(world):%y}{invoice:08d}",
            notification_hash=hashes.forty(world, "myparcel.notification", key),
            created=world.now,
            number=world.next_number("myparcel.payments", _FIRST_PAYMENT),
        )
    )
    world.emit("myparcel.payment_required", hash=payment.hash, shipment_ids=list(ids))
    return payment


def _key(ids: tuple[int, ...], attempt: int) -> str:
    return f"{';'.join(map(str, ids))}#{attempt}"


def _hash(world: World, ids: tuple[int, ...], attempt: int) -> str:
    return hashes.forty(world, "myparcel.payment", _key(ids, attempt))


def show(world: World, payment: Payment) -> dict[str, Any]:
    """A payment as the document's PaymentInstructions; its id is its hash (as in the example).

    With the quirk ``myparcel.payment_ids`` it is a number, and not that of its invoice.
    """
    numbered = world.quirk("myparcel.payment_ids") == "integer"
    return {
        "id": payment.number if numbered else payment.hash,
        "hash": payment.hash,
        "invoices": _invoice(payment),
        "type": _TYPE,
        "notification_hash": payment.notification_hash,
        "original_notification_hash": payment.notification_hash,
        "payment_url": links.absolute(world, f"/_pay/{payment.hash}"),
        "paid": int(payment.status == "paid"),
        "price": {"amount": payment.amount, "currency": CURRENCY},
    }


def _invoice(payment: Payment) -> dict[str, Any]:
    return {
        "id": payment.invoice_id,
        "number": payment.invoice_number,
        "status": INVOICE_OPEN,
    }


def shipments_of(world: World, payment: Payment) -> list[Shipment]:
    """The shipments of a payment that still exist."""
    return world[SHIPMENTS].existing(payment.shipment_ids)


def due(world: World, payment: Payment) -> Payment:
    """An open payment without the shipments that were deleted since it was asked for.

    It keeps its hash; one that has ended stays as it was.
    """
    shipments = shipments_of(world, payment)
    ids = tuple(shipment.id for shipment in shipments)
    amount = sum(shipment.price for shipment in shipments)
    if payment.status != "open" or (payment.shipment_ids, payment.amount) == (ids, amount):
        return payment
    changed = msgspec.structs.replace(payment, shipment_ids=ids, amount=amount)
    return world[PAYMENTS].put(changed)


def pay(world: World, payment: Payment) -> Payment:
    """Settle an open payment: its shipments are paid for, and their labels can be had.

    Other open payments that hold one of the shipments expire. While a rule keeps the bank from
    telling, it stays open. Raises `PaymentClosed` for one that is not open, and for one whose
    shipments have all been deleted.
    """
    _require_open(payment)
    if not shipments_of(world, payment):
        raise PaymentClosed(
            f"Payment {payment.hash} has nothing to pay for: its shipments were deleted."
        )
    if not world.may_hold(_SETTLING, hash=payment.hash):
        return _settle(world, payment)
    told = [] if world.holds is None else world.holds.held_jobs(world, _SETTLING)
    if all(job.arguments["hash"] != payment.hash for job in told):
        world.enqueue(_SETTLING, hash=payment.hash)
    return payment


def settle_payment(world: World, *, hash: str) -> None:
    """Job: the bank tells at last that a payment was made."""
    payment = world[PAYMENTS].get(hash)
    if payment is not None and payment.status == "open":
        _settle(world, payment)


def refuse_payment(world: World, *, hash: str) -> None:
    """The bank tells at last that a payment came to nothing."""
    payment = world[PAYMENTS].get(hash)
    if payment is not None and payment.status == "open":
        fail(world, payment)


_OPEN = Values[Payment](lambda payment: payment.shipment_ids if payment.status == "open" else ())
"""Those that may be paid, by the shipments that they are for."""


def _settle(world: World, payment: Payment) -> Payment:
    payment = due(world, payment)
    for shipment in shipments_of(world, payment):
        world[SHIPMENTS].put(
            msgspec.structs.replace(shipment, paid=True, payment_hash=payment.hash)
        )
    payments = world[PAYMENTS]
    open_ones = payments.follower(_OPEN)
    covering: set[Key] = {key for id in payment.shipment_ids for key in open_ones.having(id)}
    for other in payments.existing(sorted(covering - {payment.hash})):
        _end(world, other, "expired")
    return _end(world, payment, "paid")


def fail(world: World, payment: Payment) -> Payment:
    """The payment is refused or cancelled; the next label request asks for a new one."""
    _require_open(payment)
    return _end(world, payment, "failed")


def expire(world: World, payment: Payment) -> Payment:
    """Nobody paid in time; the next label request asks for a new payment."""
    _require_open(payment)
    return _end(world, payment, "expired")


def _end(world: World, payment: Payment, status: PaymentStatus) -> Payment:
    ended = world[PAYMENTS].put(msgspec.structs.replace(payment, status=status))
    world.emit(f"myparcel.payment_{status}", hash=ended.hash, shipment_ids=list(ended.shipment_ids))
    return ended


def _require_open(payment: Payment) -> None:
    if payment.status == "paid":
        raise PaymentClosed(f"Payment {payment.hash} was paid already.")
    if payment.status != "open":
        raise PaymentClosed(
            f"Payment {payment.hash} is {payment.status}; ask for the labels again for a new one."
        )


JOBS: dict[str, JobHandler] = {"settle_payment": settle_payment}
"""Payments are settled at once unless a rule may hold that."""
