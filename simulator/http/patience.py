"""How long connections are waited for that get no further, and who ends them.

One look a second at all connections costs a request nothing; a timer for each would be set and
cancelled with every one. Whoever waits for an answer waits as long as it takes: held requests, long
polls and streams of events are the server's turn.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Collection
from typing import Protocol

import msgspec
import structlog

log = structlog.get_logger("simulator.server")

_LOOK = 1.0
"""Seconds between two looks."""
_REMINDER = 60.0
"""Seconds before the same is said again."""


class Patience(msgspec.Struct, frozen=True):
    """Seconds that a client may take; 0 sets no bound.

    `request` is for the head of a request, and for each 4 KiB of its body; `idle` for the time
    between two requests, and before the first; `answer` for taking no byte of what is sent.
    """

    request: float = 30.0
    idle: float = 60.0
    answer: float = 60.0


class Watched(Protocol):
    """A connection as it is looked at."""

    def look(self, now: float) -> None:
        """End it if it got no further for too long; `now` is the loop's time."""


class Watchman:
    """Looks at the connections as long as there are any."""

    def __init__(self) -> None:
        self._timer: asyncio.TimerHandle | None = None
        self._said_at = float("-inf")

    def begin(self, loop: asyncio.AbstractEventLoop, connections: Collection[Watched]) -> None:
        """Look from now on, unless that is done already."""
        if self._timer is None:
            self._timer = loop.call_later(_LOOK, self._look, loop, connections)

    def _look(self, loop: asyncio.AbstractEventLoop, connections: Collection[Watched]) -> None:
        self._timer = None
        now = loop.time()
        if now - self._said_at >= _REMINDER and not _descriptors_are_left():
            self._said_at = now
            log.error(
                "no descriptors are left: new connections wait",
                connections=len(connections),
                advice="raise the limit (ulimit -n), or lower --idle-timeout",
            )
        for connection in tuple(connections):
            connection.look(now)
        if connections:
            self.begin(loop, connections)


def _descriptors_are_left() -> bool:
    """Whether another file could be opened: the loop says nothing of what it cannot accept."""
    try:
        os.close(os.open(os.devnull, os.O_RDONLY))
    except OSError:
        return False
    return True
