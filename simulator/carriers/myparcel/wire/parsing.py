"""Values as form-driven clients send them: digits as texts, 1 and 0 for yes and no."""

from __future__ import annotations

from typing import Any

from simulator.core import reading


def form(value: Any) -> dict[str, Any]:
    """A nested object; what is none has no members."""
    return value if isinstance(value, dict) else {}


def integer(value: Any) -> int | None:
    """A whole number of at least 0, or the same as digits; None for anything else.

    ``true`` and ``false`` are 1 and 0, since the API's booleans are integers.
    """
    if isinstance(value, int):
        return int(value) if 0 <= value < 10**18 else None
    if isinstance(value, float):
        return int(value) if value.is_integer() and 0 <= value < 1e15 else None
    return reading.whole(value) if isinstance(value, str) else None


def boolean(value: Any) -> int | None:
    """1 or 0 of the API's booleans, which may come as a text or as true and false; else None."""
    if isinstance(value, str):
        value = reading.boolean(value)
    number = integer(value)
    return number if number in (0, 1) else None


def flag(value: Any) -> bool:
    """Whether a boolean of the API is set; absent and unreadable ones are not."""
    return boolean(value) == 1


def text(value: Any) -> str:
    """A text without surrounding blanks; digits may have come as a number, absent is empty."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if type(value) is int else ""


def parts(text: str) -> list[str]:
    """The values of a list such as ``1;2;3`` as texts, without blanks and without empty ones."""
    return reading.parts(text, ";")


def ids(path: str) -> list[int]:
    """The ids of a path such as ``1;2;3`` in their order, each once.

    What cannot be an id is left out: it names nothing.
    """
    numbers = (integer(part) for part in path.split(";"))
    return list(dict.fromkeys(number for number in numbers if number))
