"""Typed collections of immutable records, with declared indexes and an undo log.

A record is never changed, only replaced with `Table.put`. Each replacement is noted in the
`State`'s change list, so that a transaction that fails is undone exactly and one that succeeds
can tell a backend what it changed.

`table.py` has the records and the indexes by which they are found on every request; `ordered.py`,
`values.py`, `texts.py` and `sums.py` are what lists, look-ups, searches and statistics ask, and
`narrowing.py` puts them together. Those follow the records of a
table from the first time on that somebody asks (`following.py`), and are built and brought up to
date by portions where whoever asks can wait.
"""

from simulator.core.tables.follower import Follower, Key, View
from simulator.core.tables.following import Following, Unbuilt
from simulator.core.tables.loan import Loan
from simulator.core.tables.narrowing import Between, Narrowing, narrowed
from simulator.core.tables.ordered import Ordered, Selection
from simulator.core.tables.state import Change, State
from simulator.core.tables.sums import GroupSums, Sums
from simulator.core.tables.table import Table, TableSpec
from simulator.core.tables.texts import Texts
from simulator.core.tables.values import Values

__all__ = [
    "Between",
    "Change",
    "Follower",
    "Following",
    "GroupSums",
    "Key",
    "Loan",
    "Narrowing",
    "Ordered",
    "Selection",
    "State",
    "Sums",
    "Table",
    "TableSpec",
    "Texts",
    "Unbuilt",
    "Values",
    "View",
    "narrowed",
]
