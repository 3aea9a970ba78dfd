"""Moving a workspace's clock: every job on the way happens at its own instant."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial

import msgspec

from simulator.engine.copies.pace import TURN, Pace
from simulator.engine.hub import Hub
from simulator.engine.keeping.sure import holds, surely
from simulator.engine.records import Job
from simulator.engine.workspace import Workspace
from simulator.engine.world import Event


class Advance(msgspec.Struct, frozen=True):
    """What moving the clock did: where it began and stands, and how many jobs ran on the way."""

    before: datetime
    now: datetime
    jobs: int
    deliveries: int
    event: Event | None = None


async def advance(
    hub: Hub,
    workspace: Workspace,
    to: datetime,
    until: Callable[[Event], bool] | None = None,
    watch: Callable[[Job], None] | None = None,
) -> Advance:
    """Move the clock to `to`, or stop at the instant of the first event for which `until` is true.

    `watch` is told every job before it runs.

    Jobs run in order, each at its own instant, those that they enqueue included; webhooks that fall
    due on the way have been tried before the clock moves on, those of the last instant before this
    returns. Other requests are answered meanwhile and see the instant that has been reached.
    """
    async with workspace.moving:
        before = workspace.now()
        # Attempts that began before are over before time moves on, too.
        await asyncio.gather(*workspace.in_flight)
        ran = sent = 0
        seen = workspace.event_count
        found: Event | None = None
        one = until is not None
        pace = Pace()
        await workspace.settled()
        while (batch := hub.jobs.move(workspace, to, TURN, watch, one=one)) is not None:
            if not await holds(hub, workspace):
                continue
            ran += batch.jobs
            sent += len(batch.deliveries)
            await asyncio.gather(*workspace.in_flight)
            await pace.pause()
            await workspace.settled()
            if found is None and until is not None and workspace.event_count > seen:
                fresh = workspace.event_count - seen
                seen = workspace.event_count
                found = next((e for e in list(workspace.events)[-fresh:] if until(e)), None)
                if found is not None:
                    to = workspace.now()
        if to > workspace.now():
            await surely(hub, workspace, partial(_set_clock, hub, workspace, to))
        return Advance(before, workspace.now(), ran, sent, found)


def _set_clock(hub: Hub, workspace: Workspace, to: datetime) -> None:
    hub.set_clock(workspace, workspace.clock.moved_to(to))


async def run_due(hub: Hub, workspace: Workspace) -> None:
    """Run every job that is due; other requests are answered meanwhile.

    Raises `Dropped` when the workspace is deleted meanwhile.
    """
    while True:
        await workspace.settled()
        _, more = hub.run_due_for(workspace, TURN)
        if await holds(hub, workspace) and not more:
            return
        await asyncio.sleep(0)
