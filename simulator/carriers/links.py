"""Absolute URLs that lead back to the simulator, into the same world."""

from __future__ import annotations

from simulator.engine.world import World


def absolute(world: World, path: str) -> str:
    """The URL of `path` for somebody who has nothing but this URL.

    A workspace that was chosen by a header or a credential is put into the URL, since nobody sends
    those along who follows a link.
    """
    base, step = world.request.base_url, world.request.carrier_step
    return f"{base.removesuffix(step)}{_missing_place(world)}{step}{path}"


def relative(world: World, path: str) -> str:
    """What of a URL belongs behind the base URL under which the caller came, with the workspace
    where that base URL does not name it: who follows it may send nothing else."""
    return f"{_missing_place(world)}{path}"


def _missing_place(world: World) -> str:
    """The workspace as a part of a path; empty where the caller's base URL leads there."""
    place = f"/w/{world.workspace}"
    named = f"{place}/" in f"{world.request.base_url}/"
    return "" if named or world.workspace == "default" else place
