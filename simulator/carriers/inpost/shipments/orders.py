"""The orders that shipment lists come in, and what they are searched by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import attrgetter
from typing import Any

from simulator.carriers.inpost.records import SHIPMENTS, Organization, Shipment
from simulator.carriers.inpost.shipments.filters import Filter, Range, Text
from simulator.core.tables import Between, Narrowing, Ordered, Selection, Table, narrowed
from simulator.engine.world import World

Rows = Selection[Shipment] | list[Shipment]


def group(shipment: Shipment) -> tuple[Any, ...]:
    """What the grouped filters hang on; the first is the organization."""
    return (
        shipment.organization_id,
        shipment.status,
        shipment.service,
        shipment.sending_method,
        shipment.end_of_week_collection,
        frozenset([offer.status for offer in shipment.offers]),
    )


# Missing values come first, and the id decides between equals.
ORDERS: Mapping[str, Ordered[Shipment]] = {
    "id": Ordered(group),
    "created_at": Ordered(group, lambda shipment: (shipment.created_at,)),
    "tracking_number": Ordered(group, lambda shipment: (shipment.tracking_number or "",)),
    "service": Ordered(group, lambda shipment: (shipment.service or "",)),
    "status": Ordered(group, lambda shipment: (shipment.status,)),
    "insurance_amount": Ordered(group, lambda shipment: (_amount(shipment.insurance.amount),)),
    "cod_amount": Ordered(group, lambda shipment: (_amount(shipment.cod.amount),)),
    "external_customer_id": Ordered(group, lambda shipment: (shipment.external_customer_id or "",)),
}
"""What a list can be sorted by -> its order."""


def ordered(shipments: list[Shipment], order: str) -> list[Shipment]:
    """Shipments in one of `ORDERS`, ascending."""
    return ORDERS[order].sort(shipments, attrgetter("id"))


def _amount(grosze: int | None) -> int:
    return -1 if grosze is None else grosze


def found(world: World, organization: Organization, filters: list[Filter], order: str) -> Rows:
    """The organization's shipments that pass every filter, in ascending order.

    Where all filters are grouped this looks at no shipment of the list; otherwise at those that the
    narrowest of the others may let through.
    """
    table = world[SHIPMENTS]
    grouped = [each for each in filters if each.grouped]
    asked = [each.asked for each in grouped]
    whose = None if None in asked else (organization.id, *asked)

    def fits(shipment: Shipment) -> bool:
        return shipment.organization_id == organization.id and all(
            each.test(shipment) for each in grouped
        )

    return narrowed(
        table,
        ORDERS[order],
        fits,
        whose,
        [Between(ORDERS[of], first, last) for of, first, last in _ranges(filters)],
        [_having(table, each, each.text) for each in filters if each.text is not None],
    )


def _ranges(filters: list[Filter]) -> Iterator[Range]:
    """The ranges of the filters, one for each order."""
    given: dict[str, list[Range]] = {}
    for each in filters:
        if each.range is not None:
            given.setdefault(each.range.order, []).append(each.range)
    for order, ranges in given.items():
        first = max((each.first for each in ranges if each.first is not None), default=None)
        last = min((each.last for each in ranges if each.last is not None), default=None)
        yield Range(order, first, last)


def _having(table: Table[Shipment], filter: Filter, text: Text) -> Narrowing[Shipment]:
    def find() -> list[Shipment]:
        known = table.follower(text.texts)
        search = known.exactly if text.whole else known.having
        return table.existing(search(text.part))

    return Narrowing(find, filter.test, filter.asked)
