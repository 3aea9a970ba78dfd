"""Absolute URLs that lead back to the simulator, into the same world."""

from __future__ import annotations

from simulator.engine.world import World


def absolute(world: World, step: str, path: str) -> str:
    """The URL of `path` for somebody who has nothing but this URL; `step` is the carrier's prefix.

    A workspace that was chosen by a header or a credential is put into the URL, since nobody sends
    those along who follows a link.
    """
    base = world.request.base_url
    place = f"/w/{world.workspace}"
    if world.workspace == "default" or f"{place}/" in f"{base}/":
        return f"{base}{path}"
    taken = step if base.endswith(step) else ""
    return f"{base.removesuffix(step)}{place}{taken}{path}"
