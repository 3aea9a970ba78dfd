"""What orders are searched by: what each shows, and the shipments that were made for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from simulator.carriers.myparcel.bodies import texts
from simulator.carriers.myparcel.fulfilment import views
from simulator.carriers.myparcel.records import SHIPMENTS
from simulator.carriers.myparcel.shipments.search import orders as shipment_lists
from simulator.carriers.myparcel.shops.records import (
    ORDER_SHIPMENTS,
    ORDERS,
    Order,
    OrderShipment,
)
from simulator.core.tables import Key, Narrowing, Texts
from simulator.engine.world import World


def having(world: World, part: str) -> Narrowing[Order]:
    """The orders that show that part, which is in lower case: by themselves, or with a shipment as
    a list of shipments finds it."""
    orders, made = world[ORDERS], world[ORDER_SHIPMENTS]
    parts = made.existing(made.follower(_PARTS).having(part))
    shipped = _of(world, shipment_lists.having(world, part)).union(each.order_id for each in parts)

    def find() -> list[Order]:
        return orders.existing(shipped.union(map(int, orders.follower(_ORDERS).having(part))))

    def test(order: Order) -> bool:
        return order.id in shipped or any(part in text for text in _texts(order))

    return Narrowing(find, test, ("q", part, shipped), exact=True)


def carrying(world: World, barcode: str) -> Narrowing[Order]:
    """The orders with a shipment of this barcode."""
    orders = world[ORDERS]
    shipped = _of(world, world[SHIPMENTS].keys("barcode", barcode))
    return Narrowing(
        lambda: orders.existing(shipped), lambda order: order.id in shipped, shipped, exact=True
    )


def _of(world: World, shipments: Iterable[Key]) -> frozenset[int]:
    made = world[ORDER_SHIPMENTS]
    return frozenset(each.order_id for id in shipments for each in made.where("shipment_id", id))


def _texts(order: Order) -> Iterator[str]:
    return texts.of(views.alone(order))


def _parts(made: OrderShipment) -> Iterator[str]:
    return texts.of((made.uuid, made.shipment_id, made.items))


_ORDERS = Texts(_texts)
_PARTS = Texts(_parts)
