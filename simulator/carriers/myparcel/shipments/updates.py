"""Changing concepts (a later feature, known from documents of the Dutch twin and its clients)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.carriers.myparcel.bodies import envelope, kinds
from simulator.carriers.myparcel.bodies.readings import Readings
from simulator.carriers.myparcel.records import RETURN_SHIPMENT, SHIPMENTS, Shipment
from simulator.carriers.myparcel.rules import shipment
from simulator.carriers.myparcel.shipments import building, colli
from simulator.carriers.myparcel.wire import credentials, parsing
from simulator.carriers.myparcel.wire.dialect import Dialect
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.answers import Finding
from simulator.engine.world import World

_CHANGEABLE = (
    "carrier",
    "recipient",
    "options",
    "general_settings",
    "pickup",
    "customs_declaration",
    "physical_properties",
    "reference_identifier",
)


def update(world: World, rules: Readings, body: Any, findings: Sequence[Finding]) -> None:
    """Put what is posted in the place of what the concepts have; all of them or none.

    What an element does not name stays as it is. Raises 422: 3717 for what is no concept of the
    shop, 3711 for another country of the recipient, and everything that the rules of creating say.
    """
    shop = credentials.shop(world)
    items, path = envelope.elements(rules, body, ("shipments",), findings)
    faults: list[Fault] = []
    taken: set[int] = set()
    changes: list[tuple[int, dict[str, Any], Dialect]] = []
    for place, item in enumerate(items):
        here = f"{path}[{place}]"
        record = credentials.concept_of(world, shop, parsing.form(item).get("id"))
        if not isinstance(item, dict):
            faults.append(kinds.misfit(item, "object", here))
        elif item.get("id") is None:
            faults.append(kinds.missing(3717, f"{here}.id"))
        elif record is None:
            message = f"there is no concept {item['id']!r:.60} that could be changed"
            faults.append(Fault(3717, message, f"{here}.id"))
        else:
            merged = _merged(record, item)
            spoken = rules.dialect if "carrier" in item else record.numbering
            faults += shipment.check(rules._replace(dialect=spoken), merged, here)
            faults += colli.check(world, shop, item, here, taken, record)
            cc = parsing.form(merged["recipient"]).get("cc")
            if cc != record.recipient.get("cc"):
                message = "the country of a recipient cannot change"
                faults.append(Fault(3711, message, f"{here}.recipient.cc"))
            elif _turns_away(record, merged["recipient"]):
                message = "a return goes to its shop, so that its recipient cannot change"
                faults.append(Fault(3717, message, f"{here}.recipient"))
            changes.append((record.id, item, spoken))
    envelope.refuse(findings, faults)
    for id, item, spoken in changes:
        found = world[SHIPMENTS].get(id)
        if found is not None:  # else another element left it out of its secondary shipments
            changed = building.rebuild(world, found, _merged(found, item), spoken)
            colli.attach(world, shop, changed, item)


def _turns_away(record: Shipment, recipient: dict[str, Any]) -> bool:
    """Whether a return would no longer go to the shop (inferred)."""
    if record.shipment_type != RETURN_SHIPMENT:
        return False
    return building.address(recipient) != record.recipient


def _merged(record: Shipment, item: dict[str, Any]) -> dict[str, Any]:
    """What can be posted, from the element where it says it and else from the record."""
    return {name: item.get(name, getattr(record, name)) for name in _CHANGEABLE}
