"""The filters and the pages of the list of orders (documents of the Dutch twin, section 13.B)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from simulator.carriers.myparcel.bodies.kinds import LONGEST
from simulator.carriers.myparcel.fulfilment import searching
from simulator.carriers.myparcel.fulfilment.statuses import STATUSES
from simulator.carriers.myparcel.records import Shop
from simulator.carriers.myparcel.shops.records import ORDERS, Order
from simulator.carriers.myparcel.wire import moments, paging, parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core import reading
from simulator.core.tables import Between, Narrowing, Ordered, narrowed
from simulator.engine.world import World

_PAGES = range(1, 1001)
_PER_PAGE = range(1, 1001)
_DEFAULT_PER_PAGE = 10


class Question(msgspec.Struct, frozen=True):
    """Which orders are asked for, and which page of them."""

    statuses: frozenset[str]
    created: tuple[datetime | None, datetime | None]
    sought: str | None
    barcode: str | None
    page: int
    per_page: int

    def matching(self, world: World, shop: Shop) -> Sequence[Order]:
        """The shop's orders that pass, in the order of their making."""

        def fits(order: Order) -> bool:
            return order.shop_id == shop.id and (not self.statuses or order.status in self.statuses)

        found: list[Narrowing[Order]] = []
        if self.sought is not None:
            found.append(searching.having(world, self.sought))
        if self.barcode is not None:
            found.append(searching.carrying(world, self.barcode))
        return narrowed(
            world[ORDERS],
            _BY_ID,
            fits,
            (shop.id, self.statuses),
            [Between(_BY_CREATION, *self.created)],
            found,
        )

    def cut(self, orders: Sequence[Order]) -> Sequence[Order]:
        """Those of the page."""
        return orders[(self.page - 1) * self.per_page : self.page * self.per_page]


def _group(order: Order) -> tuple[int, str]:
    return order.shop_id, order.status


_BY_ID = Ordered(_group)
_BY_CREATION = Ordered(_group, lambda order: (order.created,))


def read(world: World) -> Question:
    """What the query asks for. Raises 422 for what cannot be taken."""
    given = paging.given(world)
    faults: list[Fault] = []
    question = Question(
        sought=_sought(given, faults),
        barcode=given.get("barcode"),
        statuses=_statuses(given, faults),
        created=_created(given, faults),
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


def _sought(given: Mapping[str, str], faults: list[Fault]) -> str | None:
    if "q" not in given:
        return None
    sought = given["q"].casefold()
    if len(sought) > LONGEST:
        faults.append(Fault(3208, f"q has more than {LONGEST} characters"))
    return sought


def _statuses(given: Mapping[str, str], faults: list[Fault]) -> frozenset[str]:
    if "status" not in given:
        return frozenset()
    wanted = frozenset(parsing.parts(given["status"]))
    if not wanted or not wanted <= set(STATUSES):
        listed = ", ".join(STATUSES)
        text = f"status {given['status']!r} is none of {listed}, or several with ;"
        faults.append(Fault(3205, text))
    return wanted


def _created(
    given: Mapping[str, str], faults: list[Fault]
) -> tuple[datetime | None, datetime | None]:
    begin, end = (moments.parse(given.get(name, "")) for name in ("from", "to"))
    for name, code, at in (("from", 3206, begin), ("to", 3207, end)):
        if name in given and at is None:
            text = f"{name} {given[name]!r} is no date YYYY-MM-DD, with or without HH:MM:SS"
            faults.append(Fault(code, text))
    if begin is not None and begin.microsecond:
        # Times without fractions are compared.
        begin = begin.replace(microsecond=0) + timedelta(seconds=1)
    if end is not None:
        day = moments.is_date(given["to"])
        end = moments.end_of_day(end) if day else end.replace(microsecond=999_999)
    return begin, end
