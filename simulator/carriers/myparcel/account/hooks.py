"""Webhooks of shops: that a shop, its carriers or its plan changed.

Observed in a client library: `event` and `id`, upon which a plugin reads everything again. The
other members are inferred.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from simulator.carriers.motion.moving import Movable
from simulator.carriers.myparcel.catalog.hooks import (
    ACCESSIBILITY_UPDATED,
    CONFIGURATION_UPDATED,
    PLAN_UPDATED,
    SHOP_UPDATED,
)
from simulator.carriers.myparcel.records import SHOPS, Shop
from simulator.carriers.myparcel.shops.records import PLANS, PlanSubscription
from simulator.carriers.myparcel.tracking import notifications
from simulator.carriers.webhook import WebhookSpec
from simulator.engine.world import World

SHOP = Movable(SHOPS, "name", noun="shop")
PLAN = Movable(PLANS, "type", noun="plan")


def send(hook: str, world: World, shop: Shop, target: str | None = None) -> int:
    """Send that the shop is not what it was."""
    event: dict[str, Any] = {"event": hook, "id": shop.id, "account_id": shop.account_id}
    return notifications.post(world, shop.id, hook, event, {"shop_id": shop.id}, target)


def send_plan(world: World, plan: PlanSubscription, target: str | None = None) -> int:
    """Send that an account has another plan, to the shop that pays for it."""
    event: dict[str, Any] = {"event": PLAN_UPDATED, "id": plan.id, "account_id": plan.account_id}
    about = {"shop_id": plan.shop_id}
    return notifications.post(world, plan.shop_id, PLAN_UPDATED, event, about, target)


def _always(record: Shop | PlanSubscription) -> bool:
    return True


WEBHOOKS: Mapping[str, WebhookSpec[Any]] = {
    **{
        hook: WebhookSpec(hook, SHOP, "that there is", _always, partial(send, hook))
        for hook in (SHOP_UPDATED, ACCESSIBILITY_UPDATED, CONFIGURATION_UPDATED)
    },
    PLAN_UPDATED: WebhookSpec(
        PLAN_UPDATED, PLAN, "that was changed (myparcel.update_subscription)", _always, send_plan
    ),
}
"""Every webhook of shops by its name."""
