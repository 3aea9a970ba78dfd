"""The webhooks of MyParcel, and of which shipments they tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.carriers.myparcel.catalog.hooks import STATUS_CHANGE
from simulator.carriers.myparcel.catalog.lifecycle import CONCEPT, INACTIVE
from simulator.carriers.myparcel.labels import orders
from simulator.carriers.myparcel.records import Shipment
from simulator.carriers.myparcel.shipments.playing import MOVABLE
from simulator.carriers.myparcel.tracking import notifications
from simulator.carriers.webhook import WebhookSpec


def _has_a_label(shipment: Shipment) -> bool:
    return shipment.status not in (CONCEPT, INACTIVE[CONCEPT])


_ALL = (
    WebhookSpec(
        STATUS_CHANGE,
        MOVABLE,
        "that is no concept any more",
        lambda shipment: shipment.status != CONCEPT,
        notifications.send_status,
    ),
    WebhookSpec(
        orders.LABEL_CREATED,
        MOVABLE,
        "that has a label",
        _has_a_label,
        orders.send_label,
    ),
)

WEBHOOKS: Mapping[str, WebhookSpec[Any]] = {each.name: each for each in _ALL}
"""Every webhook by its name."""
