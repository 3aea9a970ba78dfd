"""Saved places of collection."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from simulator.carriers.inpost.dispatch.views import show_point
from simulator.carriers.inpost.records import (
    DISPATCH_POINTS,
    ORGANIZATIONS,
    DispatchPoint,
    Organization,
)
from simulator.carriers.inpost.wire import credentials, paging
from simulator.core.answers import Answer
from simulator.engine.world import World

_KEYS: Mapping[str, Callable[[DispatchPoint], Any]] = {
    "id": lambda point: point.id,
    "name": lambda point: (point.name, point.id),
    "status": lambda point: (point.status, point.id),
}

FIRST_ADDRESS = 31_400_000
"""Addresses of the places that organizations begin with are numbered from here."""


def list_dispatch_points(
    world: World,
    organization_id: str,
    page: str | None = None,
    per_page: str | None = None,
    sort_by: str | None = None,
    sort_order: str | None = None,
) -> Answer:
    """GET /v1/organizations/:org/dispatch_points."""
    organization = credentials.organization(world, organization_id)
    return paging.ordered(
        world,
        f"/v1/organizations/{organization.id}/dispatch_points",
        world[DISPATCH_POINTS].where("organization_id", organization.id),
        show_point,
        _KEYS,
        page=page,
        per_page=per_page,
        sort_by=sort_by,
        sort_order=sort_order,
    )


def get_dispatch_point(world: World, dispatch_point_id: str) -> Answer:
    """GET /v1/dispatch_points/:id. 404 for unknown ones and for other organizations'."""
    point = credentials.owned(world, DISPATCH_POINTS, dispatch_point_id, "dispatch point")
    return Answer(body=show_point(world, point))


def first_dispatch_point(organization: Organization) -> DispatchPoint:
    """The place that an organization begins with: its own address."""
    contact = organization.contact_person
    number = organization.id * 10
    return DispatchPoint(
        id=number,
        organization_id=organization.id,
        name="Magazyn",
        office_hours="8:00-16:00",
        phone=contact.phone,
        email=contact.email,
        address=msgspec.structs.replace(organization.address, id=FIRST_ADDRESS + number),
    )


def populate_dispatch_points(world: World) -> None:
    """Give every organization of the world its first place of collection."""
    for organization in world[ORGANIZATIONS]:
        world[DISPATCH_POINTS].put(first_dispatch_point(organization))
