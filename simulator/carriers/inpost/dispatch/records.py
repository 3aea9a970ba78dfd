"""Records around the collection of parcels, and batches: what is not a shipment itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

from simulator.carriers.inpost.records import Address
from simulator.core.tables import TableSpec

DispatchOrderStatus = Literal["new", "sent", "accepted", "done", "rejected", "canceled"]
DispatchPointStatus = Literal["active", "inactive"]
BatchStatus = Literal["in_progress", "generated", "done"]


class Comment(msgspec.Struct, frozen=True, gc=False):
    """A comment of a dispatch order, for the courier."""

    id: int
    comment: str
    created_at: datetime


class DispatchOrder(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """An order for a courier to collect shipments at an address.

    `external_number` is the courier's own number of the order, known once he accepted it;
    `next_job` is the job of the next status, None when nothing comes by itself.
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
    external_number: str | None = None
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


DISPATCH_ORDERS = TableSpec(
    "inpost.dispatch_orders", DispatchOrder, indexes=("organization_id", "status")
)
DISPATCH_POINTS = TableSpec("inpost.dispatch_points", DispatchPoint, indexes=("organization_id",))
BATCHES = TableSpec("inpost.batches", Batch, indexes=("organization_id",))

TABLES: tuple[TableSpec[Any], ...] = (DISPATCH_ORDERS, DISPATCH_POINTS, BATCHES)
