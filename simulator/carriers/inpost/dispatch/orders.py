"""Dispatch orders: courier collections of shipments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import Any

import msgspec

from simulator.carriers.inpost.bodies import views
from simulator.carriers.inpost.catalog.tariff import PICKUP_CHARGE
from simulator.carriers.inpost.dispatch import filters
from simulator.carriers.inpost.dispatch import progress as dispatch_progress
from simulator.carriers.inpost.dispatch import rules as dispatch_rules
from simulator.carriers.inpost.dispatch.views import show_order
from simulator.carriers.inpost.labels.content import service_of
from simulator.carriers.inpost.records import (
    DISPATCH_ORDERS,
    SHIPMENTS,
    Address,
    Comment,
    DispatchOrder,
    Organization,
    Shipment,
)
from simulator.carriers.inpost.wire import credentials, errors, links, ordering, paging, parsing
from simulator.core.answers import Answer, Finding, no_content
from simulator.engine.world import World

JOBS = dispatch_progress.JOBS
_NAME = "dispatch order"


def load(world: World, dispatch_order_id: str) -> DispatchOrder:
    """The order of the path. Raises 404 when there is none, or when it is somebody else's."""
    return credentials.owned(world, DISPATCH_ORDERS, dispatch_order_id, _NAME)


def load_of(world: World, organization: Organization, dispatch_order_id: str) -> DispatchOrder:
    """The order of this organization. Raises 404 when it has none with this id."""
    owner = (organization.id,)
    return credentials.owned_by(world, DISPATCH_ORDERS, dispatch_order_id, _NAME, owner)


def create_dispatch_order(
    world: World, organization_id: str, body: Any, findings: list[Finding]
) -> Answer:
    """POST /v1/organizations/:org/dispatch_orders: the order; its shipments belong to it now."""
    organization = credentials.organization(world, organization_id)
    wish = parsing.form(body)
    point, mine = dispatch_rules.point_of(world, organization, wish)
    mine += dispatch_rules.check_contact(wish)
    mine += dispatch_rules.check_place(wish)
    address = parsing.form(wish.get("address"))
    if address:
        mine += dispatch_rules.check_address(address)
    elif point is None and wish.get("dispatch_point_id") is None:
        told = "is required unless dispatch_point_id names a saved place"
        mine.append(Finding(("address",), "required", told))
    judged = dispatch_rules.judge(world, organization, wish.get("shipments") or ())
    mine += [
        Finding(("shipments", id), key, dispatch_rules.in_words(world, id, key))
        for id, keys in judged.refused.items()
        for key in keys
    ]
    if findings or mine:
        raise errors.invalid([*findings, *mine])
    dispatch_rules.require_contract(organization, judged.collectable)
    number = world.next_number("inpost.dispatch_orders", 880_001)
    order = DispatchOrder(
        id=number,
        organization_id=organization.id,
        status="new",
        address=_address(world, address) if point is None else point.address,
        shipment_ids=tuple(shipment.id for shipment in judged.collectable),
        comments=_first_comment(world, wish),
        name=wish.get("name"),
        phone=parsing.text(wish.get("phone")) or (point.phone if point else None),
        email=wish.get("email") or (point.email if point else None),
        office_hours=wish.get("office_hours") or (point.office_hours if point else None),
        dispatch_point_id=point.id if point else None,
        created_at=world.now,
        updated_at=world.now,
    )
    for shipment in judged.collectable:
        world[SHIPMENTS].put(
            msgspec.structs.replace(shipment, dispatch_order_id=number, updated_at=world.now)
        )
    order = dispatch_progress.arrange(world, order)
    world.emit("inpost.dispatch_order_created", dispatch_order_id=number)
    return Answer(
        status=201,
        body=show_order(world, order),
        headers={"Location": links.plain(world, f"/v1/dispatch_orders/{number}")},
    )


