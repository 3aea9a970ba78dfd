"""Offers: choosing and buying, one by one or up to a hundred at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from simulator.carriers.inpost.bodies import views
from simulator.carriers.inpost.purchase import buying
from simulator.carriers.inpost.records import SHIPMENTS, Offer, Organization, Shipment
from simulator.carriers.inpost.tracking import waiting
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
    offer = _offer(world, shipment, offer_id, "select_offer")
    if shipment.purchasing or shipment.preparing or offer.status != "available":
        raise _unavailable(world, shipment, offer)
    return buying.select(world, shipment, offer)


def _buy(world: World, shipment: Shipment, offer_id: Any) -> Shipment:
    offer = _offer(world, shipment, offer_id, "buy")
    if shipment.purchasing:
        reason = f"a purchase of shipment {shipment.id} is under way already"
        raise errors.transaction_failed(reason, waiting.advice(world, shipment))
    if shipment.preparing or offer.status not in ("available", "selected"):
        raise _unavailable(world, shipment, offer)
    return buying.buy(world, shipment, offer)


def _unavailable(world: World, shipment: Shipment, offer: Offer) -> Refusal:
    """400: the offer is not to be had now, and why."""
    reason = f"offer {offer.id} of shipment {shipment.id} is {offer.status}"
    if shipment.purchasing or shipment.preparing:
        reason = (
            f"something is under way with shipment {shipment.id}, offer {offer.id} cannot be had"
        )
    elif offer.reasons:
        reason += f" ({', '.join(offer.reasons)})"
    return errors.offer_unavailable(reason, waiting.advice(world, shipment))


def _offer(world: World, shipment: Shipment, offer_id: Any, action: str) -> Offer:
    """The offer of a shipment that can still be bought, unless it is too old."""
    if shipment.status not in _UNBOUGHT:
        advice = waiting.too_late(world, shipment)
        shown = views.ident(world)(shipment.id)
        raise errors.invalid_action(action, shown, shipment.status, _UNBOUGHT, advice)
    wanted = credentials.number(str(offer_id).strip())
    offer = next((offer for offer in shipment.offers if offer.id == wanted), None)
    if offer is None:
        known = ", ".join(str(each.id) for each in shipment.offers) or "none yet"
        told = f"is not an offer of shipment {shipment.id}, which has {known}"
        advice = waiting.advice(world, shipment)
        raise errors.wrong("offer_id", "does_not_exist", told, advice)
    if offer.status == "expired":
        raise errors.offer_expired(waiting.advice(world, shipment))
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
        key, told = _apply(world, organization, item, apply)
        if key:
            found.append(Finding(("shipments", _member(items, place)), key, told))
    if found:
        raise errors.invalid(found)
    return no_content()


def _apply(world: World, organization: Organization, item: Any, apply: Apply) -> tuple[str, str]:
    """Apply one item; gives the key of what is wrong with it, if anything, and the words."""
    values = parsing.form(item)
    if values.get("shipment_id") is None or values.get("offer_id") is None:
        return "", ""  # the schema has said so already
    wanted = credentials.number(str(values["shipment_id"]).strip())
    shipment = None if wanted is None else world[SHIPMENTS].get(wanted)
    if shipment is None or shipment.organization_id != organization.id:
        owners = (organization.id,)
        refused = credentials.missing(world, SHIPMENTS, values["shipment_id"], "shipment", owners)
        return "resource_not_found", f"{refused.reason}; {refused.why.advice}"
    try:
        apply(world, shipment, values["offer_id"])
    except Refusal as refusal:
        key = refusal.why.key
        told = refusal.reason or f"offer_id {refusal.why.findings[0].message}"
        advice = f"; {refusal.why.advice}" if refusal.why.advice else ""
        return "resource_not_found" if key == "validation_failed" else key, told + advice
    return "", ""


def _named(path: tuple[str | int, ...], items: list[Any]) -> tuple[str | int, ...]:
    if len(path) > 1 and path[0] == "shipments" and isinstance(path[1], int):
        return ("shipments", _member(items, path[1]), *path[2:])
    return path


def _member(items: list[Any], place: int) -> Member:
    return Member(parsing.text(parsing.form(items[place]).get("id")) or place)
