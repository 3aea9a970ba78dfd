"""Webhook subscriptions: a shop asks to be told what happens to its shipments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from simulator.carriers.myparcel.bodies import envelope, kinds
from simulator.carriers.myparcel.catalog.hooks import LATER_HOOKS, STATUS_CHANGE
from simulator.carriers.myparcel.records import SUBSCRIPTIONS, Shop, Subscription
from simulator.carriers.myparcel.tracking.notifications import subscriptions_of
from simulator.carriers.myparcel.wire import (
    credentials,
    edition,
    errors,
    media,
    paging,
    parsing,
)
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.answers import Answer, Finding, no_content
from simulator.core.faults import shown
from simulator.engine.delivery.policy import TargetPolicy
from simulator.engine.world import World

_LOCAL = TargetPolicy()


def add_subscriptions(world: World, body: Any, findings: list[Finding]) -> Answer:
    """``POST /webhook_subscriptions``: gives the ids, in the order of the subscriptions.

    What a shop has for a hook already is overwritten (documented): the new ones take over its ids,
    and those that are left over end. Several of one request live beside each other. Raises 422 with
    10003 for a hook and 10002 for a URL that cannot be taken.
    """
    media.json_only(world)
    envelope.check_schema(world, findings)
    shop = credentials.shop(world)
    wanted = _wanted(body)
    faults = [*_unreadable(findings), *_faults(world, wanted, findings)]
    if faults:
        raise errors.subscription_invalid(faults)
    asked = [(each["hook"], each["url"]) for each in wanted]
    made = _subscribe(world, shop, list(dict.fromkeys(asked)))
    return media.json({"ids": [{"id": made[each]} for each in asked]})


def _subscribe(
    world: World, shop: Shop, asked: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], int]:
    """The ids of the new subscriptions, by their hooks and URLs."""
    hooks = dict.fromkeys(hook for hook, _ in asked)
    taken = {hook: [each.id for each in subscriptions_of(world, shop.id, hook)] for hook in hooks}
    made: dict[tuple[str, str], int] = {}
    key = world.caller.key.key
    for hook, url in asked:
        ids = taken[hook]
        number = ids.pop(0) if ids else world.next_number("myparcel.subscriptions")
        world[SUBSCRIPTIONS].put(Subscription(number, shop.account_id, shop.id, hook, url, key))
        made[hook, url] = number
    for left in (id for ids in taken.values() for id in ids):
        world[SUBSCRIPTIONS].delete(left)
    return made


def list_subscriptions(
    world: World,
    hook: str | None = None,
    shop_id: str | None = None,
    account_id: str | None = None,
    ids: str | None = None,
) -> Answer:
    """``GET /webhook_subscriptions``: those of the shop that pass every filter that is given.

    Observed in clients. Raises 422 for a hook or a number that cannot be one.
    """
    media.json_only(world)
    shop = credentials.shop(world)
    faults: list[Fault] = []
    hooks = None if not hook else parsing.parts(hook)
    for name in hooks or ():
        if name not in (STATUS_CHANGE, *LATER_HOOKS):
            faults.append(Fault(10003, f"hook {shown(name, 60)} is none"))
    wanted = {
        "shop_id": _numbers("shop_id", shop_id, faults),
        "account_id": _numbers("account_id", account_id, faults),
        "id": _numbers("ids", ids, faults),
    }
    paging.refuse(faults)
    return _answer(
        [
            each
            for each in world[SUBSCRIPTIONS].where("shop_id", shop.id)
            if (hooks is None or each.hook in hooks)
            and all(
                numbers is None or getattr(each, name) in numbers
                for name, numbers in wanted.items()
            )
        ]
    )


def _numbers(name: str, text: str | None, faults: list[Fault]) -> set[int | None] | None:
    """The numbers of a filter; None for one that is not given."""
    if not text:
        return None
    numbers = {parsing.integer(part) for part in parsing.parts(text)}
    if None in numbers:
        faults.append(Fault(3210, f"{name} {text!r:.60} is no number, or several with ;"))
    return numbers


def get_subscriptions(world: World, ids: str) -> Answer:
    """``GET /webhook_subscriptions/id[;id]``.

    Raises 422/10001 for one that is not the shop's; for one that nobody has 404 by the quirk
    ``myparcel.unknown_ids``.
    """
    media.json_only(world)
    return _answer(_subscriptions(world, ids), world.quirk("myparcel.subscriptions_status"))


def delete_subscriptions(world: World, ids: str) -> Answer:
    """``DELETE /webhook_subscriptions/id[;id]``: all of them, or 422/10001 (404) and none."""
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
        absent = subscription is None and world.quirk("myparcel.unknown_ids") == "not_found"
        if absent:
            raise errors.not_found(f"There is no webhook subscription {text[:50]}.")
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
    strict = world.quirk("myparcel.strict")
    hooks = edition.of(world).hooks if strict else (STATUS_CHANGE, *LATER_HOOKS)
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
