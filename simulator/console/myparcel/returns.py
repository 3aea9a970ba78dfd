"""The page behind a return link: a receiver fills in who sends, and gets a label to print."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Blueprint, abort, redirect, render_template, request, url_for

from simulator.carriers import links
from simulator.carriers.myparcel.bodies.kinds import LONGEST
from simulator.carriers.myparcel.labels import files
from simulator.carriers.myparcel.payments import payments
from simulator.carriers.myparcel.records import (
    LABEL_FILES,
    PAYMENTS,
    RETURN_LINKS,
    SHIPMENTS,
    SHOPS,
    Payment,
    Shipment,
    Shop,
)
from simulator.carriers.myparcel.returns import by_link
from simulator.carriers.myparcel.returns.by_link import Wish
from simulator.carriers.myparcel.rules.address import is_email
from simulator.console.desk import Desk
from simulator.engine.world import World

_UNKNOWN = "There is no such return page. The shop may have switched it off."
_FIELDS = tuple(field.name for field in msgspec.structs.fields(Wish))


def return_pages(desk: Desk) -> Blueprint:
    """The pages under ``/return_shipment_labels`` and ``/retour``, which are the same."""
    pages = Blueprint("myparcel_return", __name__)

    @pages.get("/<any(return_shipment_labels, retour):kind>/<hash>")
    def form(kind: str, hash: str) -> Any:
        shop = desk.run(lambda world: _shop(world, hash))
        if shop is None:
            abort(404, _UNKNOWN)
        return render_template("return.html", shop=shop, wish=Wish(name=""), wrong={})

    @pages.post("/<any(return_shipment_labels, retour):kind>/<hash>")
    def make(kind: str, hash: str) -> Any:
        words = {name: request.form.get(name, "").strip()[:LONGEST] for name in _FIELDS}
        wish = Wish(**words)
        shop = desk.run(lambda world: _shop(world, hash))
        if shop is None:
            abort(404, _UNKNOWN)
        wrong = _wrong(wish)
        if wrong:
            return render_template("return.html", shop=shop, wish=wish, wrong=wrong), 422
        file = desk.run(lambda world: _made(world, hash, wish))
        if file is None:
            abort(404, _UNKNOWN)
        return redirect(url_for("myparcel_return.done", kind=kind, hash=hash, file=file), 303)

    @pages.get("/<any(return_shipment_labels, retour):kind>/<hash>/<file>")
    def done(kind: str, hash: str, file: str) -> Any:
        found = desk.run(lambda world: _finished(world, hash, file))
        if found is None:
            abort(404, _UNKNOWN)
        return render_template("returned.html", **found)

    return pages


def _due(world: World, payment: Payment, shipments: list[Shipment]) -> dict[str, Any]:
    """What is to be paid for a return; asked for anew where the last payment came to nothing."""
    if payment.status in ("failed", "expired"):
        payment = payments.ask(world, shipments)
    url = links.absolute(world, f"/_pay/{payment.hash}")
    return {"amount": payment.amount, "currency": payments.CURRENCY, "url": url}


def _wrong(wish: Wish) -> dict[str, str]:
    """What is to be said beside a field."""
    wrong = {name: "is needed" for name in ("name", "email") if not getattr(wish, name)}
    if wish.email and not is_email(wish.email):
        wrong["email"] = "is not an address"
    return wrong


def _shop(world: World, hash: str) -> Shop | None:
    link = world[RETURN_LINKS].get(hash)
    shop = world[SHOPS].get(link.shop_id) if link is not None else None
    return shop if shop is not None and shop.returns_enabled else None


def _made(world: World, hash: str, wish: Wish) -> str | None:
    shop = _shop(world, hash)
    return None if shop is None else by_link.make(world, shop, wish).hash


def _finished(world: World, hash: str, key: str) -> dict[str, Any] | None:
    """What the page of a return shows: its label, or what is to be paid before there is one."""
    shop = _shop(world, hash)
    file = world[LABEL_FILES].get(key)
    payment = world[PAYMENTS].get(key)
    if payment is not None and shop is not None and payment.shop_id == shop.id:
        file = by_link.paid(world, payment)
        shipments = payments.shipments_of(world, payment)
        if file is None and shipments:
            return {"shop": shop, "due": _due(world, payment, shipments)}
    if shop is None or file is None or file.shop_id != shop.id:
        return None
    shipment = world[SHIPMENTS].get(file.shipment_ids[0])
    if shipment is None:
        return None
    return {"shop": shop, "shipment": shipment, "url": files.link(world, file)}
