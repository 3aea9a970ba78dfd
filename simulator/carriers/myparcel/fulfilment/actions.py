"""What becomes of orders in the back office."""

from __future__ import annotations

from typing import Any

import msgspec

from simulator.carriers.carrier import Action, BadAction
from simulator.carriers.motion import moving
from simulator.carriers.myparcel.fulfilment import shipping, statuses
from simulator.carriers.myparcel.fulfilment.statuses import FOLLOWING, ORDER, STATUSES
from simulator.carriers.myparcel.shops.records import Order
from simulator.engine.world import World


class ShipOrder(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`order` is its uuid or the webshop's number; `lines` are how many of which lines go, by
    their uuids; without them all that is left goes."""

    order: int | str
    lines: dict[str, int] | None = None


class SetOrderStatus(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`order` is its uuid or the webshop's number."""

    order: int | str
    status: str


def _ship(world: World, wanted: ShipOrder) -> dict[str, Any]:
    order, shipment = shipping.ship(world, ORDER.find(world, wanted.order), wanted.lines)
    return {**_told(order), "shipment": shipment.id, "barcode": shipment.barcode}


def _set_status(world: World, wanted: SetOrderStatus) -> dict[str, Any]:
    order = ORDER.find(world, wanted.order)
    status = next((each for each in STATUSES if each == wanted.status), None)
    following = FOLLOWING[order.status]
    if status is None:
        raise moving.unknown("status", wanted.status, STATUSES, following)
    if status not in following:
        fault = f"order {order.uuid} cannot go from {order.status} to {status}"
        raise moving.impossible(fault, following)
    if status == "cancelled":
        return _told(statuses.change(world, order, status))
    if status == "processed":
        return _told(shipping.ship(world, order)[0])
    return _told(shipping.ship(world, order, _part(world, order))[0])


def _part(world: World, order: Order) -> dict[str, int]:
    """One of the first line, so that something is left."""
    left = shipping.remaining(world, order)
    if sum(left.values()) < 2:
        raise BadAction(
            f"order {order.uuid} has less than two things to ship, so it cannot be partially "
            "processed"
        )
    return {next(iter(left)): 1}


def _told(order: Order) -> dict[str, Any]:
    return {
        "order": order.uuid,
        "external_identifier": order.external_identifier,
        "status": order.status,
    }


ACTIONS: tuple[Action, ...] = (
    Action(
        "ship_order",
        "Make a shipment of an order, or of a part of it; its status and its webhook follow.",
        ShipOrder,
        _ship,
    ),
    Action(
        "set_order_status",
        "Let an order come to a status: processed ships what is left, partially_processed one "
        "thing of it; cancelled ends it.",
        SetOrderStatus,
        _set_status,
        words={"status": STATUSES},
    ),
)
"""The actions on orders."""
