"""Which of the known values was meant by one that is not among them."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.core.faults import did_you_mean

_LONGEST = 60
"""Characters up to which a value is compared."""


def meant(value: str, known: Iterable[str]) -> str:
    """`` (did you mean "x"?)`` for the end of a sentence, which may go on; empty where nothing is
    close."""
    hint = did_you_mean(value, known).strip() if len(value) <= _LONGEST else ""
    return f" (d{hint[1:]})" if hint else ""
