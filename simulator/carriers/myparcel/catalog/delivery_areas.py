"""Which delivery types there are at which Dutch address.

Documented (2017, 6.A.2): morning delivery is only for certain addresses, the address decides, and
delivery options tell it. Which addresses is inferred: no van comes twice a day to the islands of
the Wadden Sea, and none in the evening to the far side of the Western Scheldt. Only PostNL, also as
the broker's choice, has more than standard delivery.
"""

from __future__ import annotations

from simulator.carriers.myparcel.catalog.services import BROKER, POSTNL
from simulator.carriers.myparcel.catalog.types import DELIVERY_TYPES, EVENING, MORNING, STANDARD

DUTCH_NETWORK = (BROKER, POSTNL)
"""The carriers whose parcels PostNL brings, by their numbers at api.myparcel.com."""

_ISLANDS = frozenset({MORNING, EVENING})
_FAR_SIDE = frozenset({EVENING})

WITHOUT: tuple[tuple[str, range, frozenset[int]], ...] = (
    ("Texel", range(1790, 1798), _ISLANDS),
    ("Zeeuws-Vlaanderen", range(4500, 4590), _FAR_SIDE),
    ("Terschelling", range(8880, 8898), _ISLANDS),
    ("Vlieland", range(8899, 8900), _ISLANDS),
    ("Ameland", range(9160, 9165), _ISLANDS),
    ("Schiermonnikoog", range(9166, 9167), _ISLANDS),
)
"""Areas by the digits of their postal codes, and the delivery types that they lack."""

_ALL = frozenset(DELIVERY_TYPES)
_NO_CHOICE = frozenset({STANDARD})


def types_at(postal_code: str, carrier: int) -> frozenset[int]:
    """The delivery types of a carrier at a Dutch postal code, such as ``1791AB``.

    `carrier` is its number at api.myparcel.com. A postal code that cannot be read lacks nothing.
    """
    if carrier not in DUTCH_NETWORK:
        return _NO_CHOICE
    digits = postal_code[:4]
    number = int(digits) if digits.isascii() and digits.isdecimal() else 0
    lacking = (types for _, codes, types in WITHOUT if number in codes)
    return _ALL.difference(*lacking)
