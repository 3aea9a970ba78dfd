"""``GET /whoami`` and ``GET /acl``: whose key it is, and what its plan lets it do.

Observed in client libraries: the members of both, without the envelope of other answers.
"""

from __future__ import annotations

from simulator.carriers.myparcel.account import settings
from simulator.carriers.myparcel.wire import credentials, media
from simulator.core.answers import Answer
from simulator.engine.world import World

_PERMISSIONS = (
    *("selectAccount", "selectShop"),
    *("insertShipment", "updateShipment", "deleteShipment", "selectShipment"),
    *("insertWebhookSubscription", "deleteWebhookSubscription", "selectWebhookSubscription"),
    *("readTrackTrace", "printShipmentLabel", "authGetAcl", "accountSelectOrder"),
    *("readPriceAmounts", "selectCarrierOptionsAccessible"),
    *("fulfilmentReadOrders", "fulfilmentWriteOrders", "fulfilmentDeleteOrders"),
    *("fulfilmentReadOrderNotes", "fulfilmentWriteOrderNotes", "fulfilmentDeleteOrderNotes"),
)


def whoami(world: World) -> Answer:
    """The principal of the key: a shop."""
    media.json_only(world)
    shop = credentials.shop(world)
    features = settings.plan_of(world, shop.account_id, shop.id).features
    body = {
        "type": "SHOP",
        "id": str(shop.id),
        "accountId": str(shop.account_id),
        "shopIds": [str(shop.id)],
        "role": "SHOP_DEFAULT",
        "platform": settings.platform_of(shop).name,
        # There is at least one where there is the member (documented).
        **({"features": list(features)} if features else {}),
    }
    return Answer(body=body, media_type=media.JSON)


def get_acl(world: World) -> Answer:
    """What the key may do, and the features of the plan in the words of this interface."""
    media.json_only(world)
    shop = credentials.shop(world)
    plan = settings.plan_of(world, shop.account_id, shop.id)
    body = {
        "account_id": shop.account_id,
        "shop_ids": [shop.id],
        "permissions": list(_PERMISSIONS),
        "platform_id": settings.platform_of(shop).id,
        "user_id": shop.account_id,
        "subscription_features": [f"allow_{feature.lower()}" for feature in plan.features],
    }
    return Answer(body=body, media_type=media.JSON)
