"""Which workspaces nobody needs any more: those that nobody has asked for longest."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping

import structlog

from simulator.engine.bounds import DEFAULT
from simulator.engine.workspace import Workspace

log = structlog.get_logger("simulator.engine")

_AT_BOUND = 60.0
"""Seconds for which nobody may have asked for a workspace that goes because there are too many."""
_LOOKS = 20
"""How often within the age it is looked whether one has reached it."""
_SHORTEST, _LONGEST = 0.05, 60.0
"""Seconds between two looks."""


class Idleness:
    """Lets idle workspaces go with `drop`: those of the `age` in seconds (0: none), and, where
    there are too many, the one that is idle longest. `default` stays, and so does one in which
    somebody waits or something is going on. `clock` tells seconds.
    """

    def __init__(
        self,
        workspaces: Mapping[str, Workspace],
        drop: Callable[[str], object],
        age: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._workspaces = workspaces
        self._drop = drop
        self._age = age
        self._clock = clock
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Look again and again, in the event loop that runs."""
        if self._age:
            pause = min(max(self._age / _LOOKS, _SHORTEST), _LONGEST)
            self._timer = asyncio.get_running_loop().call_later(pause, self._look)

    def stop(self) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()

    def _look(self) -> None:
        self.let_go()
        self.start()

    def let_go(self) -> None:
        """Let all go that have reached the age, the longest idle first."""
        now = self._clock()
        for idle, name in sorted(self._idle(now, self._age), reverse=True):
            self._forget(name, idle, "nobody asked for it")

    def make_room(self) -> bool:
        """Let the one go that is idle longest, if nobody has asked for it in a minute; tells
        whether there was one."""
        idle, name = max(self._idle(self._clock(), _AT_BOUND), default=(0.0, ""))
        if name:
            self._forget(name, idle, "there are too many, and it is idle longest")
        return bool(name)

    def _idle(self, now: float, age: float) -> list[tuple[float, str]]:
        return [
            (now - workspace.asked_at, name)
            for name, workspace in self._workspaces.items()
            if now - workspace.asked_at >= age and name != DEFAULT and not workspace.is_busy
        ]

    def _forget(self, name: str, idle: float, reason: str) -> None:
        self._drop(name)
        log.info("idle workspace let go", workspace=name, idle_seconds=round(idle), reason=reason)
