"""The events of MyParcel: everything that the carrier tells its workspace, and with what."""

from __future__ import annotations

from simulator.carriers.event import EventSpec, Member, StatusOf, change_of, play_broken_off
from simulator.carriers.myparcel.catalog.lifecycle import STATUSES

SHIPMENT = StatusOf("shipment", "myparcel.shipments", "shipment_id")

_ID = Member("integer", "The shipment's id")
_OWNER = {
    "account_id": Member("integer", "The account whose shipment it is"),
    "shop_id": Member("integer", "The shop whose shipment it is"),
}
_PAYMENT = {
    "hash": Member("string", "The payment's hash"),
    "shipment_ids": Member("integers", "The shipments that it is for"),
}
_HASH = "6f9b9fd6ba4e1a3d44d6ff5c8b0c4a1e7c7f3a52"


def _payment(end: str, summary: str) -> EventSpec:
    return EventSpec(
        name=f"myparcel.payment_{end}",
        summary=summary,
        payload=_PAYMENT,
        example={"hash": _HASH, "shipment_ids": [20000001]},
    )


EVENTS: tuple[EventSpec, ...] = (
    EventSpec(
        name="myparcel.shipment_created",
        summary="A shipment or a return was made: a concept, or of a CSV file.",
        payload={"shipment_id": _ID, **_OWNER},
        example={"shipment_id": 20000001, "account_id": 162450, "shop_id": 1},
    ),
    EventSpec(
        name="myparcel.shipment_status_changed",
        summary="A shipment came into another status.",
        payload=change_of(
            SHIPMENT,
            {**_OWNER, "barcode": Member("string", "The barcode, if it has one", nullable=True)},
            STATUSES,
        ),
        example={
            "shipment_id": 20000001,
            "account_id": 162450,
            "shop_id": 1,
            "barcode": "3SMYPA000000001",
            "status": 3,
            "previous": 2,
        },
        status=SHIPMENT,
    ),
    EventSpec(
        name="myparcel.shipment_weighed",
        summary="The carrier weighed a package, which corrected its price.",
        payload={
            "shipment_id": _ID,
            "weight": Member("integer", "Grams"),
            "price": Member("integer", "The price by that weight, in euro cents"),
        },
        example={"shipment_id": 20000001, "weight": 11000, "price": 1295},
    ),
    _payment("required", "A prepaid shop asked for labels that it has to pay for first."),
    _payment("paid", "A payment was made: the labels of its shipments can be had."),
    _payment("failed", "A payment was refused or called off."),
    _payment("expired", "A payment was not made in time, or another one took its place."),
    play_broken_off("myparcel", SHIPMENT),
)
"""All of them."""
