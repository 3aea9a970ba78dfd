"""What the engine needs to know of a carrier, without knowing which one it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from simulator.core.tables import State, TableSpec
from simulator.engine.facts import Facts
from simulator.engine.records import Job, Webhook
from simulator.engine.world import World

JobHandler = Callable[..., None]
"""Called as ``handler(world, **arguments)`` at the job's own instant."""


class JobRefused(Exception):
    """A job cannot do what it is for, as the world is; the message says why."""


@dataclass(frozen=True, slots=True)
class StepSpec:
    """Something that does not happen at once, and which rules can hold.

    `jobs` are the kinds of jobs that make it, without the carrier's name; a step without any
    happens when it is asked for, such as a label that is not ready yet. `fail` takes the place of
    the job when the step shall fail, and `fails` says what comes of that; without it the step
    cannot.
    """

    name: str
    summary: str
    jobs: tuple[str, ...] = ()
    fail: JobHandler | None = None
    fails: str = ""


class Extension(Protocol):
    """A set of tables, jobs and defaults that is plugged into every workspace."""

    @property
    def name(self) -> str: ...

    @property
    def tables(self) -> Sequence[TableSpec[Any]]: ...

    @property
    def jobs(self) -> Mapping[str, JobHandler]: ...

    @property
    def steps(self) -> Mapping[str, StepSpec]: ...

    def job_resource(self, world: World, kind: str, arguments: Mapping[str, Any], /) -> Any:
        """What a job (or a request that a step is about) concerns, as the API shows it.

        A list holds several of which each is concerned; None when there is nothing to show.
        """

    def stamp(self, webhook: Webhook, at: datetime, /) -> Mapping[str, str]:
        """The headers of a notification that hang on when it leaves, for one that leaves at `at`;
        asked for those that have a `stamp`."""

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
