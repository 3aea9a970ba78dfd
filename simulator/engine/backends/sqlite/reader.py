"""Whoever reads the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import msgspec

from simulator.core.tables import Change, Key
from simulator.engine.backends.codec import Codec, UnknownTable
from simulator.engine.backends.large import undisturbed
from simulator.engine.backends.sqlite import lives, runs
from simulator.engine.backends.store import LogBounds, Missed, StoreFailure, Whole

_PORTION = 1000
"""Records that are read at once: others have their turn between."""
_ENTRIES = 200
_BLOCKS = 128
_SHARE = 4
"""A workspace that has more than one of so many records of the file is read as they lie there."""

_keys = msgspec.json.Decoder(list[int | str])
_changed = msgspec.json.Decoder(list[tuple[int, int | str]])
_encode = msgspec.json.encode

_TOLD = """
SELECT tbl, max(key), json_group_array(key) FILTER (WHERE record IS NOT NULL),
  json_group_array(key) FILTER (WHERE record IS NULL),
  CAST(group_concat(record, '') AS BLOB)
"""
"""What is told of each table: the greatest key, those of records and of those that went away, and
the records."""
_SOUGHT = f"""
{_TOLD} FROM (
  SELECT tbl, key, record FROM records
  WHERE life = ? AND (tbl, key) > (?, ?) ORDER BY tbl, key LIMIT ?
) GROUP BY tbl
"""
_SCANNED = f"""
{_TOLD} FROM records NOT INDEXED WHERE rowid BETWEEN ? AND ? AND life = ? GROUP BY tbl
"""
_SOME = """
SELECT json_group_array(known), CAST(group_concat(record, '') AS BLOB) FROM (
  SELECT records.key AS known, record FROM json_each(:keys) AS wanted CROSS JOIN records
  ON life = :life AND tbl = :table AND records.key = wanted.value
  WHERE record IS NOT NULL
)
"""


class Reader:
    """The clerk at a desk where it is read. Its calls raise sqlite3.Error and `StoreFailure`."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        place: str,
        codec: Codec,
        bounds: Mapping[str, LogBounds],
    ) -> None:
        self.connection = connection
        self._place = place
        self._codec = codec
        self._bounds = bounds
        self._tables: dict[int, str] = {}
        self._blocks: dict[bytes, list[Change]] = {}

    def forget(self) -> None:
        self._tables.clear()

    def names(self) -> list[str]:
        rows = self.connection.execute("SELECT name FROM workspaces ORDER BY name").fetchall()
        return [name for (name,) in rows]

    def overdue(self, before: float, most: int) -> list[str]:
        rows = self.connection.execute(
            "SELECT name FROM workspaces WHERE due < ? ORDER BY due LIMIT ?", (before, most)
        ).fetchall()
        return [name for (name,) in rows]

    def entries(self, workspace: str, log: str, after: int) -> list[tuple[int, bytes]]:
        with self._moment():
            life = self._life(workspace)
            found = None if life is None else life.logs.get(log)
            if life is None or found is None or found.last <= after:
                return []
            first = found.first
            bound = self._bounds.get(log)
            if bound is not None:
                first = max(first, found.last - bound.entries + 1)
                if found.bytes > bound.bytes:
                    start = life.entry_id(found, first)
                    sizes = runs.lengths(self.connection, start, life.entry_id(found, found.last))
                    first += runs.oldest_within(sizes, bound.bytes)
            first = max(first, after + 1)
            zero = life.entry_id(found, 0)
            return [
                (number - zero, entry)
                for start in range(first, found.last + 1, _ENTRIES)
                for number, entry in runs.entries(
                    self.connection,
                    zero + start,
                    zero + min(start + _ENTRIES - 1, found.last),
                )
            ]

    def since(self, workspace: str, version: int) -> Missed | None:
        with self._moment():
            life = self._life(workspace)
            if life is None or not life.began <= version <= life.version:
                return None
            if version == life.version:
                return Missed(life.kept, [])
            rows = self.connection.execute(
                "SELECT keys FROM commits WHERE life = ? AND version > ?", (life.life, version)
            ).fetchall()
            # Keys with the letter NUL cannot be looked up together.
            if len(rows) != life.version - version or any("\\u0000" in keys for (keys,) in rows):
                return None
            tables: dict[int, dict[Key, None]] = {}
            for (keys,) in rows:
                for table, key in _changed.decode(keys):
                    tables.setdefault(table, {})[key] = None
            changes = []
            for table, wanted in tables.items():
                name = self._table(table)
                keys, joined = self.connection.execute(
                    _SOME,
                    {"life": life.life, "table": table, "keys": _encode(list(wanted)).decode()},
                ).fetchone()
                present = self._records(name, keys, joined)
                found = {change.key: change for change in present}
                changes += [found.get(key) or Change(name, key, None) for key in wanted]
            return Missed(life.kept, changes)

    def load(self, workspace: str) -> Whole | None:
        with self._moment():
            life = self._life(workspace)
            if life is None:
                return None
            changes: list[Change] = []
            tables = self._held(life.life)
            with undisturbed(changes):
                for name, rows, away in self._own(life.life):
                    block = tables.pop(name, None)
                    if block is not None:
                        away.update(key for _, key, _ in rows)
                        changes += [change for change in block if change.key not in away]
                    changes += rows
            for block in tables.values():
                changes += block
            return Whole(life.kept, changes)

    def _own(self, life: int) -> Iterator[tuple[str, list[Change], set[Key]]]:
        """By table the records of a life that are no block's, and the keys of those of a block that
        went away."""
        ask = self.connection.execute
        (count,) = ask("SELECT count(*) FROM records WHERE life = ?", (life,)).fetchone()
        (last,) = ask("SELECT coalesce(max(rowid), 0) FROM records").fetchone()
        portions = self._scanned(life, last) if _SHARE * count > last else self._sought(life)
        found: dict[str, tuple[list[Change], set[Key]]] = {}
        for portion in portions:
            for table, _, keys, gone, joined in portion:
                name = self._table(table)
                rows, away = found.setdefault(name, ([], set()))
                rows += self._records(name, keys, joined)
                away.update(_keys.decode(gone))
        return ((name, *each) for name, each in found.items())

    def _sought(self, life: int) -> Iterator[list[Any]]:
        """What is told of the records of a life, in the order of their keys."""
        after: tuple[int, Key] = -1, 0
        while True:
            portion = self.connection.execute(_SOUGHT, (life, *after, _PORTION)).fetchall()
            if not portion:
                return
            yield portion
            after = max((table, last) for table, last, *_ in portion)

    def _scanned(self, life: int, last: int) -> Iterator[list[Any]]:
        """The same in the order in which they lie in the file: quicker where few are others'."""
        for start in range(1, last + 1, _PORTION):
            yield self.connection.execute(_SCANNED, (start, start + _PORTION - 1, life)).fetchall()

    def _held(self, life: int) -> dict[str, list[Change]]:
        """The records of the blocks with which a life began, by table. Workspaces that began with
        the same share them."""
        rows = self.connection.execute(
            "SELECT tbl, id, digest FROM holds JOIN blocks ON id = block WHERE life = ?", (life,)
        ).fetchall()
        return {
            self._table(table): self._block(table, block, digest) for table, block, digest in rows
        }

    def _block(self, table: int, block: int, digest: bytes) -> list[Change]:
        found = self._blocks.get(digest)
        if found is None:
            keys, joined = self.connection.execute(
                "SELECT keys, records FROM blocks WHERE id = ?", (block,)
            ).fetchone()
            if len(self._blocks) >= _BLOCKS:
                self._blocks.pop(next(iter(self._blocks)))
            found = self._blocks[digest] = self._records(self._table(table), keys, joined)
        return found

    def _records(self, table: str, keys: str, joined: bytes | None) -> list[Change]:
        """The changes that put records with these keys, whose bytes are joined."""
        found = _keys.decode(keys)
        if not found:
            return []
        try:
            records = self._codec.decode_all(table, len(found), joined or b"")
        except UnknownTable:
            raise StoreFailure(
                f"{self._place} has records of {table}, which this server does not serve: start "
                "it with the carriers of the one that made them (--carriers), or name another file"
            ) from None
        except msgspec.MsgspecError as error:
            raise StoreFailure(
                f"{self._place} has records of {table} that cannot be read ({error}): "
                f"`carrier-simulator store check` names them; delete the workspace, or use the "
                "carrier-simulator that wrote them"
            ) from error
        new: Callable[..., Change] = tuple.__new__
        return [
            new(Change, (table, key, record)) for key, record in zip(found, records, strict=True)
        ]

    def _table(self, number: int) -> str:
        name = self._tables.get(number)
        if name is None:
            self._tables.update(self.connection.execute("SELECT id, name FROM tables").fetchall())
            name = self._tables[number]
        return name

    def _life(self, workspace: str) -> lives.Life | None:
        row = self.connection.execute(f"{lives.SELECT} WHERE name = ?", (workspace,)).fetchone()
        return None if row is None else lives.of_row(row)

    @contextmanager
    def _moment(self) -> Iterator[None]:
        """All that is read within is of the same moment."""
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            if self.connection.in_transaction:
                self.connection.execute("COMMIT")
