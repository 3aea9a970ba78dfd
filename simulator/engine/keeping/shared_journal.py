"""The journal of a workspace that several processes write: what of its log the copy here has."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.engine.journal.codec import Amendment, Cleared, decode
from simulator.engine.journal.entries import Entry
from simulator.engine.journal.journal import Journal


class SharedJournal:
    """Follows the log of a journal; `seen` is the number of the last entry that the copy has."""

    __slots__ = ("_journal", "seen")

    def __init__(self, journal: Journal, seen: int = 0) -> None:
        self._journal = journal
        self.seen = seen

    def add(self, number: int, entry: Entry) -> None:
        """Take over an exchange of this process; it comes with the others where some are missing
        before it."""
        if number == self.seen + 1:
            self._record(entry)
            self.seen = number

    def read(self, log: Sequence[tuple[int, bytes]], end: int) -> None:
        """Take over what the log holds beyond the last entry seen, up to `end`."""
        for number, text in log:
            if number <= self.seen:
                continue
            self._pass_by(number - 1)
            told = decode(text)
            if isinstance(told, Amendment):
                self._journal.amend(told.id, heard=told.heard)
            elif isinstance(told, Cleared):
                self._journal.clear()
            else:
                self._record(told)
            self.seen = number
        self._pass_by(end)

    def _record(self, entry: Entry) -> None:
        self._journal.recorded += 1
        self._journal.add(entry)

    def _pass_by(self, last: int) -> None:
        """Count what the bounds of the log drove out up to that number before it was read here, as
        if all of it had been exchanges."""
        missing = max(0, last - self.seen)
        self._journal.recorded += missing
        self._journal.let_go += missing
        self.seen += missing
