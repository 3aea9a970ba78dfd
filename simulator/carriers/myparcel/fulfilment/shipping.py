"""Shipping an order: what is left of it becomes a shipment, as it does in the back office."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.carriers.carrier import BadAction
from simulator.carriers.myparcel.bodies import readings
from simulator.carriers.myparcel.bodies.readings import Readings
from simulator.carriers.myparcel.editions.table import TODAY
from simulator.carriers.myparcel.fulfilment import statuses
from simulator.carriers.myparcel.payments import payments
from simulator.carriers.myparcel.records import SHOPS, STANDARD_SHIPMENT, Shipment, Shop
from simulator.carriers.myparcel.rules import shipment as rules
from simulator.carriers.myparcel.shipments import building
from simulator.carriers.myparcel.shops.records import ORDER_SHIPMENTS, Order, OrderShipment
from simulator.carriers.myparcel.tracking import lifecycle
from simulator.carriers.myparcel.wire import hashes
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.engine.world import World

_SENT = (
    *("recipient", "pickup", "options", "physical_properties", "customs_declaration", "carrier"),
    *("drop_off_point", "contract_id"),
)
_VERSION = "1.1"
_MOST_TOLD = 5


def remaining(world: World, order: Order) -> dict[str, int]:
    """How many of each line are still to be shipped; digital ones never are."""
    shipped: dict[str, int] = {}
    for made in world[ORDER_SHIPMENTS].where("order_id", order.id):
        for line, quantity in made.items:
            shipped[line] = shipped.get(line, 0) + quantity
    left = {
        line.uuid: line.quantity - shipped.get(line.uuid, 0)
        for line in order.lines
        if line.shippable
    }
    return {line: quantity for line, quantity in left.items() if quantity > 0}


def obstacles(world: World, order: Order) -> list[Fault]:
    """What stands in the way of a shipment for the order, as creating it would tell."""
    return rules.check(_readings(world, order), _item(order), "shipment")


def _readings(world: World, order: Order) -> Readings:
    """Those of the order's shop, whoever ships it; of today, since nobody else has orders."""
    return readings.of_shop(world, world[SHOPS].get(order.shop_id), _VERSION, TODAY)


def ship(
    world: World, order: Order, wanted: Mapping[str, int] | None = None
) -> tuple[Order, Shipment]:
    """Make a shipment of so many of each line (`wanted`), or of all that is left.

    Its label is made, unless it has to be paid for first; the order is processed, or partially
    processed while something is left. Raises `BadAction` for an order that cannot be shipped.
    """
    if order.status not in ("open", "partially_processed"):
        raise BadAction(f"order {order.uuid} is {order.status}: nothing of it can be shipped")
    left = remaining(world, order)
    items = dict(left) if wanted is None else _chosen(order, left, wanted)
    faults = obstacles(world, order)
    if faults:
        told = "; ".join(f"{fault.field}: {fault.human}" for fault in faults[:_MOST_TOLD])
        raise BadAction(f"order {order.uuid} cannot be shipped: {told}")
    shipment = _make(world, world[SHOPS][order.shop_id], order)
    number = world.next_number("myparcel.order_shipments")
    world[ORDER_SHIPMENTS].put(
        OrderShipment(
            id=number,
            uuid=hashes.uuid(world, "myparcel.order_shipment", str(number)),
            order_id=order.id,
            shipment_id=shipment.id,
            items=tuple(items.items()),
        )
    )
    world.emit("myparcel.order_shipped", order_id=order.id, shipment_id=shipment.id)
    if not payments.owed([shipment]):
        shipment = lifecycle.register(world, shipment)
    done = not remaining(world, order)
    order = statuses.change(world, order, "processed" if done else "partially_processed")
    return order, shipment


def _make(world: World, shop: Shop, order: Order) -> Shipment:
    return building.build(world, shop, _item(order), STANDARD_SHIPMENT, TODAY.name)


def _item(order: Order) -> dict[str, Any]:
    """The shipment of an order as a client would post it; members without a value are left out."""
    return {name: order.shipment[name] for name in _SENT if order.shipment.get(name)}


def _chosen(order: Order, left: Mapping[str, int], wanted: Mapping[str, int]) -> dict[str, int]:
    for line, quantity in wanted.items():
        if line not in left:
            known = ", ".join(left) or "none"
            raise BadAction(f"of line {line!r:.60} nothing is to be shipped; lines left: {known}")
        if not 0 < quantity <= left[line]:
            raise BadAction(f"of line {line} {left[line]} are left, so 1 to {left[line]} can go")
    if not wanted:
        raise BadAction(f"name at least one line of order {order.uuid}, or leave lines out")
    return dict(wanted)
