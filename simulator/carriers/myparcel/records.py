"""The records of the carrier's own world: keys, shops, shipments, payments, links, subscriptions.

Amounts are euro cents, weights grams, times aware and in UTC. What a client posted of a shipment is
kept as it came (observed: it is echoed without defaults); such dictionaries are never changed, only
replaced.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

from simulator.core.tables import TableSpec

Role = Literal["postpaid", "prepaid", "disabled", "intermediary"]
PaymentStatus = Literal["open", "paid", "failed", "expired"]
Numbering = Literal["com", "nl"]

STANDARD_SHIPMENT = 1
RETURN_SHIPMENT = 2


class ApiKey(msgspec.Struct, frozen=True, gc=False):
    """A key, whose shop it is, and what it may do."""

    key: str
    account_id: int
    shop_id: int
    role: Role


class Shop(msgspec.Struct, frozen=True, gc=False):
    """A merchant's shop: the sender of its shipments, and whether receivers may return by link."""

    id: int
    account_id: int
    name: str
    sender: dict[str, Any]
    returns_enabled: bool = True


class Trace(msgspec.Struct, frozen=True, gc=False):
    """A scan: the code and text of the tracking history, and the status that it brought."""

    code: str
    description: str
    at: datetime
    status: int


class Shipment(msgspec.Struct, frozen=True, gc=False):
    """A shipment. `status` is the carrier's number (1 concept ... 101).

    `payment_hash` names the payment that a prepaid key still owes or has made; `paid` is true for
    postpaid keys from the start. `history` is oldest first. `main_id` and `secondary_ids` tie the
    colli of one multi-collo shipment; `next_job` is the job of its journey. `numbering` tells which
    twin's numbers `carrier` is one of, since they differ.
    """

    id: int
    account_id: int
    shop_id: int
    shipment_type: int
    carrier: int
    recipient: dict[str, Any]
    sender: dict[str, Any]
    options: dict[str, Any]
    price: int
    region: str
    created: datetime
    modified: datetime
    status: int = 1
    barcode: str | None = None
    parent_id: int | None = None
    reference_identifier: str | None = None
    general_settings: dict[str, Any] | None = None
    pickup: dict[str, Any] | None = None
    customs_declaration: dict[str, Any] | None = None
    physical_properties: dict[str, Any] | None = None
    paid: bool = True
    payment_hash: str | None = None
    main_id: int | None = None
    secondary_ids: tuple[int, ...] = ()
    journey: str | None = None
    next_job: int | None = None
    history: tuple[Trace, ...] = ()
    numbering: Numbering = "com"


class Payment(msgspec.Struct, frozen=True, gc=False):
    """What a prepaid shop has to pay before it gets the labels of these shipments."""

    hash: str
    account_id: int
    shop_id: int
    shipment_ids: tuple[int, ...]
    amount: int
    invoice_id: int
    invoice_number: str
    notification_hash: str
    created: datetime
    status: PaymentStatus = "open"


class LabelFile(msgspec.Struct, frozen=True, gc=False):
    """A link to a PDF of labels: anybody who has the hash may fetch it from `ready` on."""

    hash: str
    shop_id: int
    shipment_ids: tuple[int, ...]
    paper: str
    positions: tuple[int, ...]
    created: datetime
    ready: datetime


class ReturnLink(msgspec.Struct, frozen=True, gc=False):
    """A link under which a receiver of the shop may make a return shipment."""

    hash: str
    shop_id: int
    created: datetime


class Subscription(msgspec.Struct, frozen=True, gc=False):
    """A webhook of a shop: what it is told, where, and the key that asked for it."""

    id: int
    account_id: int
    shop_id: int
    hook: str
    url: str
    api_key: str | None = None


class SavedAddress(msgspec.Struct, frozen=True, gc=False):
    """An address in a shop's address book, as it was posted."""

    id: int
    shop_id: int
    address: dict[str, Any]

    @property
    def content(self) -> tuple[int, bytes]:
        """By what an address that a shop has already is found."""
        return self.shop_id, msgspec.json.encode(self.address, order="deterministic")


API_KEYS = TableSpec("myparcel.api_keys", ApiKey, key="key", indexes=("shop_id",))
SHOPS = TableSpec("myparcel.shops", Shop)
SHIPMENTS = TableSpec(
    "myparcel.shipments",
    Shipment,
    indexes=("shop_id", "barcode"),
)
PAYMENTS = TableSpec("myparcel.payments", Payment, key="hash", indexes=("status",))
LABEL_FILES = TableSpec("myparcel.label_files", LabelFile, key="hash")
RETURN_LINKS = TableSpec("myparcel.return_links", ReturnLink, key="hash")
SUBSCRIPTIONS = TableSpec("myparcel.subscriptions", Subscription, indexes=("shop_id",))
ADDRESSES = TableSpec("myparcel.addresses", SavedAddress, indexes=("content",))

TABLES: tuple[TableSpec[Any], ...] = (
    API_KEYS,
    SHOPS,
    SHIPMENTS,
    PAYMENTS,
    LABEL_FILES,
    RETURN_LINKS,
    SUBSCRIPTIONS,
    ADDRESSES,
)
