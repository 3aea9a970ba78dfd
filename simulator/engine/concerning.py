"""Jobs by what they are about, and by what keeps them from happening."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.core.tables import Table, Values
from simulator.engine.records import Job


def concerning(jobs: Table[Job], name: str, value: int | str) -> list[Job]:
    """The jobs that have this argument, which names a record, in the order of their making."""
    return jobs.existing(jobs.follower(_BY_ARGUMENT).having((name, value)))


def held(jobs: Table[Job]) -> list[Job]:
    """The jobs that rules hold, in the order of their making."""
    return jobs.existing(jobs.follower(_HELD).having(True))


def of_kind(jobs: Table[Job], kind: str) -> list[Job]:
    """The jobs of a kind, in the order of their making."""
    return jobs.existing(jobs.follower(_BY_KIND).having(kind))


def _arguments(job: Job) -> Iterator[tuple[str, int | str]]:
    for name, value in job.arguments.items():
        if isinstance(value, int | str):
            yield name, value


_BY_ARGUMENT = Values(_arguments)
_BY_KIND = Values[Job](lambda job: (job.kind,))
_HELD = Values[Job](lambda job: () if job.held is None else (True,))
