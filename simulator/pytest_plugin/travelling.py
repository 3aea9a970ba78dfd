"""The time of this process, as the clock of a world shows it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

import time_machine

from simulator.testing import Clock, SimulatorError, World

_SECOND = 1_000_000_000
_AS_THE_MACHINE = ("real", "offset")


@contextmanager
def travelling(world: World) -> Iterator[Any]:
    """Travel with the world for as long as the block; gives time-machine's coordinates."""
    with time_machine.travel(world.clock().at, tick=False) as coordinates:

        def moved(at: datetime) -> None:
            before = time.perf_counter_ns()
            clock = world.clock()
            _follow(coordinates, world, clock, (before + time.perf_counter_ns()) // 2)

        moved(world.clock().at)
        world.on_time(moved)
        try:
            yield coordinates
        finally:
            world.listeners.remove(moved)


def _follow(coordinates: Any, world: World, clock: Clock, told_at: int) -> None:
    """Let time be what `clock` showed at `told_at`, and go on from there as that clock does.

    time-machine knows time that stands and time that goes as the machine's; what else there is
    stands in the place of its own reckoning.
    """
    vars(coordinates).pop("time_ns", None)
    coordinates.move_to(clock.at, tick=clock.mode in _AS_THE_MACHINE)
    if clock.mode == "scaled":
        coordinates.time_ns = _Scaled(clock, told_at)
    elif clock.mode == "eager":
        coordinates.time_ns = _Eager(world, clock)
    coordinates.time_ns()  # from now on, rather than from the first time that somebody asks


class _Scaled:
    """Nanoseconds since 1970 by a clock that runs at a speed of its own."""

    def __init__(self, clock: Clock, told_at: int) -> None:
        self._shown, self._speed, self._told_at = _nanoseconds(clock.at), clock.speed, told_at

    def __call__(self) -> int:
        return self._shown + round((time.perf_counter_ns() - self._told_at) * self._speed)


class _Eager:
    """Nanoseconds since 1970 by a clock that moves while the code under test polls: the world is
    asked whenever somebody wants to know."""

    def __init__(self, world: World, clock: Clock) -> None:
        self._world = world
        self._shown = _nanoseconds(clock.at)
        self._asking = threading.local()

    def __call__(self) -> int:
        if not getattr(self._asking, "now", False):
            self._asking.now = True
            try:
                with suppress(SimulatorError):  # the world may be gone, and its time stands
                    self._shown = _nanoseconds(self._world.clock().at)
            finally:
                self._asking.now = False
        return self._shown


def _nanoseconds(at: datetime) -> int:
    return int(at.replace(microsecond=0).timestamp()) * _SECOND + at.microsecond * 1000
