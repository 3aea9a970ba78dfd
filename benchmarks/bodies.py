"""What the measurements and the soak ask with: keys, clocks, and bodies of creates."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

FROZEN = {"mode": "frozen", "at": "2026-03-02T10:15:00+01:00"}
"""A clock that stands."""

PREPAID = {"Authorization": "Bearer sim-inpost-prepaid"}
POSTPAID = {"Authorization": "Bearer sim-inpost-postpaid"}
SHOP = {"Authorization": "basic " + b64encode(b"sim-myparcel-postpaid").decode()}
SHOP_OF_TODAY = {"Authorization": "basic " + b64encode(b"sim-myparcel-nl").decode()}
ACCOUNT = {"X-API-KEY": "apitest1234567890"}
INTEGRATOR = {"X-API-KEY": "integration-api-key-12345"}

SHIPMENTS = "application/vnd.shipment+json;charset=utf-8"
"""The media type in which MyParcel takes shipments."""

LOCKER: dict[str, Any] = {
    "receiver": {
        "first_name": "Ewa",
        "last_name": "Malinowska",
        "email": "ewa@example.com",
        "phone": "501502503",
    },
    "parcels": {"template": "small"},
    "custom_attributes": {
        "sending_method": "parcel_locker",
        "target_point": "KRA010",
        "dropoff_point": "WAW478M",
    },
    "service": "inpost_locker_standard",
    "reference": "ORDER-1001",
}
"""A create of ShipX."""

LETTERBOX: dict[str, Any] = {
    "carrier": 1,
    "recipient": {
        "cc": "NL",
        "postal_code": "3584CS",
        "city": "Utrecht",
        "street": "Kruytgebouw",
        "number": "8",
        "person": "Noor Visser",
        "email": "noor@example.test",
    },
    "options": {"package_type": 1},
}
"""A shipment of MyParcel."""

ORDER: dict[str, Any] = {
    "external_identifier": "1025",
    "order_date": "2026-03-02 09:58:11",
    "invoice_address": LETTERBOX["recipient"],
    "shipment": LETTERBOX,
    "order_lines": [{"quantity": 1, "product": {"sku": "kettle", "name": "Kettle"}}],
}
"""An order of MyParcel."""

COLLECTION: dict[str, Any] = {
    "name": "Magazyn",
    "phone": "501502503",
    "address": {
        "street": "Prosta",
        "building_number": "1",
        "city": "Warszawa",
        "post_code": "00-838",
    },
}
"""A dispatch order of ShipX, but for its shipments."""

PARCEL: dict[str, Any] = {
    "parcel": {
        "transactionType": "B2C",
        "type": "Registered",
        "currency": "EUR",
        "parcelGrossWeight": 0.42,
        "items": [
            {
                "description": "Ceramic mug",
                "hsCode": "691200",
                "quantity": 2,
                "valuePerItem": 7.5,
                "weightPerItem": 0.2,
            }
        ],
    },
    "additionalInfo": {"serviceCode": "LTPO"},
    "receiver": {
        "name": "Aino Laine",
        "address": "Mannerheimintie 5",
        "zipCode": "00100",
        "city": "Helsinki",
        "countryCode": "FI",
    },
}
"""A parcel of PostPlus, but for its number."""


def shipments(count: int, each: dict[str, Any] = LETTERBOX) -> dict[str, Any]:
    """The body of a MyParcel POST with so many shipments."""
    return {"data": {"shipments": [each] * count}}


def parcel(number: str) -> dict[str, Any]:
    """The body of a PostPlus upsert."""
    return {"identifiers": {"senderParcelNr": number}, **PARCEL}
