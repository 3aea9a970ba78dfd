"""The page behind a payment URL: what is to be paid, with a button to pay and one to cancel.

A person opens it and presses a button. A program pays by a POST, or by a GET that asks for JSON or
says ``?pay=1``; the quirk `myparcel.pay_on_get` lets every GET pay.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from simulator.carriers.myparcel.payments import payments
from simulator.carriers.myparcel.records import PAYMENTS, SHOPS, Payment
from simulator.console.desk import Desk, asked_by_a_program
from simulator.engine.world import World

_UNKNOWN = "There is no such payment. It may belong to another workspace, or to a world before."

_ENDINGS: dict[str, Callable[[World, Payment], Payment]] = {
    "pay": payments.pay,
    "cancel": payments.fail,
}


def payment_pages(desk: Desk) -> Blueprint:
    """The pages under ``/_pay``."""
    pages = Blueprint("myparcel_payment", __name__)

    @pages.get("/_pay/<hash>")
    def show(hash: str) -> Any:
        program = asked_by_a_program()
        wanted = program or request.args.get("pay") == "1"
        looking = request.method != "GET"
        payment = desk.run(lambda world: _opened(world, hash, wanted=wanted, looking=looking))
        if payment is None:
            abort(404, _UNKNOWN)
        if program:
            return jsonify(data={"payment_instructions": [payment["instruction"]]})
        return render_template("payment.html", **payment)

    @pages.post("/_pay/<hash>")
    def decide(hash: str) -> Response:
        ending = _ENDINGS.get(request.form.get("decision", "pay"))
        if ending is None:
            abort(422, f"The decision is one of {', '.join(_ENDINGS)}.")
        if not desk.run(lambda world: _ended(world, hash, ending)):
            abort(404, _UNKNOWN)
        return redirect(url_for("myparcel_payment.show", hash=hash), 303)

    return pages


def _opened(world: World, hash: str, *, wanted: bool, looking: bool) -> dict[str, Any] | None:
    """What the page shows; a HEAD request is `looking` only, and never pays."""
    payment = world[PAYMENTS].get(hash)
    if payment is None:
        return None
    payment = payments.due(world, payment)
    pays = wanted or world.quirk("myparcel.pay_on_get")
    payable = payment.status == "open" and bool(payments.shipments_of(world, payment))
    if pays and payable and not looking:
        payment = payments.pay(world, payment)
    shop = world[SHOPS].get(payment.shop_id)
    return {
        "payment": payment,
        "instruction": payments.show(world, payment),
        "shop": shop.name if shop is not None else f"Shop {payment.shop_id}",
        "currency": payments.CURRENCY,
        "shipments": payments.shipments_of(world, payment),
    }


def _ended(world: World, hash: str, ending: Callable[[World, Payment], Payment]) -> bool:
    """Whether there is such a payment; one that cannot be paid any more stays as it is."""
    payment = world[PAYMENTS].get(hash)
    if payment is None:
        return False
    with suppress(payments.PaymentClosed):
        ending(world, payment)
    return True
