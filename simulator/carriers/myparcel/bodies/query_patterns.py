"""The document's data types in queries, letter by letter, for the strict reading.

MyParcel: document of 2017, section 4. Otherwise ``asc`` is ASC, ``true`` is 1 and 15:30 is a time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from simulator.carriers.myparcel.wire import edition
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.engine.world import World


class Pattern(NamedTuple):
    """What a parameter has to look like, in words too, and the code of one that does not."""

    code: int
    words: str
    expression: re.Pattern[str]


def _pattern(code: int, words: str, expression: str) -> Pattern:
    return Pattern(code, words, re.compile(expression, re.ASCII))


_DATE, _TIME = r"\d{4}-\d{2}-\d{2}", r"\d{2}:\d{2}:\d{2}"
_DATE_OR_TIMESTAMP = ("YYYY-MM-DD, with or without HH:MM:SS", rf"{_DATE}( {_TIME})?")

PARAMETERS: dict[str, Pattern] = {
    "order": _pattern(3203, "ASC or DESC", "ASC|DESC"),
    "from": _pattern(3206, *_DATE_OR_TIMESTAMP),
    "to": _pattern(3207, *_DATE_OR_TIMESTAMP),
    "dropoff_today": _pattern(0, "1 or 0", "[01]"),
    "format": _pattern(3709, "A4 or A6", "A4|A6"),
    "cc": _pattern(3211, "two capital letters", "[A-Z]{2}"),
    "carrier": _pattern(3222, "the number of a carrier", r"\d+"),
    "delivery_date": _pattern(5000, "a date YYYY-MM-DD", _DATE),
    "delivery_time": _pattern(5000, "a time HH:MM:SS", _TIME),
    "cutoff_time": _pattern(3214, "a time HH:MM:SS", _TIME),
    "monday_delivery": _pattern(3216, "1 or 0", "[01]"),
    "exclude_delivery_type": _pattern(3221, "of the numbers 1 to 5, with ;", "[1-5](;[1-5])*"),
}
"""The parameters that are taken in other spellings as well where the reading is not strict."""


def check(world: World, given: Mapping[str, str], faults: list[Fault]) -> None:
    """Add to `faults` what the strict reading does not take, once for each parameter."""
    if not (world.quirk("myparcel.strict") and edition.of(world).types_of_2017):
        return
    for name, text in given.items():
        pattern = PARAMETERS.get(name)
        if pattern is None or pattern.expression.fullmatch(text):
            continue
        if not any(fault.human.startswith(f"{name} ") for fault in faults):
            faults.append(Fault(pattern.code, f"{name} {text!r} is not {pattern.words}"))
