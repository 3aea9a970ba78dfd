"""Lists of an organization: pages, the echoed query, and the `Link` header as recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from simulator.carriers.inpost.wire import links
from simulator.carriers.inpost.wire.ordering import order
from simulator.core import reading
from simulator.core.answers import Answer
from simulator.engine.world import World

T = TypeVar("T")

_MOST = 100
_MOST_DIGITS = 9


def whole(text: str | None, default: int) -> int:
    """A whole number from a query; anything else counts as not given (observed)."""
    number = None if text is None else reading.whole(text, digits=_MOST_DIGITS)
    return default if number is None else number


def answer(
    world: World,
    path: str,
    rows: Sequence[T],
    view: Callable[[T], Any],
    *,
    query: Mapping[str, str],
    page: str | None,
    per_page: str | None,
    default_per_page: int,
    most: int = _MOST,
    whole_list: bool = False,
) -> Answer:
    """One page of `rows`, which are filtered and sorted already.

    `query` is the effective query to be echoed, without `page` and `per_page`; page 0 counts as 1,
    more than `most` per page becomes `most`, a page beyond the end is empty with the true count
    (observed). With `whole_list` the first page holds everything, and later ones show a part of it
    again (observed for id lists).
    """
    number = max(1, whole(page, 1))
    size = min(most, max(1, whole(per_page, default_per_page)))
    count = len(rows)
    shown = rows if whole_list and number == 1 else rows[(number - 1) * size : number * size]
    last = -(-count // size)

    def url(target: int | None) -> str:
        values = {**query, "per_page": str(size)}
        if target is not None:
            values["page"] = str(target)
        echoed = urlencode(sorted(values.items()), quote_via=quote)
        return links.plain(world, f"{path}?{echoed}")

    targets = {
        "next": number + 1 if number < last else None,
        "last": last,
        "previous": number - 1 if 1 < number <= last + 1 else None,
        "first": 1,
    }
    link = ", ".join(f'<{url(target)}>; rel="{name}"' for name, target in targets.items())
    numbers = {"page": number, "per_page": size}
    if world.quirk("inpost.list_envelope_order") == "per_page_first":
        numbers = dict(reversed(numbers.items()))
    body = {
        "href": url(number),
        "count": count,
        **numbers,
        "items": [view(row) for row in shown],
    }
    return Answer(body=body, headers={"Link": link})


def ordered(
    world: World,
    path: str,
    rows: Iterable[T],
    view: Callable[[World, T], Any],
    keys: Mapping[str, Callable[[T], Any]],
    *,
    page: str | None,
    per_page: str | None,
    sort_by: str | None,
    sort_order: str | None,
    query: Mapping[str, str] | None = None,
    default_per_page: int | None = None,
) -> Answer:
    """One page of `rows`, which are filtered already, in the order that the caller asked for.

    `keys` are the attributes to sort by, the first of them unless asked otherwise; `query` what
    was filtered by, to be echoed. `default_per_page` is the quirk's unless it is given.
    """
    sorted_rows, effective = order(rows, keys, sort_by, sort_order)
    usual: int = world.quirk("inpost.default_per_page")
    return answer(
        world,
        path,
        sorted_rows,
        lambda row: view(world, row),
        query={**(query or {}), **effective},
        page=page,
        per_page=per_page,
        default_per_page=usual if default_per_page is None else default_per_page,
    )
