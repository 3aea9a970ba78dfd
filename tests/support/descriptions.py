"""The descriptions that are served: one for each edition of each API, and where it answers."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import yaml

from simulator.carriers import registry
from simulator.http.described.overlays import applied
from simulator.resources import overlay_path, spec_names, spec_path


class Served(NamedTuple):
    """A description: its API, its edition, and the path under which it answers alone."""

    api: str
    edition: str | None
    server: str


def _served() -> dict[str, Served]:
    found = {}
    for name in spec_names():
        if name == "control":
            found[name] = Served(name, None, "_sim")
            continue
        [carrier] = registry.load([name])
        editions = carrier.editions
        for edition in editions.names:
            usual = edition == editions.served
            title = name if usual else f"{name} {edition}"
            found[title] = Served(name, edition, editions.servers.get(edition, name))
    return found


SERVED = _served()
"""By name; an edition that is not served by default has its own name behind that of the API."""


@cache
def description(name: str) -> dict[str, Any]:
    """A description as it is written, its overlay laid over it."""
    served = SERVED[name]
    written: dict[str, Any] = yaml.load(spec_path(served.api).read_bytes(), yaml.CSafeLoader)
    if served.edition is None or not overlay_path(served.api, served.edition).exists():
        return written
    overlay = overlay_path(served.api, served.edition).read_bytes()
    return applied(written, yaml.load(overlay, yaml.CSafeLoader))
