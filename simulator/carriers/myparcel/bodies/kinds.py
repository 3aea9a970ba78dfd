"""What kind of value a place holds, and how its absence is told, in the API's own words."""

from __future__ import annotations

from typing import Any

from simulator.carriers.myparcel.editions.lengths import LONGEST_OF_2017
from simulator.carriers.myparcel.wire.errors import Fault, kind_of, misfit

__all__ = ("absent", "is_text", "is_too_long", "kind_of", "misfit", "missing", "too_long")

LONGEST = LONGEST_OF_2017
"""Characters of the document's type string."""

_LENGTHS = "MyParcel: the lengths of texts in the description of the edition"


def missing(code: int, path: str) -> Fault:
    """A value that has to be there and is not."""
    return Fault(code, f"{path.rpartition('.')[2]} is required", path)


def too_long(code: int, path: str, most: int = LONGEST) -> Fault:
    """A text with more than `most` characters."""
    human = f"{path.rpartition('.')[2]} has more than {most} characters"
    return Fault(code, human, path, allowed={"maxLength": most}, source=_LENGTHS)


def is_too_long(value: Any, most: int = LONGEST) -> bool:
    """Whether the value is a text with more than `most` characters."""
    return isinstance(value, str) and len(value) > most


def absent(value: Any) -> bool:
    """Whether an optional object is not there; PHP writes an empty one as an empty list."""
    return value is None or value == []


def is_text(value: Any) -> bool:
    """Whether the value can stand for a text; numbers can, as form-driven clients send them."""
    return isinstance(value, str) or type(value) is int
