"""What was done in a workspace since the last of its groups left for the store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import structlog

from simulator.core.tables import Change, Key
from simulator.engine.backends.rows import Rows
from simulator.engine.backends.store import Kept

log = structlog.get_logger("simulator.engine")

Then = Callable[[Kept], object]


class Entry(NamedTuple):
    """What comes to a log, who is told its number when it is kept, and whether it does not fall."""

    text: bytes
    then: Callable[[int], object] | None = None
    sure: bool = False


class Part:
    """What belongs together in a group: who is told when it is kept, and who waits for it."""

    __slots__ = ("then", "waiting")

    def __init__(self) -> None:
        self.then: list[Then] = []
        self.waiting: list[asyncio.Future[None]] = []

    def take_in(self, later: Part) -> None:
        """Take over what came after it."""
        self.then += later.then
        self.waiting += later.waiting

    def wait(self) -> asyncio.Future[None]:
        """Is done when the part is kept, and raises when it is not."""
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.waiting.append(waiter)
        return waiter

    def end(self, kept: Kept | None, failure: Exception | None = None) -> None:
        """Tell everybody that it was kept, or why it was not."""
        if kept is not None:
            for then in self.then:
                try:
                    then(kept)
                except Exception:
                    log.exception("what was to follow failed")
        for waiter in self.waiting:
            if waiter.done():
                continue
            if failure is None:
                waiter.set_result(None)
            else:
                waiter.set_exception(failure)


class Group:
    """Changes that are kept together or not at all, with the entries that come to logs, in order.

    `whole` are the records that take the place of all that was there; one that `replaces` does so
    whatever that was, and one that does not makes a workspace where there is none. What is
    `drafted` falls with
    the changes when another process was faster; what is `sure`, such as the journal's entry for an
    answer that was given already, does not, and comes with the next group.
    """

    __slots__ = ("changes", "drafted", "logs", "replaces", "sure", "whole")

    def __init__(self) -> None:
        self.changes: dict[tuple[str, Key], Any] = {}
        self.whole: Rows | None = None
        self.replaces = False
        self.logs: dict[str, list[Entry]] = {}
        self.drafted = Part()
        self.sure = Part()

    def begin(self, rows: Rows, *, replaces: bool) -> None:
        """Let the workspace begin (again) with these records."""
        self.whole = rows
        self.replaces |= replaces
        self.changes.clear()
        self.logs.clear()

    def add(self, changes: Iterable[Change]) -> None:
        """Add changes; of each key the last one counts."""
        if self.whole is not None:
            self.whole.apply(changes)
            return
        kept = self.changes
        for table, key, record in changes:
            kept[table, key] = record

    def take_in(self, later: Group) -> None:
        """Take over what was done after it."""
        if later.whole is not None:
            self.begin(later.whole, replaces=later.replaces)
        self.add(later.all())
        for log, entries in later.logs.items():
            self.logs.setdefault(log, []).extend(entries)
        self.drafted.take_in(later.drafted)
        self.sure.take_in(later.sure)

    @property
    def alters(self) -> bool:
        """Whether it changes any record."""
        return self.whole is not None or bool(self.changes)

    def all(self) -> list[Change]:
        """Its changes, one for each key."""
        if self.whole is not None:
            return self.whole.all()
        return [Change(table, key, record) for (table, key), record in self.changes.items()]

    def what_is_sure(self) -> Group | None:
        """What does not fall with the rest, to come with the next group; None if there is none."""
        rest = Group()
        rest.sure = self.sure
        for log, entries in self.logs.items():
            kept = [entry for entry in entries if entry.sure]
            if kept:
                rest.logs[log] = kept
        return rest if rest.logs or rest.sure.then or rest.sure.waiting else None

    def end(self, kept: Kept | None, failure: Exception | None = None) -> None:
        """Tell everybody that it was kept, or why it was not."""
        if kept is not None:
            for name, entries in self.logs.items():
                first = kept.ends[name] - len(entries) + 1
                for number, entry in enumerate(entries, first):
                    if entry.then is not None:
                        entry.then(number)
        self.drafted.end(kept, failure)
        self.sure.end(kept, failure)
