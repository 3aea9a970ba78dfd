"""The words in which verdicts are told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import UNSET

from simulator.carriers.shipping import Cost
from simulator.engine.rules.matching import ABSENT, Difference
from simulator.scenarios.verify.evidence import Exchange
from simulator.scenarios.verify.likeness import Wanted

_MOST_IDS = 10
_LONGEST_VALUE = 60
_NAMES = ("/carrier", "/operation", "/method", "/between", "/order")
"""Places of which both sides are names rather than values."""

_PARTS = ("path", "query", "headers")
_VALUES = ("body", "caller")


def subject(kind: Wanted) -> str:
    """What was asked for, or should have been."""
    when = kind.when
    what = when.operation or ("anything" if when.carrier is None else f"anything of {when.carrier}")
    if when.method is not None and when.operation is None:
        what += f" by {when.method}"
    given = [name for name in _PARTS if getattr(when, name) is not None]
    given += [name for name in _VALUES if getattr(when, name) is not UNSET]
    if given:
        what += f" with this {enumeration(given)}"
    if kind.between is not None:
        what += f" from {kind.between[0].isoformat()} until {kind.between[1].isoformat()}"
    if kind.answered is UNSET:
        return what
    return f"{what} answered with {shown(kind.answered)}"


def times(number: int) -> str:
    """How often."""
    return counted(number, "time")


def counted(number: int, noun: str) -> str:
    """So many of something."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def ids(exchanges: Sequence[Exchange]) -> str:
    """The ids of exchanges behind a colon, shortened; nothing when there are none."""
    return f": {some([each.id for each in exchanges])}" if exchanges else ""


def some(texts: Sequence[str]) -> str:
    """The first of the texts, and how many more there are."""
    listed = ", ".join(texts[:_MOST_IDS])
    more = len(texts) - _MOST_IDS
    return f"{listed} and {more} more" if more > 0 else listed


def enumeration(words: Sequence[str]) -> str:
    """Words as a sentence names them."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def shown(value: Any) -> str:
    """A value as JSON, cut to what it takes to know it again; `nothing` for an absent one."""
    if value is ABSENT:
        return "nothing"
    text = msgspec.json.encode(value).decode()
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 3]}..."


def found(difference: Difference) -> str:
    """What stood at the place of a difference."""
    if difference.place in _NAMES:
        return "none" if difference.found is None else str(difference.found)
    return shown(difference.found)


def first_difference(differences: Sequence[Difference]) -> str:
    """The first of the differences, and how many more there are."""
    first, *others = differences
    more = f" and {counted(len(others), 'other difference')}" if others else ""
    return f"{place(first)} is {found(first)}, not {first.wanted}{more}"


def place(difference: Difference) -> str:
    """A place as people write it: ``body.receiver.email``."""
    return difference.place.strip("/").replace("/", ".")


def money(cost: Cost) -> str:
    """An amount with its currency."""
    return f"{amount(cost)} {cost.currency}"


def amount(cost: Cost) -> str:
    """The amount alone, with two decimals."""
    return f"{cost.cents // 100}.{cost.cents % 100:02d}"


def sentence(text: str, forgotten: int) -> str:
    """The text as a sentence; it tells when older exchanges, which may matter, are forgotten."""
    if forgotten:
        has, them = ("was", "it") if forgotten == 1 else ("were", "they")
        older = counted(forgotten, "older exchange")
        text += f"; the journal has let go of {older}, and what {them} {has} is not known"
    if "." not in text.partition(" ")[0]:  # the name of an operation stays as it is
        text = text[:1].upper() + text[1:]
    return f"{text}."
