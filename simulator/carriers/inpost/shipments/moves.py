"""Moves by hand: to a status, or onto a journey, refused where the carrier never would.

A status that cannot come next is come to through those on the way, all at the same instant.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from simulator.carriers.carrier import BadAction
from simulator.carriers.inpost.catalog.journeys import FIRST_SCANS, JOURNEYS, USUAL_AGENCIES
from simulator.carriers.inpost.catalog.lifecycle import (
    ASIDES,
    BEFORE_PURCHASE,
    BOUGHT,
    possible_after,
)
from simulator.carriers.inpost.catalog.services import SERVICES
from simulator.carriers.inpost.catalog.statuses import STATUS_NAMES
from simulator.carriers.inpost.purchase import buying
from simulator.carriers.inpost.records import ORGANIZATIONS, SHIPMENTS, Shipment
from simulator.carriers.inpost.shipments import shipments
from simulator.carriers.inpost.tracking import lifecycle
from simulator.carriers.motion import moving, ways
from simulator.carriers.motion.moving import Moved
from simulator.engine.world import World


def move(world: World, shipment: Shipment, status: str) -> Moved[Shipment]:
    """Let the shipment come to `status`, now; a journey that it was on ends.

    Raises `BadAction` for a status to which no way leads, naming those that can come next, and for
    a shipment that would have to be paid for on the way and cannot be.
    """
    possible = possible_after(shipment.status)
    if status not in STATUS_NAMES:
        raise moving.unknown("status", status, STATUS_NAMES, possible)
    way = _way(shipment, status)
    if not way:
        raise moving.impossible(
            f"shipment {shipment.id} cannot go from {shipment.status} to {status}", possible
        )
    if shipment.purchasing and "confirmed" not in way:
        raise BadAction(
            f"shipment {shipment.id} is just being paid for: advance the clock by 1s, or move it "
            "to confirmed"
        )
    if shipment.status not in BEFORE_PURCHASE:
        return Moved(_go(world, shipment, way), way[:-1])
    # What was to be played of it is not any more; the steps see to what else was under way.
    alone = world[SHIPMENTS].put(msgspec.structs.replace(shipment, journey=None))
    if "confirmed" not in way:
        for each in way:
            alone = _STEPS[each](world, alone)
        return Moved(alone, way[:-1])
    bought = buy(world, alone)
    if status == "confirmed":
        return Moved(bought, way[:-1])
    # Only the purchase tells which service it is, and so which way it goes from there.
    onward = _way(bought, status)
    before = way[: way.index("confirmed") + 1]
    return Moved(_go(world, bought, onward), [*before, *onward[:-1]])


def _way(shipment: Shipment, goal: str) -> list[str]:
    """The statuses up to the goal; on a journey that begins as the parcel is handed over, if one
    leads there."""
    kinds = (_kind(shipment), "any")
    courses = [
        ("confirmed", *(step.status for step in journey.steps))
        for journey in JOURNEYS.values()
        if journey.kind in kinds
    ]
    first = FIRST_SCANS.get(shipment.sending_method or "")
    own = [course for course in courses if course[1] == first]
    return ways.way(
        shipment.status,
        goal,
        following=possible_after,
        courses=own if ways.along(own, shipment.status, goal) else courses,
        asides=ASIDES,
    )


def _go(world: World, shipment: Shipment, way: Sequence[str]) -> Shipment:
    """The shipment at the end of the way. What happens on a way of several scans is scanned where
    it is on journeys; a single one is nobody's scan."""
    shipment = lifecycle.stop(world, shipment)
    for status in way:
        agency = USUAL_AGENCIES.get(status) if len(way) > 1 else None
        shipment = lifecycle.change_status(world, shipment, status, agency)
    return shipment


def buy(world: World, shipment: Shipment) -> Shipment:
    """Let a shipment that is not paid for be paid for now, by the first offer that can be had.

    Raises `BadAction` when it cannot be paid for, or when its payment is under way already.
    """
    if shipment.purchasing and len(shipment.offers) > 1:
        raise BadAction(f"shipment {shipment.id} is just being paid for: advance the clock by 1s")
    if shipment.status != "offer_selected":
        if all(offer.status != "available" for offer in shipment.offers):
            shipment = _prepared(world, shipment)
        shipment = _selected(world, shipment)
    return _confirmed(world, shipment)


