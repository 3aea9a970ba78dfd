"""A transaction that makes much is done apart: by a thread, on a copy of the workspace.

Making thousands of shipments takes seconds. Meanwhile everybody else is answered, since the thread
only takes turns with the event loop; and the work itself, such as a carrier's handler, need not
know of it. Why it is right:

* Isolated: the work has the records as they were when it began (`Loan`), and nobody else has those
  that it makes. What it finds otherwise, such as quirks and rules, is replaced and never changed.
* All or nothing: what it changed is committed at once, against the version of the workspace that it
  began with. When the workspace has another version by then, nothing of it is kept and it runs
  again, as when another process is faster (`Hub.run`). When it raises, there is nothing to undo.
* In order: it is as if it had happened at the instant of its commit. Jobs that were due before are
  kept before, as in `Hub.run`; requests, timers and webhooks of the same workspace wait for it
  (`Workspace.settled`), so that it seldom runs again; what does not wait finds the workspace as it
  was before. After a few vain tries it is done in one go, while everybody waits.
* In the same life: when the workspace was deleted or began again meanwhile, nothing of it is kept
  and `Dropped` is raised, since what was asked for was asked of another world.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from simulator.core.tables import Loan, State
from simulator.engine.bounds import Dropped
from simulator.engine.copies.beside import Beside
from simulator.engine.jobs.runner import MoreDue
from simulator.engine.workspace import Workspace
from simulator.engine.world import NO_REQUEST, Request, World

if TYPE_CHECKING:
    from simulator.engine.hub import Hub

T = TypeVar("T")
First = Callable[[], Callable[[World], object] | None]

_TRIES = 3
"""Runs of a piece of work of which each was in vain; the next one lets nobody be faster."""


_MAKING, _LOOKING = Beside("apart"), Beside("looks")


def _no_other() -> None:
    return None


def _nothing(world: World) -> None:
    """Only lets happen what comes before."""


async def run(
    hub: Hub,
    workspace: Workspace,
    work: Callable[[World], T],
    request: Request = NO_REQUEST,
    first: First = _no_other,
) -> T:
    """As `Hub.run` with `first`, while others are answered.

    Raises `Dropped` when the workspace is deleted or begins again meanwhile. `work` is called by
    another thread, and may be called more than once.
    """
    generation = workspace.generation
    with workspace.visited():
        async with workspace.apart:
            for _ in range(_TRIES):
                await _before(hub, workspace, request, first)
                _check(workspace, generation)
                first = _no_other
                version, loan = workspace.version, Loan(workspace.state)
                world = workspace.open(request, workspace.now(), loan.twin)
                done = await _MAKING.do(partial(_attempt, hub, loan, world, work))
                _check(workspace, generation)
                hub.catch_up(workspace)
                if isinstance(done, _Failure):
                    loan.take_back()
                    raise done.error
                if hub.keep_apart(workspace, world, loan, version):
                    return done
            return hub.run(workspace, work, request, first=first)


async def _before(hub: Hub, workspace: Workspace, request: Request, first: First) -> None:
    """Let happen and keep what comes before."""
    while True:
        try:
            return hub.run(workspace, _nothing, request, first=first, patient=True)
        except MoreDue:
            await asyncio.sleep(0)


def _check(workspace: Workspace, generation: int) -> None:
    if workspace.generation != generation:
        raise Dropped(f"workspace {workspace.name} began again meanwhile")


async def look(state: State, ask: Callable[[State], T]) -> T:
    """What `ask` finds in the records as they are now, looked for while others are answered."""
    loan = Loan(state)
    try:
        return await _LOOKING.do(partial(ask, loan.twin))
    finally:
        loan.take_back()


class _Failure(NamedTuple):
    """What a piece of work raised; it is told only where the workspace is still the same."""

    error: BaseException


def _attempt(hub: Hub, loan: Loan, world: World, work: Callable[[World], T]) -> T | _Failure:
    """Do a piece of work on what was lent; runs in the thread."""
    try:
        result = work(world)
        hub.finish(world)
        world.close()
        loan.close()
        return result
    except BaseException as error:
        return _Failure(error)
