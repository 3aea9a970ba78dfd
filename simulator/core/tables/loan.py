"""A copy of a state on which one piece of work is done while others go on with the state itself."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from simulator.core.tables.state import Change, State


class Loan:
    """The records of a state as they were when they were lent.

    Records never change, and neither do dictionaries that are shared: whichever of the two states
    changes a table first makes dictionaries of its own. So another thread may read and change
    `twin` while the state is used. In the end the state takes it over, or takes back what was lent,
    so that it need not make dictionaries for a copy that is gone.
    """

    __slots__ = ("_changes", "_firsts", "_lent", "_state", "twin")

    def __init__(self, state: State) -> None:
        self._state = state
        self.twin = state.copy()
        self._lent = [(table, table._rows) for table in state.tables.values()]
        self._changes: list[Change] = []
        self._firsts: dict[str, dict[Any, Any]] = {}

    @property
    def changes(self) -> list[Change]:
        """What was changed, once the work is done."""
        return self._changes

    def touched(self, tables: Set[str]) -> bool:
        """Whether one of these tables was changed, once the work is done."""
        return not tables.isdisjoint(self._firsts)

    def close(self) -> None:
        """Say that the work is done: works out what was changed, by whoever did it."""
        self._changes, self._firsts = self.twin.changes(), self.twin.firsts()

    def take_over(self) -> list[dict[Any, Any]]:
        """Let the state be as the twin is, from which it must not have parted. Gives the
        dictionaries that nobody needs any more."""
        piles: list[dict[Any, Any]] = []
        twins = self.twin.tables
        for name, known in self._firsts.items():
            piles += self._state.tables[name].take_over(twins[name], known)
        self.take_back()
        self._firsts = {}
        return piles

    def take_back(self) -> None:
        """Let the state go on without the twin."""
        for table, rows in self._lent:
            table.take_back(rows)
        self._lent = []
