"""What would happen if the clock moved: tried out on a copy that nobody else sees.

The copy has the workspace's records and a clock that stands. Its jobs run as they would; no webhook
leaves, so that what a target would answer, and a further attempt after a failure, is not foreseen.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec

from simulator.core.clock import Clock
from simulator.engine.backends.memory import MemoryBackend
from simulator.engine.backends.rows import Rows
from simulator.engine.copies.building import copied
from simulator.engine.hub import Hub
from simulator.engine.moving import timeline
from simulator.engine.moving.timeline import Advance
from simulator.engine.records import DELIVERY, FRAME, WEBHOOKS, Job, Webhook
from simulator.engine.workspace import Workspace
from simulator.engine.world import Event


class Rehearsal(msgspec.Struct, frozen=True):
    """What moving the clock would do: how far, by which jobs, in their order, and what happens.

    `events` have the numbers that they would get, and `webhooks` the ids: those that would come,
    whether anybody subscribed to them or not, and those that would leave.
    """

    moved: Advance
    jobs: tuple[Job, ...] = ()
    events: tuple[Event, ...] = ()
    webhooks: tuple[Webhook, ...] = ()


async def rehearse(
    hub: Hub,
    workspace: Workspace,
    to: datetime,
    until: Callable[[Event], bool] | None = None,
) -> Rehearsal:
    """Try out `timeline.advance` and leave the workspace as it is."""
    twin = Hub(hub.extensions, MemoryBackend(), hub.options, hub.observer)
    twin.inspect = hub.inspect
    twin.rehearses = True
    copy = await _copy(twin, workspace)
    began = copy.event_count
    jobs: list[Job] = []
    try:
        moved = await timeline.advance(twin, copy, to, until, jobs.append)
        return _told(workspace, copy, began, moved, jobs)
    finally:
        twin.close()
        twin.drop(copy.name)


def _told(
    workspace: Workspace, copy: Workspace, began: int, moved: Advance, jobs: list[Job]
) -> Rehearsal:
    fresh = copy.event_count - began
    events = tuple(copy.events)[-fresh:] if fresh else ()
    sent = {job.arguments["webhook"] for job in jobs if job.kind == DELIVERY}
    told = msgspec.structs.replace(moved, jobs=len(jobs) - len(sent), deliveries=len(sent))
    known = workspace.state[WEBHOOKS]
    coming = (each for each in copy.state[WEBHOOKS] if each.id in sent or each.id not in known)
    return Rehearsal(told, tuple(jobs), events, tuple(coming))


async def _copy(twin: Hub, workspace: Workspace) -> Workspace:
    now, events = workspace.now(), workspace.event_count
    twins = await copied(workspace.state)
    state = twins.state
    frame = state[FRAME]["frame"]
    state[FRAME].put(msgspec.structs.replace(frame, clock=Clock.frozen(now)))
    state.commit()
    version = twin.backend.replace(workspace.name, Rows())
    copy = twin.adopt(workspace.name, state, version, twins.due)
    copy.event_count = events
    return copy
