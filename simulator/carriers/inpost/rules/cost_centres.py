"""Cost centres (MPK), which an organization knows by their names."""

from __future__ import annotations

from simulator.carriers.inpost.records import MPKS, Mpk
from simulator.engine.world import World


def find(world: World, organization_id: int, name: str) -> Mpk | None:
    """The organization's cost centre of this name."""
    rows = world[MPKS].where("organization_id", organization_id)
    return next((row for row in rows if row.name == name), None)
