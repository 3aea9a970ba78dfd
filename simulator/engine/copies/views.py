"""Views of large tables are built while others have their turn."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from simulator.core.tables import State, Unbuilt
from simulator.engine.copies.pace import Pace
from simulator.engine.workspace import Workspace

T = TypeVar("T")


async def build(workspace: Workspace, lack: Unbuilt) -> None:
    """Let a view of the workspace be built, so that whoever met `lack` can ask again.

    One after the other for each workspace: whoever comes while a view is built waits for it, and
    goes on with it when the one who built it has gone away. It ends early when the records are
    no longer those of the workspace.
    """
    generation, state = workspace.generation, workspace.state
    with workspace.visited():
        async with workspace.building:
            pace = Pace()
            for _ in lack.following.building():
                await pace.pause()
                if workspace.generation != generation or workspace.state is not state:
                    return


async def look(workspace: Workspace, ask: Callable[[State], T]) -> T:
    """What `ask` finds in the records as they are once every view is built that it needs."""
    while True:
        state = workspace.state
        try:
            return state.patiently(partial(ask, state))
        except Unbuilt as lack:
            await build(workspace, lack)
