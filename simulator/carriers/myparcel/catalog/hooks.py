"""The webhooks that a shop can subscribe to."""

from __future__ import annotations

STATUS_CHANGE = "shipment_status_change"
"""The one of the document of 2017."""

LABEL_CREATED = "shipment_label_created"
ORDER_STATUS_CHANGE = "order_status_change"
SHOP_UPDATED = "shop_updated"
ACCESSIBILITY_UPDATED = "shop_carrier_accessibility_updated"
CONFIGURATION_UPDATED = "shop_carrier_configuration_updated"
PLAN_UPDATED = "subscription_created_or_updated"

LATER_HOOKS = (
    LABEL_CREATED,
    ORDER_STATUS_CHANGE,
    SHOP_UPDATED,
    ACCESSIBILITY_UPDATED,
    CONFIGURATION_UPDATED,
    PLAN_UPDATED,
)
