"""Creating returns: of shipments that went out, and of what is not known here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.carriers.myparcel import access, bodies, building, parse
from simulator.carriers.myparcel.errors import Fault
from simulator.carriers.myparcel.records import SHIPMENTS, Shipment
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
    return [
        building.build_return(
            world, shop, item, _parent(world, item) if related else None, readings.dialect
        )
        for item in items
    ]


def _parent(world: World, item: dict[str, Any]) -> Shipment | None:
    return world[SHIPMENTS].get(parse.integer(item["parent"]) or 0)
