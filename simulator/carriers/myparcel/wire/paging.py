"""What the query of a list asks for: which page, how much of it, in which order.

MyParcel: document of 2017, 6.E.3. A parameter that is empty counts as not given.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypeVar

import msgspec

from simulator.carriers.myparcel.wire import edition, errors
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core import reading
from simulator.engine.world import World

T = TypeVar("T")

SMALLEST = 30
_LAST_PAGE = 1000
_MOST_DIGITS = 255


class Query(msgspec.Struct, frozen=True):
    """The paging of a list; `sort` is None when the list keeps its own order."""

    page: int
    size: int
    sort: str | None
    descending: bool | None

    def cut(self, rows: Sequence[T]) -> Sequence[T]:
        """The rows of the page."""
        return rows[(self.page - 1) * self.size : self.page * self.size]


def given(world: World) -> dict[str, str]:
    """The parameters of the request that have a value; of repeated ones the last."""
    return {name: value.strip() for name, value in world.request.query if value.strip()}


def read(world: World, fields: Collection[str], faults: list[Fault]) -> Query:
    """The paging that the request asks for; what is wrong with it is added to `faults`.

    A size outside 30..200 becomes the nearest one, or is refused, as the quirk
    ``myparcel.page_size`` says. Clients of today ask for 300 and 800 (observed), and get them.
    """
    query = given(world)
    sort = query.get("sort")
    if sort is not None and sort not in fields:
        human = f"sort {sort!r} is none of {', '.join(fields)}"
        faults.append(Fault(3202, human, "sort", [*fields], _source(world)))
    order = query.get("order", "")
    if order.upper() not in ("", "ASC", "DESC"):
        human = f"order {order!r} is neither ASC nor DESC"
        faults.append(Fault(3203, human, "order", ["ASC", "DESC"], _source(world)))
    return Query(
        page=_page(world, query.get("page", "1"), faults),
        size=_size(world, query.get("size", str(SMALLEST)), faults),
        sort=sort,
        descending=order.upper() == "DESC" if order else None,
    )


def _source(world: World) -> str:
    return edition.of(world).sources["pages"]


def _page(world: World, text: str, faults: list[Fault]) -> int:
    page = reading.whole(text)
    if page is not None and 1 <= page <= _LAST_PAGE:
        return page
    human = f"page {text!r} is no number from 1 to {_LAST_PAGE}"
    bounds = {"minimum": 1, "maximum": _LAST_PAGE}
    faults.append(Fault(3200, human, "page", bounds, _source(world)))
    return 1


def _size(world: World, text: str, faults: list[Fault]) -> int:
    largest = edition.of(world).largest_page
    size = reading.whole(text, signed=True, digits=_MOST_DIGITS)
    if size is None or (not SMALLEST <= size <= largest and _exact(world)):
        human = f"size {text!r} is no number from {SMALLEST} to {largest}"
        bounds = {"minimum": SMALLEST, "maximum": largest}
        faults.append(Fault(3201, human, "size", bounds, _source(world)))
        return SMALLEST
    taken = min(max(size, SMALLEST), largest)
    if taken != size:
        world.note(
            f"size {text[:50]} was read as {taken}, since pages have {SMALLEST} to {largest}"
        )
    return taken


def _exact(world: World) -> bool:
    return bool(world.quirk("myparcel.strict") or world.quirk("myparcel.page_size") == "refuse")


def refuse(faults: list[Fault]) -> None:
    """Raises 422 with all faults of the query, if there are any."""
    if faults:
        headline = faults[0].human if len(faults) == 1 else "Some parameters cannot be taken."
        raise errors.refuse(422, headline, faults)
