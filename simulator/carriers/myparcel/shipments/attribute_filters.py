"""The filters of the list of shipments that came after 2017: by what a shipment is.

Observed: their names, in the public description of api.myparcel.nl and in what its SDKs send, and
that `created` takes in its own moment. Inferred: that each takes several values with ``;``, and
that carriers and package types may be named.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from simulator.carriers.myparcel.bodies import whole
from simulator.carriers.myparcel.offers import names
from simulator.carriers.myparcel.records import Shipment
from simulator.carriers.myparcel.wire import moments, parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core import reading

Test = Callable[[Shipment], bool]
Read = Callable[[Shipment], Any]
Reader = Callable[[str, list[Fault]], Test | None]

_SHIPMENT_TYPES = range(1, 9)
_PAYMENT_STATES = ("unpaid", "pending", "paid")


def _barcode(text: str, faults: list[Fault]) -> Test:
    wanted = set(parsing.parts(text))
    return lambda shipment: shipment.barcode in wanted


def _carrier(text: str, faults: list[Fault]) -> Test | None:
    numbers = {part: names.CARRIERS.number(part) for part in parsing.parts(text)}
    wanted = _known("carrier_id", numbers, names.CARRIERS.listed(), 3222, faults)
    return None if wanted is None else lambda shipment: whole.carrier(shipment) in wanted


def _package_type(text: str, faults: list[Fault]) -> Test | None:
    numbers = {part: names.PACKAGE_TYPES.number(part) for part in parsing.parts(text)}
    wanted = _known("package_type", numbers, names.PACKAGE_TYPES.listed(), 3223, faults)
    if wanted is None:
        return None
    return lambda shipment: parsing.integer(shipment.options.get("package_type")) in wanted


def _shop(text: str, faults: list[Fault]) -> Test | None:
    numbers = {part: parsing.integer(part) for part in parsing.parts(text)}
    wanted = _known("shop_id", numbers, "the numbers of shops", 0, faults)
    return None if wanted is None else lambda shipment: shipment.shop_id in wanted


def _shipment_type(text: str, faults: list[Fault]) -> Test | None:
    numbers = {part: parsing.integer(part) for part in parsing.parts(text)}
    known = {part: each if each in _SHIPMENT_TYPES else None for part, each in numbers.items()}
    wanted = _known("shipment_type", known, "1 to 8", 3707, faults)
    return None if wanted is None else lambda shipment: whole.shipment_type(shipment) in wanted


def _reference(text: str, faults: list[Fault]) -> Test:
    wanted = {text, *parsing.parts(text)}
    return lambda shipment: shipment.reference_identifier in wanted


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
        region = parsing.text(shipment.recipient.get("region"))
        return wanted in (shipment.region.casefold(), region.casefold())

    return test


def _created(text: str, faults: list[Fault]) -> Test | None:
    begin = moments.parse(text)
    if begin is None:
        message = f"created {text!r} is no date YYYY-MM-DD, with or without HH:MM:SS"
        faults.append(Fault(5000, message))
        return None
    return lambda shipment: shipment.created >= begin


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

SORTS: Mapping[str, Read] = {
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
