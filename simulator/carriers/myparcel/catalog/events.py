"""The events of MyParcel: everything that the carrier tells its workspace, and with what."""

from __future__ import annotations

from simulator.carriers.event import EventSpec, Member, StatusOf, change_of, play_broken_off
from simulator.carriers.myparcel.catalog.lifecycle import STATUSES

SHIPMENT = StatusOf("shipment", "myparcel.shipments", "shipment_id")
ORDER = StatusOf("order", "myparcel.orders", "order_id")

_ORDER_STATUSES = ("open", "partially_processed", "processed", "cancelled")

_ID = Member("integer", "The shipment's id")
_OWNER = {
    "account_id": Member("integer", "The account whose shipment it is"),
    "shop_id": Member("integer", "The shop whose shipment it is"),
}
_PAYMENT = {
    "hash": Member("string", "The payment's hash"),
    "shipment_ids": Member("integers", "The shipments that it is for"),
}
_OF_SHOP = {
    "shop_id": Member("integer", "The shop's id"),
    "account_id": Member("integer", "The account whose shop it is"),
}
_OF_ORDER = {
    "uuid": Member("string", "The UUID by which clients know the order"),
    "account_id": Member("integer", "The account whose order it is"),
    "shop_id": Member("integer", "The shop whose order it is"),
}
_CARRIER = Member("integer", "The number that the carrier has today")
_AN_ORDER = {
    "order_id": 1,
    "uuid": "59a285d7-7321-4d2e-a4b1-7f5dd5869609",
    "account_id": 501,
    "shop_id": 77,
}
_A_SHOP = {"shop_id": 77, "account_id": 501}
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
    EventSpec(
        name="myparcel.order_created",
        summary="A shop sent an order, which is to be shipped.",
        payload={"order_id": Member("integer", "The order's number in this world"), **_OF_ORDER},
        example=_AN_ORDER,
    ),
    EventSpec(
        name="myparcel.order_status_changed",
        summary="An order came into another status.",
        payload=change_of(ORDER, _OF_ORDER, _ORDER_STATUSES),
        example={**_AN_ORDER, "status": "processed", "previous": "open"},
        status=ORDER,
    ),
    EventSpec(
        name="myparcel.order_shipped",
        summary="A shipment was made of an order, or of a part of it.",
        payload={
            "order_id": Member("integer", "The order's number in this world"),
            "shipment_id": _ID,
        },
        example={"order_id": 1, "shipment_id": 20000001},
    ),
    EventSpec(
        name="myparcel.shop_updated",
        summary="A shop, or the account that it is of, was changed in the back office.",
        payload=_OF_SHOP,
        example=_A_SHOP,
    ),
    EventSpec(
        name="myparcel.shop_carrier_accessibility_updated",
        summary="A shop may use a carrier, or no longer.",
        payload={
            **_OF_SHOP,
            "carrier": _CARRIER,
            "enabled": Member("boolean", "Whether it may use it now"),
        },
        example={**_A_SHOP, "carrier": 4, "enabled": False},
    ),
    EventSpec(
        name="myparcel.shop_carrier_configuration_updated",
        summary="A shop hands its parcels to a carrier in another way.",
        payload={**_OF_SHOP, "carrier": _CARRIER},
        example={**_A_SHOP, "carrier": 1},
    ),
    EventSpec(
        name="myparcel.subscription_updated",
        summary="The plan of an account, and so what its shops may do, was changed.",
        payload={
            "subscription_id": Member("integer", "The plan's id"),
            "account_id": Member("integer", "The account whose plan it is"),
        },
        example={"subscription_id": 501, "account_id": 501},
    ),
)
"""All of them."""
