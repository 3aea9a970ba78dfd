"""Runs the jobs that are due: many in one commit, and each at its own instant."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import structlog

from simulator.engine.extension import JobHandler, JobRefused
from simulator.engine.jobs import taking
from simulator.engine.jobs.batch import Batch, set_clock
from simulator.engine.records import DELIVERY, FRAME, QUIRKS, RELEASE, RULES, Job
from simulator.engine.rules import holds
from simulator.engine.world import NO_REQUEST, Undeclared, World

if TYPE_CHECKING:
    from simulator.engine.hub import Hub
    from simulator.engine.workspace import Workspace

log = structlog.get_logger("simulator.engine")

_SETTINGS = {FRAME.name, QUIRKS.name, RULES.name}
"""Tables on which it hangs how the jobs after this one run."""

_MOVING_PAUSE = 0.05
"""Seconds after which a timer that met a moving clock, or work on a copy, looks again."""

_TOGETHER = 0.005
"""Seconds of the machine within which what falls due on a clock that runs may run together: who
asks meanwhile finds that it has happened, since every request lets what is due run first."""

_LONGEST_WAIT = 60.0
"""Seconds after which a timer looks again, since machines sleep."""

_TURN = 0.01
"""Seconds after which a timer that has more to do lets requests be answered."""


class MoreDue(BaseException):
    """Tells whoever can wait that more jobs are due than others should wait for.

    It is no error, and nothing is lost: who asked lets others have their turn, and asks again.
    """


class Runner:
    """Runs the due jobs of a hub's workspaces: before a request, by timers, on a moving clock."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.handlers: dict[str, JobHandler] = {
            f"{extension.name}.{kind}": handler
            for extension in hub.extensions
            for kind, handler in extension.jobs.items()
        }
        """What runs each kind of job, but for those of the engine itself."""

    @property
    def kinds(self) -> set[str]:
        """The kinds of jobs that can run."""
        return {DELIVERY, RELEASE, *self.handlers}

    def run_due(self, workspace: Workspace) -> list[asyncio.Future[None]]:
        """Run every job that is due; gives the deliveries that this started."""
        deliveries, more = self._run_due(workspace, None)
        assert not more
        return deliveries

    def run_due_for(
        self, workspace: Workspace, seconds: float
    ) -> tuple[list[asyncio.Future[None]], bool]:
        """Run jobs that are due, at least one, and begin none after so many seconds; tells the
        deliveries that this started, and whether more is due."""
        return self._run_due(workspace, time.monotonic() + seconds)

    def _run_due(
        self, workspace: Workspace, deadline: float | None
    ) -> tuple[list[asyncio.Future[None]], bool]:
        deliveries: list[asyncio.Future[None]] = []
        now = workspace.now()
        while _is_due(workspace.next_job(), now):
            self._hub.catch_up(workspace)
            batch = Batch()
            self._run(workspace, batch, now, deadline)
            if self._hub.keep(workspace, batch):
                deliveries += batch.deliveries
            if deadline is not None and time.monotonic() >= deadline:
                return deliveries, _is_due(workspace.next_job(), now)
        return deliveries, False

    def begin(self, workspace: Workspace, *, patient: bool = False) -> Batch:
        """Run every job that is due; gives the batch of those that are not kept yet.

        Raises `MoreDue` when that takes long and whoever asks is `patient`: what ran is kept.
        """
        now = workspace.now()
        batch = Batch()
        if not _is_due(workspace.next_job(), now):
            return batch
        deadline = time.monotonic() + _TURN if patient else None
        while True:
            self._run(workspace, batch, now, deadline)
            if not _is_due(workspace.next_job(), now):
                return batch
            if self._hub.keep(workspace, batch):
                batch = Batch()
            if deadline is not None and time.monotonic() >= deadline:
                raise MoreDue
            self._hub.catch_up(workspace)

    def move(
        self,
        workspace: Workspace,
        to: datetime,
        seconds: float,
        watch: Callable[[Job], None] | None = None,
        *,
        one: bool = False,
    ) -> Batch | None:
        """Run jobs that are due until `to`, and set the clock to the instant of the last of them.

        None when there is none. It ends after so many seconds, or after `one` job, and with the
        webhooks of an instant, which have to be tried before time goes on. `watch` is told every
        job before it runs.
        """
        deadline = time.monotonic() + seconds
        while _is_due(workspace.next_job(), to):
            self._hub.catch_up(workspace)
            batch = Batch()
            last = self._run(workspace, batch, to, deadline, watch, one=one, moves=True)
            if last is not None and last > workspace.now():
                clock = partial(set_clock, workspace.clock.moved_to(last))
                self._hub.attempt(workspace, batch, clock, NO_REQUEST, last)
            if self._hub.keep(workspace, batch):
                return batch
        return None

    def _run(
        self,
        workspace: Workspace,
        batch: Batch,
        to: datetime,
        deadline: float | None,
        watch: Callable[[Job], None] | None = None,
        *,
        one: bool = False,
        moves: bool = False,
    ) -> datetime | None:
        """Run due jobs into the batch until it has to be kept; gives the instant of the last."""
        last: datetime | None = None
        while (job := workspace.next_job()) is not None and job.due <= to:
            if moves and batch.webhooks and (job.kind != DELIVERY or job.due != last):
                break
            if watch is not None:
                watch(job)
            mark = workspace.state.mark
            self._perform(workspace, batch, job)
            last = job.due
            if one or workspace.state.touches(_SETTINGS, mark):
                break
            if deadline is not None and time.monotonic() >= deadline:
                break
        return last

    def run_job(self, workspace: Workspace, job: Job) -> list[asyncio.Future[None]]:
        """Run one job at its own instant, if it is still there; gives the deliveries."""
        while True:
            self._hub.catch_up(workspace)
            batch = Batch()
            self._perform(workspace, batch, job)
            if self._hub.keep(workspace, batch):
                return batch.deliveries

    def _perform(self, workspace: Workspace, batch: Batch, job: Job) -> None:
        """Run one job; one that fails is undone, logged and forgotten."""
        attempt = self._hub.attempt
        if job.kind == RELEASE:
            attempt(workspace, batch, partial(self._release, job), NO_REQUEST, job.due)
            return
        if job.kind == DELIVERY:
            take = partial(taking.take_webhook, job)
            if attempt(workspace, batch, take, NO_REQUEST, job.due):
                batch.webhooks.append(job.arguments["webhook"])
            return
        batch.jobs += 1
        try:
            attempt(workspace, batch, partial(self._handle, job), NO_REQUEST, job.due)
        except Undeclared:
            raise
        except Exception as error:
            if not self._hub.rehearses:
                self._log(workspace, job, error)
            give_up = partial(self._give_up, job, error)
            attempt(workspace, batch, give_up, NO_REQUEST, job.due)

    @staticmethod
    def _log(workspace: Workspace, job: Job, error: Exception) -> None:
        if isinstance(error, JobRefused):
            said = {"job": job.kind, "reason": str(error)}
            log.warning("job refused", workspace=workspace.name, **said)
        else:
            log.exception("job failed", workspace=workspace.name, job=job.kind, **job.arguments)

    def _handle(self, job: Job, world: World) -> None:
        if not taking.take(job, world):
            return
        if job.held is None and world.holds is not None and world.holds.take(world, job):
            return
        handler: JobHandler | None = self.handlers[job.kind]
        if job.held is not None and job.held.then == "fail":
            handler = self._hub.steps.failure(job.kind)
        if handler is not None:
            handler(world, **job.arguments)

    @staticmethod
    def _release(job: Job, world: World) -> None:
        if taking.take(job, world):
            holds.release(job.arguments["rules"], world)

    def _give_up(self, job: Job, error: Exception, world: World) -> None:
        if isinstance(error, JobRefused):
            taking.take(job, world)
        else:
            taking.give_up(job, world)
        if self._hub.observer is not None:
            self._hub.observer.failed(world, job, error)

    def deliver(self, workspace: Workspace, batch: Batch) -> None:
        """Let the webhooks of a batch that was kept leave."""
        if self._hub.deliver is not None:
            for webhook in batch.webhooks:
                batch.deliveries.append(self._hub.deliver(workspace, webhook))

    # Timers for clocks that run by themselves

    def arm(self, workspace: Workspace) -> None:
        """See to it that the job that is due first will run; a timer that comes too early looks
        again."""
        job = workspace.next_job()
        if job is None:
            return
        known = workspace.timed_for
        if known is not None and known <= job.due and workspace.timer is not None:
            return
        clock = workspace.frame.clock
        wait = clock.wall_seconds_until(job.due)
        if wait is None:
            if job.due > clock.at:
                return
            wait = 0.0
        elif wait:
            wait = max(wait, _TOGETHER)
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        when = loop.time() + min(wait, _LONGEST_WAIT)
        if workspace.timer is not None:
            if workspace.timer[0] <= when:
                return
            workspace.timer[1].cancel()
        workspace.timer = when, loop.call_at(when, self._tick, workspace)
        workspace.timed_for = job.due

    @staticmethod
    def disarm(workspace: Workspace) -> None:
        """Stop the workspace's timer."""
        if workspace.timer is not None:
            workspace.timer[1].cancel()
            workspace.timer = None

    def _tick(self, workspace: Workspace) -> None:
        workspace.timer = None
        if not self._hub.has(workspace):
            return
        if workspace.moving.locked() or workspace.apart.locked():
            # Whoever moves the clock runs the jobs on the way, one instant after the other; what
            # is done on a copy would be done in vain.
            loop = asyncio.get_running_loop()
            when = loop.time() + _MOVING_PAUSE
            workspace.timed_for = None
            workspace.timer = when, loop.call_at(when, self._tick, workspace)
            return
        self.run_due_for(workspace, _TURN)
        self.arm(workspace)


def _is_due(job: Job | None, to: datetime) -> bool:
    return job is not None and job.due <= to
