"""What the engine needs to know of a carrier, without knowing which one it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from simulator.core.tables import State, TableSpec
from simulator.engine.records import Job
from simulator.engine.rules import Facts
from simulator.engine.world import World

JobHandler = Callable[..., None]
"""Called as ``handler(world, **arguments)`` at the job's own instant."""


class JobRefused(Exception):
    """A job cannot do what it is for, as the world is; the message says why."""


class Extension(Protocol):
    """A set of tables, jobs and defaults that is plugged into every workspace."""

    @property
    def name(self) -> str: ...

    @property
    def tables(self) -> Sequence[TableSpec[Any]]: ...

    @property
    def jobs(self) -> Mapping[str, JobHandler]: ...

    def quirk_defaults(self, profile: str) -> Mapping[str, Any]:
        """The value of every quirk under `profile` (``observed`` or ``documented``)."""

    def populate(self, world: World) -> None:
        """Put the default world's records into an empty workspace."""


class Observer(Protocol):
    """Somebody who is told what happens in workspaces, within the transaction in which it does."""

    def happened(self, world: World) -> None:
        """Events were told: they are in `world.emitted`."""

    def listens(self, state: State, operation: str) -> bool:
        """Whether requests for an operation are to be told with `answered`."""

    def answered(self, world: World, facts: Facts, status: int, answer: Any) -> None:
        """A request was answered; `answer` is the decoded JSON body, or None."""

    def failed(self, world: World, job: Job, error: Exception) -> None:
        """A job failed, and was undone and forgotten."""
