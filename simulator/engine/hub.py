"""All workspaces of this process: makes them, runs transactions and due jobs in them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

import msgspec
import structlog

from simulator.core.chance import Chance
from simulator.core.clock import Clock
from simulator.core.tables import Change, State
from simulator.engine import jobs
from simulator.engine.backends.backend import Backend, Behind, Conflict, everything
from simulator.engine.bounds import (
    DEFAULT,
    Dropped,
    HubOptions,
    TooManyWorkspaces,
    check_name,
)
from simulator.engine.disposal import Disposal
from simulator.engine.extension import Extension, JobHandler, JobRefused, Observer
from simulator.engine.journal import Journal
from simulator.engine.records import (
    ENGINE_TABLES,
    FRAME,
    QUIRKS,
    RULES,
    Frame,
    Job,
    Profile,
    Rule,
)
from simulator.engine.rules import definitions
from simulator.engine.rules.definitions import RuleDefinition
from simulator.engine.rules.holds import Steps, release
from simulator.engine.workspace import Workspace
from simulator.engine.world import Request, Undeclared, World

T = TypeVar("T")

log = structlog.get_logger("simulator.engine")

_MOVING_PAUSE = 0.05
"""Seconds after which a timer that met a moving clock looks again."""

NO_REQUEST = Request(base_url="")


class Hub:
    """Makes, finds and forgets workspaces, and runs every transaction on them; `first_rules` are
    those with which each new workspace begins. One that `rehearses` logs nothing."""

    def __init__(
        self,
        extensions: Sequence[Extension],
        backend: Backend,
        options: HubOptions,
        observer: Observer | None = None,
    ) -> None:
        self.observer = observer
        self.options = options
        self.extensions = tuple(extensions)
        self.backend = backend
        self.table_specs = (*ENGINE_TABLES, *(t for e in extensions for t in e.tables))
        self.quirk_defaults = {
            profile: {k: v for e in extensions for k, v in e.quirk_defaults(profile).items()}
            for profile in ("observed", "documented")
        }
        self.first_rules: Sequence[RuleDefinition] = ()
        self.deliver: Callable[[Workspace, int], asyncio.Future[None]] | None = None
        self.inspect: Callable[[World], None] | None = None
        self.rehearses = False
        self._jobs: dict[str, JobHandler] = {
            f"{extension.name}.{kind}": handler
            for extension in extensions
            for kind, handler in extension.jobs.items()
        }
        self.steps = Steps(extensions)
        self._workspaces: dict[str, Workspace] = {}
        self._disposal = Disposal()
        self._templates: dict[tuple[int, str], State] = {}

    @property
    def job_kinds(self) -> set[str]:
        """The kinds of jobs that can run."""
        return {"engine.deliver", *self._jobs}

    # Finding and making

    def names(self) -> list[str]:
        """The workspaces that exist, in alphabetical order."""
        return sorted({*self.backend.names(), DEFAULT})

    def workspace(self, name: str) -> Workspace:
        """The workspace `name`, made from the default world on first use.

        Raises `BadName` and `TooManyWorkspaces`.
        """
        workspace = self._workspaces.get(name)
        if workspace is not None and workspace.version == self.backend.version(name):
            return workspace
        return self._load(name) if workspace is None else self._catch_up(workspace)

    def existing(self, name: str) -> Workspace | None:
        """The workspace `name` if it exists already, as the default one always does."""
        workspace, version = self._workspaces.get(name), self.backend.version(name)
        if workspace is not None and workspace.version == version:
            return workspace
        return None if version is None and name != DEFAULT else self.workspace(name)

    def _load(self, name: str) -> Workspace:
        check_name(name)
        kept = self.backend.load(name)
        if kept is None:
            if len(self._workspaces) >= self.options.workspaces:
                raise TooManyWorkspaces(
                    f"there are {len(self._workspaces)} workspaces already, which is the bound: "
                    "DELETE some under /_sim/workspaces, or start with a higher --workspaces-max"
                )
            state = self.fresh_state()
            version = self.backend.replace(name, everything(state))
        else:
            version, changes = kept
            state = State(self.table_specs)
            state.apply(changes)
        return self.adopt(name, state, version)

    def adopt(self, name: str, state: State, version: int) -> Workspace:
        """Take `state` for the working copy of the workspace `name` in this `version`."""
        journal = self._journal(name)
        workspace = Workspace(name, state, version, self.quirk_defaults, journal, self.steps)
        self._workspaces[name] = workspace
        return workspace

    def _journal(self, name: str) -> Journal:
        return Journal(name, self.options.journal_entries, self.options.journal_bytes)

    def _catch_up(self, workspace: Workspace) -> Workspace:
        try:
            version, missed = self.backend.changes_since(workspace.name, workspace.version)
            workspace.state.apply(missed)
        except Behind:
            kept = self.backend.load(workspace.name)
            if kept is None:
                del self._workspaces[workspace.name]
                return self._load(workspace.name)
            version, missed = kept
            workspace.state = State(self.table_specs)
            workspace.state.apply(missed)
        workspace.version = version
        workspace.derive()
        return workspace

    def fresh_state(
        self,
        seed: int | None = None,
        profile: Profile | None = None,
        clock: Clock | None = None,
    ) -> State:
        """The default world as a state of its own, with the hub's defaults where not given."""
        seed = self.options.seed if seed is None else seed
        profile = profile or self.options.profile
        template = self._templates.get((seed, profile))
        if template is None:
            template = self._populate(seed, profile)
            if len(self._templates) >= 16:
                self._templates.pop(next(iter(self._templates)))
            self._templates[seed, profile] = template
        state = template.copy()
        clock = clock or self.options.clock or Clock.real()
        state[FRAME].put(Frame("frame", clock, seed, profile))
        if self.first_rules:
            world = World("", state, clock.now(), Chance(seed), {}, NO_REQUEST)
            definitions.add_all(world, self.first_rules)
            world.close()
        state.commit()
        return state

    def _populate(self, seed: int, profile: Profile) -> State:
        state = State(self.table_specs)
        quirks = self.quirk_defaults[profile]
        epoch = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
        world = World("", state, epoch, Chance(seed), quirks, NO_REQUEST)
        for extension in self.extensions:
            extension.populate(world)
        world.close()
        state.commit()
        return state

    # Replacing and forgetting

    def replace(self, workspace: Workspace, state: State) -> None:
        """Let the workspace begin again with `state`; its journal and events are forgotten."""
        state.commit()
        self._disarm(workspace)
        self._disposal.take(*workspace.release())
        workspace.version = self.backend.replace(workspace.name, everything(state))
        workspace.state = state
        workspace.generation += 1
        workspace.derive()
        self._arm(workspace)

    def drop(self, name: str) -> bool:
        """Forget the workspace `name`; tells whether there was one."""
        existed = self.backend.version(name) is not None
        self.backend.drop(name)
        workspace = self._workspaces.pop(name, None)
        if workspace is not None:
            self._disarm(workspace)
            self._disposal.take(*workspace.release())
        return existed

    # Transactions

    def run(
        self,
        workspace: Workspace,
        work: Callable[[World], T],
        request: Request = NO_REQUEST,
        now: datetime | None = None,
    ) -> T:
        """Run `work` as one transaction: all of its changes are kept, or, when it raises, none.

        `work` may run more than once when another process was faster; it must do no I/O.
        """
        while True:
            self.catch_up(workspace)
            state = workspace.state
            world = workspace.open(request, workspace.now() if now is None else now)
            try:
                result = work(world)
                if world.emitted and self.observer is not None:
                    self.observer.happened(world)
                world.close()
                if self.inspect is not None:
                    self.inspect(world)
            except BaseException:
                state.rollback()
                raise
            if state.changed:
                changes = state.changes()
                try:
                    version = self.backend.commit(workspace.name, workspace.version, changes)
                except Conflict:
                    state.rollback()
                    continue
                workspace.version = version
                state.commit()
                self._follow_up(workspace, world, changes)
            elif world.emitted:
                workspace.absorb(world)
            return result

    def catch_up(self, workspace: Workspace) -> None:
        """Take over what other processes changed. Raises Dropped when the workspace is gone."""
        version = self.backend.version(workspace.name)
        if version is None or self._workspaces.get(workspace.name) is not workspace:
            raise Dropped(f"workspace {workspace.name} was deleted meanwhile")
        if workspace.version != version:
            self._catch_up(workspace)

    def _follow_up(self, workspace: Workspace, world: World, changes: list[Change]) -> None:
        reordered = False
        gone: list[int] = []
        for table, key, record in changes:
            if table == FRAME.name:
                workspace.reframe()
            elif table == QUIRKS.name:
                workspace.merge_quirks()
            elif table == RULES.name:
                # A rule that was asked only counts; one that is new or gone changes the order.
                reordered |= not isinstance(record, Rule) or not record.seen
                if record is None:
                    gone.append(int(key))
        if reordered:
            workspace.order_rules()
        workspace.absorb(world)
        if world.new_jobs:
            self._arm(workspace)
        if gone:
            # Whoever takes a rule away: what it held happens now.
            self.run(workspace, partial(release, gone))

    def set_clock(self, workspace: Workspace, clock: Clock) -> None:
        """Give the workspace another clock. Jobs that are now due run with the next request."""
        self.run(workspace, partial(_set_clock, clock))
        self._arm(workspace)

    # Jobs

    def run_due(self, workspace: Workspace) -> list[asyncio.Future[None]]:
        """Run every job that is due, each at its own instant and in its own transaction.

        Gives the webhook deliveries that this started, so that the caller may wait for them.
        """
        deliveries: list[asyncio.Future[None]] = []
        now = workspace.now()
        while (job := workspace.next_job()) is not None and job.due <= now:
            deliveries += self.run_job(workspace, job)
        return deliveries

    def run_job(self, workspace: Workspace, job: Job) -> list[asyncio.Future[None]]:
        """Run one job at its own instant; a job that fails is undone, logged and forgotten."""
        if job.kind == "engine.deliver":
            taken = self.run(workspace, partial(jobs.take_webhook, job), now=job.due)
            if self.deliver is None or not taken:
                return []
            webhook: int = job.arguments["webhook"]
            return [self.deliver(workspace, webhook)]
        try:
            self.run(workspace, partial(self._perform, job), now=job.due)
        except Undeclared:
            raise
        except JobRefused as error:
            if not self.rehearses:
                said = {"job": job.kind, "reason": str(error)}
                log.warning("job refused", workspace=workspace.name, **said)
            self.run(workspace, partial(self._give_up, job, error), now=job.due)
        except Exception as error:
            if not self.rehearses:
                log.exception("job failed", workspace=workspace.name, job=job.kind, **job.arguments)
            self.run(workspace, partial(self._give_up, job, error), now=job.due)
        return []

    def _perform(self, job: Job, world: World) -> None:
        if not jobs.take(job, world):
            return
        if job.held is None and world.holds is not None and world.holds.take(world, job):
            return
        handler: JobHandler | None = self._jobs[job.kind]
        if job.held is not None and job.held.then == "fail":
            handler = self.steps.failure(job.kind)
        if handler is not None:
            handler(world, **job.arguments)

    def _give_up(self, job: Job, error: Exception, world: World) -> None:
        if isinstance(error, JobRefused):
            jobs.take(job, world)
        else:
            jobs.give_up(job, world)
        if self.observer is not None:
            self.observer.failed(world, job, error)

    # Timers for clocks that run by themselves

    def _arm(self, workspace: Workspace) -> None:
        self._disarm(workspace)
        job = workspace.next_job()
        if job is None:
            return
        clock = workspace.frame.clock
        wait = 0.0 if job.due <= clock.now() else clock.wall_seconds_until(job.due)
        if wait is None:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        workspace.timer = loop.call_later(min(wait, 86_400.0), self._tick, workspace)

    @staticmethod
    def _disarm(workspace: Workspace) -> None:
        if workspace.timer is not None:
            workspace.timer.cancel()
            workspace.timer = None

    def _tick(self, workspace: Workspace) -> None:
        workspace.timer = None
        if self._workspaces.get(workspace.name) is not workspace:
            return
        if workspace.moving.locked():
            # Whoever moves the clock runs the jobs on the way, one instant after the other.
            loop = asyncio.get_running_loop()
            workspace.timer = loop.call_later(_MOVING_PAUSE, self._tick, workspace)
            return
        self.run_due(workspace)
        self._arm(workspace)

    def stop_listening(self) -> None:
        """Tell everybody who listens or waits that there will be no more."""
        for workspace in self._workspaces.values():
            for listener in tuple(workspace.listeners):
                listener.put_nowait(None)
            workspace.bell.close()

    def close(self) -> None:
        """Stop the timers of all workspaces."""
        for workspace in self._workspaces.values():
            self._disarm(workspace)


def _set_clock(clock: Clock, world: World) -> None:
    frames = world[FRAME]
    frames.put(msgspec.structs.replace(frames["frame"], clock=clock))
