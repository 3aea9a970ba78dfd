"""What a workspace keeps of its scenarios: which are loaded, and what each still has to do."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from simulator.core.tables import TableSpec


class Loaded(msgspec.Struct, frozen=True, gc=False):
    """A scenario that is loaded, under its name.

    `document` is the file as it was given. `quirks` are the values that it set, `before` those
    that the workspace had, None where it had none of its own.
    """

    name: str
    number: int
    document: dict[str, Any]
    loaded_at: datetime
    quirks: dict[str, Any]
    before: dict[str, Any]


class Failure(msgspec.Struct, frozen=True, gc=False):
    """A time at which an entry of a timeline could not do what it says, and why."""

    at: datetime
    error: str


class AgendaItem(msgspec.Struct, frozen=True, gc=False):
    """One entry of a timeline, and how far it is.

    `place` counts from 0 in its file; `entry` is as it was written. `next_at` is the instant of an
    entry with `at`; `left` is how often it may still be set off, None without a bound; `acted`
    counts what it has done, `burst` how much of that at the last instant, `acted_at`.
    """

    id: int
    scenario: str
    place: int
    entry: dict[str, Any]
    left: int | None
    next_at: datetime | None = None
    acted: int = 0
    acted_at: datetime | None = None
    burst: int = 0
    failures: tuple[Failure, ...] = ()


LOADED = TableSpec("scenario.loaded", Loaded, key="name")
AGENDA = TableSpec("scenario.agenda", AgendaItem, indexes=("scenario",))

TABLES: tuple[TableSpec[Any], ...] = (LOADED, AGENDA)
