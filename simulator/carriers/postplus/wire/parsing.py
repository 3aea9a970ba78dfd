"""Reads single values of requests; an empty text means absent everywhere (D17)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from simulator.core import reading

_LONGEST_NUMBER = 100


def form(value: Any) -> dict[str, Any]:
    """A nested object; what is none has no members."""
    return value if isinstance(value, dict) else {}


def text(value: Any) -> str | None:
    """A text without blanks around it; numbers become texts, an empty one is None."""
    if isinstance(value, str):
        return value.strip() or None
    return str(value) if type(value) is int else None


def integer(value: Any) -> int | None:
    """A whole number, or the same as text; None for anything else."""
    if type(value) is int:
        return value if abs(value) < 10**18 else None
    if type(value) is float:
        return int(value) if value.is_integer() and abs(value) < 1e15 else None
    return reading.whole(value, signed=True) if isinstance(value, str) else None


def decimal(value: Any) -> Decimal | None:
    """A number, or the same as text, exactly as it was written; None for anything else."""
    if type(value) is int or type(value) is float:
        return Decimal(str(value))
    if isinstance(value, str):
        return reading.decimal(value, longest=_LONGEST_NUMBER)
    return None


def flag(value: Any) -> bool:
    """Whether a boolean is true; it may have come as a text."""
    return reading.boolean(value) is True if isinstance(value, str) else value is True


def listed(text: str | None) -> list[str]:
    """The items of a comma list, each once: blanks and empty items are left out."""
    return list(dict.fromkeys(reading.parts(text or "")))


def given(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The pairs of a query that have a value: ``Count=`` is the same as no count."""
    return tuple(pair for pair in pairs if pair[1].strip(reading.BLANKS))


_AS_IT_CAME = ("parameters",)
"""Members that are kept as a client sent them."""

_RAW = ("postplus.import_tracking_generic",)
"""Operations whose bodies are kept as they came."""


def normalise(body: Any, operation: str) -> Any:
    """A body as the carrier reads it: members with an empty text are absent (D17), and names may
    begin with a capital letter, as clients in the language of its server write them (inferred)."""
    return body if operation in _RAW else _present(body)


def _present(value: Any) -> Any:
    if isinstance(value, list):
        return [_present(item) if isinstance(item, dict | list) else item for item in value]
    if not isinstance(value, dict):
        return value
    kept: dict[str, Any] = {}
    for name, member in value.items():
        if isinstance(member, str) and not member.strip():
            continue
        if name[:1].isupper():
            name = name[0].lower() + name[1:]
            if name in value:
                continue
        held = isinstance(member, dict | list) and name not in _AS_IT_CAME
        kept[name] = _present(member) if held else member
    return kept
