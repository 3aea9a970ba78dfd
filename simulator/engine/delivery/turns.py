"""Whose turn it is to send to a target, where several processes send for one workspace.

The one that has the turn sends all that is to leave for the target, in its order, also what others
took up; those wait until it has an outcome, or until the turn is theirs, as when a process ends.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress

from simulator.engine.backends.store import Store, StoreFailure
from simulator.engine.bounds import Dropped
from simulator.engine.delivery.lanes import Lane, Queued
from simulator.engine.hub import Hub
from simulator.engine.jobs.left_behind import left_behind, place
from simulator.engine.keeping.sure import fresh
from simulator.engine.workspace import Workspace

_SECONDS = 30.0
"""How long others wait for a process that died while it had the turn."""
_PAUSE = 0.05
_FAILED_PAUSE = 1.0


class Turns:
    """Takes the turn of this process; `origin_of` gives the lane of a target."""

    def __init__(self, hub: Hub, origin_of: Callable[[str], str]) -> None:
        self._hub = hub
        self._origin_of = origin_of
        self._holder = os.urandom(8).hex()

    @property
    def _store(self) -> Store | None:
        keeping = self._hub.keeping
        store = None if keeping is None else keeping.mirror.store
        return None if store is None or store.alone() else store

    async def take(self, workspace: Workspace, lane: Lane) -> None:
        """Return when it is this process's turn, with all in the lane that is to be sent, or when
        nothing is left in it."""
        while self._store is not None:
            try:
                mine = await self._claimed(workspace, lane)
                await self._gather(workspace, lane, take=mine)
            except StoreFailure:
                await asyncio.sleep(_FAILED_PAUSE)
                continue
            except Dropped:
                lane.clear()
                return
            if mine or not len(lane):
                return
            await asyncio.sleep(_PAUSE)

    async def give(self, workspace: Workspace, lane: Lane) -> None:
        """Let others have the turn."""
        store = self._store
        if store is not None:
            with suppress(StoreFailure):
                await store.release(workspace.name, _part(lane), self._holder)

    async def _claimed(self, workspace: Workspace, lane: Lane) -> bool:
        store = self._store
        if store is None:
            return True
        return await store.claim(workspace.name, _part(lane), self._holder, _SECONDS)

    async def _gather(self, workspace: Workspace, lane: Lane, *, take: bool) -> None:
        """Forget what has left already, and `take` up what others were to send."""
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


def _part(lane: Lane) -> str:
    return f"send {lane.origin}"
