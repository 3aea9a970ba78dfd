"""What the file looks like, and how an older one becomes like it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from simulator.engine.backends.store import Refused

APPLICATION = 0x43534D57
"""The `application_id` of a file: "CSMW"."""

Step = Callable[[sqlite3.Connection], None]
"""Makes a file of one version into one of the next, within a transaction."""

_FIRST = """
-- The life of the latest workspace, and a version beyond which no dropped one was.
CREATE TABLE facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO facts VALUES ('lives', 0), ('versions', 0);

CREATE TABLE tables (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

-- A workspace has another life each time that it begins: all that is kept of it belongs to one.
CREATE TABLE workspaces (
  life INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL,
  began INTEGER NOT NULL,
  due REAL,
  used REAL NOT NULL,
  reserved INTEGER NOT NULL,
  logs TEXT NOT NULL,   -- {name: [slot, first, last, bytes]}
  recent TEXT NOT NULL  -- [[token, version, {log: last}], ...]
);
CREATE INDEX workspaces_due ON workspaces (due) WHERE due IS NOT NULL;

-- Without a record: one that was among those with which the workspace began, and went away.
CREATE TABLE records (
  life INTEGER NOT NULL,
  tbl INTEGER NOT NULL,
  key NOT NULL CHECK (typeof(key) IN ('integer', 'text')),
  record BLOB,
  UNIQUE (life, tbl, key)
);

-- The latest commits: [[tbl, key], ...].
CREATE TABLE commits (
  life INTEGER NOT NULL, version INTEGER NOT NULL, keys TEXT NOT NULL,
  PRIMARY KEY (life, version)
) WITHOUT ROWID;

-- Ids are made of life, slot of the log and number.
CREATE TABLE entries (id INTEGER PRIMARY KEY, entry BLOB NOT NULL);

-- All records of a table with which workspaces began, once for all that began with the same.
CREATE TABLE blocks (
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE,
  tbl INTEGER NOT NULL,
  keys TEXT NOT NULL,
  records BLOB NOT NULL
);
CREATE TABLE holds (
  life INTEGER NOT NULL, block INTEGER NOT NULL, PRIMARY KEY (life, block)
) WITHOUT ROWID;
CREATE INDEX holds_block ON holds (block);

CREATE TABLE claims (
  workspace TEXT NOT NULL, part TEXT NOT NULL, holder TEXT NOT NULL, until REAL NOT NULL,
  PRIMARY KEY (workspace, part)
) WITHOUT ROWID;

-- Lives that are over, of which something is still to be deleted; and such as are about to begin,
-- which are over if they have not at that time, in seconds since 1970.
CREATE TABLE graves (life INTEGER PRIMARY KEY, over REAL NOT NULL);
"""


def _first(connection: sqlite3.Connection) -> None:
    for statement in _FIRST.split(";\n"):
        connection.execute(statement)


STEPS: tuple[Step, ...] = (_first,)
"""The one at place n makes version n + 1; a new file begins with nothing."""


def examine(connection: sqlite3.Connection, path: Path, steps: Sequence[Step] = STEPS) -> int:
    """The version of a file, 0 for a new one.

    Raises `Refused` for one of another application and for one of a version to come.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        (things,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if application or version or things:
            raise Refused(
                f"{path} is a database of another application, and is left as it is: "
                "name another file"
            )
    if version > len(steps):
        raise Refused(
            f"{path} is of version {version}, and this program knows {len(steps)} at most: "
            "use the newer carrier-simulator that made it, or name another file"
        )
    return int(version)


def migrate(connection: sqlite3.Connection, path: Path, steps: Sequence[Step] = STEPS) -> None:
    """Make the file what it is to be, all of it or nothing. Raises `Refused` and sqlite3.Error."""
    if examine(connection, path, steps) == len(steps):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have been faster.
        for step in steps[examine(connection, path, steps) :]:
            step(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(steps)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
