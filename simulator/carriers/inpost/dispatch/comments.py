"""Comments of a dispatch order, which the courier reads."""

from __future__ import annotations

from typing import Any

import msgspec

from simulator.carriers import reasons
from simulator.carriers.inpost.dispatch import orders
from simulator.carriers.inpost.dispatch.views import show_comment, show_order
from simulator.carriers.inpost.records import DISPATCH_ORDERS, Comment, DispatchOrder
from simulator.carriers.inpost.wire import credentials, errors
from simulator.core.answers import Answer, Finding
from simulator.engine.world import World


def create_comment(
    world: World, organization_id: str, dispatch_order_id: str, body: Any, findings: list[Finding]
) -> Answer:
    """POST .../dispatch_orders/:id/comment: the new comment."""
    order = _load(world, organization_id, dispatch_order_id, findings)
    comment = orders.new_comment(world, body["comment"])
    _keep(world, order, (*order.comments, comment))
    return Answer(status=201, body=show_comment(world, comment))


def update_comment(
    world: World, organization_id: str, dispatch_order_id: str, body: Any, findings: list[Finding]
) -> Answer:
    """PUT .../dispatch_orders/:id/comment: the comment `id` with its new text."""
    order = _load(world, organization_id, dispatch_order_id, findings)
    wanted = _one(order, body["id"])
    changed = msgspec.structs.replace(wanted, comment=body["comment"])
    _keep(world, order, tuple(changed if c.id == wanted.id else c for c in order.comments))
    return Answer(body=show_comment(world, changed))


def delete_comments(
    world: World, organization_id: str, dispatch_order_id: str, body: Any, findings: list[Finding]
) -> Answer:
    """DELETE .../dispatch_orders/:id/comment: the order without the comments `comment_ids`."""
    order = _load(world, organization_id, dispatch_order_id, findings)
    gone = {_one(order, id).id for id in body["comment_ids"]}
    kept = tuple(comment for comment in order.comments if comment.id not in gone)
    return Answer(body=show_order(world, _keep(world, order, kept)))


def _load(
    world: World, organization_id: str, dispatch_order_id: str, findings: list[Finding]
) -> DispatchOrder:
    """The order, where the caller may see it and the body is sound."""
    organization = credentials.organization(world, organization_id)
    order = orders.load_of(world, organization, dispatch_order_id)
    if findings:
        raise errors.invalid(findings)
    return order


def _one(order: DispatchOrder, id: int | str) -> Comment:
    wanted = credentials.number(str(id).strip())
    found = next((comment for comment in order.comments if comment.id == wanted), None)
    if found is None:
        known = reasons.nearby("comment", [comment.id for comment in order.comments])
        raise errors.not_found(f"dispatch order {order.id} has no comment {id}", known)
    return found


def _keep(world: World, order: DispatchOrder, comments: tuple[Comment, ...]) -> DispatchOrder:
    return world[DISPATCH_ORDERS].put(
        msgspec.structs.replace(order, comments=comments, updated_at=world.now)
    )
