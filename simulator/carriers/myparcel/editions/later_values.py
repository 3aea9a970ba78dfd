"""Values that came after 2017: what only the edition of today has, so that it shows who knows it.

What neither edition has shows nothing: a client of 2017 mistypes a carrier too. The numbers and
names are those of `offers.names` and of the document of 2017; that clients of today send names, and
those of the document numbers, is observed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from simulator.carriers.myparcel.catalog.types import (
    DELIVERY_TYPES,
    LETTER,
    MAILBOX_PACKAGE,
    PACKAGE,
)
from simulator.carriers.myparcel.editions import carriers
from simulator.carriers.myparcel.offers import names
from simulator.core import reading

_LONGEST_ISIC, _LONGEST_HS = 4, 10
_VALUES: Mapping[str, tuple[names.Names, Collection[int]]] = MappingProxyType(
    {
        "carrier": (names.CARRIERS, frozenset(carriers.known("2017"))),
        "package_type": (names.PACKAGE_TYPES, frozenset({PACKAGE, MAILBOX_PACKAGE, LETTER})),
        "delivery_type": (names.DELIVERY_TYPES, frozenset(DELIVERY_TYPES)),
    }
)
"""What a member may be today, and the numbers that it could be in 2017."""


def shown(name: str, value: Any, place: str) -> str | None:
    """What a value shows, told with its `place`: a name, or a number that came later.

    `name` is carrier, package_type or delivery_type. None: 2017 had it, or no edition has.
    """
    values, of_2017 = _VALUES[name]
    number = values.number(value)
    if number is None:
        return None
    if isinstance(value, str) and reading.whole(value) is None:
        return f"{name}={value.strip()}, a name, in the {place}"
    return None if number in of_2017 else f"{name}={number} in the {place}, which came after 2017"


def is_hs_code(classification: Any) -> bool:
    """Whether goods are classified by an HS code that is longer than any of ISIC."""
    if isinstance(classification, bool) or not isinstance(classification, int | str):
        return False
    digits = str(classification).strip()
    fits = _LONGEST_ISIC < len(digits) <= _LONGEST_HS
    return fits and digits.isascii() and digits.isdecimal()
