"""The bags of a shipment as mail: despatches by destination and class, and their receptacles.

A receptacle's number has 29 characters after the postal union's S9: both offices, category and
class of mail, the year's last digit, despatch, receptacle, whether it is the last one, whether it
holds registered mail, and its weight in hectograms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from simulator.carriers.postplus.bodies import sums
from simulator.carriers.postplus.catalog import offices
from simulator.carriers.postplus.records import DeclaredBag, Parcel, Shipment

REGISTERED = ("Registered", "SRM")
"""Mail types that are listed one by one."""

_CLASSES = {
    "EMS": "EN",
    "NonPostal": "CN",
    "NotRegistered": "UN",
    "ParcelUPU": "CN",
    "Premium": "UX",
    "Prime": "UX",
    "Registered": "UR",
    "SRM": "UR",
}
"""Mail type -> class of mail: E express, C parcels, U letters."""

_BY_AIR, _BY_ROAD = "A", "C"
_ROAD_TYPES = ("CMR", "Transport")
_DESPATCHES = 10
"""Despatch numbers that a shipment may have before it takes those of the next one."""


class Receptacle(NamedTuple):
    """A bag on its way: `bag_nr` is the client's number, empty for parcels in no bag.

    `weight` is the gross weight in kilograms.
    """

    bag_nr: str
    code: str
    country: str
    mail_type: str
    place: int
    of: int
    items: int
    weight: Decimal
    tare: Decimal
    parcels: tuple[Parcel, ...]

    @property
    def registered(self) -> list[Parcel]:
        """The parcels that are listed one by one."""
        return [parcel for parcel in self.parcels if parcel.type in REGISTERED]


class Despatch(NamedTuple):
    """Mail of one class for one country; `code` is the part that its receptacles share."""

    code: str
    number: str
    country: str
    mail_class: str
    receptacles: tuple[Receptacle, ...]

    @property
    def weight(self) -> Decimal:
        """The gross weight in kilograms."""
        return sums.total(each.weight for each in self.receptacles)

    @property
    def items(self) -> int:
        """How many parcels there are."""
        return sum(each.items for each in self.receptacles)


class _Bag(NamedTuple):
    """A bag that has no number of its own yet."""

    number: str
    country: str
    mail_type: str
    items: int
    weight: Decimal
    tare: Decimal
    parcels: tuple[Parcel, ...]


def despatches(shipment: Shipment, parcels: Sequence[Parcel]) -> list[Despatch]:
    """What a shipment is sent on as; cancelled parcels and those with errors stay behind."""
    groups: dict[tuple[str, str], list[_Bag]] = {}
    for bag in sorted(_bags(shipment, parcels), key=lambda bag: (not bag.number, bag.number)):
        groups.setdefault((bag.country, _CLASSES.get(bag.mail_type, "UN")), []).append(bag)
    return [
        _despatch(shipment, place, country, mail_class, bags)
        for place, ((country, mail_class), bags) in enumerate(sorted(groups.items()))
    ]


def outbound_numbers(shipment: Shipment, parcels: Sequence[Parcel]) -> dict[str, str]:
    """The client's number of each bag -> the number of its receptacle, once it is submitted.

    A bag whose parcels go to several countries has several, separated by commas.
    """
    if shipment.submitted_on is None:
        return {}
    numbers: dict[str, list[str]] = {}
    for receptacle in _all(despatches(shipment, parcels)):
        numbers.setdefault(receptacle.bag_nr, []).append(receptacle.code)
    return {bag_nr: ",".join(codes) for bag_nr, codes in numbers.items() if bag_nr}


def _all(listed: Iterable[Despatch]) -> Iterator[Receptacle]:
    return (receptacle for despatch in listed for receptacle in despatch.receptacles)


def _bags(shipment: Shipment, parcels: Sequence[Parcel]) -> Iterator[_Bag]:
    yield from map(_declared, shipment.bags)
    kinds: dict[tuple[str, str, str], list[Parcel]] = {}
    for parcel in parcels:
        if not parcel.is_cancelled and not parcel.errors:
            country = parcel.receiver.country_code or ""
            kinds.setdefault((parcel.bag_nr or "", country, parcel.type), []).append(parcel)
    for (number, country, mail_type), inside in kinds.items():
        weight = sums.total(parcel.gross_weight for parcel in inside)
        yield _Bag(number, country, mail_type, len(inside), weight, Decimal(0), tuple(inside))


def _declared(bag: DeclaredBag) -> _Bag:
    return _Bag(
        bag.bag_nr,
        bag.destination_country_code or "",
        bag.mail_type or "NotRegistered",
        bag.total_items or 0,
        bag.total_weight or Decimal(0),
        bag.tare_weight or Decimal(0),
        (),
    )


def _despatch(
    shipment: Shipment, place: int, country: str, mail_class: str, bags: Sequence[_Bag]
) -> Despatch:
    category = _BY_ROAD if shipment.type in _ROAD_TYPES else _BY_AIR
    at = shipment.submitted_on or shipment.created_on
    number = f"{(shipment.id * _DESPATCHES + place) % 10_000:04}"
    origin = offices.origin(shipment.terminal_code).code
    code = f"{origin}{offices.destination(country)}{category}{mail_class}{at.year % 10}{number}"
    made = [
        Receptacle(
            bag.number,
            f"{code}{nr:03}{int(nr == len(bags))}{_is_registered(bag)}{_hectograms(bag.weight)}",
            bag.country,
            bag.mail_type,
            nr,
            len(bags),
            bag.items,
            bag.weight,
            bag.tare,
            bag.parcels,
        )
        for nr, bag in enumerate(bags, 1)
    ]
    return Despatch(code, number, country, mail_class, tuple(made))


def _is_registered(bag: _Bag) -> int:
    return int(bag.mail_type in REGISTERED)


def _hectograms(weight: Decimal) -> str:
    """A weight in steps of 100 g, rounded up, as four digits."""
    return f"{min(9999, int((weight * 10).to_integral_value(ROUND_CEILING))):04}"
