"""R26 to R28: addresses (MyParcel: document of 2017, 7.B)."""

from __future__ import annotations

import re
from typing import Any

from simulator.carriers.myparcel.bodies import kinds
from simulator.carriers.myparcel.bodies.readings import Readings
from simulator.carriers.myparcel.catalog import countries
from simulator.carriers.myparcel.catalog.places import dutch_postal_code
from simulator.carriers.myparcel.offers import postal_codes
from simulator.carriers.myparcel.wire import parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.faults import shown

_DIGIT = re.compile(r"[0-9]")
_NAME_AND_NUMBER = re.compile(r"[^\W0-9_].*[0-9]", re.DOTALL)
"""A whole street; digits before its name, as in "2e Molendwarsstraat", are no house number."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_WITHOUT_POSTAL_CODE = "IE"

_TEXTS = (
    ("postal_code", "recipient.postal_code", 3505),
    ("city", "recipient.city", 3501),
    ("street", "recipient.street", 3509),
    ("street_additional_info", "recipient.street_additional_info", 3509),
    ("number", "recipient.number", 3503),
    ("number_suffix", "recipient.number_suffix", 3511),
    ("person", "recipient.person", 3510),
    ("company", "recipient.company", 3513),
    ("email", "recipient.email", 3515),
    ("phone", "recipient.phone", 3512),
)
"""Members that are texts, with their places in a shipment and the code of one that is too long."""

_REQUIRED = (("city", 3501), ("street", 3501), ("person", 3514))


def check(readings: Readings, address: dict[str, Any], path: str) -> list[Fault]:
    """What is wrong with an address."""
    found: list[Fault] = []
    lengths = readings.edition.lengths
    for name, place, code in _TEXTS:
        value = address.get(name)
        if value is None:
            continue
        if not kinds.is_text(value):
            found.append(kinds.misfit(value, "string", f"{path}.{name}"))
        elif kinds.is_too_long(value, most := lengths.get(place, kinds.LONGEST)):
            found.append(kinds.too_long(code, f"{path}.{name}", most))
    for name, code in _REQUIRED:
        if _absent(address, name):
            found.append(kinds.missing(code, f"{path}.{name}"))
    street = parsing.text(address.get("street"))
    if street.isdecimal() and not readings.edition.numbered_streets:
        message = f"{street!r:.50} is no street, which has more than digits"
        found.append(Fault(3501, message, f"{path}.street"))
    cc = address.get("cc")
    if cc is None or cc == "":
        found.append(kinds.missing(3506, f"{path}.cc"))
    elif not is_country(cc):
        found.append(Fault(3506, f"{shown(cc, 60)} is not a country code such as NL", f"{path}.cc"))
    elif cc == "NL":
        found += _dutch(readings, address, path)
    elif _absent(address, "postal_code"):
        if cc in readings.edition.union and cc != _WITHOUT_POSTAL_CODE:
            found.append(kinds.missing(3505, f"{path}.postal_code"))
    elif not readings.edition.postal_code_fits(cc, parsing.text(address["postal_code"])):
        message = f"{shown(address['postal_code'], 30)} is no postal code of {cc}"
        example = postal_codes.example(cc)
        human, form = f"{message}, such as {example}", {"pattern": postal_codes.pattern(cc)}
        found.append(Fault(3505, human, f"{path}.postal_code", form))
    email = address.get("email")
    if isinstance(email, str) and email.strip() and not is_email(email):
        found.append(Fault(3515, f"{email!r} is not an email address", f"{path}.email"))
    return found


def not_dutch(postal_code: str, path: str) -> Fault:
    """A postal code that the Netherlands do not have, in the address at `path`."""
    message = f"{postal_code!r} is not a Dutch postal code such as 1012AB"
    return Fault(3505, message, f"{path}.postal_code")


def is_country(value: Any) -> bool:
    """Whether the value is the code of a country, in capitals."""
    return isinstance(value, str) and countries.is_country(value)


def is_email(value: str) -> bool:
    """Whether the text looks like an email address."""
    return _EMAIL.fullmatch(value.strip()) is not None


def _absent(address: dict[str, Any], name: str) -> bool:
    value = address.get(name)
    return value is None or (isinstance(value, str) and not value.strip())


def _dutch(readings: Readings, address: dict[str, Any], path: str) -> list[Fault]:
    found: list[Fault] = []
    if _absent(address, "postal_code"):
        if readings.postal_code_required:
            found.append(kinds.missing(3505, f"{path}.postal_code"))
    else:
        postal_code = parsing.text(address["postal_code"])
        if postal_code and dutch_postal_code(postal_code) is None:
            found.append(not_dutch(postal_code, path))
    if not _absent(address, "number"):
        number = parsing.text(address["number"])
        if number and not _DIGIT.search(number):
            message = f"{number!r} is not a house number"
            found.append(Fault(3503, message, f"{path}.number"))
    elif not (
        readings.whole_street and _NAME_AND_NUMBER.search(parsing.text(address.get("street")))
    ):
        found.append(kinds.missing(3503, f"{path}.number"))
    return found
