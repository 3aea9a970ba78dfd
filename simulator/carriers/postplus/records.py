"""The records of the carrier's own world: accounts, keys, parcels, shipments, files, events.

Weights are kilograms and values are in the parcel's currency, both as decimals; sizes are
centimetres; times are aware and in UTC. The views turn them into the carrier's forms.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

import msgspec

from simulator.core.tables import TableSpec

Environment = Literal["test", "production"]
Scope = Literal[
    "parcels", "shipments", "documents", "tracking", "hs-codes", "integrations", "accounts"
]
ParcelStatus = Literal["Created", "Manifested", "Departed", "Delivered", "Returned"]
ShipmentStatus = Literal[
    "Imported", "Created", "Pending", "Planned", "Manifested", "Arrived", "Completed"
]
ManifestLevel = Literal["Parcel", "Bag"]


class NumberRange(msgspec.Struct, frozen=True, gc=False):
    """A pool of UPU S10 numbers that a client gives out by itself (offline).

    `prefix` is two letters, `country` two; `first` and `last` are the eight digits as numbers, both
    included.
    """

    prefix: str
    country: str
    first: int
    last: int


class Account(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A customer or an integrator, in one environment, whose records no account of the other sees.

    `services` are the service codes that it has, the first of them is its default;
    `document_terminals` are the terminals at which a submitted shipment waits for its AWB or CMR.
    """

    id: int
    name: str
    environment: Environment = "test"
    country: str = "EE"
    services: tuple[str, ...] = ()
    default_type: str = "NotRegistered"
    default_terminal: str = "AMS"
    document_terminals: tuple[str, ...] = ()
    ranges: tuple[NumberRange, ...] = ()


class ApiKey(msgspec.Struct, frozen=True, gc=False):
    """A key of one environment: whose it is, and what it opens."""

    key: str
    account_id: int
    environment: Environment
    scopes: tuple[Scope, ...]


class Item(msgspec.Struct, frozen=True, gc=False):
    """One kind of goods in a parcel; value and weight are of one piece."""

    description: str | None = None
    sku_code: str | None = None
    hs_code: str | None = None
    quantity: int | None = None
    value_per_item: Decimal | None = None
    weight_per_item: Decimal | None = None


class Party(msgspec.Struct, frozen=True, gc=False):
    """A receiver or a sender."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    zip_code: str | None = None
    city: str | None = None
    state: str | None = None
    country_code: str | None = None
    pickup_point_id: int | None = None


class AdditionalInfo(msgspec.Struct, frozen=True, gc=False):
    """Tax and routing of a parcel. `parameters` is kept as it came."""

    tax_type: str | None = None
    tax_identification: str | None = None
    route_info: str | None = None
    ship_date: str | None = None
    service_code: str | None = None
    ordinal: int | None = None
    parameters: Any = None


class Parcel(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A parcel.

    `parcel_nr` is None until the data has no errors; `given_nr` says that the number came from an
    offline range. `reserved_nr` is the number that it has, had before it was cancelled, or asks
    for. `original_*` are kept and echoed. `manifest_file_id` is the file that brought or linked it.
    """

    id: int
    account_id: int
    parcel_nr: str | None = None
    sender_parcel_nr: str | None = None
    original_parcel_nr: str | None = None
    original_sender_parcel_nr: str | None = None
    given_nr: bool = False
    reserved_nr: str | None = None
    bag_nr: str | None = None
    shipment_id: int | None = None
    manifest_file_id: int | None = None
    manifest_parcel_nr: str | None = None
    carrier_parcel_nr: str | None = None
    type: str = "NotRegistered"
    transaction_type: str = "B2C"
    currency: str | None = None
    gross_weight: Decimal | None = None
    height: Decimal | None = None
    width: Decimal | None = None
    length: Decimal | None = None
    items: tuple[Item, ...] = ()
    receiver: Party = Party()
    sender: Party | None = None
    info: AdditionalInfo = AdditionalInfo()
    status: ParcelStatus = "Created"
    is_cancelled: bool = False
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    print_id: int | None = None
    created_on: datetime
    updated_on: datetime
    journey: str | None = None
    next_job: int | None = None


