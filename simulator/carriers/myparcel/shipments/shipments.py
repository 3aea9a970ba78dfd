"""Creating shipments: of every kind that the media type can say, all of a request or none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.carriers.myparcel.account import address_book
from simulator.carriers.myparcel.bodies import envelope, kinds, readings
from simulator.carriers.myparcel.bodies.readings import Readings
from simulator.carriers.myparcel.labels import orders
from simulator.carriers.myparcel.records import STANDARD_SHIPMENT, Shipment
from simulator.carriers.myparcel.rules import shipment
from simulator.carriers.myparcel.shipments import (
    building,
    colli,
    csv_intake,
    related_returns,
    updates,
)
from simulator.carriers.myparcel.wire import credentials, dialect, era, media
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.answers import Answer, Finding
from simulator.engine.world import World

SHIPMENTS = "application/vnd.shipment+json"
RECIPIENTS = "application/vnd.shipment_recipients+json"
RETURNS = "application/vnd.return_shipment+json"

_IDS = "application/vnd.shipment_ids+json"
_ACCEPTABLE = ("application/json", _IDS)


def create_shipments(world: World, body: Any, findings: list[Finding]) -> Answer:
    """The ids of the new shipments in the order of the request; CSV is answered without a body.

    Raises 422 with everything that is wrong with any of them, and then stores none.
    """
    kind = media.content_type(world.request)
    if not kind.name.endswith("+json"):
        return csv_intake.create(world, body, world.request.headers["content-type"])
    later = era.later(world, body)
    wanted = media.negotiate(world, (*_ACCEPTABLE, orders.MEDIA_TYPE)[: 3 if later else 2])
    chosen = dialect.of(world, body)
    rules = readings.of(world, chosen, kind.version)
    if kind.name == SHIPMENTS:
        made = _create(world, rules, body, findings, several=later)
    elif kind.name == RECIPIENTS:
        made = _create_for_recipients(world, rules, body, findings)
    else:
        related = kind.name == RETURNS
        made = related_returns.create(world, rules, body, findings, related=related)
    told: dict[str, Any] = {"ids": _ids(made, references=chosen == "nl")}
    if wanted == orders.MEDIA_TYPE:
        url = orders.order(world, made)
        told |= {} if url is None else {"pdf": {"url": url}}
        return Answer(body={"data": told}, media_type=f"{wanted};charset=utf-8")
    if world.quirk("myparcel.create_content_type") == "shipment_ids":
        return Answer(body={"data": told}, media_type=f"{_IDS}; charset=utf-8")
    return media.json(told)


def _ids(made: Sequence[Shipment], *, references: bool) -> list[dict[str, Any]]:
    if not references:
        return [{"id": each.id} for each in made]
    return [{"id": each.id, "reference_identifier": each.reference_identifier} for each in made]


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
            faults += colli.check(world, shop, item, f"{path}[{place}]", taken)
    envelope.refuse(findings, faults)
    if not several:
        _tell_unread(world, items, path, "since later features are off")
    made = []
    for item in items:
        new = building.build(world, shop, item, STANDARD_SHIPMENT, rules.dialect)
        address_book.remember(world, new)
        made.append(colli.attach(world, shop, new, item) if several else new)
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
    made = [building.build(world, shop, one, STANDARD_SHIPMENT, rules.dialect) for one in single]
    for new in made:
        address_book.remember(world, new)
    return made


def update_shipments(world: World, body: Any, findings: list[Finding]) -> Answer:
    """Change concepts; 204. Only reached where later features are there (`era.check`)."""
    kind = media.content_type(world.request)
    rules = readings.of(world, dialect.of(world, body), kind.version)
    updates.update(world, rules, body, findings)
    return Answer(204, empty=True)
