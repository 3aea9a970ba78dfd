"""All workspaces of this process: makes them, runs transactions and due jobs in them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from simulator.core.clock import Clock
from simulator.core.tables import Change, Loan, State, Unbuilt
from simulator.engine.backends.backend import Backend, Behind, Conflict
from simulator.engine.backends.rows import Rows
from simulator.engine.bounds import DEFAULT, Dropped, HubOptions, TooManyWorkspaces, check_name
from simulator.engine.disposal import Disposal
from simulator.engine.extension import Extension, Observer
from simulator.engine.jobs import resuming
from simulator.engine.jobs.batch import Batch, set_clock
from simulator.engine.jobs.runner import Runner
from simulator.engine.journal import Journal
from simulator.engine.lifetime.default_worlds import DefaultWorlds
from simulator.engine.lifetime.idleness import Idleness
from simulator.engine.lifetime.pressing import Pressing
from simulator.engine.records import (
    ENGINE_TABLES,
    FRAME,
    QUIRKS,
    RULES,
    Frame,
    Profile,
    Rule,
)
from simulator.engine.rules.definitions import RuleDefinition
from simulator.engine.rules.holds import Steps, release
from simulator.engine.workspace import DueJobs, Workspace
from simulator.engine.world import NO_REQUEST, Request, World

if TYPE_CHECKING:
    from simulator.engine.keeping.keeping import Keeping

_SETTINGS = {FRAME.name, QUIRKS.name, RULES.name}
"""Tables from which a workspace has worked something out."""

T = TypeVar("T")
Heap = DueJobs | None


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
        self.take_over: Callable[[Workspace], Awaitable[None]] | None = None
        self.inspect: Callable[[World], None] | None = None
        self.rehearses = False
        self.keeping: Keeping | None = None
        self.steps = Steps(extensions)
        self.jobs = Runner(self)
        self._workspaces: dict[str, Workspace] = {}
        self._disposal = Disposal()
        self._pressing = Pressing()
        self.idleness = Idleness(self._workspaces, self._let_go, options.idle_seconds)
        self.default_worlds = DefaultWorlds(self.extensions, self.table_specs, self.quirk_defaults)

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
            self._check_bound(name)
            state = self.fresh_state()
            version = self.backend.replace(name, Rows(state.rows()))
        else:
            version, changes = kept
            state = State(self.table_specs)
            state.apply(changes)
        return self.adopt(name, state, version)

    def _check_bound(self, name: str) -> None:
        """Raise `TooManyWorkspaces` where none can go for this one; the default one always can be
        made."""
        count = len(self._workspaces)
        if name != DEFAULT and count >= self.options.workspaces and not self.idleness.make_room():
            raise TooManyWorkspaces(
                f"there are {count} workspaces already, which is the bound: DELETE some under "
                "/_sim/workspaces, or start with a higher --workspaces-max"
            )

    def adopt(self, name: str, state: State, version: int, due: Heap = None) -> Workspace:
        """Take `state` for the working copy of the workspace `name` in this `version`."""
        journal = self._journal(name)
        workspace = Workspace(name, state, version, self.quirk_defaults, journal, self.steps, due)
        self._workspaces[name] = workspace
        if self.keeping is not None:
            workspace.moving = self.keeping.mover(name)
        return workspace

    def _journal(self, name: str) -> Journal:
        options = self.options
        return Journal(name, options.journal_entries, options.journal_bytes, self._pressing.ask)

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
        self, seed: int | None = None, profile: Profile | None = None, clock: Clock | None = None
    ) -> State:
        """The default world as a state of its own, with the hub's defaults where not given."""
        options = self.options
        seed = options.seed if seed is None else seed
        clock = clock or options.clock or Clock.real()
        frame = Frame("frame", clock, seed, profile or options.profile)
        return self.default_worlds.begun(frame, self.first_rules)

    # Replacing and forgetting

    def replace(
        self, workspace: Workspace, state: State, draft: Rows | None = None, due: Heap = None
    ) -> None:
        """Let the workspace begin again with `state`, of which there may be the rows in a `draft`
        and a heap of jobs; journal and events are forgotten. Raises `Dropped` when it is gone."""
        self.catch_up(workspace)
        state.commit()
        resuming.resume(state, draft, due)
        self.jobs.disarm(workspace)
        self._disposal.take(workspace.release())
        rows = Rows(state.rows()) if draft is None else draft
        workspace.version = self.backend.replace(workspace.name, rows)
        workspace.begin(state, due)
        if self.keeping is not None:
            self.keeping.begins(workspace)
        self.jobs.arm(workspace)

    def drop(self, name: str) -> bool:
        """Forget the workspace `name`; tells whether there was one."""
        existed = self.backend.version(name) is not None
        if existed:
            self.backend.drop(name)
        self.lose(name)
        return existed

    def _let_go(self, name: str) -> None:
        """Let an idle workspace go; where there is a store, only its copy here."""
        if self.keeping is None:
            self.drop(name)
        elif self.keeping.mirror.forget(name):
            self.lose(name)

    def lose(self, name: str) -> None:
        """Let go of the working copy of a workspace."""
        workspace = self._workspaces.pop(name, None)
        if workspace is not None:
            self.jobs.disarm(workspace)
            self._disposal.take(workspace.release())
            workspace.end()

    # Transactions

    def run(
        self,
        workspace: Workspace,
        work: Callable[[World], T],
        request: Request = NO_REQUEST,
        now: datetime | None = None,
        *,
        first: Callable[[], Callable[[World], object] | None] | None = None,
        patient: bool = False,
    ) -> T:
        """Run `work` as one transaction: all of its changes are kept, or, when it raises, none.

        `work` may run more than once when another process was faster; it must do no I/O. With
        `first` the jobs that are due come before it, and then the transaction that `first` gives,
        if any. They are kept together with `work`, and without it when it raises. Work that is
        `patient` raises `Unbuilt` for a view that is to be built, and `MoreDue` where the jobs take
        long, and runs again with `first`: only the jobs are kept then.
        """
        while True:
            self.catch_up(workspace)
            batch = Batch() if first is None else self.jobs.begin(workspace, patient=patient)
            failure: BaseException | None = None
            mark, ran = workspace.state.mark, len(batch.worlds)
            try:
                before = None if first is None else first()
                instant = workspace.now() if now is None else now
                if before is not None:
                    self.attempt(workspace, batch, before, request, instant)
                result = self.attempt(workspace, batch, work, request, instant, patient)
            except Unbuilt as lack:
                workspace.state.rollback(mark)
                del batch.worlds[ran:]
                failure = lack
            except BaseException as error:
                failure = error
            if not self.keep(workspace, batch):
                continue
            if failure is not None:
                raise failure
            return result

    def attempt(
        self,
        workspace: Workspace,
        batch: Batch,
        work: Callable[[World], T],
        request: Request,
        now: datetime,
        patient: bool = False,
    ) -> T:
        """Run `work` on top of what `batch` holds, which keeps it with the rest; when it raises,
        only what it changed itself is undone."""
        state = workspace.state
        mark = state.mark
        world = workspace.open(request, now)
        if batch.worlds:
            world.go_on_from(batch.worlds[-1])
        try:
            result = state.patiently(partial(work, world)) if patient else work(world)
            self.finish(world)
        except BaseException:
            state.rollback(mark)
            raise
        workspace.schedule(world.new_jobs)
        batch.worlds.append(world)
        return result

    def finish(self, world: World) -> None:
        """Do what belongs to each transaction once its work is done."""
        if world.emitted and self.observer is not None:
            self.observer.happened(world)
        if self.inspect is not None:
            self.inspect(world)

    def keep(self, workspace: Workspace, batch: Batch) -> bool:
        """Commit what the batch did; False, and all of it undone, if another process was faster."""
        state = workspace.state
        if batch.worlds:
            batch.worlds[-1].close()
        if not state.changed:
            self.follow(workspace, batch)
            return True
        changes = state.changes()
        try:
            version = self.backend.commit(workspace.name, workspace.version, changes)
        except Conflict:
            state.rollback()
            return False
        workspace.version = version
        state.commit()
        self._follow_up(workspace, batch, changes)
        return True

    def keep_apart(self, workspace: Workspace, world: World, loan: Loan, version: int) -> bool:
        """Commit what a world did with what was lent of this version, in place of the state as it
        is; False, and none of it is there, if another transaction was faster."""
        changes = loan.changes
        touched = loan.touched(_SETTINGS)
        try:
            if changes:
                workspace.version = self.backend.commit(workspace.name, version, changes)
        except Conflict:
            loan.take_back()
            return False
        self._disposal.take([*loan.take_over()])
        workspace.schedule(world.new_jobs)
        batch = Batch()
        batch.worlds.append(world)
        self._follow_up(workspace, batch, changes if touched else ())
        return True

    def has(self, workspace: Workspace) -> bool:
        """Whether this is the workspace that its name stands for."""
        return self._workspaces.get(workspace.name) is workspace

    def catch_up(self, workspace: Workspace) -> None:
        """Take over what other processes changed. Raises Dropped when the workspace is gone, and
        LeaseLost for a task that was to be the only one that moves its clock, and is not."""
        version = self.backend.version(workspace.name)
        if version is None or not self.has(workspace):
            raise Dropped(f"workspace {workspace.name} was deleted meanwhile")
        if self.keeping is not None:
            self.keeping.check(workspace)
        if workspace.version != version:
            self._catch_up(workspace)

    def _follow_up(self, workspace: Workspace, batch: Batch, changes: Sequence[Change]) -> None:
        tables = {change[0] for change in changes}
        timed = FRAME.name in tables
        if timed:
            workspace.reframe()
        elif QUIRKS.name in tables:
            workspace.merge_quirks()
        gone: list[int] = []
        if RULES.name in tables:
            rules = [(key, rule) for table, key, rule in changes if table == RULES.name]
            gone = [int(key) for key, rule in rules if rule is None]
            # A rule that was asked only counts; one that is new or gone changes the order.
            if not all(isinstance(rule, Rule) and rule.seen for _, rule in rules):
                workspace.order_rules()
        for world in batch.worlds:
            timed |= bool(world.new_jobs)
        workspace.bell.ring()
        self.follow(workspace, batch)
        if timed:
            self.jobs.arm(workspace)
        if gone:
            # Whoever takes a rule away: what it held happens now.
            self.run(workspace, partial(release, gone))

    def follow(self, workspace: Workspace, batch: Batch) -> None:
        """Let everybody hear what a batch told, and its webhooks leave, as soon as it is kept."""
        if self.keeping is not None:
            self.keeping.follow(workspace, batch)
            return
        for world in batch.worlds:
            if world.emitted:
                workspace.absorb(world)
        self.jobs.deliver(workspace, batch)

    def set_clock(self, workspace: Workspace, clock: Clock) -> None:
        """Give the workspace another clock. Jobs that are now due run with the next request."""
        self.run(workspace, partial(set_clock, clock))

    # Jobs

    def run_due(self, workspace: Workspace) -> list[asyncio.Future[None]]:
        """Run every job that is due, each at its own instant; gives the deliveries that began."""
        return self.jobs.run_due(workspace)

    def run_due_for(
        self, workspace: Workspace, seconds: float
    ) -> tuple[list[asyncio.Future[None]], bool]:
        """As `run_due`, but begin none after so many seconds; tells whether more is due, too."""
        return self.jobs.run_due_for(workspace, seconds)

    def stop_listening(self) -> None:
        """Tell everybody who listens or waits that there will be no more."""
        for workspace in self._workspaces.values():
            workspace.end()

    def close(self) -> None:
        """Stop the timers of all workspaces."""
        self.idleness.stop()
        for workspace in self._workspaces.values():
            self.jobs.disarm(workspace)
