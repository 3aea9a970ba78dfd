"""What a question for capabilities asks, in either version, and what is wrong with it.

Version 2 has camelCase members and upper-case names, version 1 a list of questions in snake_case
with numbers. Sources: both request models in the generated clients of MyParcel's SDK 11, and what
its PDK and its module for Magento send.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from simulator.carriers.myparcel.offers.names import CARRIERS, DELIVERY_TYPES, PACKAGE_TYPES, Names
from simulator.carriers.myparcel.offers.options import BODY_NAMES, CAPABILITY_NAMES, INSURANCE
from simulator.carriers.myparcel.offers.zones import HOMES, Home, home_of
from simulator.carriers.myparcel.records import Shop
from simulator.carriers.myparcel.rules.address import is_country
from simulator.carriers.myparcel.wire import media, parsing
from simulator.carriers.myparcel.wire.errors import Fault, permission_denied
from simulator.core.answers import Finding
from simulator.core.faults import shown
from simulator.engine.world import World

_GRAMS = {"g": 1, "kg": 1000}
_DIRECTIONS = ("OUTBOUND", "INBOUND")


class Question(msgspec.Struct, frozen=True):
    """A shipment of which a client wants to know what it could be; None is anything.

    `options` are those that it is to have, as bodies name them; `insurance` is in cents.
    `origin` is the country from which it comes back to the shop, None for one that the shop sends.
    """

    home: Home
    cc: str
    origin: str | None = None
    carrier: int | None = None
    package_type: int | None = None
    delivery_type: int | None = None
    options: frozenset[str] = frozenset()
    insurance: int = 0
    weight: int | None = None


class Spelling(msgspec.Struct, frozen=True):
    """What a version calls the members of a question, and which options it knows by what name."""

    recipient_cc: str
    carrier: str
    package_type: str
    delivery_type: str
    properties: str
    shop: str
    contract: str
    options: Mapping[str, str]


VERSION_2 = Spelling(
    recipient_cc="countryCode",
    carrier="carrier",
    package_type="packageType",
    delivery_type="deliveryType",
    properties="physicalProperties",
    shop="shopId",
    contract="contractId",
    options=BODY_NAMES,
)
VERSION_1 = Spelling(
    recipient_cc="cc",
    carrier="carrier_id",
    package_type="package_type",
    delivery_type="delivery_type",
    properties="physical_properties",
    shop="shop_id",
    contract="contract_id",
    options={name: name for name in CAPABILITY_NAMES},
)


VERSION_2_MEMBERS = frozenset(
    ("recipient", "sender", "shopId", "carrier", "packageType", "deliveryType", "direction")
) | {"options", "physicalProperties"}
"""What a question in version 2 may have."""


def missing(body: Any) -> list[Finding]:
    """The recipient that a body in version 2 lacks, where there is no `data` of version 1.

    That the one or the other is required cannot be said of a single place in a schema.
    """
    if not isinstance(body, dict) or "data" in body or "recipient" in body:
        return []
    return [Finding(("recipient",), "required", "is required")]


def read(shop: Shop, asked: Any, spelling: Spelling, path: str, faults: list[Fault]) -> Question:
    """The question; what is wrong with it is added to `faults`, in the place of `path`.

    Raises 403 for one about a shop of which the key is not (inferred).
    """
    given = parsing.form(asked)
    _check_shop(shop, given, spelling, path)
    inbound = _direction(given, path, faults) == "INBOUND"
    home = home_of(shop.sender.get("cc"))
    cc = _country(given.get("recipient"), spelling, at(path, "recipient"), faults) or home
    origin = None
    if inbound:
        origin, cc = _origin(given, spelling, path, faults) or cc, home
    else:
        home = _home(shop, given, spelling, path, faults)
    options, insurance = _options(given.get("options"), spelling, at(path, "options"), faults)
    return Question(
        home=home,
        cc=cc,
        origin=origin,
        carrier=named(CARRIERS, given, spelling.carrier, 3728, path, faults),
        package_type=named(PACKAGE_TYPES, given, spelling.package_type, 3712, path, faults),
        delivery_type=named(DELIVERY_TYPES, given, spelling.delivery_type, 3721, path, faults),
        options=options,
        insurance=insurance,
        weight=_weight(given, spelling, path, faults),
    )


def named(
    names: Names,
    given: Mapping[str, Any],
    member: str,
    code: int,
    path: str,
    faults: list[Fault],
) -> int | None:
    """The number that a member means by a number or a name; None when it is not there."""
    value = given.get(member)
    if value is None:
        return None
    number = names.number(value)
    if number is None:
        told = f"{shown(value, 60)} is none of {', '.join(each.name for each in names.values())}"
        faults.append(Fault(code, told, at(path, member)))
    return number


def at(path: str, member: str) -> str:
    """The place of a member below a path, which may be empty."""
    return f"{path}.{member}" if path else member


def _country(given: Any, spelling: Spelling, path: str, faults: list[Fault]) -> str | None:
    cc = parsing.form(given).get(spelling.recipient_cc)
    if is_country(cc):
        return str(cc)
    told = "is required" if cc is None else f"{shown(cc, 60)} is not a country code such as NL"
    place = at(path, spelling.recipient_cc)
    faults.append(Fault(3506, f"{spelling.recipient_cc} {told}", place))
    return None


def _origin(
    given: Mapping[str, Any], spelling: Spelling, path: str, faults: list[Fault]
) -> str | None:
    """Where a return comes from by its sender; None: nobody says who that is."""
    if given.get("sender") is None:
        return None
    return _country(given["sender"], spelling, at(path, "sender"), faults)


def _home(
    shop: Shop, given: Mapping[str, Any], spelling: Spelling, path: str, faults: list[Fault]
) -> Home:
    if given.get("sender") is not None:
        here = at(path, "sender")
        cc = _country(given["sender"], spelling, here, faults)
        if cc is not None and cc not in HOMES:
            told = f"shops send from {' and '.join(HOMES)}, not from {cc}"
            faults.append(Fault(3506, told, at(here, spelling.recipient_cc)))
        elif cc is not None:
            return home_of(cc)
    return home_of(shop.sender.get("cc"))


def _check_shop(shop: Shop, given: Mapping[str, Any], spelling: Spelling, path: str) -> None:
    wanted = given.get(spelling.shop)
    if wanted is not None and parsing.integer(wanted) != shop.id:
        place = at(path, spelling.shop)
        raise permission_denied(f"{place} is {shown(wanted, 60)}, the key is of shop {shop.id}")


def _direction(given: Mapping[str, Any], path: str, faults: list[Fault]) -> str:
    direction = given.get("direction")
    if direction is None:
        return _DIRECTIONS[0]
    text = str(direction).upper()
    if text not in _DIRECTIONS:
        told = f"{shown(direction, 60)} is none of {', '.join(_DIRECTIONS)}"
        faults.append(Fault(0, told, at(path, "direction"), [*_DIRECTIONS]))
    return text


def _options(
    given: Any, spelling: Spelling, path: str, faults: list[Fault]
) -> tuple[frozenset[str], int]:
    """The options that are asked for; one that is there is meant unless it is null or false."""
    chosen: set[str] = set()
    insurance = 0
    for name, value in parsing.form(given).items():
        option = spelling.options.get(name)
        if option is None:
            known = ", ".join(sorted(spelling.options))
            told = f"there is no option {shown(name, 60)}, there are {known}"
            faults.append(Fault(3705, told, at(path, name)))
        elif option == INSURANCE:
            insurance = amount_of(value) or 0
        elif value is not None and value is not False and value != 0:
            chosen.add(option)
    return frozenset(chosen), insurance


def amount_of(value: Any) -> int | None:
    """The cents of an insurance, written in several ways; None: there is no amount."""
    form = parsing.form(value)
    nested = next(
        (form[name] for name in ("insuredAmount", "insured_amount", "amount") if name in form), None
    )
    return parsing.integer(parsing.form(nested).get("amount", nested))


def _weight(
    given: Mapping[str, Any], spelling: Spelling, path: str, faults: list[Fault]
) -> int | None:
    """Grams, of a number or of a value with its unit."""
    value = parsing.form(given.get(spelling.properties)).get("weight")
    if value is None:
        return None
    form = value if isinstance(value, dict) else {"value": value}
    unit = _GRAMS.get(str(form.get("unit", "g")).lower())
    number = form.get("value")
    if unit is None or isinstance(number, bool) or not isinstance(number, int | float):
        told = f"weight is a value in {' or '.join(_GRAMS)}, not {shown(value, 60)}"
        faults.append(Fault(3730, told, at(path, f"{spelling.properties}.weight")))
        return None
    return round(number * unit)


def wants_version_1(world: World, written_so: bool) -> bool:
    """Whether the answer is wanted in version 1: by what is accepted, else as it was asked."""
    versions = media.versions(world.request)
    if any(version.startswith("2") for version in versions):
        return False
    return written_so or any(version.startswith("1") for version in versions)
