"""States that are built beside the one in use, so that nobody waits for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heappush
from typing import Any, TypeVar

import msgspec

from simulator.core.tables import State, TableSpec
from simulator.engine.backends.rows import Rows
from simulator.engine.copies.pace import Pace
from simulator.engine.records import Job
from simulator.engine.workspace import DueJobs

R = TypeVar("R", bound=msgspec.Struct)

_AT_ONCE = 64
"""Records that are added before the pace is looked at."""


class Building:
    """A state that grows, the heap of its jobs, and what a backend will keep of it where there is
    a `draft`."""

    def __init__(self, specs: Iterable[TableSpec[Any]], draft: Rows | None = None) -> None:
        self.state = State(specs)
        self.draft = draft
        self.due: DueJobs = []
        self.pace = Pace()
        self._added = 0

    def add(self, spec: TableSpec[R], record: R) -> None:
        """Add a record."""
        self.state[spec].put(record)
        if isinstance(record, Job) and not record.waits:
            heappush(self.due, (record.due, record.id))
        self._added += 1

    def fill(self, spec: TableSpec[R], records: Sequence[R]) -> None:
        """Add records of which none is there yet, in the order of their keys where that is known;
        there is no draft."""
        self.state[spec].fill(records)
        if spec.record is Job:
            for job in records:
                if isinstance(job, Job) and not job.waits:
                    heappush(self.due, (job.due, job.id))

    async def rest(self) -> None:
        """Let others have their turn, if it is time."""
        if self._added >= _AT_ONCE:
            self.settle()
        await self.pace.pause()

    def settle(self) -> None:
        """Let the draft have what was added."""
        if self.draft is not None:
            self.draft.apply(self.state.changes())
        self.state.commit()
        self._added = 0


async def copied(state: State, draft: Rows | None = None) -> Building:
    """A state of its own, complete, with the records that `state` has at this instant.

    Records are shared, since they never change; what happens to `state` while they are copied is
    not in the copy.
    """
    taken = [(table.spec, list(table)) for table in state.tables.values()]
    building = Building((spec for spec, _ in taken), draft)
    for spec, records in taken:
        for start in range(0, len(records), _AT_ONCE):
            for record in records[start : start + _AT_ONCE]:
                building.add(spec, record)
            await building.rest()
    building.settle()
    return building
