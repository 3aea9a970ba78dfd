"""What every store must do: derive from `StoreConformance` and give fixtures `store` and `another`,
two stores of `CODEC` and `BOUNDS` that are open over the same place, with nothing in it."""

from tests.engine.store_conformance.changes import Changes
from tests.engine.store_conformance.commits import Commits
from tests.engine.store_conformance.logs import Logs
from tests.engine.store_conformance.places import Places
from tests.engine.store_conformance.records import (
    BIG,
    BOUNDS,
    CODEC,
    Note,
    Rows,
    Tag,
    as_rows,
    commit,
    kept,
    note,
    rows,
    tag,
)
from tests.engine.store_conformance.sharing import Sharing
from tests.engine.store_conformance.worlds import Worlds

__all__ = [
    "BIG",
    "BOUNDS",
    "CODEC",
    "Note",
    "Rows",
    "StoreConformance",
    "Tag",
    "as_rows",
    "commit",
    "kept",
    "note",
    "rows",
    "tag",
]


class StoreConformance(Commits, Changes, Worlds, Logs, Sharing, Places):
    """The promises of `Store`, one test each."""
