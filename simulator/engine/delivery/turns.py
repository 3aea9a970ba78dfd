"""Whose turn it is to send to a target, where several processes send for one workspace.

The one that has the turn sends all that is to leave for the target, in its order, also what others
took up; those wait until it has an outcome, or until the turn is theirs, as when a process ends.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from weakref import WeakValueDictionary

from simulator.engine.backends.store import StoreFailure
from simulator.engine.bounds import Dropped
from simulator.engine.delivery.lanes import Lane, Queued
from simulator.engine.hub import Hub
from simulator.engine.jobs.left_behind import left_behind, place
from simulator.engine.keeping.leases import Lease, Leases
from simulator.engine.keeping.sure import fresh
from simulator.engine.workspace import Workspace

_PAUSE = 0.05
_FAILED_PAUSE = 1.0


class Turns:
    """The turns of this process; `origin_of` gives the lane of a target."""

    def __init__(self, hub: Hub, origin_of: Callable[[str], str]) -> None:
        self.hub = hub
        self.origin_of = origin_of
        self._holder = os.urandom(8).hex()
        self._leases: WeakValueDictionary[tuple[str, str], Lease] = WeakValueDictionary()

    def of(self, workspace: Workspace, lane: Lane) -> Turn:
        """That of whoever sends what is in a lane; `Turn.end` is for when it does so no more."""
        keeping = self.hub.keeping
        if keeping is None:
            return Turn(self, workspace, lane, None)
        return Turn(self, workspace, lane, self._lease(keeping.leases, workspace.name, lane.origin))

    async def is_free(self, workspace: Workspace, origin: str) -> bool:
        """Whether a turn could be taken at once. Raises `StoreFailure`."""
        keeping = self.hub.keeping
        if keeping is None:
            return True
        lease = self._lease(keeping.leases, workspace.name, origin)
        free = await lease.claim()
        if free and not lease.users:
            await lease.release()
        return free

    def _lease(self, leases: Leases, workspace: str, origin: str) -> Lease:
        # A workspace that began again has another lane to the same target.
        lease = self._leases.get((workspace, origin))
        if lease is None:
            lease = Lease(leases, workspace, f"send {origin}", self._holder)
            self._leases[workspace, origin] = lease
        return lease


class Turn:
    """The turn to send what is in a lane; without a lease there are no other processes."""

    def __init__(self, turns: Turns, workspace: Workspace, lane: Lane, lease: Lease | None) -> None:
        self._hub = turns.hub
        self._origin_of = turns.origin_of
        self._workspace = workspace
        self._lane = lane
        self._lease = lease
        self._sole: int | None = None
        if lease is not None:
            lease.users += 1

    @property
    def _period(self) -> int | None:
        """That in which this process is the only one."""
        keeping = self._hub.keeping
        return None if keeping is None else keeping.mirror.solitude.period()

    @property
    def held(self) -> bool:
        """Whether nobody else sends to the target, or has since the turn was taken."""
        if self._lease is None or self._lease.held:
            return True
        return self._sole is not None and self._sole == self._period

    async def take(self) -> None:
        """Return when it is this process's turn, with all in the lane that is to be sent, or when
        nothing is left in it."""
        while self._lease is not None:
            sole = self._period
            if sole is not None and sole == self._sole:
                return
            try:
                mine = sole is not None or await self._lease.claim()
                await self._gather(take=mine)
            except StoreFailure:
                await asyncio.sleep(_FAILED_PAUSE)
                continue
            except Dropped:
                self._lane.clear()
                return
            self._sole = sole
            if mine or not len(self._lane):
                return
            await asyncio.sleep(_PAUSE)

    async def give(self) -> None:
        """Let others have the turn."""
        if self._lease is not None and self._lease.users == 1:
            await self._lease.release()

    def end(self) -> None:
        """Want no more turns."""
        if self._lease is not None:
            self._lease.users -= 1

    async def _gather(self, *, take: bool) -> None:
        """Forget what has left already, and `take` up what others were to send."""
        workspace, lane = self._workspace, self._lane
        await fresh(self._hub, workspace.name)
        self._hub.catch_up(workspace)
        webhooks = {
            each.id: each
            for each in left_behind(workspace.state)
            if each.target is not None and self._origin_of(each.target) == lane.origin
        }
        lane.keep(lambda queued: queued.asked or queued.webhook in webhooks)
        if take:
            known = lane.webhooks
            loop = asyncio.get_running_loop()
            for number in webhooks:
                if number not in known:
                    lane.add(Queued(number, loop.create_future()))
            lane.sort(lambda queued: place(webhooks[queued.webhook]))
