"""The life of a dispatch order: its statuses, what follows by itself, and what that changes."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from simulator.carriers.inpost.records import (
    DISPATCH_ORDERS,
    SHIPMENTS,
    DispatchOrder,
    DispatchOrderStatus,
    OrderStep,
    Shipment,
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

HANDED_OVER_BY_SENDER: frozenset[str] = frozenset(
    {"parcel_locker", "any_point", "pop", "pok", "courier_pok", "branch"}
)
"""Sending methods with which no courier comes for the parcel (observed for `parcel_locker`, the
others inferred). The method is binding: it was declared when the shipment was made."""

_FIRST_EXTERNAL_ID = 68_001


def move(
    world: World, order: DispatchOrder, to: DispatchOrderStatus, error: str | None = None
) -> DispatchOrder:
    """Give an order a status that may follow its present one, and arrange what comes next.

    `error` says why the order is rejected, where that is known.
    """
    world.cancel_job(order.next_job)
    number = order.external_id
    if number is None and to in ("sent", "accepted"):
        number = world.next_number("inpost.external_dispatch_orders", _FIRST_EXTERNAL_ID)
    moved = msgspec.structs.replace(
        order,
        status=to,
        updated_at=world.now,
        external_id=number,
        statuses=(*order.statuses, OrderStep(to, world.now)),
        error=error,
        next_job=None,
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
    """Job: the status that follows by itself is reached, or the courier rejects the order."""
    order = world[DISPATCH_ORDERS].get(dispatch_order_id)
    if order is None or to not in TRANSITIONS[order.status]:
        return
    error = _objection(world, order) if order.status == "new" else None
    move(world, order, to if error is None else "rejected", error)


def reject(world: World, *, dispatch_order_id: int, to: DispatchOrderStatus) -> None:
    """In place of the status that would follow by itself, the order is rejected."""
    order = world[DISPATCH_ORDERS].get(dispatch_order_id)
    if order is not None and "rejected" in TRANSITIONS[order.status]:
        move(world, order, "rejected", _objection(world, order))


def _objection(world: World, order: DispatchOrder) -> str | None:
    """Why the courier does not come: parcels that their senders hand over themselves.

    One of them rejects the whole order. The sentence is as observed; that there is one for each
    such parcel is inferred.
    """
    if not world.quirk("inpost.dispatch_order_rejects_drop_offs"):
        return None
    shipments = (world[SHIPMENTS].get(id) for id in order.shipment_ids)
    sentences = [
        f"Parcel ({number}) status should be Prepared, but is CustomerDelivering."
        for shipment in shipments
        if shipment is not None and shipment.sending_method in HANDED_OVER_BY_SENDER
        for number in _numbers(shipment)
    ]
    return " ".join(sentences) or None


def _numbers(shipment: Shipment) -> list[str]:
    numbers = [parcel.tracking_number for parcel in shipment.parcels]
    return [number for number in numbers if number is not None]


def _release(world: World, order: DispatchOrder) -> None:
    for id in order.shipment_ids:
        shipment = world[SHIPMENTS].get(id)
        if shipment is not None and shipment.dispatch_order_id == order.id:
            world[SHIPMENTS].put(
                msgspec.structs.replace(shipment, dispatch_order_id=None, updated_at=world.now)
            )


JOBS = {"advance_dispatch_order": advance_dispatch_order}
