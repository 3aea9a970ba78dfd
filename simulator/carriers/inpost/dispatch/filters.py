"""Search and order of dispatch order lists (documented; values are read as for shipments)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from simulator.carriers.inpost.labels.content import street_line
from simulator.carriers.inpost.records import (
    DISPATCH_ORDERS,
    SHIPMENTS,
    DispatchOrder,
    Organization,
    Shipment,
)
from simulator.carriers.inpost.wire import credentials, moments
from simulator.core.tables import Ordered, Selection
from simulator.engine.world import World


class Found(NamedTuple):
    """An order with its shipments, by which it may be searched and sorted."""

    order: DispatchOrder
    shipments: tuple[Shipment, ...]


Test = Callable[[Found], bool]
Reader = Callable[[str], Test | None]
"""Reads the value of a filter; None for one that makes no sense, which counts as not given."""


def found(world: World, order: DispatchOrder) -> Found:
    """An order with its shipments."""
    return Found(order, tuple(world[SHIPMENTS][id] for id in order.shipment_ids))


def read(query: Iterable[tuple[str, str]]) -> tuple[dict[str, str], dict[str, Test]]:
    """The filters of a query that count, as they are echoed, and what they let through."""
    given = {name: text for name, text in query if name in READERS and text.strip()}
    tests = {name: READERS[name](text) for name, text in given.items()}
    counting = {name: test for name, test in tests.items() if test is not None}
    return {name: given[name] for name in counting}, counting


def _created(text: str) -> Test | None:
    at = moments.parse_filter(text)
    if at is None:
        return None
    # A time without a fraction names the whole second.
    until = at if at.microsecond else at + timedelta(microseconds=999_999)
    return lambda item: (
        at <= item.order.created_at and moments.shown(item.order.created_at) <= until
    )


def _created_from(text: str) -> Test | None:
    at = moments.parse_filter(text)
    return None if at is None else lambda item: item.order.created_at >= at


def _created_to(text: str) -> Test | None:
    at = moments.parse_filter(text)
    return None if at is None else lambda item: moments.shown(item.order.created_at) <= at


def _numbers(text: str) -> set[int | None]:
    return {credentials.number(item.strip()) for item in text.split(",")} - {None}


def _ids(text: str) -> Test:
    wanted = _numbers(text)
    return lambda item: item.order.id in wanted


def _shipment_ids(text: str) -> Test:
    wanted = _numbers(text)
    return lambda item: not wanted.isdisjoint(item.order.shipment_ids)


def _status(text: str) -> Test:
    wanted = {word.strip().lower() for word in text.split(",")}
    return lambda item: item.order.status in wanted


def _part(value: Callable[[DispatchOrder], str | None]) -> Reader:
    def read_part(text: str) -> Test:
        part = text.strip().lower()
        return lambda item: part in (value(item.order) or "").lower()

    return read_part


def _whole(value: Callable[[DispatchOrder], str | None]) -> Reader:
    def read_whole(text: str) -> Test:
        wanted = text.strip().lower()
        return lambda item: (value(item.order) or "").lower() == wanted

    return read_whole


def _any_shipment(value: Callable[[Shipment], str | None]) -> Reader:
    def read_shipment(text: str) -> Test:
        wanted = {word.strip() for word in text.split(",")}
        return lambda item: any(value(shipment) in wanted for shipment in item.shipments)

    return read_shipment


READERS: Mapping[str, Reader] = {
    "id": _ids,
    "created_at": _created,
    "created_at_gteq": _created_from,
    "created_at_lteq": _created_to,
    "status": _status,
    "address": _part(lambda order: street_line(order.address)),
    "post_code": _whole(lambda order: order.address.post_code),
    "country_code": _whole(lambda order: order.address.country_code),
    "city": _part(lambda order: order.address.city),
    "shipment_id": _shipment_ids,
    "tracking_number": _any_shipment(lambda shipment: shipment.tracking_number),
    "shipment_service": _any_shipment(lambda shipment: shipment.service),
}
"""Filter -> its reader."""

_BY: Mapping[str, Callable[[DispatchOrder], tuple[Any, ...]] | None] = {
    "id": None,
    "created_at": lambda order: (order.created_at,),
    "address": lambda order: (street_line(order.address),),
    "post_code": lambda order: (order.address.post_code or "",),
    "country_code": lambda order: (order.address.country_code or "",),
    "shipment_id": lambda order: (min(order.shipment_ids, default=0),),
}

ORDERS: Mapping[str, Ordered[DispatchOrder]] = {
    name: Ordered(lambda order: (order.organization_id, order.status), by)
    for name, by in _BY.items()
}
"""What a list can be sorted by -> its order; the first is the default."""

BY_TRACKING_NUMBER = "tracking_number"
"""What it can be sorted by, too: the least of its shipments, which change by themselves."""


def select(
    world: World, organization: Organization, tests: Mapping[str, Test], by: str
) -> Selection[DispatchOrder] | list[DispatchOrder]:
    """The organization's orders that pass every test, ascending.

    Without another filter than that of the status this looks at no order but those of the page.
    """
    status = tests.get("status")

    def fits(order: DispatchOrder) -> bool:
        return order.organization_id == organization.id and (
            status is None or status(Found(order, ()))
        )

    rows = world[DISPATCH_ORDERS].select(ORDERS.get(by, ORDERS["id"]), fits)
    others = [test for name, test in tests.items() if name != "status"]
    if not others and by != BY_TRACKING_NUMBER:
        return rows
    items = (found(world, order) for order in rows)
    passing = [item for item in items if all(test(item) for test in others)]
    if by == BY_TRACKING_NUMBER:
        passing.sort(key=_least_number)
    return [item.order for item in passing]


def _least_number(item: Found) -> tuple[str, int]:
    return min(each.tracking_number or "" for each in item.shipments), item.order.id
