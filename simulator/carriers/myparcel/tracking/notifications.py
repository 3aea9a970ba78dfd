"""Webhooks: the news that a shipment has changed its status.

Documented: the event's members. Observed in later documents: that it is wrapped in ``data.hooks``,
the headers, and that a shipment's first status is no news. Retries are not documented.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import msgspec

from simulator.carriers.myparcel.catalog.hooks import STATUS_CHANGE
from simulator.carriers.myparcel.catalog.lifecycle import CONCEPT
from simulator.carriers.myparcel.editions.edition import Edition
from simulator.carriers.myparcel.records import API_KEYS, SUBSCRIPTIONS, Shipment, Subscription
from simulator.carriers.myparcel.shops.records import ORDER_SHIPMENTS, ORDERS
from simulator.carriers.myparcel.wire import edition, hashes
from simulator.engine.world import World


def _event(world: World, shipment: Shipment) -> dict[str, Any]:
    return {"event": STATUS_CHANGE}


def _reference(world: World, shipment: Shipment) -> dict[str, Any]:
    return {"shipment_reference_identifier": shipment.reference_identifier or ""}


def _order(world: World, shipment: Shipment) -> dict[str, Any]:
    """`order_id` with the UUID of the order that the shipment was made for (observed)."""
    made = world[ORDER_SHIPMENTS].first("shipment_id", shipment.id)
    order = None if made is None else world[ORDERS].get(made.order_id)
    return {} if order is None else {"order_id": order.uuid}


_MEMBERS: dict[str, Callable[[World, Shipment], dict[str, Any]]] = {
    "event": _event,
    "shipment_reference_identifier": _reference,
    "order_id": _order,
}
"""What came after 2017. Observed: that clients trim the reference, so that it is always a text."""


def shipment_status_changed(world: World, shipment: Shipment, before: int) -> None:
    """Tell the status of a shipment to the shop's subscription, unless it is a concept."""
    if shipment.status != CONCEPT:
        send_status(world, shipment)
    status_changed(world, shipment, before)


def send_status(world: World, shipment: Shipment, target: str | None = None) -> int:
    """Send the status of a shipment, with the members that the edition of its reader has."""
    event = {
        "shipment_id": shipment.id,
        "account_id": shipment.account_id,
        "shop_id": shipment.shop_id,
        "status": shipment.status,
        "barcode": shipment.barcode,
    }
    for name in _edition(world, shipment.shop_id).hook_members:
        event |= _MEMBERS[name](world, shipment)
    return send(world, shipment, STATUS_CHANGE, event, target)


def status_changed(world: World, shipment: Shipment, before: int) -> None:
    """Tell the workspace, and nobody else, that a shipment came into its status from another."""
    if shipment.status != before:
        world.emit(
            "myparcel.shipment_status_changed",
            shipment_id=shipment.id,
            account_id=shipment.account_id,
            shop_id=shipment.shop_id,
            barcode=shipment.barcode,
            status=shipment.status,
            previous=before,
        )


def send(
    world: World,
    shipment: Shipment,
    hook: str,
    event: dict[str, Any],
    target: str | None = None,
) -> int:
    """Send an event of a shipment, as `post` does."""
    about = {"shipment_id": shipment.id}
    return post(world, shipment.shop_id, hook, event, about, target)


def post(
    world: World,
    shop_id: int,
    hook: str,
    event: dict[str, Any],
    about: dict[str, Any],
    target: str | None = None,
) -> int:
    """Send an event to `target`, or to the shop's subscriptions for `hook`; without one it is only
    put on file. Gives the id of the first notification; each has a number of its own.
    """
    subscriptions = subscriptions_of(world, shop_id, hook)
    if target is not None or not subscriptions:
        subscribed = subscriptions[0] if subscriptions else None
        return _post(world, shop_id, hook, event, about, subscribed, target)
    first, *_ = [_post(world, shop_id, hook, event, about, each) for each in subscriptions]
    return first


def _post(
    world: World,
    shop_id: int,
    hook: str,
    event: dict[str, Any],
    about: dict[str, Any],
    subscription: Subscription | None,
    target: str | None = None,
) -> int:
    bare = world.quirk("myparcel.webhook_body") == "bare"
    body = event if bare else {"data": {"hooks": [event]}}
    number = str(world.next_number("myparcel.hooks"))
    return world.send_webhook(
        carrier="myparcel",
        event=hook,
        target=target or _address(world, subscription),
        body=msgspec.json.encode(body),
        headers={
            "User-Agent": "MyParcel/Webhook-Notifier",
            "Content-Type": "application/json; charset=utf-8",
            "X-MyParcel-Hook": hook,
            "X-MyParcel-HookId": hashes.forty(world, "myparcel.hook_id", number),
            "X-MyParcel-Authorization": _authorization(world, shop_id, subscription),
        },
        retries=int(world.quirk("myparcel.webhook_retries")),
        about=about,
    )


def subscriptions_of(world: World, shop_id: int, hook: str) -> list[Subscription]:
    """The shop's subscriptions for `hook`: more than one where a request asked for several."""
    return [each for each in world[SUBSCRIPTIONS].where("shop_id", shop_id) if each.hook == hook]


def _edition(world: World, shop_id: int) -> Edition:
    """The edition that who is told speaks: by the key that subscribed, or the shop's first one."""
    subscribed = next(iter(subscriptions_of(world, shop_id, STATUS_CHANGE)), None)
    return edition.of_key(world, _key(world, shop_id, subscribed))


def _address(world: World, subscription: Subscription | None) -> str | None:
    if subscription is None:
        return None
    lowers = world.quirk("myparcel.webhook_url") == "lower_case"
    return subscription.url.lower() if lowers else subscription.url


def _authorization(world: World, shop_id: int, subscription: Subscription | None) -> str:
    return base64.b64encode((_key(world, shop_id, subscription) or "").encode()).decode()


def _key(world: World, shop_id: int, subscription: Subscription | None) -> str | None:
    if subscription is not None and subscription.api_key is not None:
        return subscription.api_key
    first = world[API_KEYS].first("shop_id", shop_id)
    return None if first is None else first.key
