"""The branches whose scans tracking shows (inferred: the branch of the nearest seeded town)."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple, get_args

from simulator.carriers.inpost.catalog.journeys import Agency
from simulator.carriers.inpost.catalog.towns import TOWNS
from simulator.carriers.inpost.records import POINTS, Peer, Shipment
from simulator.engine.world import World

_HUB = "LOD"


class Branch(NamedTuple):
    """A branch: its code and its town."""

    agency: str
    town: str


@cache
def _branches() -> dict[str, Branch]:
    """Town code -> branch; the codes are those that the points carry as their `agency`."""
    return {
        town.code: Branch(f"IPM{number:07d}", town.name) for number, town in enumerate(TOWNS, 1)
    }


@cache
def _by_name() -> dict[str, Branch]:
    """The branches by their codes and by their towns."""
    branches = _branches().values()
    return {name: branch for branch in branches for name in (branch.agency, branch.town)}


def names() -> tuple[str, ...]:
    """All by which `branch_of` finds a branch."""
    return (*get_args(Agency), *_by_name())


def branch_of(world: World, shipment: Shipment, agency: str | None) -> Branch | None:
    """Whose scan a status is: the sender's branch, the hub, the receiver's branch, the one with
    that code or in that town, or nobody's."""
    if agency is None:
        return None
    if agency == "hub":
        return _branches()[_HUB]
    if agency == "source":
        return _near(world, shipment.dropoff_point, shipment.sender)
    if agency == "target":
        return _near(world, shipment.target_point, shipment.receiver or shipment.sender)
    return _by_name()[agency]


def _near(world: World, point_name: str | None, peer: Peer) -> Branch:
    point = world[POINTS].get(point_name) if point_name else None
    city = point.city if point else peer.address.city if peer.address else None
    post_code = (point.post_code if point else peer.address and peer.address.post_code) or ""
    for town in TOWNS:
        if town.name == city:
            return _branches()[town.code]
    # Post codes that share more digits lie closer together.
    for digits in (2, 1):
        for town in TOWNS:
            if post_code.startswith(town.post_prefix[:digits]):
                return _branches()[town.code]
    return _branches()[_HUB]
