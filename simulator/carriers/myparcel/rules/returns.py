"""R30 and R31: returns, of a shipment or of nothing known (document of 2017, 7.I and 7.J)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from simulator.carriers.myparcel.bodies import kinds
from simulator.carriers.myparcel.bodies.readings import Readings
from simulator.carriers.myparcel.catalog.lifecycle import CONCEPT
from simulator.carriers.myparcel.editions import carriers
from simulator.carriers.myparcel.offers import table
from simulator.carriers.myparcel.records import Shop
from simulator.carriers.myparcel.rules import address, offered, options
from simulator.carriers.myparcel.rules import shipment as shipment_rules
from simulator.carriers.myparcel.wire import credentials, parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.faults import shown
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
        found.append(Fault(3515, f"{shown(email, 60)} is not an email address", f"{path}.email"))
    elif kinds.is_too_long(email):
        found.append(kinds.too_long(3515, f"{path}.email"))
    if item.get("carrier") is None:
        found.append(kinds.missing(3714, f"{path}.carrier"))
    else:
        found += shipment_rules.check_carrier(readings, item["carrier"], f"{path}.carrier")
    found += _origin(world, readings, shop, item, path, related=related)
    wanted = item.get("shop_id")
    if wanted is not None and parsing.integer(wanted) != shop.id:
        found.append(
            Fault(
                3714,
                f"the shop of the key is {shop.id}, not {shown(wanted, 60)}",
                f"{path}.shop_id",
            )
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


def _origin(
    world: World, readings: Readings, shop: Shop, item: Any, path: str, *, related: bool
) -> list[Fault]:
    """Whether anything comes back from where it is.

    From the European Union it does (documented: 3715), with a carrier that goes there (inferred).
    """
    if related:
        parent = credentials.shipment_of(world, shop, item.get("parent"))
        cc, place = None if parent is None else parent.recipient.get("cc"), "parent"
    else:
        sender = parsing.form(item.get("sender")) if readings.edition.senders else {}
        cc, place = sender.get("cc"), "sender.cc"
    if not address.is_country(cc):
        return []
    country = str(cc)
    if country not in readings.edition.union:
        return [outside(country, readings.edition.union, f"{path}.{place}")]
    posted = item.get("carrier")
    if readings.edition.judged_by != "offers" or not isinstance(posted, str | int):
        return []
    number, can = carriers.number(posted, readings.edition.name), readings.home
    if number not in table.carriers_from(can) or table.offers(number, can, country):
        return []  # a carrier that the shop does not have is told already
    known = table.carriers_to(can, country)
    names = ", ".join(f"{each} {readings.edition.carriers[each]}" for each in known)
    human = f"{readings.edition.carriers[number]} brings nothing back from {country}, only {names}"
    return [Fault(3718, human, f"{path}.carrier", [*known])]


def outside(country: str, union: Collection[str], place: str) -> Fault:
    """Nothing comes back from a country that is no member of the `union` (documented)."""
    human = f"returns come from within the European Union only, not from {country}"
    return Fault(3715, human, place, sorted(union))


def _parent(world: World, shop: Shop, parent: Any, path: str) -> list[Fault]:
    if parent is None:
        return [kinds.missing(3720, path)]
    found = credentials.shipment_of(world, shop, parent)
    if found is None:
        return [Fault(3720, f"the shop has no shipment {shown(parent, 60)}", path)]
    if found.status == CONCEPT:
        message = f"shipment {parent} is still a concept and cannot be returned"
        return [Fault(3714, message, path)]
    return []
