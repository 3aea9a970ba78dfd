"""Several observers as one: each is told, in their order."""

from __future__ import annotations

from simulator.core.tables import State
from simulator.engine.extension import Observer
from simulator.engine.facts import Facts
from simulator.engine.records import Job
from simulator.engine.world import World


class Observers:
    """Tells everything to all of the observers that it is made of."""

    def __init__(self, *observers: Observer) -> None:
        self._observers = observers

    def happened(self, world: World) -> None:
        """Events were told: they are in `world.emitted`."""
        for observer in self._observers:
            observer.happened(world)

    def listens(self, state: State, operation: str) -> bool:
        """Whether one of them listens to requests for an operation."""
        return any(observer.listens(state, operation) for observer in self._observers)

    def answered(self, world: World, facts: Facts, status: int, answer: object) -> None:
        """A request was answered."""
        for observer in self._observers:
            if observer.listens(world.state, facts.operation or ""):
                observer.answered(world, facts, status, answer)

    def failed(self, world: World, job: Job, error: Exception) -> None:
        """A job failed, and was undone and forgotten."""
        for observer in self._observers:
            observer.failed(world, job, error)
