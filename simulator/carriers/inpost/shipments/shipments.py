"""Shipments one by one: create, read, change, cancel."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec

from simulator.carriers.inpost.bodies import forms, views
from simulator.carriers.inpost.bodies.forms import ShipmentForm
from simulator.carriers.inpost.purchase import buying
from simulator.carriers.inpost.records import ORGANIZATIONS, SHIPMENTS, Organization, Shipment
from simulator.carriers.inpost.rules import create as rules
from simulator.carriers.inpost.shipments import building
from simulator.carriers.inpost.tracking import notifications, waiting
from simulator.carriers.inpost.wire import credentials, errors, links
from simulator.carriers.inpost.wire.parsing import Body
from simulator.core.answers import Answer, Finding, Refusal, no_content
from simulator.engine.world import World

_CHANGEABLE = ("created", "offers_prepared", "offer_selected")


def create_shipment(
    world: World, organization_id: str, body: Any, findings: list[Finding]
) -> Answer:
    """A new shipment; its offers come later, and in the simplified mode its purchase."""
    organization = credentials.organization(world, organization_id)
    form = _sound(world, organization, body, findings)
    shipment = create(world, organization, form)
    location = links.plain(world, f"/v1/shipments/{shipment.id}")
    return Answer(201, views.new_shipment(world, shipment), {"Location": location})


def create(world: World, organization: Organization, form: ShipmentForm) -> Shipment:
    """Make a shipment of a form that keeps the rules, and have its offers prepared.

    Raises the refusals of `rules.check_account`.
    """
    rules.check_account(organization, form)
    shipment = buying.begin(world, building.build_shipment(world, organization, form))
    world.emit("inpost.shipment_created", shipment_id=shipment.id, organization_id=organization.id)
    return shipment


def _sound(
    world: World, organization: Organization, body: Any, findings: list[Finding]
) -> ShipmentForm:
    """What a body asks for that keeps the rules. Raises everything that is wrong with it."""
    if not isinstance(body, dict):
        raise errors.invalid(findings)
    form = forms.read(body)
    found = rules.merged(rules.named(findings, body), rules.check_create(world, organization, form))
    if found:
        raise rules.refusal(world, found)
    return form


def get_shipment(world: World, shipment_id: str) -> Answer:
    """The shipment as it is now."""
    shipment = credentials.shipment(world, shipment_id)
    world.note_held(shipment_id=shipment.id)
    for offer in shipment.offers:
        for reason in views.unavailable(offer):
            world.note(reason)
    return Answer(body=views.shipment(world, shipment))


def get_organization_shipment(world: World, organization_id: str, shipment_id: str) -> Answer:
    """The shipment where the documents link to it: below its organization (inferred).

    What is no id there is a path that does not exist, such as one of labels that is misspelt.
    """
    if credentials.number(shipment_id) is None:
        return errors.Envelope().unknown_path(world.request, world.quirk)
    organization = credentials.organization(world, organization_id)
    credentials.owned_by(world, SHIPMENTS, shipment_id, "shipment", (organization.id,))
    return get_shipment(world, shipment_id)


def update_shipment(world: World, shipment_id: str, body: Any, findings: list[Finding]) -> Answer:
    """Change a shipment that is not bought: what is not sent stays, null removes a value."""
    shipment = credentials.shipment(world, shipment_id)
    if (
        shipment.status not in _CHANGEABLE
        or shipment.purchasing
        or buying.is_fetching(world, shipment)
    ):
        raise _not_now(world, "update", shipment, _CHANGEABLE)
    organization = world[ORGANIZATIONS][shipment.organization_id]
    if not isinstance(body, dict):
        raise errors.invalid(findings)
    merged = _overlaid(building.body_of(world, shipment), body)
    form = _sound(world, organization, merged, findings)
    rules.check_account(organization, form)
    changed = building.rebuild_shipment(world, organization, shipment, form)
    if shipment.status != "created":  # whoever waits for offers must not find the old ones
        changed = msgspec.structs.replace(changed, status="created")
        notifications.status_changed(world, changed, shipment.status)
    world.cancel_job(shipment.next_job)
    # Until the new offers are there, the old ones are shown as being made.
    offers = tuple(
        msgspec.structs.replace(offer, status="in_preparation", expires_at=None, rate=None)
        for offer in shipment.offers
        if offer.status != "unavailable"
    )
    changed = buying.begin(world, msgspec.structs.replace(changed, offers=offers))
    return Answer(body=views.shipment(world, changed))


def patch_shipment(world: World, shipment_id: str, body: Any, findings: list[Finding]) -> Answer:
    """PATCH of a shipment, which is answered like PUT (observed)."""
    return update_shipment(world, shipment_id, body, findings)


def _not_now(world: World, action: str, shipment: Shipment, possible: Collection[str]) -> Refusal:
    """400: the shipment is not in one of these statuses, or something is under way with it."""
    told = possible if shipment.status not in possible else [*possible, "free of what is under way"]
    advice = (
        waiting.no_cancel(world, shipment)
        if action == "cancel"
        else waiting.no_change(world, shipment)
    )
    shown = views.ident(world)(shipment.id)
    return errors.invalid_action(action, shown, shipment.status, told, advice)


def _overlaid(before: Body, changes: Body) -> dict[str, Any]:
    """`before` with `changes` laid over it, member by member down to nested forms."""
    merged = dict(before)
    for name, value in changes.items():
        old = merged.get(name)
        if isinstance(value, dict) and isinstance(old, dict):
            merged[name] = _overlaid(old, value)
        else:
            merged[name] = value
    return merged


def cancel_shipment(world: World, shipment_id: str) -> Answer:
    """Cancel a shipment that is not bought.

    Recorded once: a purchase that was running undid a cancellation 0.36 s after its 204. The
    quirk `inpost.purchase_race` lets what is under way go on, which then does the same.
    """
    shipment = credentials.shipment(world, shipment_id)
    racing = world.quirk("inpost.purchase_race")
    cancellable = {"created", "offers_prepared"}
    if world.quirk("inpost.cancel_offer_selected"):
        cancellable.add("offer_selected")
    if shipment.status not in cancellable or (shipment.purchasing and not racing):
        raise _not_now(world, "cancel", shipment, sorted(cancellable))
    under_way = shipment.service is not None and not shipment.only_choice_of_offer
    if racing and under_way and (shipment.purchasing or shipment.preparing):
        cancelled = msgspec.structs.replace(shipment, status="canceled", updated_at=world.now)
        world[SHIPMENTS].put(cancelled)
        notifications.status_changed(world, cancelled, shipment.status)
    else:
        cancelled = cancel(world, shipment)
    world.emit(
        "inpost.shipment_canceled",
        shipment_id=shipment.id,
        organization_id=shipment.organization_id,
    )
    return no_content()


def cancel(world: World, shipment: Shipment) -> Shipment:
    """Cancel a shipment that is not bought, for good."""
    world.cancel_job(shipment.next_job)
    cancelled = world[SHIPMENTS].put(
        msgspec.structs.replace(
            shipment,
            status="canceled",
            offers=tuple(offer for offer in shipment.offers if offer.status != "in_preparation"),
            preparing=False,
            purchasing=False,
            next_job=None,
            updated_at=world.now,
        )
    )
    notifications.status_changed(world, cancelled, shipment.status)
    return cancelled