class UsedNumber(msgspec.Struct, frozen=True, gc=False):
    """A number of an offline range that a parcel has or had: nobody else gets it any more (D18).

    `id` is the environment and the number, ``test/RF000000028LT``.
    """

    id: str
    account_id: int
    parcel_id: int


class ArrivalInfo(msgspec.Struct, frozen=True, gc=False):
    """How a shipment comes to the terminal."""

    arrival_gateway: str | None = None
    transport_nr: str | None = None
    origin_country_code: str | None = None
    total_weight: Decimal | None = None
    total_bags: int | None = None
    arrival_on: datetime | None = None
    notes: str | None = None


class DeclaredBag(msgspec.Struct, frozen=True, gc=False):
    """A bag of a bag-level shipment, which names no parcels."""

    bag_nr: str
    destination_country_code: str | None = None
    mail_type: str | None = None
    service_code: str | None = None
    container_type: str = "Bag"
    route_info: str | None = None
    total_weight: Decimal | None = None
    tare_weight: Decimal | None = None
    total_items: int | None = None


class Shipment(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A shipment: parcels, or bags that name none, that travel to a terminal together.

    `submit_token` is there once it is prepared, and goes when what it was prepared with changes;
    `contents` is what it was prepared with.
    """

    id: int
    account_id: int
    type: str
    shipment_nr: str
    master_nr: str | None = None
    terminal_code: str = "AMS"
    transaction_type: str = "B2C"
    manifest_level: ManifestLevel = "Parcel"
    arrival: ArrivalInfo = ArrivalInfo()
    bags: tuple[DeclaredBag, ...] = ()
    status: ShipmentStatus = "Created"
    submit_token: str | None = None
    contents: str | None = None
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    is_processing: bool = False
    documents_at: datetime | None = None
    created_on: datetime
    submitted_on: datetime | None = None
    next_job: int | None = None


class ManifestFile(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """An uploaded list of parcels.

    `processed` tells each of its rows what became of it; it is the rows of the processed file, the
    first of them its header.
    """

    id: int
    account_id: int
    shipment_id: int
    file_name: str
    file_format: str
    content: bytes
    rows: int = 0
    parsed_rows: int = 0
    errors: tuple[str, ...] = ()
    processed: tuple[tuple[str, ...], ...] = ()
    created_on: datetime


class ShipmentDocument(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A document of a shipment: one that the client attached (`content`), or one that the carrier
    makes of it (None), which is drawn when it is asked for."""

    id: int
    account_id: int
    shipment_id: int
    file_type: str
    file_format: str
    file_name: str
    notes: str | None = None
    content: bytes | None = None
    created_on: datetime


class Print(msgspec.Struct, frozen=True, gc=False):
    """The label of a parcel; it is drawn when it is asked for."""

    id: int
    account_id: int
    parcel_id: int
    label_size: str


class PrintJob(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A merged file that a generated URL leads to: labels of parcels, or labels of bags."""

    id: str
    account_id: int
    kind: Literal["parcel-prints", "bag-labels"]
    parcel_ids: tuple[int, ...] = ()
    shipment_id: int | None = None
    single_parcel_labels: bool = False


class TrackingEvent(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Something that happened to a parcel, in its newest version.

    `event_id` is how clients know it, `is_generated` that the importer gave none; `source` is the
    account that imported it, 0 for what the carrier itself says; `parcel_id` is None while nobody
    knows the number. `entry` is the key of its newest entry in the feed of the parcel's account, 0
    while there is none.
    """

    id: int
    event_id: str
    is_generated: bool = False
    source: int
    parcel_id: int | None = None
    parcel_nr: str | None = None
    sender_parcel_nr: str | None = None
    code: str
    message: str
    location: str | None = None
    time: datetime
    source_alt: str | None = None
    code_alt: str | None = None
    other: str | None = None
    carrier: str | None = None
    carrier_parcel_nr: str | None = None
    entry: int = 0


class FeedEntry(msgspec.Struct, frozen=True, gc=False):
    """One version of an event, in the order in which they were processed.

    `id` is the account's number and the version put together (`feed_key`), so that the entries of
    an account lie together; `code`, `message`, `location` and `time` are those of this version.
    """

    id: int
    event: int
    code: str
    message: str
    location: str | None
    time: datetime


class FetchPosition(msgspec.Struct, frozen=True, gc=False):
    """Where a cursor stands: behind the entry with this key, in the feed of this account."""

    id: str
    account_id: int
    position: int


class RawImport(msgspec.Struct, frozen=True, gc=False):
    """What an integrator sent to the generic import, as it came."""

    id: int
    account_id: int
    data_source: str
    tracking_code: str | None
    data_id: str | None
    body: Any
    received_on: datetime


class PickupPoint(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A locker or a shop where receivers collect parcels; `hours` are Monday to Sunday."""

    id: int
    type: Literal["Locker", "Shop"]
    carrier_pickup_point_id: str
    name: str
    is_active: bool
    carrier: str
    carrier_code: str
    country_code: str
    region: str
    city: str
    zip_code: str
    address: str
    lat: float
    lng: float
    description: str | None
    contact_phone: str | None
    contact_email: str | None
    has_bank_card: bool
    hours: tuple[str, ...]
    updated_on: datetime


class Generation(msgspec.Struct, frozen=True, gc=False):
    """How often the test data was reset; cursors and ids of test accounts are made with it."""

    id: str
    number: int


ACCOUNTS = TableSpec("postplus.accounts", Account)
API_KEYS = TableSpec("postplus.api_keys", ApiKey, key="key")
PARCELS = TableSpec(
    "postplus.parcels",
    Parcel,
    indexes=(
        *("account_id", "parcel_nr", "reserved_nr", "sender_parcel_nr", "carrier_parcel_nr"),
        *("manifest_parcel_nr", "bag_nr", "shipment_id", "manifest_file_id"),
    ),
)
USED_NUMBERS = TableSpec("postplus.used_numbers", UsedNumber)
SHIPMENTS = TableSpec("postplus.shipments", Shipment, indexes=("account_id", "shipment_nr"))
MANIFEST_FILES = TableSpec("postplus.manifest_files", ManifestFile, indexes=("shipment_id",))
SHIPMENT_DOCUMENTS = TableSpec(
    "postplus.shipment_documents", ShipmentDocument, indexes=("shipment_id",)
)
PRINTS = TableSpec("postplus.prints", Print, indexes=("parcel_id",))
PRINT_JOBS = TableSpec("postplus.print_jobs", PrintJob)
EVENTS = TableSpec(
    "postplus.events",
    TrackingEvent,
    indexes=("event_id", "parcel_id", "parcel_nr", "sender_parcel_nr"),
)
FEED = TableSpec("postplus.feed", FeedEntry, indexes=("event",))
FETCH_POSITIONS = TableSpec("postplus.fetch_positions", FetchPosition, indexes=("position",))
RAW_IMPORTS = TableSpec("postplus.raw_imports", RawImport)
PICKUP_POINTS = TableSpec("postplus.pickup_points", PickupPoint, indexes=("country_code",))
GENERATIONS = TableSpec("postplus.generations", Generation)

TABLES: tuple[TableSpec[Any], ...] = (
    *(ACCOUNTS, API_KEYS, PARCELS, USED_NUMBERS, SHIPMENTS, MANIFEST_FILES, SHIPMENT_DOCUMENTS),
    *(PRINTS, PRINT_JOBS, EVENTS, FEED, FETCH_POSITIONS, RAW_IMPORTS, PICKUP_POINTS, GENERATIONS),
)
