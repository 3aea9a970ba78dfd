"""A standard shipment as a whole: its parts by their rules, and R29 (document of 2017, 7.A)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.carriers.myparcel.bodies import kinds, patterns
from simulator.carriers.myparcel.bodies.readings import Readings
from simulator.carriers.myparcel.catalog.delivery_areas import types_at
from simulator.carriers.myparcel.catalog.places import dutch_postal_code
from simulator.carriers.myparcel.catalog.types import PROPERTIES, SETTINGS
from simulator.carriers.myparcel.editions import carriers
from simulator.carriers.myparcel.rules import address, customs, offered, options
from simulator.carriers.myparcel.wire import parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.faults import shown


def check(
    readings: Readings,
    shipment: Any,
    path: str,
    recipient_path: str | None = None,
    *,
    returning: bool = False,
) -> list[Fault]:
    """Everything that is wrong with a shipment.

    `recipient_path` is the place of the recipient where it is one of many. `returning`: it comes
    back to the shop, as its options may tell.
    """
    if not isinstance(shipment, dict):
        return [kinds.misfit(shipment, "object", path)]
    found: list[Fault] = []
    cc = None
    recipient = shipment.get("recipient")
    recipient_path = f"{path}.recipient" if recipient_path is None else recipient_path
    if recipient is None:
        found.append(kinds.missing(3501, recipient_path))
    elif not isinstance(recipient, dict):
        found.append(kinds.misfit(recipient, "object", recipient_path))
    else:
        found += address.check(readings, recipient, recipient_path)
        cc = recipient.get("cc") if address.is_country(recipient.get("cc")) else None
    found += check_carrier(readings, shipment.get("carrier"), f"{path}.carrier")
    given = shipment.get("options")
    if given is None:
        found.append(kinds.missing(3712, f"{path}.options"))
    elif not isinstance(given, dict):
        found.append(kinds.misfit(given, "object", f"{path}.options"))
    elif readings.edition.judged_by == "offers":
        found += offered.check(readings, shipment, cc, path, recipient_path, returning=returning)
    else:
        found += options.check(
            readings,
            given,
            cc,
            f"{path}.options",
            pickup=shipment.get("pickup"),
            pickup_path=f"{path}.pickup",
            offered=_offered(readings, shipment, given),
            returning=returning,
        )
    found += _pickup(shipment.get("pickup"), f"{path}.pickup")
    declaration = shipment.get("customs_declaration")
    if cc is not None and customs.is_needed(readings, parsing.form(recipient)):
        found += customs.check(readings, declaration, f"{path}.customs_declaration")
        properties = shipment.get("physical_properties")
        found += customs.check_weight(readings, properties, f"{path}.physical_properties")
    elif not kinds.absent(declaration) and not isinstance(declaration, dict):
        found.append(kinds.misfit(declaration, "object", f"{path}.customs_declaration"))
    found += _properties(shipment.get("physical_properties"), f"{path}.physical_properties")
    found += check_beside(readings, shipment, path)
    return found + check_types(readings, shipment, path, found)


def check_beside(readings: Readings, item: Mapping[str, Any], path: str) -> list[Fault]:
    """What is wrong with what is no matter of the carrier, and no label says."""
    found = _settings(readings, item.get("general_settings"), f"{path}.general_settings")
    if kinds.is_too_long(item.get("reference_identifier")):
        found.append(kinds.too_long(0, f"{path}.reference_identifier"))
    return found + _drop_off_point(readings, item.get("drop_off_point"), f"{path}.drop_off_point")


def _drop_off_point(readings: Readings, point: Any, path: str) -> list[Fault]:
    """A place of which nothing is known is none, as plugins send it; all but its code may be empty,
    as client libraries have it of lockers (observed)."""
    wanted = readings.edition.drop_off_point
    if wanted is None or kinds.absent(point):
        return []
    if not isinstance(point, dict):
        return [kinds.misfit(point, "object", path)]
    if all(value is None for value in point.values()):
        return []
    missing = [name for name in wanted if point.get(name) is None]
    if point.get("location_code") == "":
        missing.insert(0, "location_code")
    found = [kinds.missing(0, f"{path}.{name}") for name in missing]
    return found + [
        kinds.too_long(0, f"{path}.{name}")
        for name, value in point.items()
        if kinds.is_too_long(value)
    ]


def check_types(
    readings: Readings, item: dict[str, Any], path: str, found: Sequence[Fault]
) -> list[Fault]:
    """What is not written as the document's types where the reading is strict, but for places of
    which something was `found` already."""
    if not (readings.strict and readings.edition.types_of_2017):
        return []
    told = {fault.field for fault in found}
    return [fault for fault in patterns.check(item, path) if fault.field not in told]


_OPTIONS = "MyParcel: carrier options of a shop (today)"


def check_carrier(readings: Readings, carrier: Any, path: str) -> list[Fault]:
    """R29: the carrier has to be told, and to be one of the edition's."""
    if carrier is None:
        return [kinds.missing(3728, path)]
    known = readings.edition.carriers
    number = None
    if isinstance(carrier, str | int):
        number = carriers.number(carrier, readings.edition.name)
    if number in readings.switched_off:
        human = f"carrier {known[number]} is switched off for the shop"
        return [Fault(3728, human, path, [*(known.keys() - readings.switched_off)], _OPTIONS)]
    if number is not None:
        return []
    names = ", ".join(f"{number} {name}" for number, name in known.items())
    human = f"there is no carrier {shown(carrier, 60)}, there are {names}"
    return [Fault(3728, human, path, [*known], f"MyParcel: carriers ({readings.edition.name})")]


