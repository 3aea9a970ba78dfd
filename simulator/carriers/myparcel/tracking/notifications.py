"""Webhooks: the news that a shipment has changed its status.

Documented: the event's members. Observed in later documents: that it is wrapped in ``data.hooks``,
the headers, and that a shipment's first status is no news. Retries are not documented.
"""

from __future__ import annotations

import base64
from typing import Any

import msgspec

from simulator.carriers.myparcel.catalog.lifecycle import CONCEPT
from simulator.carriers.myparcel.records import API_KEYS, SUBSCRIPTIONS, Shipment, Subscription
from simulator.carriers.myparcel.wire import hashes
from simulator.engine.world import World

STATUS_CHANGE = "shipment_status_change"


def shipment_status_changed(world: World, shipment: Shipment, before: int) -> None:
    """Tell the status of a shipment to the shop's subscription, unless it is a concept."""
    if shipment.status != CONCEPT:
        send_status(world, shipment)
    status_changed(world, shipment, before)


def send_status(world: World, shipment: Shipment, target: str | None = None) -> int:
    """Send the status of a shipment."""
    event = {
        "shipment_id": shipment.id,
        "account_id": shipment.account_id,
        "shop_id": shipment.shop_id,
        "status": shipment.status,
        "barcode": shipment.barcode,
    }
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
    """Send an event of a shipment to `target`, or to its shop's subscription for `hook`; without
    one it is only put on file. Gives the id of the notification, which has a number of its own.
    """
    shop_id = shipment.shop_id
    subscription = subscription_of(world, shop_id, hook)
    bare = world.quirk("myparcel.webhook_body") == "bare"
    body = event if bare else {"data": {"hooks": [event]}}
    number = str(world.next_number("myparcel.hooks"))
    return world.send_webhook(
        carrier="myparcel",
        event=hook,
        target=target or _address(world, subscription),
        body=msgspec.json.encode(body).decode(),
        headers={
            "User-Agent": "MyParcel/Webhook-Notifier",
            "Content-Type": "application/json; charset=utf-8",
            "X-MyParcel-Hook": hook,
            "X-MyParcel-HookId": hashes.forty(world, "myparcel.hook_id", number),
            "X-MyParcel-Authorization": _authorization(world, shop_id, subscription),
        },
        retries=int(world.quirk("myparcel.webhook_retries")),
        about={"shipment_id": shipment.id},
    )


def subscription_of(world: World, shop_id: int, hook: str) -> Subscription | None:
    """The shop's subscription for `hook`; there is at most one."""
    subscriptions = world[SUBSCRIPTIONS].where("shop_id", shop_id)
    return next((each for each in subscriptions if each.hook == hook), None)


def _address(world: World, subscription: Subscription | None) -> str | None:
    if subscription is None:
        return None
    lowers = world.quirk("myparcel.webhook_url") == "lower_case"
    return subscription.url.lower() if lowers else subscription.url


def _authorization(world: World, shop_id: int, subscription: Subscription | None) -> str:
    key = None if subscription is None else subscription.api_key
    if key is None:
        first = world[API_KEYS].first("shop_id", shop_id)
        key = "" if first is None else first.key
    return base64.b64encode(key.encode()).decode()
