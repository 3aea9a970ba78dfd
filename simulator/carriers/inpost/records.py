"""The records of the carrier's own world: organizations and their registry, shipments, collection.

Money is kept in whole grosze (1/100 PLN), times are aware and in UTC; the views turn both into the
carrier's forms. Attribute names are the carrier's.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

from simulator.carriers.inpost.catalog.points import PointSeed
from simulator.core.tables import TableSpec
from simulator.engine.records import StampClock

Account = Literal["prepaid", "postpaid"]
OfferStatus = Literal["in_preparation", "available", "unavailable", "selected", "bought", "expired"]
TransactionStatus = Literal["initiated", "success", "failure"]
DispatchOrderStatus = Literal["new", "sent", "accepted", "done", "rejected", "canceled"]
DispatchPointStatus = Literal["active", "inactive"]
BatchStatus = Literal["in_progress", "generated", "done"]


class Address(msgspec.Struct, frozen=True, gc=False):
    """A postal address: street and building number, or the older two lines."""

    id: int
    street: str | None = None
    building_number: str | None = None
    line1: str | None = None
    line2: str | None = None
    city: str | None = None
    post_code: str | None = None
    country_code: str | None = None


class Peer(msgspec.Struct, frozen=True, gc=False):
    """Sender or receiver of a shipment."""

    id: int
    name: str | None = None
    company_name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: str | None = None
    address: Address | None = None


class Organization(msgspec.Struct, frozen=True, gc=False):
    """A customer's account.

    `balance` is a prepaid account's money in grosze; `debt` stops every purchase with
    ``debt_collection``; `courier_contract` is what ``missing_trucker_id`` complains about;
    `webhook_url` is where notifications go; `webhook_stamp` says whose time their headers tell,
    None where the quirk `inpost.webhook_stamp` does.
    """

    id: int
    owner_id: int
    name: str
    tax_id: str
    account: Account
    balance: int
    carriers: tuple[str, ...]
    services: tuple[str, ...]
    address: Address
    contact_person: Peer
    created_at: datetime
    updated_at: datetime
    bank_account_number: str | None = None
    invoice_address: Address | None = None
    debt: bool = False
    courier_contract: bool = True
    webhook_url: str | None = None
    webhook_stamp: StampClock | None = None


class Token(msgspec.Struct, frozen=True, gc=False):
    """An API token and the organizations that it opens."""

    token: str
    organization_ids: tuple[int, ...]


class User(msgspec.Struct, frozen=True, gc=False):
    """A person who may use an organization's account."""

    id: int
    organization_id: int
    email: str
    first_name: str
    last_name: str
    phone: str
    status: str
    created_at: datetime
    updated_at: datetime


class Mpk(msgspec.Struct, frozen=True, gc=False):
    """A cost centre of an organization."""

    id: int
    organization_id: int
    name: str
    description: str
    created_at: datetime
    updated_at: datetime


class Money(msgspec.Struct, frozen=True, gc=False):
    """An amount in grosze with its currency; both None when the shipment has no such amount."""

    amount: int | None = None
    currency: str | None = None


class Parcel(msgspec.Struct, frozen=True, gc=False):
    """One parcel: sides in millimetres, weight in kilograms.

    `identify_number` is the id that the caller gave it; `id` is the carrier's.
    """

    id: int
    identify_number: str | None
    template: str | None
    length: float | None
    width: float | None
    height: float | None
    weight: float | None
    is_non_standard: bool = False
    tracking_number: str | None = None
    told_weight: float | None = None
    """What the sender told: `weight` without a template, which has a weight of its own that the
    carrier echoes and no parcel has."""


class Offer(msgspec.Struct, frozen=True, gc=False):
    """A service that the shipment can be sent with. `rate` is in grosze, None when not told.

    `reasons` are the keys for which it is unavailable, `messages` the same in words, one for each.
    """

    id: int
    status: OfferStatus
    service: str
    carrier: str
    expires_at: datetime | None
    rate: int | None
    currency: str | None
    additional_services: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    price: int = 0
    """What a purchase takes from the balance, in grosze, whether or not the rate is told."""
    messages: tuple[str, ...] = ()


class Transaction(msgspec.Struct, frozen=True, gc=False):
    """A try to pay for an offer. `error` is the key of a failure, such as ``debt_collection``."""

    id: int
    status: TransactionStatus
    offer_id: int
    created_at: datetime
    updated_at: datetime
    error: str | None = None


class HistoryItem(msgspec.Struct, frozen=True, gc=False):
    """A status that the shipment had, and since when."""

    status: str
    at: datetime
    origin_status: str | None = None
    agency: str | None = None
    location: str | None = None


