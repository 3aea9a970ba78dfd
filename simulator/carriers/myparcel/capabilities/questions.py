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
from simulator.carriers.myparcel.wire import parsing
from simulator.carriers.myparcel.wire.errors import Fault

_GRAMS = {"g": 1, "kg": 1000}
_DIRECTIONS = ("OUTBOUND", "INBOUND")


class Question(msgspec.Struct, frozen=True):
    """A shipment of which a client wants to know what it could be; None is anything.

    `options` are those that it is to have, as bodies name them; `insurance` is in cents.
    """

    home: Home
    cc: str
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
    options: Mapping[str, str]


VERSION_2 = Spelling(
    recipient_cc="countryCode",
    carrier="carrier",
    package_type="packageType",
    delivery_type="deliveryType",
    properties="physicalProperties",
    shop="shopId",
    options=BODY_NAMES,
)
VERSION_1 = Spelling(
    recipient_cc="cc",
    carrier="carrier_id",
    package_type="package_type",
    delivery_type="delivery_type",
    properties="physical_properties",
    shop="shop_id",
    options={name: name for name in CAPABILITY_NAMES},
)


def read(shop: Shop, asked: Any, spelling: Spelling, path: str, faults: list[Fault]) -> Question:
    """The question; what is wrong with it is added to `faults`, in the place of `path`."""
    given = parsing.form(asked)
    _check_shop(shop, given, spelling, path, faults)
    home = _home(shop, given, spelling, path, faults)
    cc = _country(given.get("recipient"), spelling, _at(path, "recipient"), faults) or home
    if _direction(given, path, faults) == "INBOUND":
        home, cc = home_of(shop.sender.get("cc")), home_of(shop.sender.get("cc"))
    options, insurance = _options(given.get("options"), spelling, _at(path, "options"), faults)
    return Question(
        home=home,
        cc=cc,
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
        told = f"{value!r:.60} is none of {', '.join(each.name for each in names.values())}"
        faults.append(Fault(code, told, _at(path, member)))
    return number


def _at(path: str, member: str) -> str:
    return f"{path}.{member}" if path else member


def _country(given: Any, spelling: Spelling, path: str, faults: list[Fault]) -> str | None:
    cc = parsing.form(given).get(spelling.recipient_cc)
    if is_country(cc):
        return str(cc)
    told = "is required" if cc is None else f"{cc!r:.60} is not a country code such as NL"
    place = _at(path, spelling.recipient_cc)
    faults.append(Fault(3506, f"{spelling.recipient_cc} {told}", place))
    return None


def _home(
    shop: Shop, given: Mapping[str, Any], spelling: Spelling, path: str, faults: list[Fault]
) -> Home:
    if given.get("sender") is not None:
        here = _at(path, "sender")
        cc = _country(given["sender"], spelling, here, faults)
        if cc is not None and cc not in HOMES:
            told = f"shops send from {' and '.join(HOMES)}, not from {cc}"
            faults.append(Fault(3506, told, _at(here, spelling.recipient_cc)))
        elif cc is not None:
            return home_of(cc)
    return home_of(shop.sender.get("cc"))


def _check_shop(
    shop: Shop, given: Mapping[str, Any], spelling: Spelling, path: str, faults: list[Fault]
) -> None:
    wanted = given.get(spelling.shop)
    if wanted is not None and parsing.integer(wanted) != shop.id:
        told = f"the shop of the key is {shop.id}, not {wanted!r:.60}"
        faults.append(Fault(3714, told, _at(path, spelling.shop)))


def _direction(given: Mapping[str, Any], path: str, faults: list[Fault]) -> str:
    direction = given.get("direction")
    if direction is None:
        return _DIRECTIONS[0]
    text = str(direction).upper()
    if text not in _DIRECTIONS:
        told = f"{direction!r:.60} is none of {', '.join(_DIRECTIONS)}"
        faults.append(Fault(3714, told, _at(path, "direction")))
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
            told = f"there is no option {name!r:.60}, there are {known}"
            faults.append(Fault(3705, told, _at(path, name)))
        elif option == INSURANCE:
            insurance = _amount(value)
        elif value is not None and value is not False and value != 0:
            chosen.add(option)
    return frozenset(chosen), insurance


def _amount(value: Any) -> int:
    """The cents of an insurance, which both versions write in more than one way."""
    form = parsing.form(value)
    nested = next(
        (form[name] for name in ("insuredAmount", "insured_amount", "amount") if name in form), None
    )
    return parsing.integer(parsing.form(nested).get("amount", nested)) or 0


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
        told = f"weight is a value in {' or '.join(_GRAMS)}, not {value!r:.60}"
        faults.append(Fault(3730, told, _at(path, f"{spelling.properties}.weight")))
        return None
    return round(number * unit)
