"""What a record of a snapshot must be like beyond its type."""

from __future__ import annotations

import math
import re
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from simulator.core.tables import TableSpec
from simulator.engine.copies.pace import Pace

_MOST = 2**63 - 1
"""The greatest number; beyond it nobody can tell an id."""

_YEARS = range(2, 9999)
"""Years of which every instant can be told in every zone."""

_AT_ONCE = 1000
"""Values that are looked at before the pace is."""

_FORM = bytes.maketrans(
    b"123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"000000000abcdefghijklmnopqrstuvwxyz"
)
_BESIDE = b" \t\n\r+-"
_LONG = b"0" * 16
_ODD_FORMS = (
    *(b":" + _LONG, b"," + _LONG, b"[" + _LONG, b'"' + b"0" * 25),
    *(b"0e00", b'"inf"', b'"infinity"', b'"nan', b'"snan'),
)
"""What numbers without bounds look like once digits are zeros, and signs and blanks are gone."""
_NAIVE = re.compile(rb'00000000t?00:00:00(?:\.0+)?"')
"""What a time without offset looks like then."""
_EDGES = (b'"0001-', b'"9999-')


def _is_odd(text: bytes) -> bool:
    """Whether there may be something in a record that needs a second look; nearly none does."""
    form = text.translate(_FORM, _BESIDE)
    return (
        any(odd in form for odd in _ODD_FORMS)
        or any(edge in text for edge in _EDGES)
        or _NAIVE.search(form) is not None
    )


class BadSnapshot(ValueError):
    """Something in a snapshot that this version cannot restore; nothing was changed.

    `place` leads to it (``body.tables.engine.jobs.0.due``).
    """

    def __init__(self, place: str, message: str) -> None:
        super().__init__(message)
        self.place = place


def told(error: msgspec.ValidationError) -> tuple[str, str]:
    """The path below a value at which it is wrong, beginning with its dot, and what is wrong."""
    message, _, inner = str(error).partition(" - at `$")
    path = inner.rstrip("`").replace("[", ".").replace("]", "")
    return path, message[:1].lower() + message[1:]


async def check(spec: TableSpec[Any], record: Any, text: bytes, place: str, pace: Pace) -> None:
    """Raise `BadSnapshot` for a key or a value that no workspace could have made."""
    key = getattr(record, spec.key)
    if isinstance(key, int) and not 0 < key <= _MOST:
        raise BadSnapshot(f"{place}.{spec.key}", f"must be from 1 to {_MOST}, not {_shown(key)}")
    if not _is_odd(text):
        return
    ahead: list[tuple[Any, str]] = [(record, place)]
    looked = 0
    while ahead:
        value, at = ahead.pop()
        ahead += _inner(value, at)
        reason = _reason(value)
        if reason:
            raise BadSnapshot(at, reason)
        looked += 1
        if looked % _AT_ONCE == 0:
            await pace.pause()


def _inner(value: Any, place: str) -> list[tuple[Any, str]]:
    if isinstance(value, msgspec.Struct):
        return [(getattr(value, name), f"{place}.{name}") for name in value.__struct_fields__]
    if isinstance(value, dict):
        return [(item, f"{place}.{name}") for name, item in value.items()]
    if isinstance(value, list | tuple | set | frozenset):
        return [(item, f"{place}.{number}") for number, item in enumerate(value)]
    return []


def _reason(value: Any) -> str:
    """What is wrong with a value by itself; nothing for one that will do."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            return "the time has no offset from UTC"
        return "" if value.year in _YEARS else "the time lies too far away"
    if isinstance(value, int) and abs(value) > _MOST:
        return f"{_shown(value)} is too large: at most {_MOST}"
    if isinstance(value, float) and not math.isfinite(value):
        return "is not a number"
    if isinstance(value, Decimal) and not (value.is_finite() and abs(value) <= _MOST):
        return "is not a number within bounds"
    return ""


def _shown(number: int) -> str:
    # Python refuses to write out numbers of more than 4,300 digits.
    return str(number) if abs(number) < 10**30 else "a number of more than 30 digits"
