"""Tells who waits for requests, such as a scenario, that one was answered."""

from __future__ import annotations

from simulator.carriers.carrier import Carrier
from simulator.engine.extension import Observer
from simulator.engine.hub import Hub
from simulator.engine.workspace import Workspace
from simulator.engine.world import World
from simulator.http import bodies
from simulator.http.rules.rule_desk import Asking, facts_of


def tell(
    hub: Hub,
    observer: Observer,
    workspace: Workspace,
    carrier: Carrier,
    asking: Asking,
    status: int,
    body: bytes,
) -> list[str]:
    """Tell it, and run what it lets fall due; gives what the journal's reader should know."""
    facts, answer = facts_of(carrier, asking), bodies.loosely(body)

    def work(world: World) -> list[str]:
        observer.answered(world, facts=facts, status=status, answer=answer)
        return world.notes

    notes = hub.run(workspace, work)
    hub.run_due(workspace)
    return notes
