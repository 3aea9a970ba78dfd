"""The events of InPost: everything that the carrier tells its workspace, and with what."""

from __future__ import annotations

from simulator.carriers.event import EventSpec, Member, StatusOf, change_of, play_broken_off
from simulator.carriers.inpost.catalog.statuses import STATUSES

SHIPMENT = StatusOf("shipment", "inpost.shipments", "shipment_id")
DISPATCH_ORDER = StatusOf("dispatch order", "inpost.dispatch_orders", "dispatch_order_id")

_STATUSES = tuple(status.name for status in STATUSES)
_ORDER_STATUSES = ("new", "sent", "accepted", "done", "rejected", "canceled")

_ID = Member("integer", "The shipment's id")
_OWNER = Member("integer", "The organization whose shipment it is")
_NUMBER = Member("string", "The tracking number; null before the purchase", nullable=True)
_SHIPMENT = {"shipment_id": _ID, "organization_id": _OWNER}
_EXAMPLE = {"shipment_id": 15000001, "organization_id": 1}
_TRACKED = "605200017000000150000015"

EVENTS: tuple[EventSpec, ...] = (
    EventSpec(
        name="inpost.shipment_created",
        summary="A shipment was made, by itself or of a batch.",
        payload=_SHIPMENT,
        example=_EXAMPLE,
    ),
    EventSpec(
        name="inpost.offers_prepared",
        summary="The offers of a shipment are known, the unavailable ones included.",
        payload={**_SHIPMENT, "offers": Member("integers", "The ids of the offers")},
        example={**_EXAMPLE, "offers": [1100001]},
    ),
    EventSpec(
        name="inpost.transaction_failed",
        summary="A purchase failed for lack of money or data; its offer can be bought again.",
        payload={
            **_SHIPMENT,
            "error": Member(
                "string",
                "What stood in the way",
                values=("debt_collection", "company_data_missing"),
            ),
        },
        example={**_EXAMPLE, "error": "debt_collection"},
    ),
    EventSpec(
        name="inpost.shipment_confirmed",
        summary="A shipment is paid for and has its tracking number.",
        payload={**_SHIPMENT, "tracking_number": Member("string", "The tracking number")},
        example={**_EXAMPLE, "tracking_number": _TRACKED},
    ),
    EventSpec(
        name="inpost.shipment_canceled",
        summary="A client cancelled a shipment that was not paid for.",
        payload=_SHIPMENT,
        example=_EXAMPLE,
    ),
    EventSpec(
        name="inpost.shipment_status_changed",
        summary="A shipment came into another status: every change, those before the purchase "
        "too, of which no webhook tells.",
        payload=change_of(
            SHIPMENT, {"organization_id": _OWNER, "tracking_number": _NUMBER}, _STATUSES
        ),
        example={
            **_EXAMPLE,
            "tracking_number": _TRACKED,
            "status": "delivered",
            "previous": "ready_to_pickup",
        },
        status=SHIPMENT,
    ),
    EventSpec(
        name="inpost.batch_created",
        summary="A batch was accepted; its shipments are made one after the other.",
        payload={
            "batch_id": Member("integer", "The batch's id"),
            "organization_id": Member("integer", "The organization that it belongs to"),
        },
        example={"batch_id": 55001, "organization_id": 1},
    ),
    EventSpec(
        name="inpost.batch_finished",
        summary="Every shipment of a batch is made, and bought where that was asked for.",
        payload={
            "batch_id": Member("integer", "The batch's id"),
            "status": Member("string", "What the batch is now", values=("generated", "done")),
        },
        example={"batch_id": 55001, "status": "done"},
    ),
    EventSpec(
        name="inpost.dispatch_order_created",
        summary="A courier was ordered.",
        payload={"dispatch_order_id": Member("integer", "The dispatch order's id")},
        example={"dispatch_order_id": 880001},
    ),
    EventSpec(
        name="inpost.dispatch_order_status_changed",
        summary="A dispatch order came into another status.",
        payload=change_of(DISPATCH_ORDER, {}, _ORDER_STATUSES),
        example={"dispatch_order_id": 880001, "status": "accepted", "previous": "sent"},
        status=DISPATCH_ORDER,
    ),
    EventSpec(
        name="inpost.point_changed",
        summary="A locker or shop was added, opened or closed.",
        payload={
            "point": Member("string", "The point's name"),
            "status": Member(
                "string",
                "What the point is now",
                values=("Operating", "NonOperating", "Disabled"),
            ),
        },
        example={"point": "KRA012", "status": "Disabled"},
    ),
    play_broken_off("inpost", SHIPMENT),
)
"""All of them."""
