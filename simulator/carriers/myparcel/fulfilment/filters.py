"""The filters and the pages of the list of orders (documents of the Dutch twin, section 13.B)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from simulator.carriers.myparcel.bodies.kinds import LONGEST
from simulator.carriers.myparcel.fulfilment import views
from simulator.carriers.myparcel.fulfilment.statuses import STATUSES
from simulator.carriers.myparcel.records import SHIPMENTS
from simulator.carriers.myparcel.shops.records import ORDER_SHIPMENTS, Order
from simulator.carriers.myparcel.wire import moments, paging, parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core import reading
from simulator.engine.world import World

_Test = Callable[[Order], bool]
_PAGES = range(1, 1001)
_PER_PAGE = range(1, 1001)
_DEFAULT_PER_PAGE = 10


class Question(msgspec.Struct, frozen=True):
    """Which orders are asked for, and which page of them."""

    tests: tuple[_Test, ...]
    page: int
    per_page: int

    def matching(self, orders: list[Order]) -> list[Order]:
        """The orders that pass every test."""
        return [order for order in orders if all(test(order) for test in self.tests)]

    def cut(self, orders: list[Order]) -> list[Order]:
        """Those of the page."""
        return orders[(self.page - 1) * self.per_page : self.page * self.per_page]


def read(world: World) -> Question:
    """What the query asks for. Raises 422 for what cannot be taken."""
    given = paging.given(world)
    faults: list[Fault] = []
    question = Question(
        tests=tuple(_tests(world, given, faults)),
        page=_whole(given, "page", 1, _PAGES, 3200, faults),
        per_page=_whole(given, "per_page", _DEFAULT_PER_PAGE, _PER_PAGE, 3201, faults),
    )
    paging.refuse(faults)
    return question


def _whole(
    given: Mapping[str, str],
    name: str,
    default: int,
    allowed: range,
    code: int,
    faults: list[Fault],
) -> int:
    text = given.get(name)
    number = default if text is None else reading.whole(text)
    if number is not None and number in allowed:
        return number
    faults.append(Fault(code, f"{name} {text!r} is no number from 1 to {allowed[-1]}"))
    return default


def _tests(world: World, given: Mapping[str, str], faults: list[Fault]) -> Iterator[_Test]:
    if "q" in given:
        sought = given["q"].casefold()
        if len(sought) > LONGEST:
            faults.append(Fault(3208, f"q has more than {LONGEST} characters"))
        yield lambda order: any(sought in text for text in _texts(views.order(world, order)))
    if "status" in given:
        wanted = parsing.parts(given["status"])
        if not wanted or not set(wanted) <= set(STATUSES):
            listed = ", ".join(STATUSES)
            text = f"status {given['status']!r} is none of {listed}, or several with ;"
            faults.append(Fault(3205, text))
        yield lambda order: order.status in wanted
    if "barcode" in given:
        barcode = given["barcode"]
        yield lambda order: barcode in _barcodes(world, order)
    yield from _dates(given, faults)


def _dates(given: Mapping[str, str], faults: list[Fault]) -> Iterator[_Test]:
    begin, end = (moments.parse(given.get(name, "")) for name in ("from", "to"))
    for name, code, at in (("from", 3206, begin), ("to", 3207, end)):
        if name in given and at is None:
            text = f"{name} {given[name]!r} is no date YYYY-MM-DD, with or without HH:MM:SS"
            faults.append(Fault(code, text))
    if begin is not None:
        yield lambda order: order.created.replace(microsecond=0) >= begin
    if end is None:
        return
    if moments.is_date(given["to"]):
        last = end.astimezone(moments.AMSTERDAM).date()
        yield lambda order: order.created.astimezone(moments.AMSTERDAM).date() <= last
    else:
        yield lambda order: order.created.replace(microsecond=0) <= end


def _barcodes(world: World, order: Order) -> list[str | None]:
    made = world[ORDER_SHIPMENTS].where("order_id", order.id)
    shipments = world[SHIPMENTS].existing(each.shipment_id for each in made)
    return [shipment.barcode for shipment in shipments]


def _texts(value: Any) -> Iterator[str]:
    """Everything that an order shows, embedded objects included; names of members are no
    content."""
    if isinstance(value, dict):
        for member in value.values():
            yield from _texts(member)
    elif isinstance(value, list | tuple):
        for member in value:
            yield from _texts(member)
    elif value is not None:
        yield str(value).casefold()
