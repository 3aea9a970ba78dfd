"""Several colli of one shipment: a main shipment and the secondary ones that follow it.

Documented (api.myparcel.nl): secondary shipments take everything from the main one but what they
say themselves; options go on the main one only. That they may repeat what the main one says, and
describe their own label, is of its description of 2026.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from simulator.carriers.myparcel.bodies import kinds
from simulator.carriers.myparcel.bodies.readings import Readings
from simulator.carriers.myparcel.catalog.types import PACKAGE
from simulator.carriers.myparcel.editions import carriers
from simulator.carriers.myparcel.records import (
    RETURN_SHIPMENT,
    SHIPMENTS,
    STANDARD_SHIPMENT,
    Shipment,
    Shop,
)
from simulator.carriers.myparcel.rules import shipment as rules_of_shipments
from simulator.carriers.myparcel.shipments import building
from simulator.carriers.myparcel.wire import credentials, parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.faults import shown
from simulator.engine.world import World

FIELDS = ("secondary_shipments", "multi_collo_main_shipment_id")
"""The fields of a shipment that tell of its colli."""

_COUNTRIES = ("NL", "BE")
_OWN = ("physical_properties", "reference_identifier", "customs_declaration", "general_settings")
_REPEATED = ("carrier", "recipient", "sender", "pickup", "drop_off_point", "contract_id")
_SHARED = (*_REPEATED, "options", "customs_declaration")
_UNREAD = ("collection_contact", "note", "shipped_items", "hidden", "delivered")
_DESCRIPTION = "label_description"


def check(
    world: World,
    rules: Readings,
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
    if main is not None and parsing.integer(main_id) == main.id:
        main_id = None  # a main shipment is shown with its own id there
    follows = main_id is not None or (main is not None and main.main_id is not None)
    leads = secondary or (secondary is None and main is not None and main.secondary_ids)
    name = "secondary_shipments" if main_id is None else "multi_collo_main_shipment_id"
    if leads and follows:
        message = "a shipment is a main one or a secondary one, not both"
        found.append(Fault(3736, message, f"{path}.{name}"))
    if (leads or follows) and main is not None and main.shipment_type == RETURN_SHIPMENT:
        found.append(Fault(3735, "several colli are not possible for a return", f"{path}.{name}"))
    whole = _whole(item, main)
    if leads or follows:
        found += _country_and_type(whole, path)
    if secondary is not None and not isinstance(secondary, list):
        return [*found, kinds.misfit(secondary, "array", f"{path}.secondary_shipments")]
    for place, collo in enumerate(secondary or ()):
        here = f"{path}.secondary_shipments[{place}]"
        if kinds.absent(collo):
            continue
        if not isinstance(collo, dict):
            found.append(kinds.misfit(collo, "object", here))
            continue
        found += _secondary(world, rules, whole, collo, here)
        if collo.get("id") is not None:
            found += _attached(world, shop, collo["id"], here, taken, main)
    if main_id is not None and not _may_lead(world, shop, main_id, main):
        message = f"there is no concept {shown(main_id, 60)} that could be the main shipment"
        found.append(Fault(3739, message, f"{path}.multi_collo_main_shipment_id"))
    return found


def _whole(item: Mapping[str, Any], main: Shipment | None) -> dict[str, Any]:
    """What all colli share, as it is posted or else known of the shipment that is being changed."""
    if main is None:
        return {name: item.get(name) for name in _SHARED}
    return {name: item.get(name, getattr(main, name)) for name in _SHARED}


def _country_and_type(whole: Mapping[str, Any], path: str) -> list[Fault]:
    found: list[Fault] = []
    options = parsing.form(whole["options"])
    if parsing.integer(options.get("package_type")) != PACKAGE:
        message = "multi collo shipments are only supported for package type 1"
        found.append(Fault(3735, message, f"{path}.options.package_type"))
    if parsing.form(whole["recipient"]).get("cc") not in _COUNTRIES:
        named = ", ".join(_COUNTRIES)
        message = f"multi collo shipments only supported in the following countries: {named}"
        found.append(Fault(3735, message, f"{path}.options.package_type"))
    return found


def _secondary(
    world: World, rules: Readings, whole: Mapping[str, Any], collo: dict[str, Any], path: str
) -> list[Fault]:
    """What is wrong with what a collo says for itself."""
    found: list[Fault] = []
    for name in _REPEATED:
        said, known = collo.get(name), whole[name]
        if name == "carrier":
            said, known = (_number(rules, value) for value in (said, known))
        if not _repeats(said, known):
            message = f"the colli of one shipment have one {name}, that of the main shipment"
            found.append(Fault(3736, message, f"{path}.{name}"))
    if collo.get("secondary_shipments"):
        message = "a shipment is a main one or a secondary one, not both"
        found.append(Fault(3736, message, f"{path}.secondary_shipments"))
    options = collo.get("options")
    if not kinds.absent(options):
        own = {name: value for name, value in parsing.form(options).items() if name != _DESCRIPTION}
        if not isinstance(options, dict) or not _repeats(own, whole["options"]):
            message = "options go on the main shipment only"
            found.append(Fault(3736, message, f"{path}.options"))
    given = {name: collo[name] for name in _OWN if name in collo}
    places = tuple(f"{path}.{name}" for name in given)
    faults = rules_of_shipments.check(rules, {**whole, **given}, path)
    found += [fault for fault in faults if (fault.field or "").startswith(places)] if given else []
    for name in _UNREAD:
        if collo.get(name):
            world.note(f"{path}.{name} was not honoured, since a collo has it of its main shipment")
    return found


def _number(rules: Readings, carrier: Any) -> Any:
    """The number of a carrier that may be posted by its name."""
    if not isinstance(carrier, int | str):
        return carrier
    return carriers.number(carrier, rules.edition.name) or carrier


def _repeats(said: Any, known: Any) -> bool:
    """Whether what a collo says is what the main shipment has, or nothing."""
    if isinstance(said, dict):
        return all(_repeats(value, parsing.form(known).get(name)) for name, value in said.items())
    nothing = said in (None, "", 0, []) and known in (None, "", 0, [])
    return said is None or nothing or _plain(said) == _plain(known)


def _plain(value: Any) -> str:
    return str(int(value) if isinstance(value, bool) else value).strip().upper()


def _attached(
    world: World, shop: Shop, posted: Any, path: str, taken: set[int], main: Shipment | None
) -> list[Fault]:
    attached = _attachable(world, shop, posted, main)
    if attached is None or attached.id in taken:
        message = f"there is no concept {shown(posted, 60)} that could be attached"
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


def attach(
    world: World,
    shop: Shop,
    shipment: Shipment,
    item: dict[str, Any],
    before: Shipment | None = None,
) -> Shipment:
    """Give a shipment the colli that it asks for, or make it one of another's.

    Colli that it has already follow its changes when it says nothing about them; `before` is what
    it was until then.
    """
    main_id = parsing.integer(item.get("multi_collo_main_shipment_id"))
    if main_id is not None and main_id != shipment.id:
        main = world[SHIPMENTS].get(main_id)
        assert main is not None
        main = _lead(world, main, dict.fromkeys((*main.secondary_ids, shipment.id)))
        return _follow(world, shop, main, shipment, {})
    secondary = item.get("secondary_shipments")
    if secondary is None:
        secondary = [{"id": id} for id in shipment.secondary_ids]
    if not secondary and not shipment.secondary_ids:
        return shipment
    return _arrange(world, shop, shipment, secondary, before)


def _arrange(
    world: World, shop: Shop, main: Shipment, secondary: list[Any], before: Shipment | None
) -> Shipment:
    """Let the main shipment have exactly these secondary ones; others that it had are deleted."""
    ids = [_collo(world, shop, main, parsing.form(collo), before).id for collo in secondary]
    for id in main.secondary_ids:
        left = world[SHIPMENTS].get(id)
        if id not in ids and left is not None:
            delete(world, left)
    return _lead(world, main, ids)


def _lead(world: World, main: Shipment, secondary: Iterable[int]) -> Shipment:
    return world[SHIPMENTS].put(msgspec.structs.replace(main, secondary_ids=tuple(secondary)))


def delete(world: World, concept: Shipment) -> None:
    """Delete a concept; the main shipment that it followed goes on without it."""
    world.cancel_job(concept.next_job)
    world[SHIPMENTS].delete(concept.id)
    main = None if concept.main_id is None else world[SHIPMENTS].get(concept.main_id)
    if main is not None:
        _lead(world, main, (id for id in main.secondary_ids if id != concept.id))


def _collo(
    world: World, shop: Shop, main: Shipment, collo: dict[str, Any], before: Shipment | None
) -> Shipment:
    number = parsing.integer(collo.get("id"))
    known = None if number is None else world[SHIPMENTS].get(number)
    own = {name: collo[name] for name in _OWN if name in collo}
    description = _description(collo, known, before)
    if description is not None:
        own["options"] = {**main.options, _DESCRIPTION: description}
    return _follow(world, shop, main, known, own)


def _description(
    collo: Mapping[str, Any], known: Shipment | None, before: Shipment | None
) -> Any | None:
    """What a collo's label says of its own: as posted, or as it differed from the main one's."""
    said = parsing.form(collo.get("options"))
    if _DESCRIPTION in said:
        return said[_DESCRIPTION]
    if known is None or before is None or known.main_id != before.id:
        return None
    own = known.options.get(_DESCRIPTION)
    return None if own == before.options.get(_DESCRIPTION) else own


def _follow(
    world: World, shop: Shop, main: Shipment, known: Shipment | None, own: Mapping[str, Any]
) -> Shipment:
    """A secondary shipment with what its main one has, but with what it says as its `own`.

    `known` is a shipment that exists already; what it said for itself stays unless `own` does.
    """
    item = {name: getattr(main, name) for name in _SHARED}
    if known is None:
        item["physical_properties"] = main.physical_properties
    else:
        kept = {name: getattr(known, name) for name in _OWN}
        item |= {name: value for name, value in kept.items() if value is not None}
    item |= own
    if known is None:
        made = building.build(world, shop, item, STANDARD_SHIPMENT, main.numbering)
    else:
        made = building.rebuild(world, known, item, main.numbering)
    return world[SHIPMENTS].put(msgspec.structs.replace(made, main_id=main.id))
