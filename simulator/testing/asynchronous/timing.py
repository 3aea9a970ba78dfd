"""The clock of a world."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from simulator.testing import saying
from simulator.testing.answers import Clock, Event, Moved
from simulator.testing.asynchronous.base import AsyncWorkspace
from simulator.testing.errors import NothingCame
from simulator.testing.saying import Moment, Span, given

_LOOK = 0.02
"""Seconds between two looks at what a running clock has brought."""


class AsyncTimed(AsyncWorkspace):
    """What can be done with a world's time."""

    async def clock(self) -> Clock:
        """How the clock goes and what it shows."""
        return await self.control.told(Clock, "GET", f"{self._path}/clock")

    async def freeze(self, at: Moment | None = None) -> Clock:
        """Let the clock stand, at an instant or where it is; it moves by `advance` alone."""
        return await self._set_clock("frozen", at)

    async def eager(self, at: Moment | None = None) -> Clock:
        """Let the clock stand until the program polls: each GET of a carrier brings what happens
        next, if that is within a minute, so that code which polls needs no other time."""
        return await self._set_clock("eager", at)

    async def run_clock(
        self, mode: str = "real", *, at: Moment | None = None, **setting: Any
    ) -> Clock:
        """Let the clock go: ``"real"``, ``"offset"`` with `at`, ``"scaled"`` with `speed` too."""
        return await self._set_clock(mode, at, **setting)

    async def advance(
        self,
        by: Span | None = None,
        *,
        to: Moment | None = None,
        until: str | None = None,
        match: Mapping[str, Any] | None = None,
        within: Span | None = None,
        after: int | None = None,
    ) -> Moved:
        """Move the clock by a span, to an instant, or until an event; what is due then happens.

        `match` are members that the event's payload must have; `after` counts what came behind
        that event already; `within` says how far to look. An event that does not come is `Refused`
        with 409, as is an instant that is past, and the clock stays where it was.
        """
        body = saying.step(by, to, until, match=match, within=within, after=after)
        moved = await self.control.told(Moved, "POST", f"{self._path}/clock/advance", body)
        self._moved(moved.now)
        return moved

    async def look_ahead(self, by: Span) -> dict[str, Any]:
        """What would happen within a span: jobs, events and webhooks; nothing does."""
        body = {"by": saying.span(by), "dry_run": True}
        answer: dict[str, Any] = await self._ask("POST", "/clock/advance", body)
        return answer

    def on_time(self, listener: Callable[[datetime], None]) -> None:
        """Call `listener` with the world's instant whenever this client has moved it."""
        self.listeners.append(listener)

    async def _set_clock(self, mode: str, at: Moment | None, **setting: Any) -> Clock:
        body = given(mode=mode, at=None if at is None else saying.moment(at), **setting)
        clock = await self.control.told(Clock, "PUT", f"{self._path}/clock", body)
        self._moved(clock.at)
        return clock

    async def events(self, event: str | None = None, *, after: int = 0) -> list[Event]:
        """What happened in this world, oldest first."""
        params = given(event=event, after=after)
        answer = await self.control.ask("GET", f"{self._path}/events", params=params)
        return msgspec.convert(answer["items"], list[Event])

    async def wait_for(
        self,
        event: str,
        *,
        match: Mapping[str, Any] | None = None,
        after: int = 0,
        timeout: float = 10.0,
    ) -> Event:
        """The first such event behind `after`, which may have happened already.

        For clocks that run; where the clock stands, `advance` until it. Waits `timeout` seconds of
        the machine, then raises `NothingCame`.
        """
        wanted = (match or {}).items()
        for _ in range(max(1, round(timeout / _LOOK))):
            for each in await self.events(event, after=after):
                if all(each.payload.get(name) == value for name, value in wanted):
                    return each
            await asyncio.sleep(_LOOK)
        said = f"{event} did not happen within {timeout:g} s"
        raise NothingCame.under(said, (await self.clock()).mode)
