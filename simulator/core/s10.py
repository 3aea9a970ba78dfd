"""Numbers of postal items in the form of UPU S10: two letters, eight digits, a check digit, and the
code of the country whose post gave it out."""

from __future__ import annotations

_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_INSTEAD = {10: 0, 11: 5}

LAST_SERIAL = 99_999_999
"""The greatest number that eight digits hold."""


def check_digit(serial: int) -> int:
    """The check digit of a serial number of eight digits."""
    digits = map(int, f"{serial:08d}")
    rest = 11 - sum(w * d for w, d in zip(_WEIGHTS, digits, strict=True)) % 11
    return _INSTEAD.get(rest, rest)


def compose(prefix: str, serial: int, country: str) -> str:
    """The number with two letters before and after its digits: ``RF000000028LT``."""
    return f"{prefix}{serial:08d}{check_digit(serial)}{country}"