def list_dispatch_orders(
    world: World,
    organization_id: str,
    page: str | None = None,
    per_page: str | None = None,
    sort_by: str | None = None,
    sort_order: str | None = None,
) -> Answer:
    """GET /v1/organizations/:org/dispatch_orders: one page of those that pass every filter."""
    organization = credentials.organization(world, organization_id)
    given, wanted = filters.read(world.request.query)
    known = sort_by in filters.ORDERS or sort_by == filters.BY_TRACKING_NUMBER
    by = sort_by if sort_by is not None and known else next(iter(filters.ORDERS))
    direction = ordering.direction(sort_order)
    return paging.answer(
        world,
        f"/v1/organizations/{organization.id}/dispatch_orders",
        ordering.directed(filters.select(world, organization, wanted, by), direction),
        partial(show_order, world),
        query={**given, "sort_by": by, "sort_order": direction},
        page=page,
        per_page=per_page,
        default_per_page=int(world.quirk("inpost.default_per_page")),
    )


def get_dispatch_order(world: World, dispatch_order_id: str) -> Answer:
    """GET /v1/dispatch_orders/:id."""
    order = load(world, dispatch_order_id)
    world.note_held(dispatch_order_id=order.id)
    return Answer(body=show_order(world, order))


def delete_dispatch_order(world: World, dispatch_order_id: str) -> Answer:
    """DELETE /v1/dispatch_orders/:id: calls it off, which frees its shipments."""
    order = load(world, dispatch_order_id)
    if order.status not in dispatch_progress.DELETABLE:
        raise errors.invalid_dispatch_order_action(
            "delete", order.id, order.status, sorted(dispatch_progress.DELETABLE)
        )
    dispatch_progress.move(world, order, "canceled")
    return no_content()


def calculate_dispatch_order(
    world: World, organization_id: str, body: Any, findings: list[Finding]
) -> Answer:
    """POST /v1/organizations/:org/dispatch_orders/calculate: what a collection would cost.

    Shipments that cannot be collected are counted and explained, they refuse nothing.
    """
    organization = credentials.organization(world, organization_id)
    if organization.account != "prepaid":
        raise errors.prepaid_only()
    wish = parsing.form(body)
    _, mine = dispatch_rules.point_of(world, organization, wish)
    mine += dispatch_rules.check_place(wish)
    if wish.get("address"):
        mine += dispatch_rules.check_address(wish["address"])
    if findings or mine:
        raise errors.invalid([*findings, *mine])
    judged = dispatch_rules.judge(world, organization, wish["shipments"])
    dispatch_rules.require_contract(organization, judged.collectable)
    kinds = Counter(_kind(shipment) for shipment in judged.collectable)
    show_id = views.ident(world)
    return Answer(
        body={
            "total_success_count": len(judged.collectable),
            "total_error_count": len(judged.refused),
            "total_price": {
                "amount": len(judged.collectable) * PICKUP_CHARGE / 100,
                "currency": "PLN",
            },
            "price_list": {
                kind: {
                    "count": count,
                    "price": count * PICKUP_CHARGE / 100,
                    "shipments": [
                        show_id(shipment.id)
                        for shipment in judged.collectable
                        if _kind(shipment) == kind
                    ],
                }
                for kind, count in kinds.items()
            },
            "invalid_shipments": judged.refused,
        }
    )


def _kind(shipment: Shipment) -> str:
    """The line of the price list that a shipment counts under."""
    service = service_of(shipment)
    if "allegro" in service.id:
        return "allegro"
    return "locker" if service.kind == "locker" else "courier"


def _address(world: World, address: Mapping[str, Any]) -> Address:
    return Address(
        id=world.next_number("inpost.addresses", 31_500_001),
        street=address.get("street"),
        building_number=parsing.text(address.get("building_number")),
        line1=address.get("line1"),
        line2=address.get("line2"),
        city=address.get("city"),
        post_code=address.get("post_code"),
        country_code=(address.get("country_code") or "PL").upper(),
    )


def _first_comment(world: World, wish: Mapping[str, Any]) -> tuple[Comment, ...]:
    text = wish.get("comment")
    if not text:
        return ()
    return (new_comment(world, text),)


def new_comment(world: World, text: str) -> Comment:
    """A comment that is made now."""
    return Comment(world.next_number("inpost.comments", 41), text, world.now)
