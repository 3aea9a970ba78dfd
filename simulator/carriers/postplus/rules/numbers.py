"""Whether parcel numbers have the form of UPU S10, or of the documentation's looser samples.

The check digit was verified on the documentation's RF000000028LT, RF000000031LT, RF000000045LT.
"""

from __future__ import annotations

import re

from simulator.carriers.postplus.catalog.countries import COUNTRIES
from simulator.carriers.postplus.wire.echoes import shortened
from simulator.core import s10

_S10 = re.compile(r"[A-Z]{2}[0-9]{9}[A-Z]{2}", re.ASCII)
_LENIENT = re.compile(r"[A-Z]{2}[0-9]{8,9}[A-Z]{2}", re.ASCII)


def fault(number: str) -> str | None:
    """Why a text is no S10 number, as a sentence; None when it is one."""
    if not _S10.fullmatch(number):
        return (
            f"Parcel number {shortened(number)} is not a UPU S10 number: "
            "2 capital letters, 8 digits, a check digit, a country"
        )
    if number[-2:] not in COUNTRIES:
        return f"Parcel number {number} does not end in the code of a country"
    right = s10.check_digit(serial(number))
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
