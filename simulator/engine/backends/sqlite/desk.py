"""A thread with a connection, at which one thing is done after another."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, Generic, Protocol, TypeVar

from simulator.engine.backends.sqlite.failures import failure, passes
from simulator.engine.backends.store import Refused, StoreFailure

T = TypeVar("T")


class Clerk(Protocol):
    """Whoever works with a connection."""

    @property
    def connection(self) -> sqlite3.Connection: ...

    def forget(self) -> None:
        """Nothing that is remembered of the file is sure any more."""


C = TypeVar("C", bound=Clerk)


class Desk(Generic[C]):
    """A clerk in a thread; another one comes after a failure from which a connection may not
    recover."""

    def __init__(self, path: Path, come: Callable[[], C], name: str) -> None:
        self._path = path
        self._come = come
        self._clerk: C | None = None
        self._file: tuple[int, int] | None = None
        self._closed = False
        self._wanted: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name=f"sqlite-{name}", daemon=True)

    async def ask(self, work: Callable[[C], T]) -> T:
        """What the clerk gives. Raises `StoreFailure`."""
        if self._closed:
            raise StoreFailure(f"{self._path} is closed")
        return await self._given(lambda: self._do(work))

    def later(self, work: Callable[[C], bool]) -> None:
        """Let the clerk work when the others had their turn, as often as it gives True. What fails
        is left."""

        def do() -> None:
            with suppress(Exception):
                if not self._closed and self._do(work):
                    self.later(work)

        if not self._closed:
            self._want(do)

    async def close(self) -> None:
        """Finish what is being done, and let go of the connection."""
        self._closed = True
        if self._thread.is_alive():
            await self._given(self._leave)
            self._want(None)

    async def _given(self, work: Callable[[], T]) -> T:
        """What comes of work in the thread. An executor would take twice the time."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()

        def do() -> None:
            try:
                given = work()
            except BaseException as error:
                tell(future.set_exception, error)
            else:
                tell(future.set_result, given)

        def tell(how: Callable[[Any], None], what: Any) -> None:
            # Whoever waited may have been cancelled, or its loop be closed.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(lambda: None if future.done() else how(what))

        self._want(do)
        return await future

    def _want(self, work: Callable[[], None] | None) -> None:
        self._wanted.put(work)
        if self._thread.ident is None:
            self._thread.start()

    def _work(self) -> None:
        while (work := self._wanted.get()) is not None:
            work()
            # Nothing that it holds is held until the next.
            del work

    def _do(self, work: Callable[[C], T]) -> T:
        try:
            clerk = self._clerk
            if clerk is None:
                clerk = self._clerk = self._come()
                self._file = _identity(self._path)
            elif _identity(self._path) != self._file:
                # What is written into a file that nobody finds is lost without a word.
                self._leave()
                raise StoreFailure(
                    f"{self._path} was deleted or replaced while it was in use: leave it alone. "
                    "What is there now is used from here on"
                )
            return work(clerk)
        except sqlite3.Error as error:
            self._recover(passes(error))
            raise failure(self._path, error) from error
        except Refused as error:
            raise StoreFailure(str(error)) from error
        except StoreFailure:
            self._recover(True)
            raise
        except Exception as error:
            # Such as a text that is none in UTF-8. Whoever waits for others as well knows failures.
            self._recover(True)
            raise StoreFailure(
                f"{self._path} cannot hold what it was to keep, and keeps nothing of it: {error}"
            ) from error

    def _recover(self, usable: bool) -> None:
        """Undo what was begun."""
        clerk = self._clerk
        if clerk is None:
            return
        clerk.forget()
        try:
            if clerk.connection.in_transaction:
                clerk.connection.execute("ROLLBACK")
        except sqlite3.Error:
            usable = False
        if not usable:
            self._leave()

    def _leave(self) -> None:
        clerk, self._clerk = self._clerk, None
        if clerk is not None:
            with suppress(sqlite3.Error):
                clerk.connection.close()


def _identity(path: Path) -> tuple[int, int] | None:
    """The file, as it is known to the system."""
    try:
        found = os.stat(path)  # noqa: PTH116  `Path.stat` takes twice the time
    except OSError:
        return None
    return found.st_dev, found.st_ino
