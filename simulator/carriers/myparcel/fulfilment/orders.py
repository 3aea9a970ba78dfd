"""``/fulfilment/orders``: making, reading, changing and deleting orders.

Documents of the Dutch twin, sections 13 and 14.
"""

from __future__ import annotations

from typing import Any

import msgspec

from simulator.carriers import reasons
from simulator.carriers.myparcel.fulfilment import filters, intake, shipping, views
from simulator.carriers.myparcel.records import Shop
from simulator.carriers.myparcel.shops.records import ORDER_NOTES, ORDERS, Order
from simulator.carriers.myparcel.wire import credentials, errors, hashes, media, parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.answers import Answer, Refusal, no_content
from simulator.engine.world import World

_MOST_TOLD = 3


def create_orders(world: World, body: Any) -> Answer:
    """The orders with the UUIDs that they got, all of a request or none.

    Raises 403 for one of another shop, 422 with everything that is wrong with any of them.
    """
    media.json_only(world)
    shop = credentials.shop(world)
    items: list[dict[str, Any]] = body["data"]["orders"]
    faults = [
        fault
        for place, item in enumerate(items)
        for fault in intake.check(world, shop, item, f"data.orders[{place}]")
    ]
    if faults:
        raise intake.refused(faults)
    return _shown(world, [_create(world, shop, item) for item in items])


def _create(world: World, shop: Shop, item: dict[str, Any]) -> Order:
    number = world.next_number("myparcel.orders")
    order = world[ORDERS].put(
        Order(
            id=number,
            uuid=hashes.uuid(world, "myparcel.order", str(number)),
            account_id=shop.account_id,
            shop_id=shop.id,
            posted={name: item[name] for name in intake.KEPT if name in item},
            shipment=intake.shipment(item.get("shipment")),
            lines=intake.lines(world, item.get("order_lines")),
            created=world.now,
            modified=world.now,
            external_identifier=intake.identifier(item),
        )
    )
    world.emit(
        "myparcel.order_created",
        order_id=order.id,
        uuid=order.uuid,
        account_id=shop.account_id,
        shop_id=shop.id,
    )
    _tell_obstacles(world, order)
    return order


def _tell_obstacles(world: World, order: Order) -> None:
    """Note what stands in the way of a shipment for the order, and what may be a mistake."""
    for fault in shipping.obstacles(world, order)[:_MOST_TOLD]:
        world.note(f"order {order.uuid} cannot be shipped as it is: {fault.field}: {fault.human}")
    if not order.lines:
        world.note(f"order {order.uuid} has no lines: what is shipped for it holds no items")
    known = order.external_identifier
    alike = world[ORDERS].where("external_identifier", known) if known else ()
    own = [each for each in alike if each.shop_id == order.shop_id]
    same = [each.uuid for each in own if each.id != order.id]
    if same:
        told = ", ".join(same[:_MOST_TOLD])
        world.note(f"external_identifier {known!r:.60} is that of order {told} as well")


def list_orders(world: World) -> Answer:
    """One page of the shop's orders that pass every filter, in the order of their making.

    Raises 422 for parameters that cannot be taken.
    """
    media.json_only(world)
    shop = credentials.shop(world)
    question = filters.read(world)
    found = question.matching(world, shop)
    return media.json(
        {
            "orders": [views.order(world, each) for each in question.cut(found)],
            "page": question.page,
            "size": question.per_page,
            "results": len(found),
        }
    )


def get_orders(world: World, uuids: str) -> Answer:
    """Orders by their UUIDs. Raises 404 when there is one that the shop does not have."""
    media.json_only(world)
    return _shown(world, named(world, uuids))


