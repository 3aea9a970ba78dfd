"""What a person does with the file of a store: back it up, check it, make it smaller."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from simulator.core.tables import Key
from simulator.engine.backends.codec import Codec, UnknownTable
from simulator.engine.backends.sqlite import lives, schema
from simulator.engine.backends.sqlite.connecting import Place, connect
from simulator.engine.backends.sqlite.failures import failure, is_locked, misplaced
from simulator.engine.backends.sqlite.users import Users
from simulator.engine.backends.store import Refused

_PROBLEMS = 100
"""How many are told of one by one."""


class InUse(Exception):
    """Somebody uses the file, and what was asked for needs it alone; the message says so."""


class Sizes(msgspec.Struct, frozen=True):
    """Bytes of a file before and after."""

    before: int
    after: int


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A workspace of a file: how many records and entries of logs it has, and how many bytes they
    are. `used` is when it last changed, in seconds since 1970; `due` when its first job is due."""

    name: str
    version: int
    records: int
    record_bytes: int
    entries: int
    entry_bytes: int
    used: float
    due: float | None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What is in a file, and a line for each thing that is wrong with it."""

    version: int
    bytes: int
    workspaces: list[Found]
    problems: list[str]


class _Problems:
    """Lines about what is wrong: those of one kind are counted, and not too many told."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._others = 0

    def add(self, line: str) -> None:
        if line in self._counts:
            self._counts[line] += 1
        elif len(self._counts) < _PROBLEMS:
            self._counts[line] = 1
        else:
            self._others += 1

    @property
    def lines(self) -> list[str]:
        found = [
            f"{line} ({count:,} times)" if count > 1 else line
            for line, count in self._counts.items()
        ]
        return [*found, f"and {self._others:,} more"] if self._others else found


def backup(source: Path, target: Path) -> Sizes:
    """Copy a file as it is at one moment, while others use it; the copy is there whole or not.

    Raises `Refused` and `StoreFailure`.
    """
    if target.is_file():
        raise Refused(f"{target} is there already: name another file, or move it away first")
    wrong = misplaced(target)
    if wrong is not None:
        raise Refused(wrong)
    begun = target.with_name(f"{target.name}.part")
    begun.unlink(missing_ok=True)
    try:
        with _opened(source) as connection:
            # All in one step: it would begin again whenever somebody wrote between two.
            copy = sqlite3.connect(begun, isolation_level=None)
            try:
                connection.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            except sqlite3.Error as error:
                raise failure(target, error) from error
            finally:
                copy.close()
        with begun.open("rb") as written:
            os.fsync(written.fileno())
        begun.rename(target)
    finally:
        with suppress(OSError):
            begun.unlink(missing_ok=True)
    return Sizes(_size(source), _size(target))


def check(path: Path, codec: Codec) -> Report:
    """Look at all that is in a file: whether SQLite finds it in order, and each record is one.

    Raises `Refused` and `StoreFailure` for one that cannot be read at all.
    """
    with _opened(path) as connection:
        version = schema.examine(connection, path)
        if version == 0:
            return Report(version=0, bytes=_size(path), workspaces=[], problems=[])
        connection.execute("BEGIN")
        problems = _Problems()
        for line in _integrity(connection):
            problems.add(line)
        try:
            blocks = _blocks(connection, codec, problems)
            rows = connection.execute(f"{lives.SELECT} ORDER BY name").fetchall()
            found = [
                _workspace(connection, codec, lives.of_row(row), blocks, problems) for row in rows
            ]
        except (sqlite3.DatabaseError, msgspec.MsgspecError) as error:
            problems.add(f"cannot be read any further: {error}")
            found = []
        return Report(version=version, bytes=_size(path), workspaces=found, problems=problems.lines)


def compact(path: Path) -> Sizes:
    """Give back the room of what was deleted. Nobody may use the file meanwhile.

    Raises `InUse`, `Refused` and `StoreFailure`.
    """
    in_use = InUse(
        f"{path} is in use by a server: stop it first, or make a smaller copy while it runs with "
        "`carrier-simulator store backup` and compact that"
    )
    with _opened(path, writes=True) as connection:
        before = _size(path)
        if schema.examine(connection, path) not in range(1, len(schema.STEPS) + 1):
            return Sizes(before, before)
        users = Users(path)
        if not users.shut_out():
            raise in_use
        try:
            # Only who has the file for itself may leave the write-ahead log.
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("VACUUM")
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if is_locked(error):
                raise in_use from error
            raise
        finally:
            users.leave()
    return Sizes(before, _size(path))


