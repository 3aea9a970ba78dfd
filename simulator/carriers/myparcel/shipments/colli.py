"""Several colli of one shipment: a main shipment and the secondary ones that follow it.

A later feature, known from documents of the Dutch twin and its clients. Secondary shipments take
everything from the main one but what they say themselves; options go on the main one only.
"""

from __future__ import annotations

from typing import Any

import msgspec

from simulator.carriers.myparcel.bodies import kinds
from simulator.carriers.myparcel.catalog.types import PACKAGE
from simulator.carriers.myparcel.records import (
    RETURN_SHIPMENT,
    SHIPMENTS,
    STANDARD_SHIPMENT,
    Shipment,
    Shop,
)
from simulator.carriers.myparcel.shipments import building
from simulator.carriers.myparcel.wire import credentials, parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.engine.world import World

FIELDS = ("secondary_shipments", "multi_collo_main_shipment_id")
"""The fields of a shipment that tell of its colli."""

_COUNTRIES = ("NL", "BE")
_OWN = ("physical_properties", "reference_identifier", "customs_declaration")
_SHARED = ("carrier", "recipient", "options", "pickup", "customs_declaration")


def check(
    world: World,
    shop: Shop,
    item: Any,
    path: str,
    taken: set[int],
    main: Shipment | None = None,
) -> list[Fault]:
    """What is wrong with the colli of a shipment; `main` is the shipment that is being changed.

    `taken` has the ids that the request has attached already, and gets those of this shipment.
    """
    if not isinstance(item, dict):
        return []
    found: list[Fault] = []
    secondary = item.get("secondary_shipments")
    main_id = item.get("multi_collo_main_shipment_id")
    follows = main_id is not None or (main is not None and main.main_id is not None)
    leads = secondary or (secondary is None and main is not None and main.secondary_ids)
    name = "secondary_shipments" if main_id is None else "multi_collo_main_shipment_id"
    if leads and follows:
        message = "a shipment is a main one or a secondary one, not both"
        found.append(Fault(3736, message, f"{path}.{name}"))
    if (leads or follows) and main is not None and main.shipment_type == RETURN_SHIPMENT:
        found.append(Fault(3735, "several colli are not possible for a return", f"{path}.{name}"))
    if leads or follows:
        found += _country_and_type(item, path, main)
    if secondary is not None and not isinstance(secondary, list):
        return [*found, kinds.misfit(secondary, "array", f"{path}.secondary_shipments")]
    for place, collo in enumerate(secondary or ()):
        here = f"{path}.secondary_shipments[{place}]"
        found += _secondary(world, shop, collo, here, taken, main)
    if main_id is not None and not _may_lead(world, shop, main_id, main):
        message = f"there is no concept {main_id!r} that could be the main shipment"
        found.append(Fault(3739, message, f"{path}.multi_collo_main_shipment_id"))
    return found


def _country_and_type(item: dict[str, Any], path: str, main: Shipment | None) -> list[Fault]:
    options = parsing.form(item.get("options")) or ({} if main is None else main.options)
    recipient = parsing.form(item.get("recipient")) or ({} if main is None else main.recipient)
    found: list[Fault] = []
    if parsing.integer(options.get("package_type")) != PACKAGE:
        message = "several colli are possible for package type 1 only"
        found.append(Fault(3735, message, f"{path}.options.package_type"))
    if recipient.get("cc") not in _COUNTRIES:
        message = f"several colli are possible to {' and '.join(_COUNTRIES)} only"
        found.append(Fault(3735, message, f"{path}.recipient.cc"))
    return found


def _secondary(
    world: World, shop: Shop, collo: Any, path: str, taken: set[int], main: Shipment | None
) -> list[Fault]:
    if kinds.absent(collo):
        return []
    if not isinstance(collo, dict):
        return [kinds.misfit(collo, "object", path)]
    if collo.get("options"):
        return [Fault(3736, "options go on the main shipment only", f"{path}.options")]
    if collo.get("id") is None:
        return []
    attached = _attachable(world, shop, collo["id"], main)
    if attached is None or attached.id in taken:
        message = f"there is no concept {collo['id']!r} that could be attached"
        return [Fault(3739, message, f"{path}.id")]
    taken.add(attached.id)
    return []


