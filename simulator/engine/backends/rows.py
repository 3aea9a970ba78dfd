"""The records of a workspace by table and key, as backends keep them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from simulator.core.tables import Change, Key

MANY = 5_000
"""Records that are gone through while others wait."""
_table, _key_and_record = itemgetter(0), itemgetter(1, 2)


class Rows:
    """Records, of which those of `first`, by table and key, may be shared with other workspaces: it
    never changes, and a table of it gets a dictionary of its own with the first change. `own` are
    the tables that have one."""

    __slots__ = ("first", "own")

    def __init__(self, first: Mapping[str, Mapping[Key, Any]] | None = None) -> None:
        self.first: dict[str, Mapping[Key, Any]] = {} if first is None else dict(first)
        self.own: dict[str, dict[Key, Any]] = {}

    def __len__(self) -> int:
        return sum(len(rows) for rows in self._tables().values())

    def get(self, table: str, key: Key) -> Any:
        """The record at `key`, or None."""
        rows = self.own.get(table, self.first.get(table, {}))
        return rows.get(key)

    def all(self) -> list[Change]:
        """Every record, as the change that puts it."""
        return [
            Change(table, key, record)
            for table, rows in self._tables().items()
            for key, record in rows.items()
        ]

    def apply(self, changes: Iterable[Change]) -> None:
        """Take over changes."""
        own = self.own
        for table, key, record in changes:
            rows = own.get(table)
            if rows is None:
                rows = own[table] = dict(self.first.pop(table, ()))
            if record is None:
                rows.pop(key, None)
            else:
                rows[key] = record

    def _tables(self) -> Mapping[str, Mapping[Key, Any]]:
        return {**self.first, **self.own}


async def rows_of(changes: Sequence[Change]) -> Rows:
    """What has these records, in which there are no gaps; quick where those of a table come
    together."""
    rows = Rows()
    for start in range(0, len(changes), MANY):
        for table, some in groupby(changes[start : start + MANY], _table):
            rows.own.setdefault(table, {}).update(map(_key_and_record, some))
        await asyncio.sleep(0)
    return rows
