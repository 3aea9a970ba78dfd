"""All tables of one workspace together, with what changed in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from typing import Any, NamedTuple, TypeVar

import msgspec

from simulator.core.tables.follower import Key
from simulator.core.tables.following import Log
from simulator.core.tables.table import Table, TableSpec

T = TypeVar("T")
R = TypeVar("R", bound=msgspec.Struct)


class Change(NamedTuple):
    """One replacement: in `table`, the record at `key` became `record` (None: it went away)."""

    table: str
    key: Key
    record: msgspec.Struct | None


class State:
    """All tables of one workspace, with the changes since the last commit."""

    __slots__ = ("_log", "_tables")

    def __init__(self, specs: Iterable[TableSpec[Any]]) -> None:
        self._log = Log()
        self._tables = {spec.name: Table(spec, self._log) for spec in specs}

    def __getitem__(self, spec: TableSpec[R]) -> Table[R]:
        table: Table[R] = self._tables[spec.name]
        return table

    @property
    def tables(self) -> Mapping[str, Table[Any]]:
        """The tables by name."""
        return self._tables

    def patiently(self, work: Callable[[], T]) -> T:
        """What `work` gives. Raises `Unbuilt` when it asks for a view that has much to hear."""
        self._log.patient = True
        try:
            return work()
        finally:
            self._log.patient = False

    def changes(self) -> list[Change]:
        """What changed since the last commit: each key once, with its present record."""
        touched = {(table, key): None for table, key, _ in self._log}
        # What a `NamedTuple` is called with goes through a function of Python's first.
        new = tuple.__new__
        return [new(Change, (table.spec.name, key, table._rows.get(key))) for table, key in touched]

    def firsts(self) -> dict[str, dict[Key, Any]]:
        """By table and key, what there was of each key that changed since the last commit."""
        found: dict[str, dict[Key, Any]] = {}
        for table, key, old in self._log:
            found.setdefault(table.spec.name, {}).setdefault(key, old)
        return found

    @property
    def mark(self) -> int:
        """The place in the changes since the last commit at which the next one will stand."""
        return len(self._log)

    def touches(self, tables: Set[str], mark: int) -> bool:
        """Whether one of these tables was changed since a `mark`."""
        return not tables.isdisjoint([table.spec.name for table, _, _ in self._log[mark:]])

    def replacements(self, mark: int = 0) -> Iterator[tuple[str, Key, list[Any]]]:
        """Of each key that changed since a `mark`: its table, and all records that it had, oldest
        first (None: there was none)."""
        past: dict[tuple[Table[Any], Key], list[Any]] = {}
        for table, key, old in self._log[mark:]:
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

    def rollback(self, mark: int = 0) -> None:
        """Undo the changes since a `mark`, last first."""
        log = self._log
        while len(log) > mark:
            table, key, old = log.pop()
            table.restore(key, old)

    def apply(self, changes: Iterable[Change]) -> None:
        """Take over changes that somebody else committed."""
        for change in changes:
            table = self._tables[change.table]
            if change.record is None:
                table.delete(change.key)
            else:
                table.put(change.record)
        self._log.clear()

    def rows(self) -> dict[str, Mapping[Key, Any]]:
        """The records of each table that has some, as they are now whatever becomes of them."""
        return {name: table.rows() for name, table in self._tables.items() if len(table)}

    def release(self) -> list[dict[Any, Any]]:
        """Be empty; gives the dictionaries that held the records, for whoever frees them bit by
        bit. Others may share them."""
        return [pile for table in self._tables.values() for pile in table.release()]

    def copy(self) -> State:
        """A state of its own with the same records; records are shared, since they never change."""
        twin = State(table.spec for table in self._tables.values())
        for name, table in self._tables.items():
            twin._tables[name].copy_from(table)
        return twin
