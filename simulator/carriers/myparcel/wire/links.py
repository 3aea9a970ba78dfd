"""Absolute URLs that lead back to the simulator, into the same world."""

from __future__ import annotations

from simulator.carriers import links
from simulator.engine.world import World


def absolute(world: World, path: str) -> str:
    """The URL of `path` for somebody who has nothing but this URL."""
    return links.absolute(world, "/myparcel", path)