def _attachable(world: World, shop: Shop, posted: Any, main: Shipment | None) -> Shipment | None:
    """A concept of the shop that belongs to no other main shipment and has no colli itself.

    It is no return: that one goes to the shop.
    """
    found = credentials.concept_of(world, shop, posted)
    if found is None or found.secondary_ids or found.shipment_type == RETURN_SHIPMENT:
        return None
    if main is None:
        return found if found.main_id is None else None
    return found if found.main_id in (None, main.id) and found.id != main.id else None


def _may_lead(world: World, shop: Shop, posted: Any, follower: Shipment | None) -> bool:
    """Whether it is a concept of the shop, no return, that belongs to no other main shipment.

    `follower` is the shipment that is to follow it, unless that is new; it follows no other one.
    """
    found = credentials.concept_of(world, shop, posted)
    if found is None or found.main_id is not None or found.shipment_type == RETURN_SHIPMENT:
        return False
    return follower is None or (follower.id != found.id and follower.main_id in (None, found.id))


def attach(world: World, shop: Shop, shipment: Shipment, item: dict[str, Any]) -> Shipment:
    """Give a shipment the colli that it asks for, or make it one of another's.

    Colli that it has already follow its changes when it says nothing about them.
    """
    main_id = parsing.integer(item.get("multi_collo_main_shipment_id"))
    if main_id is not None:
        main = world[SHIPMENTS].get(main_id)
        assert main is not None
        ids = tuple(dict.fromkeys((*main.secondary_ids, shipment.id)))
        main = world[SHIPMENTS].put(msgspec.structs.replace(main, secondary_ids=ids))
        return _follow(world, shop, main, shipment, {})
    secondary = item.get("secondary_shipments")
    if secondary is None:
        secondary = [{"id": id} for id in shipment.secondary_ids]
    if not secondary and not shipment.secondary_ids:
        return shipment
    return _arrange(world, shop, shipment, secondary)


def _arrange(world: World, shop: Shop, main: Shipment, secondary: list[Any]) -> Shipment:
    """Let the main shipment have exactly these secondary ones; others that it had are deleted."""
    ids = tuple(_collo(world, shop, main, parsing.form(collo)) for collo in secondary)
    for id in main.secondary_ids:
        left = world[SHIPMENTS].get(id)
        if id not in ids and left is not None:
            delete(world, left)
    return world[SHIPMENTS].put(msgspec.structs.replace(main, secondary_ids=ids))


def delete(world: World, concept: Shipment) -> None:
    """Delete a concept; the main shipment that it followed goes on without it."""
    world.cancel_job(concept.next_job)
    world[SHIPMENTS].delete(concept.id)
    main = None if concept.main_id is None else world[SHIPMENTS].get(concept.main_id)
    if main is not None:
        others = tuple(id for id in main.secondary_ids if id != concept.id)
        world[SHIPMENTS].put(msgspec.structs.replace(main, secondary_ids=others))


def _collo(world: World, shop: Shop, main: Shipment, collo: dict[str, Any]) -> int:
    number = parsing.integer(collo.get("id"))
    known = None if number is None else world[SHIPMENTS].get(number)
    return _follow(world, shop, main, known, collo).id


def _follow(
    world: World, shop: Shop, main: Shipment, known: Shipment | None, collo: dict[str, Any]
) -> Shipment:
    """A secondary shipment with what its main one has, but with what `collo` says for itself.

    `known` is a shipment that exists already; what it says for itself stays unless `collo` does.
    """
    item = {name: getattr(main, name) for name in _SHARED}
    if known is not None:
        kept = {name: getattr(known, name) for name in (*_OWN, "general_settings")}
        item |= {name: value for name, value in kept.items() if value is not None}
    item |= {name: collo[name] for name in _OWN if name in collo}
    if known is None:
        made = building.build(world, shop, item, STANDARD_SHIPMENT, main.numbering)
    else:
        made = building.rebuild(world, known, item, main.numbering)
    return world[SHIPMENTS].put(msgspec.structs.replace(made, main_id=main.id))
