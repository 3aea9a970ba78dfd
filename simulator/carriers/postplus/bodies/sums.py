"""Value and weight of a parcel, worked out from its items in decimal arithmetic (Q7, D16)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal

from simulator.carriers.postplus.records import Item

_NONE = Decimal(0)
_EXACT = Context(prec=1000)
"""Holds every digit of a sum: numbers of requests have at most a few hundred."""


def value(items: Iterable[Item]) -> Decimal:
    """The value of all pieces, in the parcel's currency; what is not told counts as nothing."""
    return total(_times(item.value_per_item, item.quantity) for item in items)


def weight(items: Iterable[Item]) -> Decimal:
    """The weight of all pieces in kilograms; what is not told counts as nothing."""
    return total(_times(item.weight_per_item, item.quantity) for item in items)


def are_weighed(items: Iterable[Item]) -> bool:
    """Whether all items tell their weight, so that there is a sum of them."""
    return all(
        item.quantity is not None
        and item.quantity > 0
        and item.weight_per_item is not None
        and item.weight_per_item > 0
        for item in items
    )


def total(numbers: Iterable[Decimal | None]) -> Decimal:
    """The sum of numbers to the last digit; what is not told counts as nothing."""
    found = _NONE
    for number in numbers:
        if number:
            found = _EXACT.add(found, number)
    return found


def written(number: Decimal) -> str:
    """A number as people write it: without an exponent and without zeros at its end."""
    if not number:
        return "0"
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _times(each: Decimal | None, pieces: int | None) -> Decimal:
    return _EXACT.multiply(each, Decimal(pieces)) if each and pieces else _NONE
