"""Keyset paging: the records with greater ids than the last one of the page before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct

from simulator.carriers.postplus.wire import errors

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
