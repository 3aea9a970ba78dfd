"""Offers: choosing and buying, one by one or up to a hundred at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from simulator.carriers.inpost.bodies import views
from simulator.carriers.inpost.purchase import buying
from simulator.carriers.inpost.records import SHIPMENTS, Offer, Organization, Shipment
from simulator.carriers.inpost.wire import credentials, errors, parsing
from simulator.carriers.inpost.wire.errors import Member
from simulator.core.answers import Answer, Finding, Refusal, no_content
from simulator.engine.world import World

Apply = Callable[[World, Shipment, Any], Shipment]

_UNBOUGHT = ("created", "offers_prepared", "offer_selected")


def select_offer(world: World, shipment_id: str, body: Any, findings: list[Finding]) -> Answer:
    """Choose one of the prepared offers."""
    shipment = credentials.shipment(world, shipment_id)
    _require_sound(findings)
    return Answer(body=views.shipment(world, _select(world, shipment, body["offer_id"])))


def buy_offer(world: World, shipment_id: str, body: Any, findings: list[Finding]) -> Answer:
    """Start the purchase of an offer; the answer is the shipment as it was before."""
    shipment = credentials.shipment(world, shipment_id)
    _require_sound(findings)
    return Answer(body=views.shipment(world, _buy(world, shipment, body["offer_id"])))


def select_offers(world: World, organization_id: str, body: Any, findings: list[Finding]) -> Answer:
    """Choose offers of several shipments: all, or none and the reasons."""
    return _each(world, organization_id, body, findings, _select)


def bulk_buy(world: World, organization_id: str, body: Any, findings: list[Finding]) -> Answer:
    """Start several purchases: all, or none and the reasons."""
    return _each(world, organization_id, body, findings, _buy)


def _require_sound(findings: list[Finding]) -> None:
    if findings:
        raise errors.invalid(findings)


def _select(world: World, shipment: Shipment, offer_id: Any) -> Shipment:
    offer = _offer(shipment, offer_id, "select_offer")
    if shipment.purchasing or shipment.preparing or offer.status != "available":
        raise errors.offer_unavailable()
    return buying.select(world, shipment, offer)


def _buy(world: World, shipment: Shipment, offer_id: Any) -> Shipment:
    offer = _offer(shipment, offer_id, "buy")
    if shipment.purchasing:
        raise errors.transaction_failed()
    if shipment.preparing or offer.status not in ("available", "selected"):
        raise errors.offer_unavailable()
    return buying.buy(world, shipment, offer)


def _offer(shipment: Shipment, offer_id: Any, action: str) -> Offer:
    """The offer of a shipment that can still be bought, unless it is too old."""
    if shipment.status not in _UNBOUGHT:
        raise errors.invalid_action(action, shipment.id, shipment.status)
    wanted = credentials.number(str(offer_id).strip())
    offer = next((offer for offer in shipment.offers if offer.id == wanted), None)
    if offer is None:
        raise errors.validation_failed({"offer_id": ["does_not_exist"]})
    if offer.status == "expired":
        raise errors.offer_expired()
    return offer


def _each(
    world: World, organization_id: str, body: Any, findings: list[Finding], apply: Apply
) -> Answer:
    organization = credentials.organization(world, organization_id)
    if not isinstance(body, dict) or not isinstance(body.get("shipments"), list):
        raise errors.invalid(findings)
    items = body["shipments"]
    found = [replace(finding, path=_named(finding.path, items)) for finding in findings]
    for place, item in enumerate(items):
        key = _apply(world, organization, item, apply)
        if key is not None:
            found.append(Finding(("shipments", _member(items, place)), key))
    if found:
        raise errors.invalid(found)
    return no_content()


def _apply(world: World, organization: Organization, item: Any, apply: Apply) -> str | None:
    """Apply one item; gives the key of what is wrong with it, or None."""
    values = parsing.form(item)
    if values.get("shipment_id") is None or values.get("offer_id") is None:
        return None  # the schema has said so already
    wanted = credentials.number(str(values["shipment_id"]).strip())
    shipment = None if wanted is None else world[SHIPMENTS].get(wanted)
    if shipment is None or shipment.organization_id != organization.id:
        return "resource_not_found"
    try:
        apply(world, shipment, values["offer_id"])
    except Refusal as refusal:
        key: str = refusal.answer.body["error"]
        return "resource_not_found" if key == "validation_failed" else key
    return None


def _named(path: tuple[str | int, ...], items: list[Any]) -> tuple[str | int, ...]:
    if len(path) > 1 and path[0] == "shipments" and isinstance(path[1], int):
        return ("shipments", _member(items, path[1]), *path[2:])
    return path


def _member(items: list[Any], place: int) -> Member:
    return Member(parsing.text(parsing.form(items[place]).get("id")) or place)
