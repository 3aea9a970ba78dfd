"""Moves by hand: to a status, or onto a journey, refused where the carrier never would.

A status that cannot come next is come to through those on the way, all at the same instant.
"""

from __future__ import annotations

from functools import partial

from simulator.carriers.carrier import BadAction
from simulator.carriers.motion import moving, ways
from simulator.carriers.motion.moving import Moved
from simulator.carriers.myparcel.catalog.lifecycle import (
    ASIDES,
    CONCEPT,
    JOURNEYS,
    ONLY_FOR,
    PRINTED,
    REGISTERED,
    STATUSES,
    TRANSITIONS,
    Journey,
    JourneyKind,
)
from simulator.carriers.myparcel.editions.table import EDITIONS
from simulator.carriers.myparcel.offers import customs_areas
from simulator.carriers.myparcel.payments import payments
from simulator.carriers.myparcel.records import RETURN_SHIPMENT, SHIPMENTS, Shipment
from simulator.carriers.myparcel.rules.delivery import is_pickup
from simulator.carriers.myparcel.tracking import lifecycle
from simulator.engine.world import World


def move(world: World, shipment: Shipment, status: int) -> Moved[Shipment]:
    """Let the shipment come to `status`, now; a journey that it was on ends.

    Raises `BadAction` for a status to which no way leads, naming those that can come next, and for
    a shipment that would have to be paid for on the way.
    """
    way = _way(shipment, status)
    if not way:
        fault = (
            f"cannot go from {named(shipment.status)} to {named(status)}"
            if status in STATUSES and has(shipment, status)
            else f"cannot have the status {status}, which does not exist"
        )
        possible = map(named, possible_after(shipment))
        raise moving.impossible(f"shipment {shipment.id} {fault}", possible)
    shipment = lifecycle.stop(world, shipment)
    for each in way:
        if each == REGISTERED or each in PRINTED:
            check_paid(shipment)
            shipment = lifecycle.register(world, shipment, each)
        else:
            shipment = lifecycle.change_status(world, shipment, each)
    return Moved(shipment, way[:-1])


def _way(shipment: Shipment, goal: int) -> list[int]:
    """The statuses up to the goal."""
    return ways.way(
        shipment.status,
        goal,
        following=partial(possible_after, shipment),
        courses=(
            (CONCEPT, *(step.status for step in journey.steps))
            for journey in journeys_of(shipment).values()
        ),
        asides=ASIDES,
    )


def possible_after(shipment: Shipment, present: int | None = None) -> tuple[int, ...]:
    """The statuses that may come next for a shipment of its kind, after `present` or its own."""
    own = kind(shipment)
    return tuple(
        status
        for status in TRANSITIONS[shipment.status if present is None else present]
        if has(shipment, status) and (status not in ONLY_FOR or own in ONLY_FOR[status])
    )


def has(shipment: Shipment, status: int) -> bool:
    """Whether the edition whose numbers the shipment has knows the status."""
    return status in EDITIONS[shipment.numbering].statuses


def journeys_of(shipment: Shipment) -> dict[str, Journey]:
    """The journeys on which a shipment of its kind and edition goes."""
    own = kind(shipment)
    return {
        name: journey
        for name, journey in JOURNEYS.items()
        if own in journey.kinds and all(has(shipment, step.status) for step in journey.steps)
    }


def named(status: int) -> str:
    """A status for people: ``7 (delivered - at recipient)``."""
    return f"{status} ({STATUSES[status].name})"


def check_paid(shipment: Shipment) -> None:
    """Raise `BadAction` for a shipment of a prepaid shop that has not been paid for."""
    if payments.owed([shipment]):
        raise BadAction(f"shipment {shipment.id} has not been paid for: see myparcel.pay")


def start_journey(world: World, shipment: Shipment, journey: str) -> Shipment:
    """Let the shipment go on a journey, from the step after its present status.

    Colli that are where their main shipment is go along with it. Raises `BadAction` for a journey
    that does not exist or does not suit the shipment.
    """
    suitable = [
        each
        for each in journeys_of(shipment)
        if lifecycle.place_on(each, shipment.status) is not None
    ]
    if journey not in JOURNEYS:
        raise moving.unknown("journey", journey, JOURNEYS, suitable)
    if journey not in suitable:
        raise moving.impossible(
            f"shipment {shipment.id} ({kind(shipment)}, {named(shipment.status)}) cannot go on the "
            f"journey {journey}",
            suitable,
        )
    place = lifecycle.place_on(journey, shipment.status)
    assert place is not None, "a journey that suits a shipment has a next step for it"
    colli = world[SHIPMENTS].existing(shipment.secondary_ids)
    together = [collo for collo in colli if collo.status == shipment.status]
    if shipment.status == CONCEPT:
        for each in (shipment, *together):
            check_paid(each)
    for collo in together:
        lifecycle.start(world, collo, journey, place)
    return lifecycle.start(world, shipment, journey, place)


def hindrance(shipment: Shipment, journey: str) -> str | None:
    """Why a journey will not suit the shipment."""
    suitable = journeys_of(shipment)
    if journey in suitable:
        return None
    own = kind(shipment)
    return f"{journey} is no journey for it ({own}), which goes on {', '.join(suitable)}"


def kind(shipment: Shipment) -> JourneyKind:
    """Which sort of journey the shipment goes on."""
    cc = str(shipment.recipient.get("cc", "NL"))
    if lifecycle.is_letter(shipment):
        return "letter"
    if lifecycle.is_stamp(shipment):
        return "stamp"
    if shipment.shipment_type == RETURN_SHIPMENT:
        return "return"
    code, declared = str(shipment.recipient.get("postal_code")), shipment.customs_declaration
    union = EDITIONS[shipment.numbering].union
    if customs_areas.leaves_union(cc, code, union, declared=bool(declared)):
        return "customs"
    return "pickup" if is_pickup(shipment.options) else "home"
