"""The statuses of an order, and the news of a change (documents of the Dutch twin, sections 4, 10
and 13).

Documented: the statuses, that an order begins open, and that only an open one can be deleted. That
cancelled and processed ones stay what they are is inferred.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

import msgspec

from simulator.carriers.motion.moving import Movable
from simulator.carriers.myparcel.catalog.hooks import ORDER_STATUS_CHANGE
from simulator.carriers.myparcel.shops.records import ORDERS, Order, OrderStatus
from simulator.carriers.myparcel.tracking import notifications
from simulator.carriers.webhook import WebhookSpec
from simulator.engine.world import World

STATUSES: tuple[OrderStatus, ...] = get_args(OrderStatus)

FOLLOWING: Mapping[OrderStatus, tuple[OrderStatus, ...]] = {
    "open": ("partially_processed", "processed", "cancelled"),
    "partially_processed": ("processed", "cancelled"),
    "processed": (),
    "cancelled": (),
}
"""What may come next."""

ORDER = Movable(ORDERS, "uuid", ("external_identifier",), noun="order")


def change(world: World, order: Order, status: OrderStatus) -> Order:
    """Give an order its next status, and tell the shop; nothing for the one that it has."""
    if order.status == status:
        return order
    before, order = order.status, msgspec.structs.replace(order, status=status, modified=world.now)
    world[ORDERS].put(order)
    world.emit(
        "myparcel.order_status_changed",
        order_id=order.id,
        uuid=order.uuid,
        account_id=order.account_id,
        shop_id=order.shop_id,
        status=status,
        previous=before,
    )
    send(world, order)
    return order


def send(world: World, order: Order, target: str | None = None) -> int:
    """Send the status of an order. Observed: `event` and `uuid`; the rest is inferred."""
    event: dict[str, Any] = {
        "event": ORDER_STATUS_CHANGE,
        "uuid": order.uuid,
        "account_id": order.account_id,
        "shop_id": order.shop_id,
        "external_identifier": order.external_identifier,
        "status": order.status,
    }
    about = {"order_id": order.id}
    return notifications.post(world, order.shop_id, ORDER_STATUS_CHANGE, event, about, target)


def _always(order: Order) -> bool:
    return True


WEBHOOKS: Mapping[str, WebhookSpec[Any]] = {
    ORDER_STATUS_CHANGE: WebhookSpec(ORDER_STATUS_CHANGE, ORDER, "that there is", _always, send)
}
"""The webhook of orders."""
