"""Creating shipments: of every kind that the media type can say, all of a request or none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.carriers.myparcel.account import address_book
from simulator.carriers.myparcel.bodies import envelope, kinds, readings
from simulator.carriers.myparcel.bodies.readings import Readings
from simulator.carriers.myparcel.labels import answers
from simulator.carriers.myparcel.records import STANDARD_SHIPMENT, Shipment, Shop
from simulator.carriers.myparcel.rules import customs, limits, offered, outages, shipment
from simulator.carriers.myparcel.shipments import (
    building,
    colli,
    csv_intake,
    related_returns,
    updates,
)
from simulator.carriers.myparcel.wire import credentials, edition, media
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.answers import Answer, Finding, no_content
from simulator.engine.world import World

SHIPMENTS = "application/vnd.shipment+json"
RECIPIENTS = "application/vnd.shipment_recipients+json"
RETURNS = "application/vnd.return_shipment+json"
PLAIN = "application/json"
"""What the guide of api.myparcel.nl (2026) creates shipments with."""


def create_shipments(world: World, body: Any, findings: list[Finding]) -> Answer:
    """The ids of the new shipments in the order of the request; CSV is answered without a body.

    Raises 422 with everything that is wrong with any of them, and then stores none.
    """
    kind = media.content_type(world.request)
    if not kind.name.endswith("json"):
        answers.check_paper(world)
        return csv_intake.create(world, body, world.request.headers["content-type"])
    spoken = edition.of(world)
    wanted = answers.accepted(world)
    envelope.check_schema(world, findings)
    rules = readings.of(world, kind.version)
    if kind.name in (SHIPMENTS, PLAIN):
        made = _create(world, rules, body, findings, several=spoken.colli)
    elif kind.name == RECIPIENTS:
        made = _create_for_recipients(world, rules, body, findings)
    else:
        related = kind.name == RETURNS
        made = related_returns.create(world, rules, body, findings, related=related)
    return answers.created(world, made, wanted)


def _create(
    world: World, rules: Readings, body: Any, findings: Sequence[Finding], *, several: bool
) -> list[Shipment]:
    shop = credentials.shop(world)
    items, path = envelope.elements(rules, body, ("shipments",), findings)
    faults: list[Fault] = []
    taken: set[int] = set()
    for place, item in enumerate(items):
        faults += shipment.check(rules, item, f"{path}[{place}]")
        if several:
            faults += colli.check(world, rules, shop, item, f"{path}[{place}]", taken)
            faults += updates.check_marks(item, f"{path}[{place}]")
    envelope.refuse(findings, faults)
    if not several:
        _tell_unread(world, items, path, f"since the edition {rules.edition.name} has none")
    made = []
    for item in items:
        new = building.build(world, shop, item, STANDARD_SHIPMENT, rules.edition.name)
        new = address_book.remember(world, new)
        if several:
            new = updates.mark(world, colli.attach(world, shop, new, item), item)
        made.append(new)
    _check_made(world, shop, made, path)
    return made


def _tell_unread(world: World, items: Sequence[Any], path: str, reason: str) -> None:
    """Note the colli of an element where nothing makes them."""
    for place, item in enumerate(items):
        for name in colli.FIELDS:
            if isinstance(item, dict) and item.get(name):
                world.note(f"{path}[{place}].{name} was not honoured, {reason}")


def _create_for_recipients(
    world: World, rules: Readings, body: Any, findings: Sequence[Finding]
) -> list[Shipment]:
    """One shipment for each address, in the order of the addresses within that of the elements."""
    shop = credentials.shop(world)
    items, path = envelope.elements(rules, body, ("shipments",), findings)
    faults: list[Fault] = []
    single: list[dict[str, Any]] = []
    for place, item in enumerate(items):
        here = f"{path}[{place}]"
        recipients = item.get("recipients") if isinstance(item, dict) else None
        if not isinstance(item, dict):
            faults.append(kinds.misfit(item, "object", here))
        elif recipients is not None and not isinstance(recipients, list):
            faults.append(kinds.misfit(recipients, "array", f"{here}.recipients"))
        elif not recipients:
            faults.append(kinds.missing(3501, f"{here}.recipients"))
        else:
            for number, posted in enumerate(recipients):
                there = f"{here}.recipients[{number}]"
                recipient = address_book.resolve(world, rules, shop, posted)
                if recipient is None:
                    faults.append(Fault(3501, f"the address book has no address {posted}", there))
                    continue
                one = {**item, "recipient": recipient}
                faults += shipment.check(rules, one, here, there)
                single.append(one)
    envelope.refuse(findings, faults)
    _tell_unread(world, items, path, f"in {RECIPIENTS}")
    made = [
        building.build(world, shop, one, STANDARD_SHIPMENT, rules.edition.name) for one in single
    ]
    made = [address_book.remember(world, new) for new in made]
    _check_made(world, shop, made, path)
    return made


def _check_made(world: World, shop: Shop, made: Sequence[Shipment], path: str) -> None:
    """Undo what the shop may not make, or what its carrier does not answer."""
    limits.check(world, shop, made, path)
    for new in made:
        outages.check(world, new)
        customs.tell_area(world, new)
        offered.tell_saturday(world, new)


def update_shipments(world: World, body: Any, findings: list[Finding]) -> Answer:
    """PUT /shipments: change concepts; 204, or them whole. Raises what `updates.update` does."""
    envelope.check_schema(world, findings)
    kind = media.content_type(world.request)
    wanted = answers.accepted(world)
    rules = readings.of(world, kind.version)
    return answers.changed(world, updates.update(world, rules, body, findings), wanted)


def patch_shipments(world: World, body: Any, findings: list[Finding]) -> Answer:
    """PATCH /shipments: change members of shipments one by one; 204.

    Raises what `updates.patch` does.
    """
    media.json_only(world)
    envelope.check_schema(world, findings)
    kind = media.content_type(world.request)
    rules = readings.of(world, kind.version)
    updates.patch(world, rules, body, findings)
    return no_content()
