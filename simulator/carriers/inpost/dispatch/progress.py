"""The life of a dispatch order: its statuses, what follows by itself, and what that changes."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from simulator.carriers.inpost.records import (
    DISPATCH_ORDERS,
    SHIPMENTS,
    DispatchOrder,
    DispatchOrderStatus,
)
from simulator.engine.world import World

TRANSITIONS: dict[DispatchOrderStatus, tuple[DispatchOrderStatus, ...]] = {
    "new": ("sent", "accepted", "rejected", "canceled"),
    "sent": ("accepted", "rejected", "canceled"),
    "accepted": ("done", "rejected", "canceled"),
    "done": (),
    "rejected": (),
    "canceled": (),
}
"""Status -> statuses that may follow. The names are documented, the order inferred."""

BY_ITSELF: dict[DispatchOrderStatus, tuple[DispatchOrderStatus, timedelta]] = {
    "new": ("sent", timedelta(seconds=5)),
    "sent": ("accepted", timedelta(minutes=10)),
}
"""Status -> the status that follows without anybody's doing, and after how long (inferred)."""

DELETABLE: frozenset[DispatchOrderStatus] = frozenset({"new", "sent"})
"""Statuses in which the sender may call the order off (inferred)."""

RELEASING: frozenset[DispatchOrderStatus] = frozenset({"rejected", "canceled"})
"""Statuses that give the shipments free."""


def move(world: World, order: DispatchOrder, to: DispatchOrderStatus) -> DispatchOrder:
    """Give an order a status that may follow its present one, and arrange what comes next."""
    world.cancel_job(order.next_job)
    number = order.external_number
    if to == "accepted" and number is None:
        number = "ZO" + world.chance.digits("inpost.dispatch_order_number", order.id, 10)
    moved = msgspec.structs.replace(
        order, status=to, updated_at=world.now, external_number=number, next_job=None
    )
    if to in RELEASING:
        _release(world, moved)
    world.emit(
        "inpost.dispatch_order_status_changed",
        dispatch_order_id=order.id,
        status=to,
        previous=order.status,
    )
    return arrange(world, moved)


def arrange(world: World, order: DispatchOrder) -> DispatchOrder:
    """Keep an order, with the job of the status that follows by itself if there is one."""
    following = BY_ITSELF.get(order.status)
    if following is not None:
        status, after = following
        job = world.enqueue(
            "inpost.advance_dispatch_order", after=after, dispatch_order_id=order.id, to=status
        )
        order = msgspec.structs.replace(order, next_job=job)
    return world[DISPATCH_ORDERS].put(order)


def advance_dispatch_order(
    world: World, *, dispatch_order_id: int, to: DispatchOrderStatus
) -> None:
    """Job: the status that follows by itself is reached."""
    order = world[DISPATCH_ORDERS].get(dispatch_order_id)
    if order is not None and to in TRANSITIONS[order.status]:
        move(world, order, to)


def reject(world: World, *, dispatch_order_id: int, to: DispatchOrderStatus) -> None:
    """In place of the status that would follow by itself, the order is rejected."""
    advance_dispatch_order(world, dispatch_order_id=dispatch_order_id, to="rejected")


def _release(world: World, order: DispatchOrder) -> None:
    for id in order.shipment_ids:
        shipment = world[SHIPMENTS].get(id)
        if shipment is not None and shipment.dispatch_order_id == order.id:
            world[SHIPMENTS].put(
                msgspec.structs.replace(shipment, dispatch_order_id=None, updated_at=world.now)
            )


JOBS = {"advance_dispatch_order": advance_dispatch_order}
