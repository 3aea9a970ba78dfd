"""Webhook subscriptions: a shop asks to be told what happens to its shipments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from simulator.carriers.myparcel.bodies import kinds
from simulator.carriers.myparcel.records import SUBSCRIPTIONS, Shop, Subscription
from simulator.carriers.myparcel.tracking.notifications import STATUS_CHANGE, subscription_of
from simulator.carriers.myparcel.wire import credentials, era, errors, media, parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.answers import Answer, Finding, no_content
from simulator.engine.targets import TargetPolicy
from simulator.engine.world import World

LATER_HOOKS = (
    "shipment_label_created",
    "order_status_change",
    "shop_updated",
    "shop_carrier_accessibility_updated",
    "shop_carrier_configuration_updated",
    "subscription_created_or_updated",
)
"""Hooks of later documents: taken, but only the first ever fires, with the later features."""

_LOCAL = TargetPolicy()


def add_subscriptions(world: World, body: Any, findings: list[Finding]) -> Answer:
    """``POST /webhook_subscriptions``: gives the ids, in the order of the subscriptions.

    A shop has one subscription for each hook: another one takes over its id (documented: it
    overwrites). Raises 422 with 10003 for a hook and 10002 for a URL that cannot be taken.
    """
    media.json_only(world)
    shop = credentials.shop(world)
    wanted = _wanted(body)
    faults = [*_unreadable(findings), *_faults(world, wanted, findings)]
    if faults:
        raise errors.subscription_invalid(faults)
    ids = [_subscribe(world, shop, each["hook"], each["url"]) for each in wanted]
    return media.json({"ids": [{"id": id} for id in ids]})


def _subscribe(world: World, shop: Shop, hook: str, url: str) -> int:
    existing = subscription_of(world, shop.id, hook)
    number = world.next_number("myparcel.subscriptions") if existing is None else existing.id
    key = world.caller.key.key
    world[SUBSCRIPTIONS].put(Subscription(number, shop.account_id, shop.id, hook, url, key))
    return number


def list_subscriptions(world: World) -> Answer:
    """``GET /webhook_subscriptions``: all of the shop (observed in a client, not documented)."""
    media.json_only(world)
    shop = credentials.shop(world)
    return _answer(world[SUBSCRIPTIONS].where("shop_id", shop.id))


def get_subscriptions(world: World, ids: str) -> Answer:
    """``GET /webhook_subscriptions/id[;id]``. Raises 422/10001 for one that is not the shop's."""
    media.json_only(world)
    return _answer(_subscriptions(world, ids), world.quirk("myparcel.subscriptions_status"))


def delete_subscriptions(world: World, ids: str) -> Answer:
    """``DELETE /webhook_subscriptions/id[;id]``: all of them, or 422/10001 and none."""
    for subscription in _subscriptions(world, ids):
        world[SUBSCRIPTIONS].delete(subscription.id)
    return no_content()


def _answer(subscriptions: Sequence[Subscription], status: int = 200) -> Answer:
    views = [
        {
            "id": each.id,
            "account_id": each.account_id,
            "shop_id": each.shop_id,
            "hook": each.hook,
            "url": each.url,
        }
        for each in subscriptions
    ]
    return media.json({"webhook_subscriptions": views}, status)


def _subscriptions(world: World, ids: str) -> list[Subscription]:
    shop = credentials.shop(world)
    found = []
    for text in dict.fromkeys(parsing.parts(ids)):
        subscription = world[SUBSCRIPTIONS].get(parsing.integer(text) or 0)
        if subscription is None or subscription.shop_id != shop.id:
            raise errors.parameter(10001, f"There is no webhook subscription {text[:50]}.")
        found.append(subscription)
    if not found:
        raise errors.parameter(10001, "Name the id of a webhook subscription.")
    return found


def _wanted(body: Any) -> list[Any]:
    data = body.get("data") if isinstance(body, dict) else None
    wanted = data.get("webhook_subscriptions") if isinstance(data, dict) else None
    return wanted if isinstance(wanted, list) else []


def _unreadable(findings: Sequence[Finding]) -> Iterator[Fault]:
    """What the schema refuses; hooks and URLs are judged with codes of their own below."""
    for finding in findings:
        code = {"hook": 10003, "url": 10002}.get(str(finding.path[-1]) if finding.path else "", 0)
        yield errors.found_in_schema(finding, code)


def _faults(world: World, wanted: Sequence[Any], findings: Sequence[Finding]) -> Iterator[Fault]:
    told = {errors.path_of(finding) for finding in findings}
    if not wanted and not told:
        yield Fault(10001, "name at least one subscription", "data.webhook_subscriptions")
    for place, each in enumerate(wanted):
        if not isinstance(each, dict):
            continue
        path = f"data.webhook_subscriptions[{place}]"
        hook_fault = _hook_fault(world, each.get("hook"))
        if hook_fault is not None and f"{path}.hook" not in told:
            yield Fault(10003, hook_fault, f"{path}.hook")
        url_fault = _url_fault(world, each.get("url"))
        if url_fault is not None and f"{path}.url" not in told:
            yield Fault(10002, url_fault, f"{path}.url")


def _hook_fault(world: World, hook: Any) -> str | None:
    later = era.later(world) or not world.quirk("myparcel.strict")
    hooks = (STATUS_CHANGE, *LATER_HOOKS) if later else (STATUS_CHANGE,)
    if hook in hooks:
        return None
    return f"hook is required to be one of {', '.join(hooks)}"


def _url_fault(world: World, url: Any) -> str | None:
    if not isinstance(url, str) or not url:
        return "url is required"
    if kinds.is_too_long(url):
        return f"url has more than {kinds.LONGEST} characters"
    if not url.isprintable() or " " in url:
        return "url is not a URL"
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return "url is not a URL"
    if not host or parts.scheme not in ("http", "https"):
        return "url has to be an https URL with a host"
    if parts.scheme == "https":
        return None
    if world.quirk("myparcel.local_webhooks") and _LOCAL.refusal(url) is None:
        return None
    return "url has to be https"