@contextmanager
def _opened(path: Path, *, writes: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection to a file that is there and is one of ours; errors within are failures."""
    if not path.exists():
        raise Refused(f"there is no file {path}")
    wrong = misplaced(path)
    if wrong is not None:
        raise Refused(wrong)
    try:
        connection = connect(Place(path), writes=writes)
        try:
            schema.examine(connection, path)
            yield connection
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise failure(path, error) from error


def _size(path: Path) -> int:
    """Bytes of a file with its write-ahead log."""
    log = path.with_name(f"{path.name}-wal")
    return path.stat().st_size + (log.stat().st_size if log.exists() else 0)


def _integrity(connection: sqlite3.Connection) -> list[str]:
    try:
        rows = connection.execute(f"PRAGMA integrity_check({_PROBLEMS})").fetchall()
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [] if rows == [("ok",)] else [line for (text,) in rows for line in text.splitlines()]


class _Block(msgspec.Struct):
    table: str
    sizes: dict[Key, int]


def _blocks(connection: sqlite3.Connection, codec: Codec, problems: _Problems) -> dict[int, _Block]:
    """The records with which workspaces begin, by block; each is looked at once."""
    keys = msgspec.json.Decoder(list[int | str])
    found = {}
    for block, table, listed, joined in connection.execute(
        "SELECT blocks.id, name, keys, records FROM blocks LEFT JOIN tables ON tables.id = tbl"
    ):
        names = keys.decode(listed)
        try:
            records = codec.decode_all(table, len(names), joined)
            sizes = [len(codec.encode(record)) for record in records]
        except (UnknownTable, msgspec.MsgspecError) as error:
            problems.add(f"records of {table} with which workspaces begin: {_reason(error)}")
            sizes = [0] * len(names)
        found[block] = _Block(table, dict(zip(names, sizes, strict=True)))
    return found


def _workspace(
    connection: sqlite3.Connection,
    codec: Codec,
    life: lives.Life,
    blocks: dict[int, _Block],
    problems: _Problems,
) -> Found:
    sizes: dict[tuple[str, Key], int] = {}
    for (block,) in connection.execute("SELECT block FROM holds WHERE life = ?", (life.life,)):
        if block not in blocks:
            problems.add(f"{life.name}: records with which it began are missing")
            continue
        own = blocks[block]
        sizes.update({(own.table, key): size for key, size in own.sizes.items()})
    for table, key, record in connection.execute(
        "SELECT name, key, record FROM records LEFT JOIN tables ON tables.id = tbl WHERE life = ?",
        (life.life,),
    ):
        if record is None:
            sizes.pop((table, key), None)
            continue
        sizes[table, key] = len(record)
        try:
            codec.decode(table, record)
        except (UnknownTable, msgspec.MsgspecError) as error:
            which = table if isinstance(error, UnknownTable) else f"{table} {key!r}"
            problems.add(f"{life.name}: {which}: {_reason(error)}")
    entries, entry_bytes = connection.execute(
        "SELECT count(*), coalesce(sum(length(entry)), 0) FROM entries WHERE id BETWEEN ? AND ?",
        lives.entry_ids(life.life),
    ).fetchone()
    counted = sum(log.last - log.first + 1 for log in life.logs.values())
    if counted != entries:
        problems.add(f"{life.name}: {entries} entries of logs are there, not {counted}")
    used, due = connection.execute(
        "SELECT used, due FROM workspaces WHERE life = ?", (life.life,)
    ).fetchone()
    return Found(
        name=life.name,
        version=life.version,
        records=len(sizes),
        record_bytes=sum(sizes.values()),
        entries=entries,
        entry_bytes=entry_bytes,
        used=used,
        due=due,
    )


def _reason(error: Exception) -> str:
    if isinstance(error, UnknownTable):
        return "no carrier of this program has such records"
    return f"cannot be read: {error}"
