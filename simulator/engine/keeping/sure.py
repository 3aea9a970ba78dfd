"""Doing something in a workspace and knowing that it is kept, wherever that is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, NoReturn, TypeVar

from simulator.engine.backends.near import Outrun
from simulator.engine.bounds import Dropped
from simulator.engine.workspace import Workspace

if TYPE_CHECKING:
    from simulator.engine.hub import Hub
    from simulator.engine.keeping.keeping import Keeping

T = TypeVar("T")


async def surely(hub: Hub, workspace: Workspace, act: Callable[[], T]) -> T:
    """Do something that is one or more transactions, and return when it is kept; it is done again
    when another process was faster. It must not wait in between. Raises `StoreFailure`, after which
    it is undone, and whatever `act` raises."""
    if hub.keeping is None:
        return act()
    while True:
        outcome = await _outcome(partial(_at_once, act))
        if await holds(hub, workspace):
            return outcome()


async def begun(hub: Hub, workspace: Workspace) -> None:
    """Return when it is kept that a workspace began again just now, whatever other processes did in
    it. Raises `Dropped` where one of them deleted it, and `StoreFailure`."""
    if not await holds(hub, workspace):
        raise Dropped(f"workspace {workspace.name} was deleted meanwhile")


async def take_back(hub: Hub, workspace: Workspace) -> None:
    """Let a workspace be gone, unless another process did something in it that is not seen here.
    Raises `StoreFailure`."""
    if hub.keeping is None:
        hub.drop(workspace.name)
    else:
        hub.lose(workspace.name)
        await hub.keeping.mirror.take_back(workspace.name)


async def told(hub: Hub, name: str, tell: Callable[[], Awaitable[T]]) -> T:
    """What `tell` gives of a workspace in which all is that anybody was told of, and nothing that
    may still be undone; it is asked again where something was. Raises `StoreFailure`, and whatever
    `tell` raises."""
    keeping = hub.keeping
    if keeping is None:
        return await tell()
    while True:
        await keeping.fresh(name)
        decided = keeping.mirror.is_decided(name)
        outcome = await _outcome(tell)
        if decided or await _is_kept(keeping, name):
            return outcome()


async def holds(hub: Hub, workspace: Workspace) -> bool:
    """Whether what was done just now is kept; False where it is undone, since another process was
    faster. Raises `StoreFailure`."""
    return hub.keeping is None or await _is_kept(hub.keeping, workspace.name)


async def fresh(hub: Hub, name: str) -> None:
    """Have a working copy of the workspace, if there is one, in which all is that anybody was told
    of. Raises `StoreFailure`."""
    if hub.keeping is not None:
        await hub.keeping.fresh(name)


async def _is_kept(keeping: Keeping, name: str) -> bool:
    try:
        await keeping.mirror.kept(name)
    except Outrun:
        return False
    return True


async def _at_once(act: Callable[[], T]) -> T:
    return act()


async def _outcome(tell: Callable[[], Awaitable[T]]) -> Callable[[], T]:
    """What gives, or raises, what `tell` gave or raised, once that is known to be kept."""
    try:
        result = await tell()
    except Exception as error:
        return partial(_raise, error)
    return lambda: result


def _raise(error: Exception) -> NoReturn:
    raise error