class Shipment(msgspec.Struct, frozen=True, gc=False):
    """A shipment with all that belongs to it.

    `purchasing` is true while a purchase runs, `preparing` while offers are being fetched, and in
    the simplified mode until one of them is chosen; jobs
    that are still to come are named by their ids in `next_job` so that they can be cancelled.
    """

    id: int
    organization_id: int
    status: str
    created_at: datetime
    updated_at: datetime
    service: str | None
    sender: Peer
    receiver: Peer | None
    parcels: tuple[Parcel, ...]
    tracking_number: str | None = None
    return_tracking_number: str | None = None
    reference: str | None = None
    is_return: bool = False
    created_by_id: int | None = None
    external_customer_id: str | None = None
    end_of_week_collection: bool = False
    comments: str | None = None
    mpk_id: int | None = None
    additional_services: tuple[str, ...] = ()
    target_point: str | None = None
    dropoff_point: str | None = None
    sending_method: str | None = None
    allegro_transaction_id: str | None = None
    allegro_user_id: str | None = None
    customer_delivering_code: str | None = None
    dispatch_order_id: int | None = None
    commercial_product_identifier: str | None = None
    cod: Money = Money()
    insurance: Money = Money()
    offers: tuple[Offer, ...] = ()
    selected_offer_id: int | None = None
    transactions: tuple[Transaction, ...] = ()
    only_choice_of_offer: bool = False
    batch_id: int | None = None
    preparing: bool = False
    purchasing: bool = False
    next_job: int | None = None
    journey: str | None = None
    history: tuple[HistoryItem, ...] = ()


class AddressBook(msgspec.Struct, frozen=True, gc=False):
    """A saved sender or receiver.

    `kind` says what the entry is for, in the caller's word; the `sender_*` flags make it the
    default sender of parcels of that sort.
    """

    id: int
    organization_id: int
    name: str
    first_name: str
    last_name: str
    phone: str
    email: str
    main_address: Address
    delivery_address: Address
    created_at: datetime
    updated_at: datetime
    sender_parcel: bool = False
    sender_courier: bool = False
    sender_letter: bool = False
    kind: str = "receiver"
    company_name: str | None = None
    preferred_dropoff_point: str | None = None


class Comment(msgspec.Struct, frozen=True, gc=False):
    """A comment of a dispatch order, for the courier."""

    id: int
    comment: str
    created_at: datetime


class OrderStep(msgspec.Struct, frozen=True, gc=False):
    """A status that a dispatch order came into after `new`, and when."""

    status: DispatchOrderStatus
    at: datetime


class DispatchOrder(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """An order for a courier to collect shipments at an address.

    `external_id` is the courier's own number of the order, known once it was sent to him; `error`
    says why it was rejected; `next_job` is the job of the next status, None when nothing comes by
    itself.
    """

    id: int
    organization_id: int
    status: DispatchOrderStatus
    address: Address
    shipment_ids: tuple[int, ...]
    created_at: datetime
    updated_at: datetime
    comments: tuple[Comment, ...] = ()
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    office_hours: str | None = None
    dispatch_point_id: int | None = None
    external_id: int | None = None
    statuses: tuple[OrderStep, ...] = ()
    error: str | None = None
    next_job: int | None = None


class DispatchPoint(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A saved place from which couriers collect for an organization."""

    id: int
    organization_id: int
    name: str
    office_hours: str
    address: Address
    phone: str | None = None
    email: str | None = None
    comments: str | None = None
    status: DispatchPointStatus = "active"


class Batch(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Shipments that were ordered in one request.

    `items` are the checked requests that wait for their shipments to be made; it is emptied then.
    """

    id: int
    organization_id: int
    status: BatchStatus
    only_choice_of_offer: bool
    items: tuple[dict[str, Any], ...]
    created_at: datetime
    updated_at: datetime


ORGANIZATIONS = TableSpec("inpost.organizations", Organization)
TOKENS = TableSpec("inpost.tokens", Token, key="token")
USERS = TableSpec("inpost.users", User, indexes=("organization_id",))
MPKS = TableSpec("inpost.mpks", Mpk, indexes=("organization_id",))
POINTS = TableSpec("inpost.points", PointSeed, key="name", indexes=("city",))
SHIPMENTS = TableSpec(
    "inpost.shipments", Shipment, indexes=("organization_id", "tracking_number", "batch_id")
)
ADDRESS_BOOKS = TableSpec("inpost.address_books", AddressBook, indexes=("organization_id",))
DISPATCH_ORDERS = TableSpec(
    "inpost.dispatch_orders", DispatchOrder, indexes=("organization_id", "status")
)
DISPATCH_POINTS = TableSpec("inpost.dispatch_points", DispatchPoint, indexes=("organization_id",))
BATCHES = TableSpec("inpost.batches", Batch, indexes=("organization_id",))

TABLES: tuple[TableSpec[Any], ...] = (
    ORGANIZATIONS,
    TOKENS,
    USERS,
    MPKS,
    POINTS,
    SHIPMENTS,
    ADDRESS_BOOKS,
    DISPATCH_ORDERS,
    DISPATCH_POINTS,
    BATCHES,
)
