"""Waiting for what happens in a workspace, in whichever process it does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from simulator.engine.backends.store import StoreFailure
from simulator.engine.workspace import Workspace

if TYPE_CHECKING:
    from simulator.engine.hub import Hub
    from simulator.engine.keeping.keeping import Keeping

_LOOK = 0.1
"""Seconds between two looks for what other processes did."""


@asynccontextmanager
async def listening(hub: Hub, workspace: Workspace) -> AsyncIterator[None]:
    """While somebody waits for what happens in a workspace, by its bell or as one of its
    listeners: what other processes do there is heard within a moment."""
    if hub.keeping is None:
        yield
        return
    looking = asyncio.get_running_loop().create_task(_look(hub, hub.keeping, workspace))
    try:
        yield
    finally:
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)


async def _look(hub: Hub, keeping: Keeping, workspace: Workspace) -> None:
    mirror, name = keeping.mirror, workspace.name
    while not workspace.bell.closed:
        await asyncio.sleep(_LOOK)
        if mirror.is_sole(name) or not hub.has(workspace):
            continue
        before = mirror.version(name)
        # While the store fails nothing happens anywhere.
        with suppress(StoreFailure):
            await keeping.fresh(name)
        if mirror.version(name) != before:
            workspace.bell.ring()
