"""``GET /api/v1/parcels/query``: parcels that pass filters, page by page (documented, N4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import get_args

from simulator.carriers.postplus.catalog.services import MAIL_TYPES, SHIPMENT_TYPES
from simulator.carriers.postplus.parcels import sections
from simulator.carriers.postplus.parcels.sections import Sections, Shown
from simulator.carriers.postplus.records import (
    PARCELS,
    SHIPMENTS,
    Parcel,
    ParcelStatus,
    Shipment,
    ShipmentStatus,
)
from simulator.carriers.postplus.wire import credentials, errors, lists, moments, paging, parsing
from simulator.core.answers import Answer, Finding
from simulator.core.tables import Ordered
from simulator.engine.world import World


def query_parcels(
    world: World,
    after_id: int | None = None,
    count: int | None = None,
    created_after: str | None = None,
    created_before: str | None = None,
    shipment_id: int | None = None,
    type: str | None = None,
    status: str | None = None,
    shipment_type: str | None = None,
    shipment_status: str | None = None,
    manifest_file_id: int | None = None,
    include_items: bool | None = None,
    include_receiver: bool | None = None,
    include_sender: bool | None = None,
    include_prints: bool | None = None,
    include_print_contents: bool | None = None,
    include_print_sizes: str | None = None,
) -> Answer:
    """The account's parcels with ids above AfterId, in the order of their ids, at most Count.

    `lastId` is the AfterId of the next page; an empty page is the end and gives back what was sent.
    CreatedAfter is the first instant that counts, CreatedBefore the first that does not (inferred).
    Raises 400 for values that cannot be.
    """
    page = paging.asked(after_id, count)
    account = credentials.account(world)
    made = paging.Made(
        _moment("CreatedAfter", created_after), _moment("CreatedBefore", created_before)
    )
    kind = _named("Type", type, MAIL_TYPES)
    state = _named("Status", status, get_args(ParcelStatus))

    def fits(parcel: Parcel) -> bool:
        return (
            parcel.account_id == account.id
            and kind in (None, parcel.type)
            and state in (None, parcel.status)
        )

    shipments = _shipments(world, shipment_id, shipment_type, shipment_status)
    table = world[PARCELS]
    if shipments is not None:
        inside = paging.having(table, "shipment_id", shipments, page)
        rows: Iterable[Parcel] = made.among(inside, fits)
    elif manifest_file_id is not None:
        inside = paging.having(table, "manifest_file_id", (manifest_file_id,), page)
        rows = made.among(inside, fits)
    else:
        rows = made.rows(table, _BY_ID, _BY_CREATION, fits, (account.id, kind, state), page)
    file = manifest_file_id
    found = paging.cut(page, rows, lambda parcel: file in (None, parcel.manifest_file_id))
    wanted = Sections(
        include_items,
        include_receiver,
        include_sender,
        include_prints,
        include_print_contents,
        sections.sizes(world, lists.read(world, "IncludePrintSizes", include_print_sizes)),
    )

    def body(shown: list[Shown]) -> dict[str, object]:
        return {"lastId": found[-1].id if found else page.after, "details": shown}

    return sections.answer(world, ((parcel, wanted) for parcel in found), body)


def _group(parcel: Parcel) -> tuple[int, str, str]:
    return parcel.account_id, parcel.type, parcel.status


_BY_ID = Ordered(_group)
_BY_CREATION = Ordered(_group, lambda parcel: (parcel.created_on,))


_SHIPMENTS = Ordered[Shipment](lambda shipment: (shipment.type, shipment.status))


def _shipments(
    world: World, id: int | None, type: str | None, status: str | None
) -> Iterable[int] | None:
    """The ids of the shipments that are asked for; None where a parcel may be in any or in none."""
    kind = _named("ShipmentType", type, SHIPMENT_TYPES)
    state = _named("ShipmentStatus", status, get_args(ShipmentStatus))

    def fits(shipment: Shipment) -> bool:
        return kind in (None, shipment.type) and state in (None, shipment.status)

    table = world[SHIPMENTS]
    if id is None and kind is None and state is None:
        return None
    if id is None:
        return (shipment.id for shipment in table.select(_SHIPMENTS, fits))
    return [id] if kind is state is None or any(map(fits, table.existing([id]))) else []


def _moment(name: str, text: str | None) -> datetime | None:
    wanted = parsing.text(text)
    if wanted is None:
        return None
    at = moments.parse(wanted)
    if at is None:
        message = f"{wanted!r:.60} is not a date or a time such as 2026-03-02T09:00:00Z"
        raise errors.invalid([Finding((name,), "not_a_date", message)])
    return at


def _named(name: str, text: str | None, known: Iterable[str]) -> str | None:
    """The name that a filter means, in any letter case. Raises 400 for one that there is not."""
    wanted = parsing.text(text)
    if wanted is None:
        return None
    names = {each.lower(): each for each in known}
    if wanted.lower() not in names:
        message = f"{wanted!r:.60} is not one of {', '.join(names.values())}"
        raise errors.invalid([Finding((name,), "unknown", message)])
    return names[wanted.lower()]
