"""What SQLite says when it cannot, in words that a person can act on."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from simulator.engine.backends.store import Refused, StoreFailure

PATIENCE = 5.0
"""Seconds that a locked file is waited for."""

_SMALLEST = 512
"""Bytes of a database."""

_FITS_NOT = ("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")
_PASSING = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL")


def failure(path: Path, error: sqlite3.Error) -> StoreFailure:
    """What is raised for an error while the store is in use."""
    return StoreFailure(_words(path, error))


def refusal(path: Path, error: sqlite3.Error) -> Refused | StoreFailure:
    """What is raised for an error while it is opened."""
    kind = Refused if _name(error).startswith(_FITS_NOT) else StoreFailure
    return kind(_words(path, error))


def passes(error: sqlite3.Error) -> bool:
    """Whether a connection is as good as before such an error, once its transaction is undone."""
    return _name(error).startswith(_PASSING)


def is_locked(error: sqlite3.Error) -> bool:
    """Whether somebody else has locked the file."""
    return _name(error).startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def misplaced(path: Path) -> str | None:
    """What is wrong with a place for a file, if that can be seen from outside."""
    folder = path.parent
    if path.is_dir():
        return f"{path} is a folder: name a file in it, such as {path / 'worlds.db'}"
    if not folder.exists():
        return f"there is no folder {folder.absolute()} for {path.name}: make it, or name another"
    if not folder.is_dir():
        return f"{folder} is a file, not a folder in which {path.name} could be: name another"
    if path.exists() and 0 < path.stat().st_size < _SMALLEST:
        # SQLite would begin a database in its place.
        return f"{path} is not a SQLite database: name another file"
    if path.exists() and not os.access(path, os.R_OK | os.W_OK, effective_ids=_EFFECTIVE):
        return f"{path} cannot be written by this user: make it writable, or name another file"
    if not os.access(folder, os.W_OK | os.X_OK, effective_ids=_EFFECTIVE):
        return (
            f"the folder {folder.absolute()} cannot be written by this user, and SQLite keeps "
            f"files beside {path.name}: make it writable, or name a file in another"
        )
    return None


_EFFECTIVE = os.access in os.supports_effective_ids


def _name(error: sqlite3.Error) -> str:
    return getattr(error, "sqlite_errorname", "") or ""


def _words(path: Path, error: sqlite3.Error) -> str:
    name = _name(error)
    if name.startswith("SQLITE_FULL"):
        return f"there is no room left for {path}: free some on its disk, then ask again"
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return (
            f"another program has kept {path} locked for {PATIENCE:g} s: end it, if it is not one "
            "of these servers; then ask again"
        )
    if name.startswith("SQLITE_NOTADB"):
        return f"{path} is not a SQLite database: name another file"
    if name.startswith("SQLITE_CORRUPT"):
        return (
            f"{path} is damaged ({error}): put a backup in its place, or another file; "
            f"`carrier-simulator store check {path}` tells what can still be read"
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_PERM")):
        return misplaced(path) or (
            f"{path} cannot be written ({error}): make the file, those beside it (-wal, -shm) and "
            "its folder writable for this user"
        )
    if name.startswith("SQLITE_CANTOPEN"):
        return misplaced(path) or f"{path} cannot be opened ({error}): look at its folder and disk"
    if name.startswith("SQLITE_IOERR"):
        return f"{path} cannot be read or written ({name}): look whether its disk is full, or fails"
    return f"{path} cannot be used: {error}" + (f" ({name})" if name else "")
