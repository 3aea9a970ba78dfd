"""R1 to R21 and K5 to K9, K28: shipment options (MyParcel: document of 2017, 6.A and 7.C)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from simulator.carriers.myparcel.bodies import kinds
from simulator.carriers.myparcel.bodies.readings import Readings
from simulator.carriers.myparcel.catalog import countries
from simulator.carriers.myparcel.catalog.types import FLAGS, LETTER, MAILBOX_PACKAGE, PACKAGE
from simulator.carriers.myparcel.rules import delivery, insurance
from simulator.carriers.myparcel.wire import parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.faults import shown

_TEXTS = ("label_description", "delivery_remark")
_DUTCH_ONLY = ("only_recipient", "signature", "return")


def check(
    readings: Readings,
    options: dict[str, Any],
    cc: Any,
    path: str,
    *,
    pickup: Any = None,
    pickup_path: str = "",
    offered: frozenset[int] | None = None,
    returning: bool = False,
) -> list[Fault]:
    """What is wrong with the options of a shipment to the country `cc`.

    `cc` is None when the country is not known, which leaves out what depends on it. `offered` are
    the delivery types of the address, None where nobody can tell. Returns are
    judged more softly: the document's own return examples are insured for 50 cents.
    """
    found = values(readings, options, path, FLAGS)
    region = countries.region_of(cc) if cc is not None else None
    package_type = parsing.integer(options.get("package_type"))
    if package_type not in (PACKAGE, MAILBOX_PACKAGE, LETTER):
        given = options.get("package_type")
        text = "package_type is required" if given is None else f"there is no package type {given}"
        human, types = f"{text}: 1 package, 2 mailbox, 3 letter", [PACKAGE, MAILBOX_PACKAGE, LETTER]
        source = readings.edition.sources["options"]
        found.append(Fault(3712, human, f"{path}.package_type", types, source))
        package_type = None
    elif region is not None and region != "NL":
        found += _abroad(readings, options, package_type, region, path)
    if package_type is not None and package_type not in readings.options_on:
        found += [
            Fault(3705, f"{name} is not for package type {package_type}", f"{path}.{name}")
            for name in FLAGS
            if parsing.flag(options.get(name))
        ]
    found += delivery.check(readings, options, region, package_type, path)
    if offered is not None and region == "NL":
        found += delivery.check_offered(options, offered, path)
    if delivery.is_pickup(options) and pickup in (None, {}, []):
        found.append(Fault(3722, "a pickup needs a pickup location", pickup_path))
    found += insurance.check(readings, options, region, package_type, path, returning=returning)
    return found


def values(
    readings: Readings, options: dict[str, Any], path: str, flags: Iterable[str]
) -> list[Fault]:
    """What is wrong with the kinds of values, whatever they say."""
    source = readings.edition.sources["options"]
    given = [name for name in flags if name in options]
    found = [
        Fault(
            3705,
            f"{name} is 1 or 0, not {shown(options[name], 60)}",
            f"{path}.{name}",
            [0, 1],
            source,
        )
        for name in given
        if options[name] is not None and parsing.boolean(options[name]) is None
    ]
    lengths = readings.edition.lengths
    for name in _TEXTS:
        value = options.get(name)
        if value is None:
            continue
        if not kinds.is_text(value):
            found.append(kinds.misfit(value, "string", f"{path}.{name}"))
        elif kinds.is_too_long(value, most := lengths.get(f"options.{name}", kinds.LONGEST)):
            found.append(kinds.too_long(0, f"{path}.{name}", most))
    return found


def _abroad(
    readings: Readings, options: dict[str, Any], package_type: int, region: str, path: str
) -> list[Fault]:
    found: list[Fault] = []
    if package_type == MAILBOX_PACKAGE:
        message = "a mailbox package stays in the Netherlands"
        found.append(Fault(3733, message, f"{path}.package_type"))
    if package_type == LETTER and readings.letters_stay:
        message = "only packages (package type 1) go abroad"
        found.append(Fault(3733, message, f"{path}.package_type"))
    found += [
        Fault(3705, f"{name} cannot be set for a shipment abroad", f"{path}.{name}")
        for name in _DUTCH_ONLY
        if parsing.flag(options.get(name))
    ]
    too_far = region == "global" and readings.edition.large_format_in_europe
    if too_far and parsing.flag(options.get("large_format")):
        message = "large_format is for the Netherlands and the European Union"
        found.append(Fault(3705, message, f"{path}.large_format"))
    return found
