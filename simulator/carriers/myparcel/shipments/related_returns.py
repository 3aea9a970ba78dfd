"""Creating returns: of shipments that went out, and of what is not known here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.carriers.myparcel.bodies import envelope
from simulator.carriers.myparcel.bodies.readings import Readings
from simulator.carriers.myparcel.records import Shipment
from simulator.carriers.myparcel.rules import limits, outages
from simulator.carriers.myparcel.rules import returns as rules
from simulator.carriers.myparcel.shipments import building
from simulator.carriers.myparcel.wire import credentials
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.answers import Finding
from simulator.engine.world import World

_LISTS = ("return_shipments", "unrelated_return_shipments")
"""The document names the first only; a public client sends the other for unrelated returns."""


def create(
    world: World,
    readings: Readings,
    body: Any,
    findings: Sequence[Finding],
    *,
    related: bool,
) -> list[Shipment]:
    """The new returns in the order of the request. Raises 422 with everything that is wrong."""
    shop = credentials.shop(world)
    items, path = envelope.elements(readings, body, _LISTS[: 1 if related else 2], findings)
    faults: list[Fault] = []
    for place, item in enumerate(items):
        faults += rules.check(world, readings, shop, item, f"{path}[{place}]", related=related)
    envelope.refuse(findings, faults)
    made = []
    for item in items:
        parent = credentials.shipment_of(world, shop, item["parent"]) if related else None
        made.append(building.build_return(world, shop, item, parent, readings.edition.name))
    limits.check(world, shop, made, path)
    for new in made:
        outages.check(world, new)
    return made
