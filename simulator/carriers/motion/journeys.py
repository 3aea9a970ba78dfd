"""Journeys: named courses of statuses that shipments follow on the workspace's clock.

Which journeys there are is a table of each carrier; how one is begun, and which step comes next, is
the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from simulator.core.tables import TableSpec
from simulator.engine.world import World

S = TypeVar("S", bound=msgspec.Struct)


class Step(Protocol):
    """One status of a journey, and how long after the step before it comes."""

    @property
    def status(self) -> Any: ...

    @property
    def after(self) -> timedelta: ...


class Journey(Protocol):
    """A course of events."""

    @property
    def steps(self) -> Sequence[Step]: ...


@dataclass(frozen=True, slots=True)
class Journeys(Generic[S]):
    """The journeys of a carrier's shipments, which have an `id`, a `journey` and a `next_job`.

    `job` is the name of the job that takes a step; it gets `shipment_id`, `journey` and the `place`
    of the step. `before` is the status from which all of them begin. `delay` tells how long a
    shipment waits for a step, where that is not the step's own time.
    """

    table: TableSpec[S]
    job: str
    courses: Mapping[str, Journey]
    before: Any
    delay: Callable[[World, S, str, int], timedelta] | None = None

    def start(self, world: World, shipment: S, journey: str, place: int = 0) -> S:
        """Let the shipment go on a journey from the step at `place`.

        It takes the place of the journey, or of what else was to come, that the shipment had.
        """
        before: Any = shipment
        world.cancel_job(before.next_job)
        after = self.courses[journey].steps[place].after
        if self.delay is not None:
            after = self.delay(world, shipment, journey, place)
        job = world.enqueue(
            self.job,
            after=after,
            shipment_id=before.id,
            journey=journey,
            place=place,
        )
        return world[self.table].put(
            msgspec.structs.replace(shipment, next_job=job, journey=journey)
        )

    def place_on(self, journey: str, status: Any) -> int | None:
        """The step of a journey that comes next for a shipment in `status`; None: it is not on
        it, or at its end."""
        if status == self.before:
            return 0
        steps = self.courses[journey].steps
        passed = [place for place, step in enumerate(steps) if step.status == status]
        return passed[-1] + 1 if passed and passed[-1] + 1 < len(steps) else None
