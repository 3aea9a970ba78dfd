"""Sorting of lists: by which attribute, in which direction, and how the echoed query tells it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

T = TypeVar("T")

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
    direction = (sort_order or "").lower()
    if direction not in DIRECTIONS:
        direction = "desc"
    ordered = sorted(rows, key=keys[by], reverse=direction == "desc")
    return ordered, {"sort_by": by, "sort_order": direction}
