"""Changing shipments: concepts as a whole with PUT, single members of any shipment with PATCH.

Known from documents of api.myparcel.nl since 2018 and its client libraries. Which members of a
registered shipment may change is inferred.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from simulator.carriers.carrier import BadAction
from simulator.carriers.myparcel.bodies import envelope, kinds
from simulator.carriers.myparcel.bodies.readings import Readings, of_shop
from simulator.carriers.myparcel.catalog.lifecycle import CONCEPT
from simulator.carriers.myparcel.editions.edition import Edition
from simulator.carriers.myparcel.editions.table import EDITIONS
from simulator.carriers.myparcel.records import RETURN_SHIPMENT, SHIPMENTS, Shipment, Shop
from simulator.carriers.myparcel.rules import shipment
from simulator.carriers.myparcel.shipments import building, colli, moves
from simulator.carriers.myparcel.wire import credentials, errors, parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.answers import Finding
from simulator.core.faults import shown
from simulator.engine.world import World

_CHANGEABLE = (
    "carrier",
    "recipient",
    "sender",
    "options",
    "general_settings",
    "pickup",
    "customs_declaration",
    "physical_properties",
    "reference_identifier",
    "drop_off_point",
    "contract_id",
)
_AT_ANY_TIME = ("general_settings", "reference_identifier", "drop_off_point")
_OF_CONCEPTS = (*(name for name in _CHANGEABLE if name not in _AT_ANY_TIME), *colli.FIELDS)
"""What the label says, so that it stays as it is once there is one."""

_MARKS = {"hidden": "hidden", "delivered": "said_delivered"}
"""What the shop itself says of a shipment: as it is posted, and in the record."""


class _Change(NamedTuple):
    id: int
    item: dict[str, Any]
    spoken: Edition
    path: str


def update(world: World, rules: Readings, body: Any, findings: Sequence[Finding]) -> list[Shipment]:
    """Put what is posted in the place of what the concepts have; all of them or none.

    What an element does not name stays as it is. Raises 422: 3717 for what is no concept of the
    shop, 3711 for another country of the recipient, and everything that the rules of creating say.
    """
    changes = _changes(world, rules, body, findings, credentials.concept_of, _as_posted)
    return [each for change in changes if (each := _rebuild(world, change)) is not None]


def patch(world: World, rules: Readings, body: Any, findings: Sequence[Finding]) -> None:
    """Change the members of shipments that are named, and of objects those within; all or none.

    A status has to be one that the shipment can come to. Raises 422: 3717 for what is no shipment
    of the shop and for what only a concept can change, 3713 for a status, and what `update` does.
    """
    for change in _changes(world, rules, body, findings, credentials.shipment_of, _laid_over):
        changed = _rebuild(world, change)
        asked = change.item.get("status")
        if changed is not None and asked not in (None, "") and asked != changed.status:
            _move(world, changed, asked, f"{change.path}.status")


def _changes(
    world: World,
    rules: Readings,
    body: Any,
    findings: Sequence[Finding],
    find: Callable[[World, Shop, Any], Shipment | None],
    read: Callable[[Shipment, dict[str, Any]], dict[str, Any]],
) -> list[_Change]:
    """The changes that are posted, once nothing is wrong with any of them."""
    shop = credentials.shop(world)
    items, path = envelope.elements(rules, body, ("shipments",), findings)
    faults: list[Fault] = []
    taken: set[int] = set()
    changes: list[_Change] = []
    for place, item in enumerate(items):
        here = f"{path}[{place}]"
        record = find(world, shop, parsing.form(item).get("id"))
        if not isinstance(item, dict):
            faults.append(kinds.misfit(item, "object", here))
        elif item.get("id") is None:
            faults.append(kinds.missing(3717, f"{here}.id"))
        elif record is None:
            what = "concept" if find is credentials.concept_of else "shipment"
            message = f"there is no {what} {item['id']!r:.60} that could be changed"
            faults.append(Fault(3717, message, f"{here}.id"))
        else:
            spoken = rules.edition if "carrier" in item else EDITIONS[record.numbering]
            change = _Change(record.id, read(record, item), spoken, here)
            faults += _faults(world, rules, shop, record, change, taken)
            changes.append(change)
    envelope.refuse(findings, faults)
    return changes


def _as_posted(record: Shipment, item: dict[str, Any]) -> dict[str, Any]:
    return item


def _laid_over(record: Shipment, item: dict[str, Any]) -> dict[str, Any]:
    """The element with the members of objects that it leaves out; null takes one away."""
    whole: dict[str, Any] = dict(item)
    for name, value in item.items():
        known = getattr(record, name, None)
        if isinstance(value, dict) and isinstance(known, dict):
            laid = {**known, **value}
            whole[name] = {member: each for member, each in laid.items() if each is not None}
    return whole


def _faults(
    world: World,
    rules: Readings,
    shop: Shop,
    record: Shipment,
    change: _Change,
    taken: set[int],
) -> list[Fault]:
    """What is wrong with a change of a shipment."""
    item, here = change.item, change.path
    found = check_marks(item, here)
    agreed = parsing.text(record.options.get("delivery_date"))
    readings = of_shop(world, shop, rules.version, change.spoken)._replace(agreed=agreed)
    if record.status != CONCEPT:
        named = moves.named(record.status)
        found += shipment.check_beside(readings, item, here)
        return found + [
            Fault(3717, f"{name} cannot change, the shipment is {named}", f"{here}.{name}")
            for name in _OF_CONCEPTS
            if name in item
        ]
    merged = _merged(record, item)
    returning = record.shipment_type == RETURN_SHIPMENT
    found += shipment.check(readings, merged, here, returning=returning)
    found += colli.check(world, rules, shop, item, here, taken, record)
    cc = parsing.form(merged["recipient"]).get("cc")
    if cc != record.recipient.get("cc"):
        message = "the country of a recipient cannot change"
        found.append(Fault(3711, message, f"{here}.recipient.cc"))
    elif _turns_away(record, merged["recipient"]):
        message = "a return goes to its shop, so that its recipient cannot change"
        found.append(Fault(3717, message, f"{here}.recipient"))
    return found


def _rebuild(world: World, change: _Change) -> Shipment | None:
    """The changed shipment; None when another element of the request deleted it."""
    found = world[SHIPMENTS].get(change.id)
    if found is None:
        return None
    changed = building.rebuild(world, found, _merged(found, change.item), change.spoken.name)
    if found.status == CONCEPT:
        shop = credentials.shop(world)
        changed = colli.attach(world, shop, changed, change.item, found)
    return mark(world, changed, change.item)


def check_marks(item: Any, path: str) -> list[Fault]:
    """What is wrong with what the shop itself says of a shipment."""
    return [
        Fault(0, f"{name} is 1 or 0, not {shown(item[name], 60)}", f"{path}.{name}")
        for name in _MARKS
        if parsing.form(item).get(name) is not None and parsing.boolean(item[name]) is None
    ]


def mark(world: World, record: Shipment, item: Mapping[str, Any]) -> Shipment:
    """The shipment with what the shop itself says of it in `item`."""
    said = {
        kept: parsing.boolean(item[name]) == 1
        for name, kept in _MARKS.items()
        if item.get(name) is not None
    }
    if not said:
        return record
    return world[SHIPMENTS].put(msgspec.structs.replace(record, **said))


def _move(world: World, record: Shipment, asked: Any, path: str) -> None:
    status = parsing.integer(asked)
    if status == record.status:
        return
    try:
        moves.move(world, record, -1 if status is None else status)
    except BadAction as error:
        message = f"status cannot become {asked!r:.60}"
        fault = Fault(3713, message, path)
        title = "Shipment validation error"
        raise errors.refuse(422, title, [fault], validation=True, reason=str(error)) from None


def _turns_away(record: Shipment, recipient: dict[str, Any]) -> bool:
    """Whether a return would no longer go to the shop (inferred)."""
    if record.shipment_type != RETURN_SHIPMENT:
        return False
    return building.address(recipient) != record.recipient


def _merged(record: Shipment, item: Mapping[str, Any]) -> dict[str, Any]:
    """What can be posted, from the element where it says it and else from the record."""
    return {name: item.get(name, getattr(record, name)) for name in _CHANGEABLE}
