"""Jobs that fall due in workspaces which nobody has at hand: of processes that ended, and of
workspaces that were let go."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import structlog

from simulator.core.clock import wall
from simulator.engine.backends.store import StoreFailure
from simulator.engine.copies.pace import TURN
from simulator.engine.jobs.left_behind import left_behind
from simulator.engine.keeping.sure import holds
from simulator.engine.records import DELIVERY
from simulator.engine.workspace import Workspace
from simulator.engine.world import World

if TYPE_CHECKING:
    from simulator.engine.hub import Hub
    from simulator.engine.keeping.keeping import Keeping

log = structlog.get_logger("simulator.engine")

_LOOK = 0.1
"""Seconds between two looks for jobs that nobody has run."""
_GRACE = 0.1
"""Seconds for which a job is left to the process that saw it come."""
_AT_ONCE = 100
_LOOK_AGAIN = 0.5
"""Seconds between two looks whether somebody still sends the webhooks of a workspace."""


class Orphans:
    """Looks for them again and again, and runs them."""

    def __init__(self, hub: Hub, keeping: Keeping) -> None:
        self._hub = hub
        self._keeping = keeping
        self._task: asyncio.Task[None] | None = None
        self._looks: WeakKeyDictionary[Workspace, float] = WeakKeyDictionary()

    def start(self) -> None:
        """Begin to look."""
        self._task = asyncio.get_running_loop().create_task(self._look())

    async def stop(self) -> None:
        """Look no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def due(self, name: str) -> float | None:
        """When the first job of a workspace is due, by the machine's time. While an attempt to
        deliver a webhook is to be made, whoever does so, that is since when: it may have ended."""
        workspace = self._keeping.at_hand(name)
        if workspace is None:
            return None
        now = wall().timestamp()
        if left_behind(workspace.state):
            return self._looks.setdefault(workspace, now)
        self._looks.pop(workspace, None)
        job = workspace.next_job()
        if job is None:
            return None
        wait = workspace.clock.wall_seconds_until(job.due)
        if wait is None:
            return now if job.due <= workspace.now() else None
        return now + wait

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(_LOOK)
            try:
                await self._run_overdue()
            except StoreFailure:
                continue
            except Exception:
                log.exception("looking for jobs failed")

    async def _send(self, workspace: Workspace) -> None:
        """Send what another process was to send, unless it still does."""
        now = wall().timestamp()
        if now >= self._looks.get(workspace, now) and left_behind(workspace.state):
            self._looks[workspace] = now + _LOOK_AGAIN
            if self._hub.take_over is not None:
                await self._hub.take_over(workspace)

    async def _run_overdue(self) -> None:
        mirror = self._keeping.mirror
        alone = mirror.store.alone()
        before = wall().timestamp() - (0.0 if alone else _GRACE)
        for name in await mirror.overdue(before, _AT_ONCE):
            known = self._keeping.at_hand(name)
            if known is not None and mirror.is_sole(name) and not left_behind(known.state):
                continue  # it has a timer
            await self._keeping.fresh(name)
            workspace = self._keeping.at_hand(name)
            if workspace is not None and not workspace.moving.locked():
                workspace.asked_at = time.monotonic()
                await workspace.settled()
                self._hub.run_due_for(workspace, TURN)
                await self._send(workspace)
                if await holds(self._hub, workspace):
                    self._hub.jobs.arm(workspace)


def resume(world: World) -> None:
    """Plan an attempt for each webhook that was to leave when its process ended."""
    for webhook in left_behind(world.state):
        instant = webhook.next_attempt_at or webhook.created_at
        world.enqueue_at(DELIVERY, instant, webhook=webhook.id)
