"""The document's own data types, letter by letter, for the strict reading of a body.

MyParcel: document of 2017, section 4. Otherwise ``true`` is 1, ``2.0`` is 2, and a time may be
written as ISO 8601 has it, since clients send all of that. A number in quotes has the pattern of a
number, and is one here as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from simulator.carriers.myparcel.bodies import envelope, kinds
from simulator.carriers.myparcel.catalog.types import FLAGS, PROPERTIES, SETTINGS
from simulator.carriers.myparcel.wire import moments
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.faults import shown

_INTEGER = re.compile(r"[0-9]+", re.ASCII)


class Pattern(NamedTuple):
    """A data type: what it has to look like, in words, and whether a value does."""

    words: str
    fits: Callable[[Any], bool]


def _is_integer(value: Any) -> bool:
    if isinstance(value, str):
        return _INTEGER.fullmatch(value) is not None
    return type(value) is int and value >= 0


def _is_boolean(value: Any) -> bool:
    return value in ("0", "1") or (type(value) is int and value in (0, 1))


INTEGER = Pattern("of the digits 0 to 9", _is_integer)
BOOLEAN = Pattern("1 or 0", _is_boolean)
TIMESTAMP = Pattern("a timestamp such as 2017-06-06 18:00:00", moments.is_timestamp)

_MEMBERS: dict[str, Pattern] = {
    **dict.fromkeys((*FLAGS, *SETTINGS), BOOLEAN),
    **dict.fromkeys(PROPERTIES, INTEGER),
    **dict.fromkeys(("carrier", "parent", "parent_id", "shop_id"), INTEGER),
    **dict.fromkeys(("package_type", "delivery_type", "contents", "amount"), INTEGER),
    "delivery_date": TIMESTAMP,
}


def check(value: Any, path: str) -> Iterator[Fault]:
    """The members at any depth of a value that are not written as the document writes its types."""
    if isinstance(value, list):
        for place, element in enumerate(value):
            yield from check(element, f"{path}[{place}]")
    elif isinstance(value, dict):
        for name, member in value.items():
            yield from _member(name, member, f"{path}.{name}")


def _member(name: str, value: Any, path: str) -> Iterator[Fault]:
    pattern = _MEMBERS.get(name)
    if pattern is not None and not kinds.absent(value) and not pattern.fits(value):
        yield Fault(
            envelope.code_at(path), f"{name} is {pattern.words}, not {shown(value, 60)}", path
        )
    else:
        yield from check(value, path)
