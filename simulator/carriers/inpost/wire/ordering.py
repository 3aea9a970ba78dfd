"""Sorting of lists: by which attribute, in which direction, and how the echoed query tells it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import msgspec

from simulator.core.tables import Selection

T = TypeVar("T")
R = TypeVar("R", bound=msgspec.Struct)

DIRECTIONS = ("asc", "desc")


def order(
    rows: Iterable[T],
    keys: Mapping[str, Callable[[T], Any]],
    sort_by: str | None,
    sort_order: str | None,
) -> tuple[list[T], dict[str, str]]:
    """Sort `rows` by one of `keys`; gives them with the effective ``sort_by`` and ``sort_order``.

    An attribute that `keys` lacks counts as not given, which means the first of them; a direction
    that is none means ``desc`` (observed: what is not known is dropped without a word).
    """
    by = sort_by if sort_by is not None and sort_by in keys else next(iter(keys))
    way = direction(sort_order)
    ordered = sorted(rows, key=keys[by], reverse=way == "desc")
    return ordered, {"sort_by": by, "sort_order": way}


def direction(sort_order: str | None) -> str:
    """The direction that is meant: ``desc`` for one that is none."""
    wanted = (sort_order or "").lower()
    return wanted if wanted in DIRECTIONS else "desc"


def directed(rows: Selection[R] | list[R], direction: str) -> Selection[R] | list[R]:
    """Ascending rows in a direction."""
    if direction == "asc":
        return rows
    return rows.descending() if isinstance(rows, Selection) else rows[::-1]