def update_orders(world: World, body: Any) -> Answer:
    """Change open orders, all of a request or none; what is left out stays as it is (inferred).

    Raises 404 for an order that the shop does not have, and 422 for one that is not open: 3717, the
    code of a shipment that cannot change (both inferred).
    """
    media.json_only(world)
    shop = credentials.shop(world)
    items: list[dict[str, Any]] = body["data"]["orders"]
    faults: list[Fault] = []
    for place, item in enumerate(items):
        path = f"data.orders[{place}]"
        order = _of_shop(world, shop, item["uuid"])
        if order is None:
            told = f"{path}.uuid: there is no order {item['uuid'][:50]}"
            raise errors.not_found(reason=told)
        if order.status != "open":
            text = f"order {order.uuid} is {order.status}, only open ones can be changed"
            faults.append(Fault(3717, text, f"{path}.uuid"))
        faults += intake.check(world, shop, item, path)
    if faults:
        raise intake.refused(faults)
    return _shown(world, [_update(world, shop, item) for item in items])


def _update(world: World, shop: Shop, item: dict[str, Any]) -> Order:
    order = _of_shop(world, shop, item["uuid"])
    assert order is not None, "it was looked for before"
    given = {name: item[name] for name in intake.KEPT if name in item}
    changes: dict[str, Any] = {"posted": {**order.posted, **given}, "modified": world.now}
    if "external_identifier" in item:
        changes["external_identifier"] = intake.identifier(item)
    if "shipment" in item:
        changes["shipment"] = intake.shipment(item["shipment"])
    if "order_lines" in item:
        changes["lines"] = intake.lines(world, item["order_lines"])
    order = world[ORDERS].put(msgspec.structs.replace(order, **changes))
    _tell_obstacles(world, order)
    return order


def delete_orders(world: World, uuids: str) -> Answer:
    """Delete open orders with their notes, all of them or none; 204.

    Raises 422 when there is one that the shop does not have, or that is not open (documented).
    """
    shop = credentials.shop(world)
    orders = [_deletable(world, shop, uuid) for uuid in dict.fromkeys(parsing.parts(uuids))]
    if not orders:
        raise errors.parameter(3210, "Name the id of an order.")
    for order in orders:
        for note in world[ORDER_NOTES].where("order_id", order.id):
            world[ORDER_NOTES].delete(note.id)
        world[ORDERS].delete(order.id)
    return no_content()


def _deletable(world: World, shop: Shop, uuid: str) -> Order:
    order = _of_shop(world, shop, uuid)
    if order is None:
        raise errors.parameter(3210, f"There is no order {uuid[:50]}.")
    if order.status != "open":
        text = f"Order {order.uuid} is {order.status}, only open ones can be deleted."
        raise errors.parameter(3210, text)
    return order


def named(world: World, uuids: str) -> list[Order]:
    """The shop's orders of these UUIDs. Raises 404 when one is unknown or somebody else's."""
    shop = credentials.shop(world)
    wanted = list(dict.fromkeys(parsing.parts(uuids)))
    found = [(uuid, _of_shop(world, shop, uuid)) for uuid in wanted]
    for uuid, order in found:
        if order is None:
            raise _unknown(world, shop, uuid)
    if not found:
        raise errors.not_found(reason="the path names no order")
    return [order for _, order in found if order is not None]


def _of_shop(world: World, shop: Shop, uuid: str) -> Order | None:
    order = world[ORDERS].first("uuid", uuid.strip().lower())
    return order if order is not None and order.shop_id == shop.id else None


def _unknown(world: World, shop: Shop, uuid: str) -> Refusal:
    theirs = world[ORDERS].first("uuid", uuid.lower())
    if theirs is not None:
        whose = f"order {uuid} is of shop {theirs.shop_id}, the key of shop {shop.id}"
        return errors.not_found(reason=whose)
    newest = world[ORDERS].newest("shop_id", shop.id, reasons.NEARBY)
    own = [order.uuid for order in newest]
    advice = reasons.nearby("order", own)
    return errors.not_found(reason=f"there is no order {uuid[:50]}; {advice}")


def _shown(world: World, orders: list[Order]) -> Answer:
    return media.json({"orders": [views.order(world, each) for each in orders]})
