"""R22 to R25 and R42: what leaves the European Union (MyParcel: document of 2017, 7.E, 7.F)."""

from __future__ import annotations

import re
from typing import Any

from simulator.carriers.myparcel.bodies import kinds
from simulator.carriers.myparcel.bodies.readings import Readings
from simulator.carriers.myparcel.offers import customs_areas
from simulator.carriers.myparcel.records import Shipment
from simulator.carriers.myparcel.rules import address
from simulator.carriers.myparcel.wire import parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.engine.world import World

_DIGITS = re.compile(r"[0-9]+")
_ISIC, _HS = (4, "an ISIC code of 1 to 4 digits"), (10, "an HS code of 1 to 10 digits")
"""Most digits of a classification by the document, and as it is taken, in words."""

_CURRENCY = re.compile(r"[A-Z]{3}")
_CONTENTS = (1, 2, 3, 4, 5)
_WITH_INVOICE = (1, 2, 5)
_HEAVIEST = 20_000


def check(readings: Readings, declaration: Any, path: str) -> list[Fault]:
    """What is wrong with a customs declaration, or that there is none."""
    if kinds.absent(declaration):
        return [Fault(3702, "a shipment outside the EU needs a customs declaration", path)]
    if not isinstance(declaration, dict):
        return [kinds.misfit(declaration, "object", path)]
    found: list[Fault] = []
    contents = parsing.integer(declaration.get("contents"))
    if contents not in _CONTENTS:
        source, member = readings.edition.sources["customs"], f"{path}.contents"
        found.append(Fault(3702, "contents is one of 1 to 5", member, [*_CONTENTS], source))
    if contents in _WITH_INVOICE and not parsing.text(declaration.get("invoice")):
        message = f"an invoice number is required for contents {contents}"
        found.append(Fault(3703, message, f"{path}.invoice"))
    elif kinds.is_too_long(declaration.get("invoice")):
        found.append(kinds.too_long(3703, f"{path}.invoice"))
    if parsing.integer(declaration.get("weight")) is None:
        found.append(Fault(3702, "weight is a whole number of grams", f"{path}.weight"))
    items = declaration.get("items")
    if items is not None and not isinstance(items, list):
        found.append(kinds.misfit(items, "array", f"{path}.items"))
    elif not items:
        found.append(Fault(3702, "at least one item is required", f"{path}.items"))
    else:
        for place, item in enumerate(items):
            found += _item(readings, item, f"{path}.items[{place}]")
        if not found:
            found += _sum(readings, declaration, f"{path}.weight")
    return found


def is_needed(readings: Readings, recipient: dict[str, Any]) -> bool:
    """Whether a declaration goes with what is sent to an address whose country is one."""
    cc, code = recipient["cc"], parsing.text(recipient.get("postal_code"))
    area = customs_areas.area_of(cc, code) if readings.customs_areas else None
    return cc not in readings.edition.union if area is None else area.declared


def tell_area(world: World, shipment: Shipment) -> None:
    """Tell of what needs a declaration on its way, and was made without one."""
    cc, code = (
        str(shipment.recipient.get("cc")),
        parsing.text(shipment.recipient.get("postal_code")),
    )
    area = customs_areas.area_of(cc, code)
    if area is not None and area.declared and shipment.customs_declaration is None:
        world.note(
            f"{area.name} ({cc} {code}) needs a customs declaration, though it is of a country of "
            "the Union; the quirk myparcel.customs_areas lets a create ask for it"
        )


def _sum(readings: Readings, declaration: dict[str, Any], path: str) -> list[Fault]:
    """The declared weight is that of all items (documented)."""
    weight = parsing.integer(declaration.get("weight"))
    total = sum(parsing.integer(item.get("weight")) or 0 for item in declaration["items"])
    if weight == total or not readings.customs_sums:
        return []
    return [Fault(3702, f"weight is {weight}, but all items weigh {total} grams", path)]


def _items(readings: Readings) -> str:
    return readings.edition.sources["customs items"]


def _item(readings: Readings, item: Any, path: str) -> list[Fault]:
    if not isinstance(item, dict):
        return [kinds.misfit(item, "object", path)]
    found: list[Fault] = []
    description = parsing.text(item.get("description"))
    if not description:
        found.append(kinds.missing(3702, f"{path}.description"))
    elif kinds.is_too_long(description):
        found.append(kinds.too_long(3702, f"{path}.description"))
    if not parsing.integer(item.get("amount")):
        human = "amount is a whole number of at least 1"
        found.append(Fault(3765, human, f"{path}.amount", {"minimum": 1}, _items(readings)))
    weight = parsing.integer(item.get("weight"))
    if weight is None or weight > _HEAVIEST:
        message = f"weight is a whole number of grams from 0 to {_HEAVIEST}"
        bounds = {"minimum": 0, "maximum": _HEAVIEST}
        found.append(Fault(3730, message, f"{path}.weight", bounds, _items(readings)))
    classification = parsing.text(item.get("classification"))
    most, words = _ISIC if readings.isic_only else _HS
    if not _DIGITS.fullmatch(classification) or len(classification) > most:
        bounds = {"minLength": 1, "maxLength": most}
        place = f"{path}.classification"
        found.append(Fault(3702, f"classification is {words}", place, bounds, _items(readings)))
    if not address.is_country(item.get("country")):
        found.append(Fault(3506, "country is a country code such as NL", f"{path}.country"))
    return found + _value(readings, item.get("item_value"), f"{path}.item_value")


def _value(readings: Readings, value: Any, path: str) -> list[Fault]:
    if not isinstance(value, dict):
        return [kinds.missing(3702, path) if value is None else kinds.misfit(value, "object", path)]
    found: list[Fault] = []
    if parsing.integer(value.get("amount")) is None:
        found.append(Fault(3702, "amount is a whole number of cents, at least 0", f"{path}.amount"))
    currency = value.get("currency")
    if readings.euro_only and currency != "EUR":
        found.append(
            Fault(3702, "currency has to be EUR", f"{path}.currency", ["EUR"], _items(readings))
        )
    elif not (isinstance(currency, str) and _CURRENCY.fullmatch(currency)):
        found.append(Fault(3702, "currency is three letters such as EUR", f"{path}.currency"))
    return found


def check_weight(readings: Readings, properties: Any, path: str) -> list[Fault]:
    """R23: the physical properties that have to be told outside the EU; no weight is too small."""
    if not kinds.absent(properties) and not isinstance(properties, dict):
        return []  # told with the kinds of all properties
    if parsing.form(properties).get("weight") is not None:
        return []  # if it is none it is told with the others
    if readings.weight_optional and not kinds.absent(properties):
        return []
    message = "a shipment outside the EU needs its weight in grams"
    return [Fault(3704, message, path if kinds.absent(properties) else f"{path}.weight")]
