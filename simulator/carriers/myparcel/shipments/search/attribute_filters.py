"""The filters of the list of shipments that came after 2017: by what a shipment is.

Observed: their names, in the public description of api.myparcel.nl and in what its SDKs send, and
that `created` takes in its own moment. Inferred: that each takes several values with ``;``, and
that carriers and package types may be named.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from simulator.carriers.myparcel.bodies import whole
from simulator.carriers.myparcel.offers import names
from simulator.carriers.myparcel.records import Shipment
from simulator.carriers.myparcel.wire import moments, parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core import reading

Test = Callable[[Shipment], bool]


class Filter(NamedTuple):
    """What a filter lets through, and how it is found without a look at every shipment.

    `grouped` says that it hangs on nothing but what makes the group of a shipment, `created` that
    it is this range of times of making (None is no bound) and nothing else, `part` that it is this
    part of its texts, `barcodes` and `references` that it has one of them. `asked` is what was
    asked: the name of the parameter, its value, and what else its meaning hangs on.
    """

    test: Test
    grouped: bool = False
    created: tuple[datetime | None, datetime | None] | None = None
    part: str | None = None
    barcodes: frozenset[str] = frozenset()
    references: frozenset[str] = frozenset()
    asked: tuple[object, ...] | None = None


Reader = Callable[[str, list[Fault]], Test | Filter | None]
"""Reads the value of a filter; a mere test is that of one which is grouped."""

_SHIPMENT_TYPES = range(1, 9)
_PAYMENT_STATES = ("unpaid", "pending", "paid")


def created(first: datetime | None, last: datetime | None) -> Filter:
    """What was created from the one instant to the other."""

    def test(shipment: Shipment) -> bool:
        at = shipment.created
        return (first is None or at >= first) and (last is None or at <= last)

    return Filter(test, created=(first, last))


def _barcode(text: str, faults: list[Fault]) -> Filter:
    wanted = frozenset(parsing.parts(text))
    return Filter(lambda shipment: shipment.barcode in wanted, barcodes=wanted)


def _carrier(text: str, faults: list[Fault]) -> Test | None:
    numbers = {part: names.CARRIERS.number(part) for part in parsing.parts(text)}
    wanted = _known("carrier_id", numbers, names.CARRIERS.listed(), 3222, faults)
    return None if wanted is None else lambda shipment: whole.carrier(shipment) in wanted


def _package_type(text: str, faults: list[Fault]) -> Test | None:
    numbers = {part: names.PACKAGE_TYPES.number(part) for part in parsing.parts(text)}
    wanted = _known("package_type", numbers, names.PACKAGE_TYPES.listed(), 3223, faults)
    if wanted is None:
        return None
    return lambda shipment: package_type(shipment) in wanted


def package_type(shipment: Shipment) -> int | None:
    """The number of its package type."""
    return parsing.integer(shipment.options.get("package_type"))


def _shop(text: str, faults: list[Fault]) -> Test | None:
    numbers = {part: parsing.integer(part) for part in parsing.parts(text)}
    wanted = _known("shop_id", numbers, "the numbers of shops", 0, faults)
    return None if wanted is None else lambda shipment: shipment.shop_id in wanted


def _shipment_type(text: str, faults: list[Fault]) -> Test | None:
    numbers = {part: parsing.integer(part) for part in parsing.parts(text)}
    known = {part: each if each in _SHIPMENT_TYPES else None for part, each in numbers.items()}
    wanted = _known("shipment_type", known, "1 to 8", 3707, faults)
    return None if wanted is None else lambda shipment: whole.shipment_type(shipment) in wanted


def _reference(text: str, faults: list[Fault]) -> Filter:
    wanted = frozenset((text, *parsing.parts(text)))
    return Filter(lambda shipment: shipment.reference_identifier in wanted, references=wanted)


def _transaction_status(text: str, faults: list[Fault]) -> Test | None:
    wanted = set(parsing.parts(text))
    if not wanted.issubset(_PAYMENT_STATES):
        listed = ", ".join(_PAYMENT_STATES)
        faults.append(Fault(0, f"transaction_status {text!r} is none of {listed}"))
        return None
    return lambda shipment: whole.transaction_status(shipment) in wanted


def _region(text: str, faults: list[Fault]) -> Test:
    wanted = text.casefold()

    def test(shipment: Shipment) -> bool:
        return wanted in (shipment.region.casefold(), region_told(shipment).casefold())

    return test


def region_told(shipment: Shipment) -> str:
    """The region that the sender told."""
    return parsing.text(shipment.recipient.get("region"))


def _created(text: str, faults: list[Fault]) -> Filter | None:
    begin = moments.parse(text)
    if begin is None:
        message = f"created {text!r} is no date YYYY-MM-DD, with or without HH:MM:SS"
        faults.append(Fault(5000, message))
        return None
    return created(begin, None)


def _flag(name: str, read: Callable[[Shipment], bool]) -> Reader:
    """A filter that is 1 or 0."""

    def reader(text: str, faults: list[Fault]) -> Test | None:
        wanted = reading.boolean(text)
        if wanted is None:
            faults.append(Fault(0, f"{name} {text!r} is neither 1 nor 0"))
            return None
        return lambda shipment: read(shipment) is wanted

    return reader


def _known(
    name: str,
    numbers: Mapping[str, int | None],
    listed: str,
    code: int,
    faults: list[Fault],
) -> Collection[int] | None:
    """The numbers, unless one of them is unknown or there is none at all."""
    unknown = [part for part, number in numbers.items() if number is None]
    if unknown or not numbers:
        told = repr(unknown[0]) if unknown else "without a value"
        faults.append(Fault(code, f"{name} {told} is none of {listed}"))
        return None
    return {number for number in numbers.values() if number is not None}


FILTERS: Mapping[str, Reader] = {
    "barcode": _barcode,
    "carrier_id": _carrier,
    "created": _created,
    "delayed": _flag("delayed", lambda shipment: False),
    "delivered": _flag("delivered", whole.delivered),
    "hidden": _flag("hidden", lambda shipment: shipment.hidden),
    "package_type": _package_type,
    "reference_identifier": _reference,
    "region": _region,
    "shipment_type": _shipment_type,
    "shop_id": _shop,
    "transaction_status": _transaction_status,
}
"""What reads each of these filters."""


def links(
    query: Mapping[str, str], parameters: Collection[str], faults: list[Fault]
) -> frozenset[str]:
    """The pages of shipments that are asked for by the parameters with these names."""
    found = set()
    for name in parameters:
        wanted = reading.boolean(query.get(name, "0"))
        if wanted is None:
            faults.append(Fault(0, f"{name} {query[name]!r} is neither 1 nor 0"))
        elif wanted:
            found.add(name)
    return frozenset(found)
