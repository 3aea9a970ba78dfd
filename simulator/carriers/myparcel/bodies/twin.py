"""The carriers of both twins: the same companies under other numbers.

Documented: the numbers of api.myparcel.com. Observed in public clients of api.myparcel.nl: its
numbers, and that `delivery_options` takes names there.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from simulator.carriers.myparcel.wire.dialect import Dialect
from simulator.core import reading


class TwinCarrier(NamedTuple):
    """A carrier: its name in queries, and its number in each dialect (None: it is not there)."""

    name: str
    com: int | None
    nl: int | None


CARRIERS: tuple[TwinCarrier, ...] = (
    TwinCarrier("myparcel", 1, None),
    TwinCarrier("postnl", 2, 1),
    TwinCarrier("bpost", 3, 2),
    TwinCarrier("dpd", 4, 4),
    TwinCarrier("hermes", 5, None),
)
"""The carriers of 2017."""


@cache
def known(dialect: Dialect) -> Mapping[int, str]:
    """The names of the carriers of a dialect, by their numbers there."""
    numbers = ((each.com if dialect == "com" else each.nl, each.name) for each in CARRIERS)
    return MappingProxyType({number: name for number, name in numbers if number is not None})


def number(value: int | str, dialect: Dialect) -> int | None:
    """The number of a carrier in `dialect`, given as number, digits or name; None: unknown."""
    carriers = known(dialect)
    text = str(value).strip().lower()
    digits = reading.whole(text)
    if digits is not None:
        return digits if digits in carriers else None
    return next((number for number, name in carriers.items() if name == text), None)


def com_number(carrier: int, dialect: Dialect) -> int | None:
    """The number of the carrier at api.myparcel.com, under which the table of services has it."""
    if dialect == "com":
        return carrier if carrier in known("com") else None
    return next((each.com for each in CARRIERS if each.nl == carrier), None)


def as_read(carrier: int, written: Dialect, reader: Dialect | None) -> int:
    """The number that a reader has for a carrier of the dialect `written`.

    It stays as it was written for a reader who shows no dialect, and for a carrier that the
    reader's twin does not have.
    """
    if reader is None or reader == written:
        return carrier
    com = com_number(carrier, written)
    found = next((each for each in CARRIERS if each.com == com), None)
    theirs = None if found is None else found.com if reader == "com" else found.nl
    return carrier if theirs is None else theirs
