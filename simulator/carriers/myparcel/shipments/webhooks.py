"""The webhooks of MyParcel, and of which shipments they tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.carriers.myparcel.catalog.lifecycle import CONCEPT
from simulator.carriers.myparcel.labels import orders
from simulator.carriers.myparcel.records import Shipment
from simulator.carriers.myparcel.shipments.playing import MOVABLE
from simulator.carriers.myparcel.tracking import notifications
from simulator.carriers.webhook import WebhookSpec


def _is_registered(shipment: Shipment) -> bool:
    return shipment.status != CONCEPT and shipment.barcode is not None


_ALL = (
    WebhookSpec(
        notifications.STATUS_CHANGE,
        MOVABLE,
        "that is no concept any more",
        lambda shipment: shipment.status != CONCEPT,
        notifications.send_status,
    ),
    WebhookSpec(
        orders.LABEL_CREATED,
        MOVABLE,
        "that has a label",
        _is_registered,
        orders.send_label,
    ),
)

WEBHOOKS: Mapping[str, WebhookSpec[Any]] = {each.name: each for each in _ALL}
"""Every webhook by its name."""
