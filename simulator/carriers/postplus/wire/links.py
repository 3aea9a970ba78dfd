"""Absolute URLs that lead back to the simulator, into the same world."""

from __future__ import annotations

from simulator.engine.world import World

_STEP = "/postplus"


def absolute(world: World, path: str) -> str:
    """The URL of `path` under the base URL by which the caller came.

    A workspace that was chosen by a header or by the key is put into the URL, so that it leads into
    the same world whoever fetches it.
    """
    base = world.request.base_url
    place = f"/w/{world.workspace}"
    if world.workspace == "default" or f"{place}/" in f"{base}/":
        return f"{base}{path}"
    step = _STEP if base.endswith(_STEP) else ""
    return f"{base.removesuffix(_STEP)}{place}{step}{path}"
