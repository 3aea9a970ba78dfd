"""Reads numbers, instants, booleans and lists out of the texts of a query, a path or a form.

Such a text may hold anything: control characters, digits of other scripts, exponents, hundreds of
digits. These readers take what is written in ASCII and within bounds, and give None for the rest;
whether that is refused or counts as not given is for the caller to say. Blanks around a value,
which are spaces and tabs, are passed over.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from typing import Final

BLANKS: Final = " \t"

MOST_DIGITS: Final = 18
"""Digits of the longest whole number unless a reader is told otherwise: they fit into 64 bits."""

_WHOLE = re.compile(r"[0-9]+")
_SIGNED = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(rf"{_DAY.pattern}(?:[T ][0-9:.,+\-Z ]{{1,24}})?")
_SPACE_FOR_PLUS = re.compile(r" (?=[0-9]{2}:?[0-9]{2}$)")
_EARLIEST = datetime(1, 1, 3, tzinfo=UTC)
_LATEST = datetime(9999, 12, 29, tzinfo=UTC)
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


def whole(text: str, *, signed: bool = False, digits: int = MOST_DIGITS) -> int | None:
    """A whole number of at most so many digits; a sign is only for those that are `signed`."""
    text = text.strip(BLANKS)
    if len(text) > digits + signed:
        return None
    return int(text) if (_SIGNED if signed else _WHOLE).fullmatch(text) else None


def decimal(text: str, *, comma: bool = False, longest: int = 60) -> Decimal | None:
    """A number of at most so many characters with a point, or with a `comma`, but no exponent."""
    text = text.strip(BLANKS)
    if len(text) > longest:
        return None
    if comma:
        text = text.replace(",", ".", 1)
    return Decimal(text) if _DECIMAL.fullmatch(text) else None


def boolean(text: str) -> bool | None:
    """True, false, 1 or 0, in any case."""
    return _BOOLEANS.get(text.strip(BLANKS).lower())


def parts(text: str, separator: str = ",") -> list[str]:
    """The items of a list without the blanks around them, and without empty ones."""
    return [item for part in text.split(separator) if (item := part.strip(BLANKS))]


def day(text: str) -> date | None:
    """A day that exists, as ``2026-03-02``."""
    text = text.strip(BLANKS)
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def instant(text: str, zone: tzinfo) -> datetime | None:
    """An instant in UTC: ISO 8601 with a ``T`` or a space, in `zone` where it has no offset.

    A bare day is its first moment. The plus sign of an offset that was not encoded in a query, and
    so arrives as a space, is taken too. At the ends of the calendar it is moved inwards by two
    days, so that it can be told in every zone.
    """
    text = text.strip(BLANKS)
    if not _INSTANT.fullmatch(text):
        return None
    if "T" in text or text.count(" ") > 1:
        text = _SPACE_FOR_PLUS.sub("+", text)
    try:
        at = datetime.fromisoformat(text)
        at = (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return min(max(at, _EARLIEST), _LATEST)
