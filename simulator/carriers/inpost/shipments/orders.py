"""The orders that shipment lists come in, and what they are searched by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from operator import attrgetter
from typing import Any

from simulator.carriers.inpost.records import SHIPMENTS, Organization, Shipment
from simulator.carriers.inpost.shipments.filters import Filter, Test
from simulator.core.tables import Narrowing, Ordered, Selection, Table, narrowed
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
    grouped = [each.test for each in filters if each.grouped]

    def fits(shipment: Shipment) -> bool:
        return shipment.organization_id == organization.id and all(
            test(shipment) for test in grouped
        )

    rows = narrowed(table.select(ORDERS[order], fits), fits, _narrowings(table, filters, fits))
    return rows if isinstance(rows, Selection) else ordered(rows, order)


def _narrowings(
    table: Table[Shipment], filters: list[Filter], fits: Test
) -> Iterator[Narrowing[Shipment]]:
    ranges: dict[str, list[Filter]] = {}
    for each in filters:
        if each.range is not None:
            ranges.setdefault(each.range.order, []).append(each)
        elif each.text is not None:
            known = table.follower(each.text.texts)
            search = known.exactly if each.text.whole else known.having
            yield Narrowing(table.existing(search(each.text.part)), each.test)
    for order, limits in ranges.items():
        candidates = table.select(ORDERS[order], fits)
        for each in limits:
            if each.range is not None:
                candidates = candidates.from_to(each.range.first, each.range.last)
        yield Narrowing(candidates, partial(_passes, [each.test for each in limits]), exact=True)


def _passes(tests: list[Test], shipment: Shipment) -> bool:
    return all(test(shipment) for test in tests)
