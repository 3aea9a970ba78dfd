"""The journal of a workspace that several processes write: what of its log the copy here has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from simulator.engine.backends.store import AMENDMENTS, JOURNAL
from simulator.engine.journal.codec import Amendment, Cleared, decode
from simulator.engine.journal.entries import Entry
from simulator.engine.journal.journal import Journal

Log = Sequence[tuple[int, bytes]]
"""Entries with their numbers."""


class Told(NamedTuple):
    """What logs hold: exchanges, and what became known of any later."""

    exchanges: Log = ()
    amendments: Log = ()


class SharedJournal:
    """Follows the logs of a journal; `seen` is the number of the last exchange that the copy has,
    and `amended` that of the last of what became known of them later."""

    __slots__ = ("_journal", "amended", "seen")

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.seen = self.amended = 0

    def add(self, number: int, entry: Entry) -> None:
        """Take over an exchange of this process; it comes with the others where some are missing
        before it."""
        if number == self.seen + 1:
            self._record(entry)
            self.seen = number

    def read(self, told: Told, ends: Mapping[str, int]) -> None:
        """Take over what the logs hold that was not seen, up to where they end."""
        for number, text in told.exchanges:
            if number > self.seen:
                self._pass_by(number - 1)
                entry = decode(text)
                assert isinstance(entry, Entry), f"{entry} stands among exchanges"
                self._record(entry)
                self.seen = number
        self._pass_by(ends.get(JOURNAL, 0))
        for number, text in told.amendments:
            if number > self.amended:
                self._amend(text)
                self.amended = number
        self.amended = max(self.amended, ends.get(AMENDMENTS, 0))

    def _amend(self, text: bytes) -> None:
        told = decode(text)
        if isinstance(told, Amendment):
            self._journal.amend(told.id, heard=told.heard)
        elif isinstance(told, Cleared):
            self._journal.clear(but=max(0, self.seen - told.last))

    def _record(self, entry: Entry) -> None:
        self._journal.recorded += 1
        self._journal.add(entry)

    def _pass_by(self, last: int) -> None:
        """Count the exchanges up to that number that are in the log no more."""
        missing = max(0, last - self.seen)
        self._journal.recorded += missing
        self._journal.let_go += missing
        self.seen += missing
