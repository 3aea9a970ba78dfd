"""Typed collections of immutable records, with declared indexes and an undo log.

A record is never changed, only replaced with `Table.put`. Each replacement is noted in the
`State`'s change list, so that a transaction that fails is undone exactly and one that succeeds
can tell a backend what it changed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

R = TypeVar("R", bound=msgspec.Struct)

Key = int | str


class TableSpec(Generic[R]):
    """Declares a table: its name (``carrier.table``), record type, key and indexed attributes."""

    __slots__ = ("indexes", "key", "name", "record")

    def __init__(
        self, name: str, record: type[R], *, key: str = "id", indexes: Iterable[str] = ()
    ) -> None:
        self.name = name
        self.record = record
        self.key = key
        self.indexes = tuple(indexes)

    def __repr__(self) -> str:
        return f"TableSpec({self.name!r})"


class Change(NamedTuple):
    """One replacement: in `table`, the record at `key` became `record` (None: it went away)."""

    table: str
    key: Key
    record: msgspec.Struct | None


class Table(Generic[R]):
    """The records of one `TableSpec`, in the order of their keys."""

    __slots__ = ("_indexes", "_log", "_order", "_rows", "_sorted", "spec")

    def __init__(self, spec: TableSpec[R], log: list[tuple[Table[Any], Key, Any]]) -> None:
        self.spec = spec
        self._rows: dict[Key, R] = {}
        self._sorted = True
        self._order: list[Any] | None = None
        self._indexes: dict[str, dict[Any, set[Key]]] = {name: {} for name in spec.indexes}
        self._log = log

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[R]:
        if not self._sorted:
            self._rows = dict(sorted(self._rows.items()))
            self._sorted = True
        return iter(list(self._rows.values()))

    def __contains__(self, key: Key) -> bool:
        return key in self._rows

    def get(self, key: Key) -> R | None:
        """The record at `key`, or None."""
        return self._rows.get(key)

    def existing(self, keys: Iterable[Key]) -> list[R]:
        """The records at those of `keys` that there are, in the order of the keys given."""
        return [self._rows[key] for key in keys if key in self._rows]

    def __getitem__(self, key: Key) -> R:
        return self._rows[key]

    def where(self, index: str, value: Any) -> list[R]:
        """The records whose indexed attribute has `value`, in the order of their keys."""
        keys = self._indexes[index].get(value)
        return [self._rows[key] for key in sorted(keys)] if keys else []

    def first(self, index: str, value: Any) -> R | None:
        """The record with the smallest key among `where`, or None."""
        keys = self._indexes[index].get(value)
        return self._rows[min(keys)] if keys else None

    def after(self, key: Key) -> Iterator[R]:
        """The records with greater keys, in their order; what it costs does not grow with `key`.

        The table must not change while they are read.
        """
        order = self._order
        if order is None:
            order = self._order = sorted(self._rows)
        for place in range(bisect_right(order, key), len(order)):
            yield self._rows[order[place]]

    def put(self, record: R) -> R:
        """Add `record`, or replace the one with its key; gives it back."""
        key: Key = getattr(record, self.spec.key)
        old = self._rows.get(key)
        self._log.append((self, key, old))
        self._place(key, old, record)
        return record

    def delete(self, key: Key) -> None:
        """Remove the record at `key`, if there is one."""
        old = self._rows.get(key)
        if old is not None:
            self._log.append((self, key, old))
            self._place(key, old, None)

    def _place(self, key: Key, old: R | None, new: R | None) -> None:
        rows = self._rows
        order = self._order
        if order is not None and (old is None or new is None):
            if new is None:
                del order[bisect_left(order, key)]
            elif not order or key > order[-1]:
                order.append(key)
            else:
                insort(order, key)
        if new is None:
            del rows[key]
        else:
            if old is None and self._sorted and rows:
                last: Any = next(reversed(rows))
                self._sorted = key > last
            rows[key] = new
        for name, index in self._indexes.items():
            after = _NOTHING if new is None else getattr(new, name)
            if old is not None:
                before = getattr(old, name)
                if before == after:
                    continue
                left = index[before]
                left.discard(key)
                if not left:
                    del index[before]
            if after is not _NOTHING:
                bucket = index.get(after)
                if bucket is None:
                    index[after] = {key}
                else:
                    bucket.add(key)

    def restore(self, key: Key, old: R | None) -> None:
        """Put back what was at `key` before a change, without noting it."""
        present = self._rows.get(key)
        if present is not None or old is not None:
            self._place(key, present, old)

    def piles(self) -> list[dict[Any, Any]]:
        """The dictionaries of the records and of the indexes."""
        return [self._rows, *self._indexes.values()]

    def copy_from(self, other: Table[R]) -> None:
        """Take over the records of `other`, which stays as it is."""
        self._rows = dict(other._rows)
        self._sorted = other._sorted
        self._order = None
        self._indexes = {
            name: {value: set(keys) for value, keys in index.items()}
            for name, index in other._indexes.items()
        }


_NOTHING: Any = object()


class State:
    """All tables of one workspace, with the changes since the last commit."""

    __slots__ = ("_log", "_tables")

    def __init__(self, specs: Iterable[TableSpec[Any]]) -> None:
        self._log: list[tuple[Table[Any], Key, Any]] = []
        self._tables = {spec.name: Table(spec, self._log) for spec in specs}

    def __getitem__(self, spec: TableSpec[R]) -> Table[R]:
        table: Table[R] = self._tables[spec.name]
        return table

    @property
    def tables(self) -> Mapping[str, Table[Any]]:
        """The tables by name."""
        return self._tables

    def changes(self) -> list[Change]:
        """What changed since the last commit: each key once, with its present record."""
        touched = {(table, key): None for table, key, _ in self._log}
        return [Change(table.spec.name, key, table._rows.get(key)) for table, key in touched]

    def replacements(self) -> Iterator[tuple[str, Key, list[Any]]]:
        """Of each key that changed since the last commit: its table, and all records that it had,
        oldest first (None: there was none)."""
        past: dict[tuple[Table[Any], Key], list[Any]] = {}
        for table, key, old in self._log:
            past.setdefault((table, key), []).append(old)
        for (table, key), records in past.items():
            yield table.spec.name, key, [*records, table._rows.get(key)]

    @property
    def changed(self) -> bool:
        """Whether anything was put or deleted since the last commit."""
        return bool(self._log)

    def commit(self) -> None:
        """Keep the changes."""
        self._log.clear()

    def rollback(self) -> None:
        """Undo the changes, last first."""
        for table, key, old in reversed(self._log):
            table.restore(key, old)
        self._log.clear()

    def apply(self, changes: Iterable[Change]) -> None:
        """Take over changes that somebody else committed."""
        for change in changes:
            table = self._tables[change.table]
            if change.record is None:
                table.delete(change.key)
            else:
                table.put(change.record)
        self._log.clear()

    def piles(self) -> list[dict[Any, Any]]:
        """The dictionaries that hold the records, for whoever lets go of a state bit by bit."""
        return [pile for table in self._tables.values() for pile in table.piles()]

    def copy(self) -> State:
        """A state of its own with the same records; records are shared, since they never change."""
        twin = State(table.spec for table in self._tables.values())
        for name, table in self._tables.items():
            twin._tables[name].copy_from(table)
        return twin