def _offered(
    readings: Readings, shipment: dict[str, Any], options: dict[str, Any]
) -> frozenset[int] | None:
    """The delivery types that the carrier has at an address, as delivery options show them.

    None where they do not bind, where none is asked for, or where nobody can tell.
    """
    if not readings.edition.offers_bind or options.get("delivery_type") is None:
        return None
    recipient, carrier = parsing.form(shipment.get("recipient")), shipment.get("carrier")
    postal_code = dutch_postal_code(parsing.text(recipient.get("postal_code")))
    name = readings.edition.name
    number = carriers.number(carrier, name) if isinstance(carrier, str | int) else None
    known = None if number is None else carriers.in_2017(number, name)
    return None if known is None else types_at(postal_code or "", known)


def _pickup(pickup: Any, path: str) -> list[Fault]:
    if kinds.absent(pickup):
        return []
    if not isinstance(pickup, dict):
        return [kinds.misfit(pickup, "object", path)]
    return [
        kinds.too_long(3722, f"{path}.{name}")
        for name, value in pickup.items()
        if kinds.is_too_long(value)
    ]


def _properties(properties: Any, path: str) -> list[Fault]:
    if kinds.absent(properties):
        return []
    if not isinstance(properties, dict):
        return [kinds.misfit(properties, "object", path)]
    return [
        Fault(3704, f"{name} is a whole number of at least 0", f"{path}.{name}", {"minimum": 0})
        for name in PROPERTIES
        if properties.get(name) is not None and parsing.integer(properties[name]) is None
    ]


def _settings(readings: Readings, settings: Any, path: str) -> list[Fault]:
    if kinds.absent(settings):
        return []
    if not isinstance(settings, dict):
        return [kinds.misfit(settings, "object", path)]
    found = [
        Fault(0, f"{name} is 1 or 0, not {shown(settings[name], 60)}", f"{path}.{name}", [0, 1])
        for name in SETTINGS
        if settings.get(name) is not None and parsing.boolean(settings[name]) is None
    ]
    place = f"{path}.delivery_notification_email"
    emails = settings.get("delivery_notification_email")
    if emails is None or emails == "":
        return found
    if isinstance(emails, str):
        if readings.emails == "array":
            return [*found, kinds.misfit(emails, "array", place)]
        emails = [emails]
    elif not isinstance(emails, list) or readings.emails == "string":
        wanted = "array" if readings.emails == "array" else "string"
        return [*found, kinds.misfit(emails, wanted, place)]
    if not all(isinstance(email, str) and address.is_email(email) for email in emails):
        found.append(Fault(3515, "an email address is expected", place))
    elif any(kinds.is_too_long(email) for email in emails):
        found.append(kinds.too_long(3515, place))
    return found
