"""Absolute URLs, as the carrier writes them."""

from __future__ import annotations

from simulator.engine.world import World


def resource(world: World, path: str) -> str:
    """The `href` of a resource: the scheme and host under which the caller reached the carrier."""
    return f"{world.request.base_url}{path}"


def plain(world: World, path: str) -> str:
    """A URL of a list, a `Link` or a `Location`, which the carrier writes with plain http.

    Observed behind its proxy; the quirk ``inpost.plain_http_links`` off keeps the caller's scheme.
    """
    base = world.request.base_url
    if base.startswith("https://") and world.quirk("inpost.plain_http_links"):
        base = f"http://{base.removeprefix('https://')}"
    return f"{base}{path}"
