"""The carriers of the editions: the same companies under other numbers.

Documented: the numbers of api.myparcel.com. Observed in public clients of api.myparcel.nl: its
numbers, and that queries take names there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from simulator.carriers.myparcel.offers import names
from simulator.core import reading


class NumberedCarrier(NamedTuple):
    """A carrier: its name in queries, and its numbers by the names of the editions that have it."""

    name: str
    numbers: Mapping[str, int]


_IN_2017 = {"myparcel": 1, "postnl": 2, "bpost": 3, "dpd": 4, "hermes": 5}


def _numbers() -> Iterator[NumberedCarrier]:
    for name, number in _IN_2017.items():
        later = names.CARRIERS.number(name)
        numbers = {"2017": number} if later is None else {"2017": number, "today": later}
        yield NumberedCarrier(name, numbers)
    for number, each in names.CARRIERS.items():
        if each.old not in _IN_2017:
            yield NumberedCarrier(each.old, {"today": number})


CARRIERS: tuple[NumberedCarrier, ...] = tuple(_numbers())

_BY_ANY_NAME: Mapping[str, Callable[[object], int | None]] = {"today": names.CARRIERS.number}
"""Editions whose carriers have more than one name each."""


_READ_AS: Mapping[str, Mapping[str, int]] = {"today": {"myparcel": 1, "hermes": 3}}
"""Carriers under which an edition shows those that it does not have: what the broker chooses goes
with PostNL, and Hermes came to it as cheap cargo does (inferred)."""

_BROKER = 1
"""What the edition of 2017 calls whatever the broker carries with a carrier that came later."""


@cache
def known(edition: str) -> Mapping[int, str]:
    """The names of the carriers of an edition, by their numbers there."""
    found = {each.numbers[edition]: each.name for each in CARRIERS if edition in each.numbers}
    return MappingProxyType(dict(sorted(found.items())))


def number(value: int | str, edition: str) -> int | None:
    """The number of a carrier in an edition, given as number, digits or name; None: unknown."""
    carriers = known(edition)
    if type(value) is int:
        return value if value in carriers else None
    by_any_name = _BY_ANY_NAME.get(edition)
    if by_any_name is not None:
        return by_any_name(value)
    text = str(value).strip().lower()
    digits = reading.whole(text)
    if digits is not None:
        return digits if digits in carriers else None
    return next((number for number, name in carriers.items() if name == text), None)


def in_2017(carrier: int, edition: str) -> int | None:
    """The number that the carrier had in 2017, under which the table of services has it."""
    return translated(carrier, edition, "2017")


def as_read(carrier: int, written: str, reader: str | None) -> int:
    """The number that a reader of an edition has for a carrier of the edition `written`.

    It stays as it was written for a reader who shows no edition. A carrier that the reader's
    edition does not have is read as the broker's own choice or another of its carriers, since its
    number may be another company's there (inferred).
    """
    if reader is None or reader == written:
        return carrier
    found = translated(carrier, written, reader)
    if found is not None:
        return found
    return _READ_AS.get(reader, {}).get(known(written).get(carrier, ""), _BROKER)


@cache
def translated(carrier: int, edition: str, other: str) -> int | None:
    """The number of a carrier of one edition in another; None where that does not have it."""
    same = (each.numbers for each in CARRIERS if each.numbers.get(edition) == carrier)
    return next((numbers.get(other) for numbers in same), None)
