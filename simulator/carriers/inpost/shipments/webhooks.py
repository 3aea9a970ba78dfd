"""The webhooks of InPost, and of which shipments they tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.carriers.inpost.shipments.playing import MOVABLE
from simulator.carriers.inpost.tracking import notifications
from simulator.carriers.webhook import WebhookSpec

_ALL = (
    WebhookSpec(
        "offers_prepared",
        MOVABLE,
        "that has offers",
        lambda shipment: bool(shipment.offers),
        notifications.send_offers,
    ),
    WebhookSpec(
        "shipment_confirmed",
        MOVABLE,
        "that is paid for",
        lambda shipment: shipment.tracking_number is not None,
        notifications.send_confirmation,
    ),
    WebhookSpec(
        "shipment_status_changed",
        MOVABLE,
        "that is paid for",
        lambda shipment: shipment.tracking_number is not None,
        notifications.shipment_status_changed,
    ),
)

WEBHOOKS: Mapping[str, WebhookSpec[Any]] = {each.name: each for each in _ALL}
"""Every webhook by its name."""
