"""What kind of value a place holds, and how its absence is told, in the API's own words."""

from __future__ import annotations

from typing import Any

from simulator.carriers.myparcel.wire.errors import Fault

LONGEST = 255
"""Characters of the document's type string."""

_NAMES = {dict: "Object", list: "Array", str: "String", bool: "Boolean", int: "Integer"}


def name_of(value: Any) -> str:
    """The kind of a JSON value with a capital letter, as schema messages begin."""
    return "Null" if value is None else _NAMES.get(type(value), "Number")


def misfit(value: Any, wanted: str, path: str) -> Fault:
    """A value of the wrong kind (observed: code 0, the path inside the message)."""
    article = "an" if wanted[0] in "aeio" else "a"
    found = f"{name_of(value)} value found, but {article} {wanted} is required"
    return Fault(0, f"{path} {found}", path)


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
