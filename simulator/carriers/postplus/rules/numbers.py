"""Parcel numbers in the form of UPU S10: two letters, eight digits, a check digit, a country.

The check digit was verified on the documentation's RF000000028LT, RF000000031LT, RF000000045LT.
"""

from __future__ import annotations

import re

from simulator.carriers.postplus.catalog.countries import COUNTRIES
from simulator.carriers.postplus.wire.echoes import shortened

_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_INSTEAD = {10: 0, 11: 5}
_S10 = re.compile(r"[A-Z]{2}[0-9]{9}[A-Z]{2}", re.ASCII)
_LENIENT = re.compile(r"[A-Z]{2}[0-9]{8,9}[A-Z]{2}", re.ASCII)

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


def fault(number: str) -> str | None:
    """Why a text is no S10 number, as a sentence; None when it is one."""
    if not _S10.fullmatch(number):
        return (
            f"Parcel number {shortened(number)} is not a UPU S10 number: "
            "2 capital letters, 8 digits, a check digit, a country"
        )
    if number[-2:] not in COUNTRIES:
        return f"Parcel number {number} does not end in the code of a country"
    right = check_digit(serial(number))
    if int(number[10]) != right:
        return f"Parcel number {number} has the check digit {number[10]}, it should be {right}"
    return None


def lenient_fault(number: str) -> str | None:
    """Why a text is no number even where 8 or 9 digits without a check will do (P5)."""
    if _LENIENT.fullmatch(number):
        return None
    return (
        f"Parcel number {shortened(number)} is not a UPU number: "
        "2 capital letters, 8 or 9 digits, a country"
    )


def serial(number: str) -> int:
    """The eight digits of a number that has no fault."""
    return int(number[2:10])
