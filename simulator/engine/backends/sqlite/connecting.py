"""Where a store is, and connections to it."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import parse_qsl, unquote, urlsplit

import msgspec

from simulator.engine.backends.sqlite import schema
from simulator.engine.backends.sqlite.failures import PATIENCE, is_locked, misplaced
from simulator.engine.backends.store import Refused

Durability = Literal["process", "full"]
_FORM = "write sqlite:///relative.db or sqlite:////absolute/path.db"
OLDEST = (3, 35, 0)
"""The SQLite that is needed."""
_CHECKPOINT_PAGES = 4000
"""Pages in the log of SQLite from which on they are written back to the file."""
_CACHE_KIB = 16 * 1024


class Place(msgspec.Struct, frozen=True):
    """A file. What was kept there outlives the end of the process, however that comes; with the
    durability ``full`` that of the machine, too."""

    path: Path
    durability: Durability = "process"

    @classmethod
    def parse(cls, url: str) -> Place:
        """The place that a URL names, such as ``sqlite:///worlds.db?durability=full``.

        Raises `Refused` for one that cannot be read.
        """
        parts = urlsplit(url)
        if parts.scheme != "sqlite" or not url.startswith("sqlite:"):
            raise Refused(f"{url!r} names no SQLite file: {_FORM}")
        if parts.netloc:
            raise Refused(f"{url!r} has a host where there is none, {parts.netloc!r}: {_FORM}")
        path = unquote(parts.path.removeprefix("/"))
        if path in ("", ":memory:") or path.endswith("/") or "\0" in path:
            raise Refused(f"{url!r} names no file: {_FORM}")
        durability: Durability = "process"
        for name, value in parse_qsl(parts.query, keep_blank_values=True):
            if name != "durability":
                raise Refused(f"{url!r} has {name!r}, which is not known: there is durability")
            if value not in get_args(Durability):
                known = " or ".join(get_args(Durability))
                raise Refused(f"{url!r} has the durability {value!r}: it is {known}")
            durability = value  # type: ignore[assignment]
        return cls(Path(path), durability)


def connect(place: Place, *, writes: bool = False) -> sqlite3.Connection:
    """A connection to a file that is there. Raises sqlite3.Error."""
    connection = sqlite3.connect(
        place.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        if writes:
            connection.execute(
                f"PRAGMA synchronous = {'FULL' if place.durability == 'full' else 'NORMAL'}"
            )
            # Debian's SQLite overwrites what is deleted, which is a third of the work.
            connection.execute("PRAGMA secure_delete = 0")
            connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
        else:
            connection.execute("PRAGMA query_only = 1")
    except BaseException:
        connection.close()
        raise
    return connection


def prepare(place: Place) -> sqlite3.Connection:
    """A connection that writes to a file which is made where there is none, and brought up to date.

    Raises `Refused` for what cannot be used, and sqlite3.Error.
    """
    if sqlite3.sqlite_version_info < OLDEST:
        needed = ".".join(map(str, OLDEST))
        raise Refused(
            f"this Python has SQLite {sqlite3.sqlite_version}, and {needed} or newer is needed: "
            "use a newer Python, or another store"
        )
    wrong = misplaced(place.path)
    if wrong is not None:
        raise Refused(wrong)
    connection = connect(place, writes=True)
    try:
        schema.examine(connection, place.path)
        _write_ahead(connection)
        schema.migrate(connection, place.path)
    except BaseException:
        connection.close()
        raise
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Let readers and a writer not wait for each other; whoever else opens the file just now may
    keep it locked for a moment, which SQLite does not wait for here."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if not is_locked(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)
