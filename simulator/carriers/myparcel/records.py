"""The records of the carrier's own world: keys, shops, shipments, payments, links, subscriptions.

Amounts are euro cents, weights grams, times aware and in UTC. What a client posted of a shipment is
kept as it came (observed: it is echoed without defaults); such dictionaries are never changed, only
replaced.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

from simulator.carriers.myparcel.editions.label_media import LabelKind
from simulator.core.tables import TableSpec

Role = Literal["postpaid", "prepaid", "disabled", "intermediary"]
PaymentStatus = Literal["open", "paid", "failed", "expired"]

STANDARD_SHIPMENT = 1
RETURN_SHIPMENT = 2


class ApiKey(msgspec.Struct, frozen=True, gc=False):
    """A key, whose shop it is, and what it may do.

    `edition` is the only edition of the API that knows its shop; None where any one may be spoken.
    """

    key: str
    account_id: int
    shop_id: int
    role: Role
    edition: str | None = None


class Shop(msgspec.Struct, frozen=True, gc=False):
    """A merchant's shop: the sender of its shipments, and whether receivers may return by link.

    `daily_maximum` is how many shipments it may make in a day, None for any number; `active` is
    false as long as nobody has activated its account.
    """

    id: int
    account_id: int
    name: str
    sender: dict[str, Any]
    returns_enabled: bool = True
    active: bool = True
    daily_maximum: int | None = None


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
    colli of one multi-collo shipment; `address_id` is the saved address of the recipient, where
    the address book has it; `next_job` is the job of its journey. `numbering` tells which
    edition's numbers `carrier` is one of, since they differ. `hidden` and `said_delivered` are what
    the shop itself said of it; None for nothing. `user_agent` is the client that created it,
    `drop_off_point` where the shop means to hand it in, `contract_id` the contract with its carrier
    that the shop named.
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
    address_id: int | None = None
    journey: str | None = None
    next_job: int | None = None
    history: tuple[Trace, ...] = ()
    numbering: str = "2017"
    hidden: bool = False
    said_delivered: bool | None = None
    user_agent: str | None = None
    drop_off_point: dict[str, Any] | None = None
    contract_id: int | None = None


class Payment(msgspec.Struct, frozen=True, gc=False):
    """What a prepaid shop has to pay before it gets the labels of these shipments.

    `number` is the payment's own; its invoice has another.
    """

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
    number: int = 0


class LabelFile(msgspec.Struct, frozen=True, gc=False):
    """A link to labels, a PDF or ZPL: anybody who has the hash may fetch it from `ready` on."""

    hash: str
    shop_id: int
    shipment_ids: tuple[int, ...]
    paper: str
    positions: tuple[int, ...]
    created: datetime
    ready: datetime
    kind: LabelKind = "pdf"


class PrinterGroup(msgspec.Struct, frozen=True, gc=False):
    """Label printers to which labels can be sent at once; `id` is a UUID.

    Without `shop_id` all shops of the account print to it.
    """

    id: str
    account_id: int
    name: str
    shop_id: int | None = None


class PrintJob(msgspec.Struct, frozen=True, gc=False):
    """Labels that a printer group got at `printed`; `label_file` has their bytes."""

    id: int
    printer_group_id: str
    account_id: int
    shop_id: int
    shipment_ids: tuple[int, ...]
    label_file: str
    printed: datetime


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
SHOPS = TableSpec("myparcel.shops", Shop, indexes=("account_id", "name"))
SHIPMENTS = TableSpec(
    "myparcel.shipments",
    Shipment,
    indexes=("shop_id", "barcode"),
)
PAYMENTS = TableSpec("myparcel.payments", Payment, key="hash", indexes=("status",))
LABEL_FILES = TableSpec("myparcel.label_files", LabelFile, key="hash")
PRINTER_GROUPS = TableSpec("myparcel.printer_groups", PrinterGroup, indexes=("account_id",))
PRINT_JOBS = TableSpec("myparcel.print_jobs", PrintJob, indexes=("printer_group_id",))
RETURN_LINKS = TableSpec("myparcel.return_links", ReturnLink, key="hash")
SUBSCRIPTIONS = TableSpec("myparcel.subscriptions", Subscription, indexes=("shop_id",))
ADDRESSES = TableSpec("myparcel.addresses", SavedAddress, indexes=("content",))

TABLES: tuple[TableSpec[Any], ...] = (
    API_KEYS,
    SHOPS,
    SHIPMENTS,
    PAYMENTS,
    LABEL_FILES,
    PRINTER_GROUPS,
    PRINT_JOBS,
    RETURN_LINKS,
    SUBSCRIPTIONS,
    ADDRESSES,
)