def before_purchase(world: World, shipment: Shipment, status: str) -> Shipment:
    """Let a shipment that is not paid for come into one of the statuses that exist before it is on
    its way."""
    return buy(world, shipment) if status == "confirmed" else _STEPS[status](world, shipment)


def _prepared(world: World, shipment: Shipment) -> Shipment:
    world.cancel_job(shipment.next_job)
    if not shipment.preparing:
        shipment = buying.begin(world, shipment)
        world.cancel_job(shipment.next_job)
    buying.prepare_offers(world, shipment_id=shipment.id, choose=False)
    return world[SHIPMENTS][shipment.id]


def _selected(world: World, shipment: Shipment) -> Shipment:
    offer = next((offer for offer in shipment.offers if offer.status == "available"), None)
    if offer is None:
        raise BadAction(
            f"shipment {shipment.id} has no available offer to select; "
            "its offers tell why, and PUT /v1/shipments/:id has them made anew"
        )
    return buying.select(world, shipment, offer)


def _confirmed(world: World, shipment: Shipment) -> Shipment:
    [offer] = shipment.offers
    organization = world[ORGANIZATIONS][shipment.organization_id]
    failure = buying.payment_failure(world, organization, shipment, offer)
    if failure is not None:
        raise BadAction(
            f"shipment {shipment.id} cannot be paid for ({failure}): "
            "see inpost.top_up, inpost.set_debt and inpost.set_company_data"
        )
    world.cancel_job(shipment.next_job)
    if not shipment.purchasing or not _is_paying(shipment):
        buying.buy(world, shipment, offer)
        buying.begin_transaction(world, shipment_id=shipment.id, offer_id=offer.id)
    world.cancel_job(world[SHIPMENTS][shipment.id].next_job)
    buying.settle(world, shipment_id=shipment.id)
    return world[SHIPMENTS][shipment.id]


def _is_paying(shipment: Shipment) -> bool:
    return bool(shipment.transactions) and shipment.transactions[-1].status == "initiated"


_STEPS: dict[str, Callable[[World, Shipment], Shipment]] = {
    "offers_prepared": _prepared,
    "offer_selected": _selected,
    "confirmed": _confirmed,
    "canceled": shipments.cancel,
}
"""What brings a shipment into each of the statuses that exist before it is on its way."""

FIRST = frozenset(_STEPS)
"""These statuses."""


def start_journey(world: World, shipment: Shipment, journey: str) -> Shipment:
    """Let the shipment go on a journey, from the step after its present status.

    Raises `BadAction` for a journey that does not exist or does not suit the shipment.
    """
    suitable = _suitable(shipment)
    if journey not in JOURNEYS:
        raise moving.unknown("journey", journey, JOURNEYS, suitable)
    if shipment.status not in BOUGHT:
        raise BadAction(
            f"shipment {shipment.id} is {shipment.status}: journeys begin once it is confirmed"
        )
    place = lifecycle.place_on(journey, shipment.status)
    if journey not in suitable or place is None:
        raise moving.impossible(
            f"shipment {shipment.id} ({shipment.service}, {shipment.status}) cannot go on the "
            f"journey {journey}",
            suitable,
        )
    return lifecycle.start(world, shipment, journey, place)


def hindrance(shipment: Shipment, journey: str) -> str | None:
    """Why a journey will not suit the shipment; None while its service is not known."""
    kinds = (_kind(shipment), "any")
    if shipment.service is None or JOURNEYS[journey].kind in kinds:
        return None
    suitable = [each.name for each in JOURNEYS.values() if each.kind in kinds]
    return f"{journey} is no journey for {shipment.service}, which goes on {', '.join(suitable)}"


def _kind(shipment: Shipment) -> str:
    if shipment.service is not None and SERVICES[shipment.service].kind == "locker":
        return "locker"
    return "courier"


def _suitable(shipment: Shipment) -> list[str]:
    kind = _kind(shipment)
    return [
        journey.name
        for journey in JOURNEYS.values()
        if journey.kind in (kind, "any")
        and lifecycle.place_on(journey.name, shipment.status) is not None
    ]
