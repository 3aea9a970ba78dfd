"""R30 and R31: returns, of a shipment or of nothing known (document of 2017, 7.I and 7.J)."""

from __future__ import annotations

from typing import Any

from simulator.carriers.myparcel.bodies import kinds
from simulator.carriers.myparcel.bodies.readings import Readings
from simulator.carriers.myparcel.catalog.lifecycle import CONCEPT
from simulator.carriers.myparcel.records import Shop
from simulator.carriers.myparcel.rules import address, offered, options
from simulator.carriers.myparcel.rules import shipment as shipment_rules
from simulator.carriers.myparcel.wire import credentials, parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.engine.world import World


def check(
    world: World, readings: Readings, shop: Shop, item: Any, path: str, *, related: bool
) -> list[Fault]:
    """Everything that is wrong with a return; a related one names its parent."""
    if not isinstance(item, dict):
        return [kinds.misfit(item, "object", path)]
    found: list[Fault] = []
    if related:
        found += _parent(world, shop, item.get("parent"), f"{path}.parent")
    if not parsing.text(item.get("name")):
        found.append(kinds.missing(3714, f"{path}.name"))
    elif kinds.is_too_long(parsing.text(item["name"])):
        found.append(kinds.too_long(3510, f"{path}.name"))
    email = item.get("email")
    if email is None or email == "":
        if not related:
            found.append(kinds.missing(3515, f"{path}.email"))
    elif not (isinstance(email, str) and address.is_email(email)):
        found.append(Fault(3515, f"{email!r} is not an email address", f"{path}.email"))
    elif kinds.is_too_long(email):
        found.append(kinds.too_long(3515, f"{path}.email"))
    if item.get("carrier") is None:
        found.append(kinds.missing(3714, f"{path}.carrier"))
    else:
        found += shipment_rules.check_carrier(readings, item["carrier"], f"{path}.carrier")
    wanted = item.get("shop_id")
    if wanted is not None and parsing.integer(wanted) != shop.id:
        found.append(
            Fault(3714, f"the shop of the key is {shop.id}, not {wanted!r:.60}", f"{path}.shop_id")
        )
    given = item.get("options")
    if given is not None and not isinstance(given, dict):
        found.append(kinds.misfit(given, "object", f"{path}.options"))
    elif readings.edition.judged_by == "offers":
        whole = {**item, "options": given or {}}
        found += offered.check(readings, whole, shop.sender.get("cc"), path, path, returning=True)
    elif given is not None:
        found += options.check(
            readings,
            given,
            shop.sender.get("cc"),
            f"{path}.options",
            pickup=parsing.form(item.get("pickup")),
            pickup_path=f"{path}.pickup",
            returning=True,
        )
    return found + shipment_rules.check_types(readings, item, path, found)


def _parent(world: World, shop: Shop, parent: Any, path: str) -> list[Fault]:
    if parent is None:
        return [kinds.missing(3720, path)]
    found = credentials.shipment_of(world, shop, parent)
    if found is None:
        return [Fault(3720, f"the shop has no shipment {parent!r}", path)]
    if found.status == CONCEPT:
        message = f"shipment {parent} is still a concept and cannot be returned"
        return [Fault(3714, message, path)]
    return []
