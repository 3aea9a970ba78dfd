"""Which processes use a file: each locks a byte of its own in a file beside it.

Such a lock goes with the process, however that ends. It belongs to the open file and not to the
process, so that two stores in one process are two users.
"""

from __future__ import annotations

import os
import struct
import time
from pathlib import Path

from simulator.engine.backends.sqlite.failures import PATIENCE
from simulator.engine.backends.store import Refused, StoreFailure

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None  # type: ignore[assignment]

_SPACE = 1 << 40
_FLOCK = "hhqqi4x"
"""`struct flock` of Linux, without which there are no such locks anyway."""


class Users:
    """The users of a file, of which this is one between `enter` and `leave`."""

    def __init__(self, path: Path) -> None:
        self._named = path
        self._file: int | None = None

    def enter(self) -> None:
        """Be a user. Where the system has no such locks, nobody is known to be alone.

        Raises `Refused` and `StoreFailure`.
        """
        if not hasattr(fcntl, "F_OFD_SETLK"):
            return
        file = self._opened()
        until = time.monotonic() + PATIENCE
        # Drawn by the system: two that meet at one byte cannot both lock it.
        while not _locked(file, int.from_bytes(os.urandom(5), "big"), 1):
            if time.monotonic() > until:
                os.close(file)
                raise StoreFailure(
                    f"{self._named} is being compacted: begin when that is done, or name another"
                )
            time.sleep(0.01)
        self._file = file

    def leave(self) -> None:
        """Be none any more."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def alone(self) -> bool:
        """Whether it is known that there is no other."""
        if self._file is None:
            return False
        try:
            found = fcntl.fcntl(self._file, fcntl.F_OFD_GETLK, _lock(fcntl.F_WRLCK, 0, _SPACE))
        except OSError:
            return False
        return bool(struct.unpack(_FLOCK, found)[0] == fcntl.F_UNLCK)

    def shut_out(self) -> bool:
        """Be the only one, whom nobody can join until `leave`; tells whether there was no other."""
        if not hasattr(fcntl, "F_OFD_SETLK"):
            return True
        file = self._opened()
        if not _locked(file, 0, _SPACE):
            os.close(file)
            return False
        self._file = file
        return True

    def _opened(self) -> int:
        # Where SQLite has its own files, too, whatever name leads there.
        beside = f"{os.path.realpath(self._named)}-users"
        try:
            return os.open(beside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        except OSError as error:
            raise Refused(
                f"{beside} cannot be opened ({error.strerror}): {self._named.name} is shared "
                "by means of it; make it writable for this user, or name another file"
            ) from None


def _locked(file: int, start: int, length: int) -> bool:
    """Lock bytes if nobody else has."""
    try:
        fcntl.fcntl(file, fcntl.F_OFD_SETLK, _lock(fcntl.F_WRLCK, start, length))
    except (BlockingIOError, PermissionError):
        return False
    return True


def _lock(kind: int, start: int, length: int) -> bytes:
    return struct.pack(_FLOCK, kind, os.SEEK_SET, start, length, 0)
