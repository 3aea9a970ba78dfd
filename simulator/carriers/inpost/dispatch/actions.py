"""What the world does to dispatch orders and places of collection."""

from __future__ import annotations

from typing import Any

import msgspec

from simulator.carriers.carrier import Action, BadAction
from simulator.carriers.inpost.dispatch import progress as dispatch_progress
from simulator.carriers.inpost.dispatch.views import show_order, show_point
from simulator.carriers.inpost.records import (
    DISPATCH_ORDERS,
    DISPATCH_POINTS,
    ORGANIZATIONS,
    Address,
    DispatchOrderStatus,
    DispatchPoint,
    DispatchPointStatus,
)
from simulator.carriers.inpost.wire import credentials
from simulator.engine.world import World

_FIRST_ADDED_POINT = 100_001
"""Above the numbers of the places that organizations begin with."""


class MoveDispatchOrder(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`dispatch_order` is its id, `to` the status that it gets; a rejection may give its `reason`,
    which the order shows in ``errors.details``."""

    dispatch_order: int | str
    to: DispatchOrderStatus
    reason: str | None = None


class AddDispatchPoint(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`organization` is its id; what is not given is taken from the organization."""

    organization: int
    name: str
    office_hours: str = "8:00-16:00"
    phone: str | None = None
    email: str | None = None
    comments: str | None = None
    street: str | None = None
    building_number: str | None = None
    city: str | None = None
    post_code: str | None = None
    country_code: str | None = None
    status: DispatchPointStatus = "active"


def move_dispatch_order(world: World, arguments: MoveDispatchOrder) -> Any:
    """Give a dispatch order a status that may follow its present one."""
    wanted = credentials.number(str(arguments.dispatch_order))
    order = None if wanted is None else world[DISPATCH_ORDERS].get(wanted)
    if order is None:
        known = ", ".join(str(order.id) for order in world[DISPATCH_ORDERS]) or "none"
        raise BadAction(
            f"There is no dispatch order {arguments.dispatch_order}; there are: {known}."
        )
    possible = dispatch_progress.TRANSITIONS[order.status]
    if arguments.to not in possible:
        following = f"possible are {', '.join(possible)}" if possible else "that status is final"
        raise BadAction(
            f"Dispatch order {order.id} is {order.status} and cannot become {arguments.to}; "
            f"{following}."
        )
    if arguments.reason is not None and arguments.to != "rejected":
        raise BadAction(f"Only a rejection has a reason; {arguments.to} takes none.")
    moved = dispatch_progress.move(world, order, arguments.to, arguments.reason)
    return show_order(world, moved)


def add_dispatch_point(world: World, arguments: AddDispatchPoint) -> Any:
    """Save a place of collection for an organization."""
    organization = world[ORGANIZATIONS].get(arguments.organization)
    if organization is None:
        known = ", ".join(str(organization.id) for organization in world[ORGANIZATIONS])
        raise BadAction(f"There is no organization {arguments.organization}; there are: {known}.")
    number = world.next_number("inpost.dispatch_points", _FIRST_ADDED_POINT)
    own = organization.address
    address = Address(
        id=world.next_number("inpost.addresses", 31_500_001),
        street=arguments.street or own.street,
        building_number=arguments.building_number or own.building_number,
        city=arguments.city or own.city,
        post_code=arguments.post_code or own.post_code,
        country_code=arguments.country_code or own.country_code,
    )
    point = DispatchPoint(
        id=number,
        organization_id=organization.id,
        name=arguments.name,
        office_hours=arguments.office_hours,
        phone=arguments.phone or organization.contact_person.phone,
        email=arguments.email or organization.contact_person.email,
        comments=arguments.comments,
        address=address,
        status=arguments.status,
    )
    return show_point(world, world[DISPATCH_POINTS].put(point))


ACTIONS = (
    Action(
        "move_dispatch_order",
        "Move a dispatch order to another status",
        MoveDispatchOrder,
        move_dispatch_order,
    ),
    Action(
        "add_dispatch_point",
        "Save a place of collection for an organization",
        AddDispatchPoint,
        add_dispatch_point,
    ),
)
