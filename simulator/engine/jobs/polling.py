"""A clock that stands until somebody polls, and then goes on to what happens next.

Clients that wait for a carrier ask again and again. Under an eager clock each of these questions
brings the next thing that happens by itself, so that a client polls a few times and never waits.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from simulator.engine.workspace import Workspace

if TYPE_CHECKING:
    from simulator.engine.hub import Hub

WITHIN = timedelta(minutes=1)
"""How far a question may bring it: offers that grow old within five minutes, or a parcel that is on
its way for days, are nothing that a client polls for between two steps of its own."""


def go_on(hub: Hub, workspace: Workspace) -> None:
    """Let an eager clock show the instant of the next job, if it is near."""
    if workspace.clock.mode != "eager" or workspace.moving.locked():
        return
    job, now = workspace.next_job(), workspace.now()
    if job is not None and now < job.due <= now + WITHIN:
        hub.set_clock(workspace, workspace.clock.moved_to(job.due))
