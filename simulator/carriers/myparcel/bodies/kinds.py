"""What kind of value a place holds, and how its absence is told, in the API's own words."""

from __future__ import annotations

from typing import Any

from simulator.carriers.myparcel.wire.errors import Fault, kind_of, misfit

__all__ = ("absent", "is_text", "is_too_long", "kind_of", "misfit", "missing", "too_long")

LONGEST = 255
"""Characters of the document's type string."""


def missing(code: int, path: str) -> Fault:
    """A value that has to be there and is not."""
    return Fault(code, f"{path.rpartition('.')[2]} is required", path)


def too_long(code: int, path: str) -> Fault:
    """A text beyond the length of the document's strings."""
    return Fault(code, f"{path.rpartition('.')[2]} has more than {LONGEST} characters", path)


def is_too_long(value: Any) -> bool:
    """Whether the value is a text beyond the length of the document's strings."""
    return isinstance(value, str) and len(value) > LONGEST


def absent(value: Any) -> bool:
    """Whether an optional object is not there; PHP writes an empty one as an empty list."""
    return value is None or value == []


def is_text(value: Any) -> bool:
    """Whether the value can stand for a text; numbers can, as form-driven clients send them."""
    return isinstance(value, str) or type(value) is int
