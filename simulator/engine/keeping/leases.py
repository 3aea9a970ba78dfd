"""Parts of the work in a workspace that one process at a time does: moving its clock, and sending
to a target.

Whoever does a part has claimed it in the store for `SECONDS`. A heartbeat claims all that the
process has anew, so that whoever is slow, or waits for somebody who is, keeps its part, and what a
process had that was killed is free within that time. A process that stood still for so long, or did
not reach the store, has *lost* its leases, whoever has them by then. It knows so by the machine's
steady time, at which it looks before each step, without waiting for the store. A step that it had
begun before is kept only on the version of the workspace that it had seen, and an attempt to send
decides nothing about a webhook of which others have made one meanwhile.
"""

from __future__ import annotations

import asyncio
import os
import time
from contextlib import suppress
from types import TracebackType

from simulator.engine.backends.store import Store, StoreFailure

SECONDS = 3.0
"""How long others wait at most for a process that died or stands still."""
_BEATS = 4
"""How often within that time the heartbeat claims a lease anew."""
_PAUSE = 0.05

MOVER = "mover"
"""The part of whoever moves the clock, or puts another world in the place of this one."""


class LeaseLost(Exception):
    """Whoever was to be the only one for a while need not be any more; the message says why and
    what to do."""


def _steady() -> float:
    """Seconds that never go back; where the system can tell, those that it slept count, too."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class Lease:
    """The claim of a `holder` to a part of the work in a workspace; `users` counts the tasks of
    this process that have it together."""

    def __init__(self, leases: Leases, workspace: str, part: str, holder: str) -> None:
        self.workspace = workspace
        self.users = 0
        self._leases = leases
        self._claim = workspace, part, holder
        self._until = 0.0
        self._asking = asyncio.Lock()

    @property
    def held(self) -> bool:
        """Whether it is sure that no other process has it, and has had it since it was claimed."""
        return _steady() < self._until

    @property
    def renewing(self) -> bool:
        """Whether the store is being asked for it."""
        return self._asking.locked()

    async def claim(self) -> bool:
        """Have it if it is free; tells whether it was. Raises `StoreFailure`."""
        async with self._asking:
            if not self.held:
                asked = _steady()
                self._until = asked + SECONDS if await self._asked() else 0.0
                if self.held:
                    self._leases.keep(self)
            return self.held

    async def renew(self) -> None:
        """Have it for longer, if it is not lost."""
        async with self._asking:
            if not self.held:
                return
            asked = _steady()
            try:
                mine = await self._asked()
            except StoreFailure:
                return
            # Once its time was over, others may have had it and let it go again.
            self._until = asked + SECONDS if mine and self.held else 0.0

    async def release(self) -> None:
        """Let others have it; if the store fails, when its time is over."""
        self._leases.forget(self)
        async with self._asking:
            self._until = 0.0
            with suppress(StoreFailure):
                await self._leases.store.release(*self._claim)

    async def _asked(self) -> bool:
        store = self._leases.store
        # Of a process that is alone, whoever else has claimed it is dead.
        return await store.claim(*self._claim, SECONDS) or store.alone()


class Leases:
    """The leases of this process, and the heartbeat that keeps them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._kept: set[Lease] = set()
        self._heart: asyncio.Task[None] | None = None
        self._renewals: set[asyncio.Task[None]] = set()

    def keep(self, lease: Lease) -> None:
        """Renew a lease that was claimed until it is released or lost."""
        self._kept.add(lease)
        if self._heart is None:
            self._heart = asyncio.get_running_loop().create_task(self._beat())

    def forget(self, lease: Lease) -> None:
        """Renew a lease no more."""
        self._kept.discard(lease)

    async def close(self) -> None:
        """Let others have what is left."""
        if self._heart is not None:
            self._heart.cancel()
        await asyncio.gather(*(lease.release() for lease in tuple(self._kept)))

    async def _beat(self) -> None:
        loop = asyncio.get_running_loop()
        while self._kept:
            await asyncio.sleep(SECONDS / _BEATS)
            for lease in tuple(self._kept):
                if not lease.held:
                    self._kept.discard(lease)
                elif not lease.renewing:
                    renewal = loop.create_task(lease.renew())
                    self._renewals.add(renewal)
                    renewal.add_done_callback(self._renewals.discard)
        self._heart = None


class Turnstile:
    """Is passed as a lock is, by one task of all processes at a time; raises `StoreFailure`."""

    def __init__(self, lease: Lease) -> None:
        self._lease = lease
        self._lock = asyncio.Lock()
        self._within: asyncio.Task[object] | None = None

    def locked(self) -> bool:
        """Whether a task of this process is in it, or is about to be."""
        return self._lock.locked()

    def check(self) -> None:
        """Raise `LeaseLost` for the task that is in it, when another may be by now."""
        if self._within is None or self._lease.held or self._within is not asyncio.current_task():
            return
        raise LeaseLost(
            f"this server stood still, or was without its store, for {SECONDS:g} s while it was to "
            f"be the only one that moves the clock of workspace {self._lease.workspace}, or puts "
            "another world there; another server may do so by now. What was done until then is "
            "kept: look at the workspace, and ask again for what is missing"
        )

    async def __aenter__(self) -> None:
        await self._lock.acquire()
        try:
            while not await self._lease.claim():
                await asyncio.sleep(_PAUSE)
        except BaseException:
            self._lock.release()
            raise
        self._within = asyncio.current_task()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._within = None
        try:
            await self._lease.release()
        finally:
            self._lock.release()


def mover(leases: Leases, workspace: str) -> Turnstile:
    """For whoever moves the clock of a workspace; each copy of a workspace has one of its own."""
    return Turnstile(Lease(leases, workspace, MOVER, os.urandom(8).hex()))
