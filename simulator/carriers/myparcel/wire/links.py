"""Absolute URLs that lead back to the simulator, into the same world."""

from __future__ import annotations

from simulator.engine.world import World

_STEP = "/myparcel"


def absolute(world: World, path: str) -> str:
    """The URL of `path` for somebody who has nothing but this URL.

    A workspace that was chosen by a header or a credential is put into the URL, since nobody sends
    those along who follows a link.
    """
    base = world.request.base_url
    place = f"/w/{world.workspace}"
    if world.workspace == "default" or f"{place}/" in f"{base}/":
        return f"{base}{path}"
    step = _STEP if base.endswith(_STEP) else ""
    return f"{base.removesuffix(_STEP)}{place}{step}{path}"
