"""Exchanges in the journal of a workspace, wherever that is kept."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING

from simulator.engine.journal import Entry
from simulator.engine.workspace import Workspace

if TYPE_CHECKING:
    from simulator.engine.hub import Hub


def next_id(hub: Hub, workspace: Workspace) -> str:
    """The id of the next exchange in a workspace."""
    keeping = hub.keeping
    return workspace.journal.next_id(None if keeping is None else keeping.number(workspace))


def note(hub: Hub, workspace: Workspace, entry: Entry, *, sure: bool) -> Awaitable[None] | None:
    """Let an exchange stand in the journal; gives what returns when it is kept with what was done
    just now, None where nobody has to wait. One that is `sure` stands there also when that is
    undone. What is waited for raises `Outrun` and `StoreFailure`."""
    keeping = hub.keeping
    if keeping is None:
        workspace.journal.add(entry)
        return None
    keeping.note(workspace, entry, sure=sure)
    return keeping.noted(workspace) if sure else keeping.kept(workspace)
