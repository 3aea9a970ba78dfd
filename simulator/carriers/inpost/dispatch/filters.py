"""Search and order of dispatch order lists (documented; values are read as for shipments)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from simulator.carriers.inpost.labels.content import street_line
from simulator.carriers.inpost.records import (
    DISPATCH_ORDERS,
    SHIPMENTS,
    DispatchOrder,
    Organization,
)
from simulator.carriers.inpost.wire import credentials, moments
from simulator.core.tables import (
    Between,
    Narrowing,
    Ordered,
    Selection,
    Texts,
    Values,
    narrowed,
)
from simulator.engine.world import World

Test = Callable[[World, DispatchOrder], bool]
Find = Callable[[World], Sequence[DispatchOrder]]


class Filter(NamedTuple):
    """What a filter lets through, and how that is found without a look at every order.

    `grouped` says that it hangs on nothing but what makes the group of an order, `made` that it is
    this range of times of making (None is no bound) and nothing else. `find` gives all that it may
    let through, of any organization; `lasting` says that what it lets through hangs on the order
    alone.
    """

    test: Test
    grouped: bool = False
    made: tuple[datetime | None, datetime | None] | None = None
    find: Find | None = None
    lasting: bool = True


Reader = Callable[[str], Filter | None]
"""Reads the value of a filter; None for one that makes no sense, which counts as not given."""

Filters = Mapping[tuple[str, str], Filter]
"""Filters by their names and values."""


def read(query: Iterable[tuple[str, str]]) -> tuple[dict[str, str], Filters]:
    """The filters of a query that count, as they are echoed, and what they let through."""
    given = {name: text for name, text in query if name in READERS and text.strip()}
    filters = {(name, text): READERS[name](text) for name, text in given.items()}
    counting = {asked: each for asked, each in filters.items() if each is not None}
    return dict(counting.keys()), counting


def _created(text: str) -> Filter | None:
    at = moments.parse_filter(text)
    if at is None:
        return None
    # A time without a fraction names the whole second.
    until = at if at.microsecond else at + timedelta(microseconds=999_999)
    return _made(at, moments.last_shown(until))


def _created_from(text: str) -> Filter | None:
    at = moments.parse_filter(text)
    return None if at is None else _made(at, None)


def _created_to(text: str) -> Filter | None:
    at = moments.parse_filter(text)
    return None if at is None else _made(None, moments.last_shown(at))


def _made(first: datetime | None, last: datetime | None) -> Filter:
    def test(world: World, order: DispatchOrder) -> bool:
        at = order.created_at
        return (first is None or at >= first) and (last is None or at <= last)

    return Filter(test, made=(first, last))


def _numbers(text: str) -> set[int]:
    numbers = (credentials.number(item.strip()) for item in text.split(","))
    return {number for number in numbers if number is not None}


def _ids(text: str) -> Filter:
    wanted = _numbers(text)
    return Filter(
        lambda world, order: order.id in wanted,
        find=lambda world: world[DISPATCH_ORDERS].existing(wanted),
    )


def _shipment_ids(text: str) -> Filter:
    wanted = _numbers(text)
    return Filter(
        lambda world, order: not wanted.isdisjoint(order.shipment_ids),
        find=lambda world: _with(world, wanted),
    )


def _with(world: World, shipments: Iterable[int]) -> list[DispatchOrder]:
    """The orders that have one of these shipments."""
    table = world[DISPATCH_ORDERS]
    known = table.follower(_BY_SHIPMENT)
    return table.existing({key for id in shipments for key in known.having(id)})


def _status(text: str) -> Filter:
    wanted = {word.strip().lower() for word in text.split(",")}
    return Filter(lambda world, order: order.status in wanted, grouped=True)


def _country(text: str) -> Filter:
    wanted = text.strip().lower()
    return Filter(lambda world, order: _country_of(order) == wanted, grouped=True)


def _country_of(order: DispatchOrder) -> str:
    return (order.address.country_code or "").lower()


def _post_code(text: str) -> Filter:
    wanted = text.strip().lower()

    def find(world: World) -> list[DispatchOrder]:
        table = world[DISPATCH_ORDERS]
        return table.existing(table.follower(_BY_POST_CODE).having(wanted))

    return Filter(lambda world, order: _post_code_of(order) == wanted, find=find)


def _post_code_of(order: DispatchOrder) -> str:
    return (order.address.post_code or "").lower()


def _part(texts: Texts[DispatchOrder]) -> Reader:
    """A part of the one text that each order has."""

    def read_part(text: str) -> Filter:
        part = text.strip().lower()

        def find(world: World) -> list[DispatchOrder]:
            table = world[DISPATCH_ORDERS]
            return table.existing(table.follower(texts).having(part))

        def test(world: World, order: DispatchOrder) -> bool:
            return any(part in each for each in texts.texts(order))

        return Filter(test, find=find)

    return read_part


def _tracking_numbers(text: str) -> Filter:
    wanted = {word.strip() for word in text.split(",")}

    def find(world: World) -> list[DispatchOrder]:
        keys = (key for each in wanted for key in world[SHIPMENTS].keys("tracking_number", each))
        return _with(world, (int(key) for key in keys))

    def test(world: World, order: DispatchOrder) -> bool:
        return any(world[SHIPMENTS][id].tracking_number in wanted for id in order.shipment_ids)

    return Filter(test, find=find, lasting=False)


def _services(text: str) -> Filter:
    wanted = {word.strip() for word in text.split(",")}

    def test(world: World, order: DispatchOrder) -> bool:
        return any(world[SHIPMENTS][id].service in wanted for id in order.shipment_ids)

    # What is in an order is bought, and what is bought keeps its service.
    return Filter(test, find=lambda world: world[DISPATCH_ORDERS].select(ORDERS["id"]))


_BY_SHIPMENT = Values[DispatchOrder](lambda order: order.shipment_ids)
_BY_POST_CODE = Values[DispatchOrder](lambda order: (_post_code_of(order),))
_STREETS = Texts[DispatchOrder](lambda order: (street_line(order.address).lower(),))
_CITIES = Texts[DispatchOrder](lambda order: ((order.address.city or "").lower(),))

READERS: Mapping[str, Reader] = {
    "id": _ids,
    "created_at": _created,
    "created_at_gteq": _created_from,
    "created_at_lteq": _created_to,
    "status": _status,
    "address": _part(_STREETS),
    "post_code": _post_code,
    "country_code": _country,
    "city": _part(_CITIES),
    "shipment_id": _shipment_ids,
    "tracking_number": _tracking_numbers,
    "shipment_service": _services,
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
    name: Ordered(lambda order: (order.organization_id, order.status, _country_of(order)), by)
    for name, by in _BY.items()
}
"""What a list can be sorted by -> its order; the first is the default."""

BY_TRACKING_NUMBER = "tracking_number"
"""What it can be sorted by, too: the least of its shipments, which change by themselves."""


def select(
    world: World, organization: Organization, filters: Filters, by: str
) -> Selection[DispatchOrder] | list[DispatchOrder]:
    """The organization's orders that pass every filter, ascending.

    This looks at those alone that the narrowest filter may let through, unless the shipments tell
    the order of the list.
    """
    table = world[DISPATCH_ORDERS]
    grouped = {asked: each for asked, each in filters.items() if each.grouped}

    def fits(order: DispatchOrder) -> bool:
        return order.organization_id == organization.id and all(
            each.test(world, order) for each in grouped.values()
        )

    rows = narrowed(
        table,
        ORDERS.get(by, ORDERS["id"]),
        fits,
        (organization.id, *grouped),
        _times(filters),
        _narrowings(world, filters),
    )
    return sorted(rows, key=partial(_least_number, world)) if by == BY_TRACKING_NUMBER else rows


def _times(filters: Filters) -> Iterator[Between[DispatchOrder]]:
    """The times of making that all filters let pass."""
    given = [each.made for each in filters.values() if each.made is not None]
    if given:
        first = max((first for first, _ in given if first is not None), default=None)
        last = min((last for _, last in given if last is not None), default=None)
        yield Between(ORDERS["created_at"], first, last)


def _narrowings(world: World, filters: Filters) -> Iterator[Narrowing[DispatchOrder]]:
    for asked, each in filters.items():
        if each.find is not None:
            lasting = asked if each.lasting else None
            find, test = partial(each.find, world), partial(each.test, world)
            yield Narrowing(find, test, lasting)


def _least_number(world: World, order: DispatchOrder) -> tuple[str, int]:
    shipments = (world[SHIPMENTS][id] for id in order.shipment_ids)
    return min(each.tracking_number or "" for each in shipments), order.id
