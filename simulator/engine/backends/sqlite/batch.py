"""What one transaction is to write, gathered so that it takes few statements."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import TypeVar

import msgspec

from simulator.core.tables import Key
from simulator.engine.backends.sqlite.lives import Life
from simulator.engine.backends.store import FIRST_NUMBERS

_encode = msgspec.json.Encoder().encode

_PLACE = b"%09d%04d%010d%08d"
"""Life, table, place from 1 among the bytes of all, length: read by place is quicker than JSON."""
_PUT = """
INSERT INTO records (life, tbl, key, record)
SELECT CAST(substr(:places, 31 * key + 1, 9) AS INTEGER),
  CAST(substr(:places, 31 * key + 10, 4) AS INTEGER),
  value,
  substr(:records, CAST(substr(:places, 31 * key + 14, 10) AS INTEGER),
    CAST(substr(:places, 31 * key + 24, 8) AS INTEGER))
FROM json_each(:keys) WHERE true
ON CONFLICT DO UPDATE SET record = excluded.record
"""
_PUT_ONE = """
INSERT INTO records (life, tbl, key, record) VALUES (?, ?, ?, ?)
ON CONFLICT DO UPDATE SET record = excluded.record
"""
_DELETE = """
DELETE FROM records WHERE rowid IN (
  SELECT records.rowid FROM json_each(?) AS gone CROSS JOIN records
  ON life = json_extract(gone.value, '$[0]') AND tbl = json_extract(gone.value, '$[1]')
  AND records.key = json_extract(gone.value, '$[2]')
)
"""
_DELETE_ONE = "DELETE FROM records WHERE life = ? AND tbl = ? AND key = ?"
_COMMITS = """
INSERT INTO commits
SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]')
FROM json_each(?)
"""
_ENTRIES = """
INSERT INTO entries
SELECT json_extract(value, '$[0]'),
  coalesce(substr(:joined, json_extract(value, '$[1]'), json_extract(value, '$[2]')), X'')
FROM json_each(:entries)
"""
_LIVES = """
INSERT INTO workspaces (life, name, version, began, due, used, reserved, logs, recent)
SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),
  json_extract(value, '$[3]'), json_extract(value, '$[4]'), :used, :reserved,
  json_extract(value, '$[5]'), json_extract(value, '$[6]')
FROM json_each(:states) WHERE true
ON CONFLICT (life) DO UPDATE SET
  version = excluded.version, used = excluded.used, logs = excluded.logs, recent = excluded.recent
"""
_DUE = "UPDATE workspaces SET due = ? WHERE life = ?"
_TOGETHER = 5000
"""Rows that are handed over at once."""
T = TypeVar("T")


class Batch:
    """Rows that are written together; of one that comes twice, the later."""

    def __init__(self) -> None:
        self.rows: dict[tuple[int, int, Key], bytes | None] = {}
        self.gone: dict[tuple[int, int, Key], None] = {}
        self.entries: list[tuple[int, bytes]] = []
        self.commits: dict[int, list[tuple[int, Sequence[tuple[int, Key]]]]] = {}
        self.lives: dict[int, Life] = {}
        self.due: dict[int, float | None] = {}

    def write(self, connection: sqlite3.Connection, now: float) -> None:
        """Write it all."""
        execute = connection.execute
        if self.rows:
            self._put(connection)
        if self.gone:
            gone = [key for key in self.gone if key not in self.rows]
            index = _encode(gone)
            if _has_nul(index):
                connection.executemany(_DELETE_ONE, gone)
            else:
                execute(_DELETE, (index.decode(),))
        if self.commits:
            told = [(life, *each) for life, commits in self.commits.items() for each in commits]
            execute(_COMMITS, (_encode(told).decode(),))
        for portion in _portions(self.entries):
            index, joined = _indexed(portion)
            execute(_ENTRIES, {"entries": index.decode(), "joined": joined})
        if self.lives:
            states = [
                (each.life, each.name, each.version, each.began, each.due, each.logs, each.recent)
                for each in self.lives.values()
            ]
            listed = _encode(states).decode()
            execute(_LIVES, {"states": listed, "used": now, "reserved": FIRST_NUMBERS})
        if self.due:
            connection.executemany(_DUE, [(due, life) for life, due in self.due.items()])

    def _put(self, connection: sqlite3.Connection) -> None:
        written = [(key, row) for key, row in self.rows.items() if row is not None]
        for portion in _portions(written):
            keys = _encode([key for (_, _, key), _ in portion])
            if _has_nul(keys):
                connection.executemany(_PUT_ONE, [(*key, row) for key, row in portion])
            else:
                joined = b"".join([row for _, row in portion])
                places = _places(portion)
                told = {"keys": keys.decode(), "places": places, "records": joined}
                connection.execute(_PUT, told)
        away = [(*key, None) for key, row in self.rows.items() if row is None]
        if away:
            connection.executemany(_PUT_ONE, away)


def _portions(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many at a time as are handed over together."""
    for start in range(0, len(rows), _TOGETHER):
        yield rows[start : start + _TOGETHER]


def _places(rows: Sequence[tuple[tuple[int, int, Key], bytes]]) -> bytes:
    """Whose each is, and where among all of them joined."""
    places: list[int] = []
    place = 1
    for (life, table, _), row in rows:
        length = len(row)
        places += (life, table, place, length)
        place += length
    return (_PLACE * len(rows)) % tuple(places)


def _indexed(entries: Sequence[tuple[int, bytes]]) -> tuple[bytes, bytes]:
    """All entries joined, and of each its id, its place from 1 among them and its length."""
    index = []
    place = 1
    for number, entry in entries:
        length = len(entry)
        index.append((number, place, length))
        place += length
    return _encode(index), b"".join([entry for _, entry in entries])


def _has_nul(index: bytes) -> bool:
    """Whether a key has a letter with which a text ends, for SQLite, when it is read from JSON."""
    return b"\\u0000" in index
