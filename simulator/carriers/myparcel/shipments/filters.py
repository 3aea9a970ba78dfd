"""The filters of the list of shipments: what is searched, statuses, days, what is brought today.

MyParcel: document of 2017, 6.E.3.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter
from typing import Any

import msgspec

from simulator.carriers.myparcel.bodies.kinds import LONGEST
from simulator.carriers.myparcel.catalog.holidays import is_holiday
from simulator.carriers.myparcel.records import Shipment
from simulator.carriers.myparcel.shipments.attribute_filters import FILTERS, SORTS, Reader, Test
from simulator.carriers.myparcel.wire import moments, parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core import reading

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

_CURRENCY = "eur"
_BEFORE_HANDOVER = (1, 2)
_WEEKEND = (5, 6)


def tests(
    query: Mapping[str, str],
    today: date,
    statuses: Collection[int],
    faults: list[Fault],
    later: Collection[str],
) -> list[Test]:
    """The tests that a shipment has to pass; what is wrong with the filters goes to `faults`.

    `statuses` are those that may be asked for, `later` the filters that came after 2017 and are
    there.
    """
    readers: dict[str, Reader] = {
        "q": _search,
        "status": lambda text, wrong: _statuses(text, statuses, wrong),
        "from": _from,
        "to": _to,
        "dropoff_today": lambda text, wrong: _dropoff_today(text, today, wrong),
        **{name: FILTERS[name] for name in later},
    }
    found = [reader(query[name], faults) for name, reader in readers.items() if name in query]
    return [test for test in found if test is not None]


def _search(text: str, faults: list[Fault]) -> Test | None:
    if len(text) > LONGEST:
        faults.append(Fault(3208, f"q has {len(text)} characters, at most {LONGEST} are taken"))
        return None
    sought = text.casefold()
    if sought in _CURRENCY:
        return lambda shipment: True  # every price is shown with it
    attributes = dict.fromkeys(FIELDS.values())

    def test(shipment: Shipment) -> bool:
        return any(
            sought in value
            for attribute in attributes
            for value in _texts(getattr(shipment, attribute))
        )

    return test


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


def _statuses(text: str, known: Collection[int], faults: list[Fault]) -> Test | None:
    parts = parsing.parts(text)
    wanted = {parsing.integer(part) for part in parts}
    if not parts or not wanted.issubset(known):
        listed = ", ".join(map(str, known))
        faults.append(Fault(3205, f"status {text!r} is none of {listed}, or several with ;"))
        return None
    return lambda shipment: shipment.status in wanted


def _from(text: str, faults: list[Fault]) -> Test | None:
    begin = moments.parse(text)
    if begin is None:
        faults.append(Fault(3206, f"from {text!r} is no date YYYY-MM-DD, with or without HH:MM:SS"))
        return None
    return lambda shipment: shipment.created >= begin


def _to(text: str, faults: list[Fault]) -> Test | None:
    end = moments.parse(text)
    if end is None:
        faults.append(Fault(3207, f"to {text!r} is no date YYYY-MM-DD, with or without HH:MM:SS"))
        return None
    if moments.is_date(text):
        last = end.astimezone(moments.AMSTERDAM).date()
        return lambda shipment: shipment.created.astimezone(moments.AMSTERDAM).date() <= last
    # Clients read times without fractions, and what they have read should find what it is of.
    return lambda shipment: shipment.created.replace(microsecond=0) <= end


def _dropoff_today(text: str, today: date, faults: list[Fault]) -> Test | None:
    wanted = reading.boolean(text)
    if wanted is None:
        faults.append(Fault(0, f"dropoff_today {text!r} is neither 1 nor 0"))
        return None
    return (lambda shipment: dropped_off_on(shipment, today)) if wanted else None


def dropped_off_on(shipment: Shipment, day: date) -> bool:
    """Whether a shipment should be brought to the carrier on `day`, which is today.

    Inferred: those that were not handed over, on the working day before the one of their delivery;
    at once when none was agreed (a recorded list held concepts without one).
    """
    if shipment.status not in _BEFORE_HANDOVER:
        return False
    delivery = moments.parse_date(parsing.text(shipment.options.get("delivery_date")))
    return delivery is None or _working_day_before(delivery) == day


def _working_day_before(day: date) -> date:
    if day.year == date.min.year:
        return day
    day -= timedelta(days=1)
    while day.weekday() in _WEEKEND or is_holiday(day):
        day -= timedelta(days=1)
    return day


def sort(rows: list[Shipment], field: str, descending: bool | None) -> None:
    """Sort by one of `FIELDS` or `SORTS`: nothing first, then numbers, texts, objects; the id
    decides ties."""
    read = SORTS.get(field) or attrgetter(FIELDS[field])
    rows.sort(
        key=lambda shipment: (_rank(read(shipment)), shipment.id),
        reverse=bool(descending),
    )


def _rank(value: Any) -> tuple[int, Any]:
    if value is None:
        return (0, 0)
    if isinstance(value, bool | int | float):
        return (1, value)
    if isinstance(value, datetime):
        return (1, value.astimezone(UTC).timestamp())
    if isinstance(value, str):
        return (2, value.casefold())
    return (3, msgspec.json.encode(value, order="deterministic"))
