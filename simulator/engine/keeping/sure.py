"""Doing something in a workspace and knowing that it is kept, wherever that is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from simulator.engine.backends.near import Outrun
from simulator.engine.workspace import Workspace

if TYPE_CHECKING:
    from simulator.engine.hub import Hub

T = TypeVar("T")


async def surely(hub: Hub, workspace: Workspace, act: Callable[[], T]) -> T:
    """Do something that is one or more transactions, and return when it is kept; it is done again
    when another process was faster. It must not wait in between. Raises `StoreFailure`, after which
    it is undone, and whatever `act` raises."""
    if hub.keeping is None:
        return act()
    while True:
        raised: Exception | None = None
        try:
            result = act()
        except Exception as error:
            raised = error
        if not await holds(hub, workspace):
            continue
        if raised is not None:
            raise raised
        return result


async def holds(hub: Hub, workspace: Workspace) -> bool:
    """Whether what was done just now is kept; False where it is undone, since another process was
    faster. Raises `StoreFailure`."""
    if hub.keeping is not None:
        try:
            await hub.keeping.kept(workspace)
        except Outrun:
            return False
    return True


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
        raised: Exception | None = None
        try:
            result = await tell()
        except Exception as error:
            raised = error
        if not decided:
            try:
                await keeping.mirror.kept(name)
            except Outrun:
                continue
        if raised is not None:
            raise raised
        return result


async def fresh(hub: Hub, name: str) -> None:
    """Have a working copy of the workspace, if there is one, in which all is that anybody was told
    of. Raises `StoreFailure`."""
    if hub.keeping is not None:
        await hub.keeping.fresh(name)
