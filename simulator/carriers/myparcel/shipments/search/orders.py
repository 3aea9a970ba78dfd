"""The orders that lists of shipments come in, and what they are searched by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache, partial
from operator import attrgetter
from typing import Any

import msgspec

from simulator.carriers.myparcel.bodies import whole
from simulator.carriers.myparcel.records import SHIPMENTS, Shipment, Shop
from simulator.carriers.myparcel.shipments.search import attribute_filters
from simulator.carriers.myparcel.shipments.search.attribute_filters import Filter, Test
from simulator.carriers.myparcel.wire import moments, parsing
from simulator.core.tables import Narrowing, Ordered, Selection, Table, Texts, narrowed
from simulator.engine.world import World

FIELDS: Mapping[str, str] = {
    "id": "id",
    "parent_id": "parent_id",
    "account_id": "account_id",
    "shop_id": "shop_id",
    "shipment_type": "shipment_type",
    "barcode": "barcode",
    "reference_identifier": "reference_identifier",
    "recipient": "recipient",
    "sender": "sender",
    "status": "status",
    "options": "options",
    "general_settings": "general_settings",
    "pickup": "pickup",
    "customs_declaration": "customs_declaration",
    "physical_properties": "physical_properties",
    "carrier": "carrier",
    "carrier_id": "carrier",
    "price": "price",
    "region": "region",
    "created": "created",
    "modified": "modified",
    "multi_collo_main_shipment_id": "main_id",
    "secondary_shipments": "secondary_ids",
}
"""The fields of a shipment as clients know them, and where the record has them."""

_SORTS: Mapping[str, Callable[[Shipment], Any]] = {
    "amount": lambda shipment: shipment.price,
    "created_by": lambda shipment: shipment.account_id,
    "currency": lambda shipment: "EUR",
    "drop_off_point": lambda shipment: shipment.drop_off_point,
    "hidden": lambda shipment: shipment.hidden,
    "mark_delivered": lambda shipment: bool(shipment.said_delivered),
    "modified_by": lambda shipment: shipment.account_id,
    "transaction_status": whole.transaction_status,
}
"""By what else a list can be sorted (the public description's list)."""

BEFORE_HANDOVER = (1, 2)
"""Statuses of what the carrier does not have yet."""


def group(shipment: Shipment) -> tuple[Any, ...]:
    """What the grouped filters hang on; the first is the shop."""
    waits = shipment.status in BEFORE_HANDOVER
    return (
        shipment.shop_id,
        shipment.status,
        whole.carrier(shipment),
        attribute_filters.package_type(shipment),
        whole.shipment_type(shipment),
        whole.transaction_status(shipment),
        whole.delivered(shipment),
        shipment.hidden,
        shipment.region,
        attribute_filters.region_told(shipment),
        parsing.text(shipment.options.get("delivery_date")) if waits else "",
    )


_BY_CREATED = Ordered[Shipment](group, lambda shipment: (shipment.created,))
_BY_REFERENCE = Ordered[Shipment](attrgetter("reference_identifier"))


@cache
def order(field: str) -> Ordered[Shipment]:
    """The order by one of `FIELDS` or of the later sorts; the id decides ties."""
    if field == "id":
        return Ordered(group)
    read = _SORTS.get(field) or attrgetter(FIELDS[field])
    return Ordered(group, lambda shipment: _rank(read(shipment)))


def sort(rows: list[Shipment], field: str, descending: bool | None) -> list[Shipment]:
    """Shipments in such an order."""
    found = order(field).sort(rows, attrgetter("id"))
    return found[::-1] if descending else found


def _rank(value: Any) -> tuple[int, Any]:
    """Nothing first, then numbers, texts, objects."""
    if value is None:
        return (0, 0)
    if isinstance(value, bool | int | float):
        return (1, value)
    if isinstance(value, datetime):
        return (1, value.astimezone(UTC).timestamp())
    if isinstance(value, str):
        return (2, value.casefold())
    return (3, msgspec.json.encode(value, order="deterministic"))


def texts(shipment: Shipment) -> Iterator[str]:
    """Everything that a shipment shows, in lower case: what a search looks into."""
    for value in _values(shipment):
        if type(value) is str:
            yield value.casefold()
        elif type(value) is int:
            yield str(value)
        elif value:
            yield from _texts(value)


_values = attrgetter(*dict.fromkeys(FIELDS.values()))
_TEXTS = Texts(texts)


def has(shipment: Shipment, part: str) -> bool:
    """Whether a shipment shows that part, which is in lower case."""
    return any(part in text for text in texts(shipment))


def _texts(value: Any) -> Iterator[str]:
    """Everything that a value shows, embedded objects included; names of fields are no content."""
    if isinstance(value, str):
        yield value.casefold()
    elif isinstance(value, dict):
        for member in value.values():
            yield from _texts(member)
    elif isinstance(value, list | tuple):
        for member in value:
            yield from _texts(member)
    elif isinstance(value, datetime):
        yield moments.show(value)
    elif value is not None:
        yield str(value)


def found(
    world: World, shop: Shop, filters: list[Filter], field: str, descending: bool | None
) -> Selection[Shipment] | list[Shipment]:
    """The shop's shipments that pass every filter, in an order.

    Where all filters are grouped this looks at no shipment of the list; otherwise at those that the
    narrowest of the others may let through.
    """
    table = world[SHIPMENTS]
    grouped = [each.test for each in filters if each.grouped]

    def fits(shipment: Shipment) -> bool:
        return shipment.shop_id == shop.id and _passes(grouped, shipment)

    rows = narrowed(table.select(order(field), fits), fits, _narrowings(table, filters, fits))
    if isinstance(rows, Selection):
        return rows.descending(bool(descending))
    return sort(rows, field, descending)


def _narrowings(
    table: Table[Shipment], filters: list[Filter], fits: Test
) -> Iterator[Narrowing[Shipment]]:
    created = [each for each in filters if each.created is not None]
    if created:
        candidates = table.select(_BY_CREATED, fits)
        for each in created:
            candidates = candidates.from_to(*(each.created or (None, None)))
        yield Narrowing(candidates, partial(_passes, [each.test for each in created]), exact=True)
    for each in filters:
        if each.part is not None:
            yield Narrowing(table.existing(table.follower(_TEXTS).having(each.part)), each.test)
        elif each.barcodes:
            carrying = [row for text in each.barcodes for row in table.where("barcode", text)]
            yield Narrowing(carrying, each.test)
        elif each.references:
            yield Narrowing(table.group(_BY_REFERENCE, *each.references), each.test)


def _passes(tests: list[Test], shipment: Shipment) -> bool:
    return all(test(shipment) for test in tests)
