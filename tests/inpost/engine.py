"""The carrier's rules without HTTP, for what has to be tried thousands of times."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from simulator.carriers import registry
from simulator.carriers.inpost.bodies import forms
from simulator.carriers.inpost.records import ORGANIZATIONS, SHIPMENTS, Shipment
from simulator.carriers.inpost.shipments import moves, shipments
from simulator.core.clock import Clock, parse_instant
from simulator.engine.backends.memory import MemoryBackend
from simulator.engine.bounds import HubOptions
from simulator.engine.hub import Hub
from simulator.engine.world import World
from tests.inpost.shipx import Json
from tests.support.server import START

T = TypeVar("T")

_FIRST = ("created", "offers_prepared", "offer_selected", "confirmed")


class Trip(NamedTuple):
    """What a move was: the status then, what it says that it passed, the changes that were told,
    and the statuses that the history got."""

    status: str
    passed: list[str]
    told: list[tuple[str, str]]
    history: list[str]


class Engine:
    """A world with one shipment in it, which everything that is tried leaves as it was."""

    def __init__(self, body: Json, organization: int = 1) -> None:
        clock = Clock.frozen(parse_instant(START))
        self._hub = Hub(registry.load(("inpost",)), MemoryBackend(), HubOptions(clock=clock))
        self._workspace = self._hub.workspace("engine")

        def create(world: World) -> Shipment:
            return shipments.create(world, world[ORGANIZATIONS][organization], forms.read(body))

        self._number = self._hub.run(self._workspace, create).id

    def try_move(self, before: str, after: str) -> Trip:
        """Move the shipment from one status to another."""

        def work(world: World) -> Trip:
            shipment = self.shipment_in(world, before)
            emitted, had = len(world.emitted), len(shipment.history)
            moved, passed = moves.move(world, shipment, after)
            told = [
                (payload["previous"], payload["status"])
                for name, payload in world.emitted[emitted:]
                if name == "inpost.shipment_status_changed"
            ]
            history = [item.status for item in world[SHIPMENTS][self._number].history[had:]]
            return Trip(moved.status, [*passed], told, history)

        return self.undone(work)

    def undone(self, work: Callable[[World], T]) -> T:
        """Do something, and let nothing of it remain."""

        def all_of_it(world: World) -> None:
            raise _Undone(work(world))

        try:
            self._hub.run(self._workspace, all_of_it)
        except _Undone as undone:
            result: T = undone.args[0]
            return result
        raise AssertionError("the transaction was kept")

    def shipment_in(self, world: World, status: str) -> Shipment:
        """The shipment in that status, wherever that is on its way."""
        shipment = world[SHIPMENTS][self._number]
        way = _FIRST[1 : _FIRST.index(status) + 1] if status in _FIRST else _FIRST[1:]
        for each in way:
            shipment, _ = moves.move(world, shipment, each)
        return world[SHIPMENTS].put(replace(shipment, status=status))


class _Undone(Exception):
    """Ends a transaction that must leave nothing behind."""
