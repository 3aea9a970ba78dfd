"""Keyset paging: the records with greater ids than the last one of the page before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from heapq import merge
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct

from simulator.carriers.postplus.wire import errors
from simulator.core.tables import Between, Ordered, Selection, Table, narrowed

R = TypeVar("R", bound=Struct)

MOST = 500
"""Records on a page, and as many unless fewer are asked for (documented)."""


class Page(NamedTuple):
    """What a query asks for: ids above `after`, at most `size` records."""

    after: int
    size: int


def asked(after: int | None, count: int | None) -> Page:
    """The page of a query. Raises 400 for a count outside 1 to 500 and for a negative id."""
    if count is not None and not 1 <= count <= MOST:
        raise errors.bad_request(f"Count is from 1 to {MOST}, not {count}")
    if after is not None and after < 0:
        raise errors.bad_request(f"AfterId is an id, not {after}")
    return Page(after or 0, MOST if count is None else count)


class Made(NamedTuple):
    """When what is asked for was made: from `since` to before `until`, None being no bound."""

    since: datetime | None
    until: datetime | None

    def rows(
        self,
        table: Table[R],
        by_id: Ordered[R],
        by_creation: Ordered[R],
        fits: Callable[[R], bool],
        whose: Hashable,
        page: Page,
    ) -> Iterable[R]:
        """The records that fit and were made then, above the page's `after`, ascending by id.

        `by_id` and `by_creation` have the same groups, which `fits` is about; `whose` tells it from
        every other one.
        """
        made = [Between(by_creation, self.since, self._last)]
        rows = narrowed(table, by_id, fits, whose, made)
        return rows.above(page.after) if isinstance(rows, Selection) else rows

    def among(self, rows: Iterable[R], fits: Callable[[R], bool]) -> Iterable[R]:
        """Those of `rows` that fit and were made then."""
        created: Callable[[R], datetime] = attrgetter("created_on")
        since, until = self
        return (
            row
            for row in rows
            if fits(row)
            and (since is None or created(row) >= since)
            and (until is None or created(row) < until)
        )

    @property
    def _last(self) -> datetime | None:
        if self.until is None or self.until == datetime.min.replace(tzinfo=UTC):
            return self.until
        return self.until - timedelta(microseconds=1)


def having(table: Table[R], index: str, values: Iterable[Any], page: Page) -> Iterator[R]:
    """The records above the page's `after` that have one of these values, ascending by id."""
    lists = (table.keys(index, value) for value in values)
    for key in merge(*(_above(keys, page.after) for keys in lists)):
        yield table[key]


def _above(keys: Sequence[Any], after: int) -> Iterator[Any]:
    return (keys[place] for place in range(bisect_right(keys, after), len(keys)))


def cut(page: Page, rows: Iterable[R], test: Callable[[R], bool]) -> list[R]:
    """The first records of the page that pass; `rows` are in the order of their ids."""
    found: list[R] = []
    for row in rows:
        identity: Any = row
        if identity.id > page.after and test(row):
            found.append(row)
            if len(found) == page.size:
                break
    return found
