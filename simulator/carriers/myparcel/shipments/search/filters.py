"""The filters of the list of shipments: what is searched, statuses, days, what is brought today.

MyParcel: document of 2017, 6.E.3.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from simulator.carriers.myparcel.bodies.kinds import LONGEST
from simulator.carriers.myparcel.catalog.holidays import is_holiday
from simulator.carriers.myparcel.records import Shipment
from simulator.carriers.myparcel.shipments.search.attribute_filters import (
    FILTERS,
    Filter,
    Reader,
    Test,
    created,
)
from simulator.carriers.myparcel.shipments.search.orders import BEFORE_HANDOVER, has
from simulator.carriers.myparcel.wire import moments, parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core import reading

_CURRENCY = "eur"
_WEEKEND = (5, 6)


def read(
    query: Mapping[str, str],
    today: date,
    statuses: Collection[int],
    faults: list[Fault],
    later: Collection[str],
) -> list[Filter]:
    """The filters that a shipment has to pass; what is wrong with the filters goes to `faults`.

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
    found: list[Filter] = []
    for name, reader in readers.items():
        what = reader(query[name], faults) if name in query else None
        if what is not None:
            made = what if isinstance(what, Filter) else Filter(what, grouped=True)
            found.append(made._replace(asked=(name, query[name], today)))
    return found


def _search(text: str, faults: list[Fault]) -> Filter | None:
    if len(text) > LONGEST:
        faults.append(Fault(3208, f"q has {len(text)} characters, at most {LONGEST} are taken"))
        return None
    sought = text.casefold()
    if sought in _CURRENCY:
        return None  # every price is shown with it
    return Filter(lambda shipment: has(shipment, sought), part=sought)


def _statuses(text: str, known: Collection[int], faults: list[Fault]) -> Test | None:
    parts = parsing.parts(text)
    wanted = {parsing.integer(part) for part in parts}
    if not parts or not wanted.issubset(known):
        listed = ", ".join(map(str, known))
        faults.append(Fault(3205, f"status {text!r} is none of {listed}, or several with ;"))
        return None
    return lambda shipment: shipment.status in wanted


def _from(text: str, faults: list[Fault]) -> Filter | None:
    begin = moments.parse(text)
    if begin is None:
        faults.append(Fault(3206, f"from {text!r} is no date YYYY-MM-DD, with or without HH:MM:SS"))
        return None
    return created(begin, None)


def _to(text: str, faults: list[Fault]) -> Filter | None:
    end = moments.parse(text)
    if end is None:
        faults.append(Fault(3207, f"to {text!r} is no date YYYY-MM-DD, with or without HH:MM:SS"))
        return None
    if moments.is_date(text):
        return created(None, moments.end_of_day(end))
    # Clients read times without fractions, and what they have read should find what it is of.
    return created(None, end.replace(microsecond=999_999))


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
    if shipment.status not in BEFORE_HANDOVER:
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
