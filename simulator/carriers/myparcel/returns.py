"""Creating returns: of shipments that went out, and of what is not known here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.carriers.myparcel import access, bodies, building
from simulator.carriers.myparcel.errors import Fault
from simulator.carriers.myparcel.records import Shipment
from simulator.carriers.myparcel.rules import returns as rules
from simulator.carriers.myparcel.rules.readings import Readings
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
    shop = access.shop(world)
    items, path = bodies.elements(readings, body, _LISTS[: 1 if related else 2], findings)
    faults: list[Fault] = []
    for place, item in enumerate(items):
        faults += rules.check(world, readings, shop, item, f"{path}[{place}]", related=related)
    bodies.refuse(findings, faults)
    made = []
    for item in items:
        parent = access.shipment_of(world, shop, item["parent"]) if related else None
        made.append(building.build_return(world, shop, item, parent, readings.dialect))
    return made
