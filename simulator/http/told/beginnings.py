"""What was wrong with the beginning of a path: a base URL that lacks what all paths of a carrier
begin with, has it twice, or ends in something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from itertools import takewhile
from typing import NamedTuple

_BEGINNING = 0.3
"""A base URL without what all paths of a carrier begin with, with a part of it, or with two."""

_SURPLUS = 0.35
_SURPLUS_SEGMENT = 0.02
_SURPLUS_WORD = 0.1
"""A base URL that ends in something that no path begins with, and each segment of that: one of
which base URLs are made, or any other."""

_LONGEST_SURPLUS = 3

VERSION = re.compile(r"v\d{1,3}", re.IGNORECASE)
"""Segments such as v1 and v2, which stand for each other."""


class Mended(NamedTuple):
    """A path whose beginning was set right: what that costs, what was wrong, its segments, and
    those that gave way."""

    cost: float
    step: str
    there: Sequence[str]
    gone: Sequence[str] = ()


def root_of(paths: Iterable[str]) -> tuple[str, ...]:
    """The fixed segments with which all paths begin, each of which goes on behind them."""
    segments = [path.removeprefix("/").split("/")[:-1] for path in paths]
    common = takewhile(lambda column: len(set(column)) == 1, zip(*segments, strict=False))
    return tuple(takewhile(lambda name: not name.startswith("{"), (each[0] for each in common)))


def mended(
    there: Sequence[str], root: Sequence[str], any_case: bool, words: Set[str]
) -> list[Mended]:
    """The path with the beginning that a right base URL would have given it, in each way in which
    it may have come to its own; `words` are the segments of which the base URL of any carrier is
    made."""
    told, length = "/" + "/".join(root), len(root)
    lower = [segment.lower() for segment in there] if any_case else there

    def begins(place: int) -> bool:
        return [*lower[place : place + length]] == [*root]

    found: list[Mended] = []
    if root and begins(0):
        if begins(length):
            step = f"'{told}' stands there twice"
            found.append(Mended(_BEGINNING, step, there[length:]))
        return found
    if root:
        found.append(Mended(_BEGINNING, f"'{told}' is missing at its beginning", (*root, *there)))
    for taken in range(1, min(_LONGEST_SURPLUS, len(there) - 1) + 1):
        first = "/" + "/".join(there[:taken])
        surplus = _SURPLUS + sum(
            _SURPLUS_SEGMENT if in_bases(name, words) else _SURPLUS_WORD for name in there[:taken]
        )
        if begins(taken):
            found.append(
                Mended(
                    surplus, f"'{first}' is too much at its beginning", there[taken:], there[:taken]
                )
            )
        else:
            part = [*lower[:taken]] in ([*root[:taken]], [*root[-taken:]])
            step = f"its beginning is '{first}', not '{told}'"
            found.append(
                Mended(
                    _BEGINNING if part else surplus, step, (*root, *there[taken:]), there[:taken]
                )
            )
    return found


def in_bases(segment: str, words: Set[str]) -> bool:
    """Whether base URLs are made of such segments: one of these words, or a version."""
    return segment in words or VERSION.fullmatch(segment) is not None
