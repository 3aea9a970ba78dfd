"""The orders that lists of shipments come in, and what they are searched by."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, partial
from operator import attrgetter
from typing import Any

import msgspec

from simulator.carriers.myparcel.bodies import texts as searched
from simulator.carriers.myparcel.bodies import whole
from simulator.carriers.myparcel.records import SHIPMENTS, Shipment, Shop
from simulator.carriers.myparcel.shipments.search import attribute_filters
from simulator.carriers.myparcel.shipments.search.attribute_filters import Filter
from simulator.carriers.myparcel.wire import parsing
from simulator.core.tables import (
    Between,
    Key,
    Narrowing,
    Ordered,
    Selection,
    Texts,
    narrowed,
)
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
            yield from searched.of(value)


_values = attrgetter(*dict.fromkeys(FIELDS.values()))
_TEXTS = Texts(texts)


def has(shipment: Shipment, part: str) -> bool:
    """Whether a shipment shows that part, which is in lower case."""
    return any(part in text for text in texts(shipment))


def found(
    world: World, shop: Shop, filters: list[Filter], field: str, descending: bool | None
) -> Selection[Shipment] | list[Shipment]:
    """The shop's shipments that pass every filter, in an order.

    Where all filters are grouped this looks at no shipment of the list; otherwise at those that the
    narrowest of the others may let through.
    """
    table = world[SHIPMENTS]
    grouped = [each for each in filters if each.grouped]
    asked = [each.asked for each in grouped]
    whose = None if None in asked else (shop.id, *asked)

    def fits(shipment: Shipment) -> bool:
        return shipment.shop_id == shop.id and all(each.test(shipment) for each in grouped)

    rows = narrowed(
        table,
        order(field),
        fits,
        whose,
        _made(filters),
        _narrowings(world, filters),
    )
    if isinstance(rows, Selection):
        return rows.descending(bool(descending))
    return rows[::-1] if descending else rows


def _made(filters: list[Filter]) -> Iterator[Between[Shipment]]:
    """The times of making that all filters let pass."""
    given = [each.created for each in filters if each.created is not None]
    if given:
        first = max((first for first, _ in given if first is not None), default=None)
        last = min((last for _, last in given if last is not None), default=None)
        yield Between(_BY_CREATED, first, last)


def _narrowings(world: World, filters: list[Filter]) -> Iterator[Narrowing[Shipment]]:
    for each in filters:
        if each.part is not None:
            find: Callable[[], Sequence[Shipment]] = partial(_having, world, each.part)
        elif each.barcodes:
            find = partial(_carrying, world, each.barcodes)
        elif each.references:
            find = partial(world[SHIPMENTS].group, _BY_REFERENCE, *each.references)
        else:
            continue
        yield Narrowing(find, each.test, each.asked, exact=True)


def having(world: World, part: str) -> Collection[Key]:
    """The keys of the shipments, of all shops, that show that part, which is in lower case."""
    return world[SHIPMENTS].follower(_TEXTS).having(part)


def _having(world: World, part: str) -> list[Shipment]:
    return world[SHIPMENTS].existing(having(world, part))


def _carrying(world: World, barcodes: Iterable[str]) -> list[Shipment]:
    return [row for text in barcodes for row in world[SHIPMENTS].where("barcode", text)]
