"""What today's carriers cost, in euro cents.

Every figure is inferred: MyParcel publishes no prices with its API, and they differ by contract.
They are near what shops pay, so that sums look right, and are made of three parts as in the
document of 2017: a base by package type and zone, the options, and the insurance by its steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from simulator.carriers.myparcel.offers import table
from simulator.carriers.myparcel.offers.model import Insurance
from simulator.carriers.myparcel.offers.names import (
    BPOST,
    DHL_EUROPLUS,
    DHL_FOR_YOU,
    DIGITAL_STAMP,
    DPD,
    EARLY_MORNING,
    ENVELOPE,
    EVENING,
    EXPRESS,
    LETTER,
    MAILBOX,
    MORNING,
    PACKAGE,
    PALLET,
    SAME_DAY,
    SMALL_PACKAGE,
    TRUNKRS,
    UPS_EXPRESS_SAVER,
    UPS_STANDARD,
)
from simulator.carriers.myparcel.offers.options import INSURANCE
from simulator.carriers.myparcel.offers.zones import Home, Zone, zone_of

_BASE: Mapping[int, Mapping[Zone, int]] = {
    PACKAGE: {"home": 625, "neighbour": 795, "EU": 1195, "ROW": 2395},
    MAILBOX: {"home": 395, "neighbour": 495, "EU": 695, "ROW": 995},
    LETTER: {"home": 0, "neighbour": 0, "EU": 0, "ROW": 0},
    DIGITAL_STAMP: {"home": 101, "neighbour": 101, "EU": 101, "ROW": 101},
    PALLET: {"home": 6950, "neighbour": 8950, "EU": 14950, "ROW": 24950},
    SMALL_PACKAGE: {"home": 475, "neighbour": 595, "EU": 795, "ROW": 1195},
    ENVELOPE: {"home": 895, "neighbour": 1095, "EU": 1495, "ROW": 2995},
}
_DIGITAL_STAMP_STEPS = ((20, 101), (50, 202), (350, 404), (2_000, 505))
"""Digital stamps are priced by weight (documented): up to so many grams, cents."""

_PERCENT = {
    BPOST: 96,
    DPD: 92,
    DHL_FOR_YOU: 95,
    DHL_EUROPLUS: 112,
    UPS_STANDARD: 118,
    UPS_EXPRESS_SAVER: 185,
    TRUNKRS: 104,
}
"""What a carrier takes of the base, which is that of PostNL."""

_HEAVY_FROM, _HEAVY = 10_000, 250
_DELIVERY = {EARLY_MORNING: 350, MORNING: 150, EVENING: 125, SAME_DAY: 250, EXPRESS: 850}
_OPTIONS = {
    "age_check": 125,
    "collect": 350,
    "hide_sender": 25,
    "large_format": 295,
    "only_recipient": 30,
    "priority_delivery": 45,
    "receipt_code": 45,
    "return": 45,
    "same_day_delivery": 250,
    "saturday_delivery": 195,
    "signature": 40,
}
_PER_STEP = 55
_VAT = {"home": 21, "neighbour": 21, "EU": 21, "ROW": 0}
"""Percent: both homes have 21; what is carried out of the Union bears none."""


class Part(NamedTuple):
    """One part of a price: what is carried, a charge beside it, or an option by its body's name."""

    kind: Literal["base", "delivery_type", "weight", "option"]
    name: str
    cents: int


def parts(
    carrier: int,
    home: Home,
    cc: str,
    package_type: int,
    *,
    delivery_type: int | None = None,
    options: Iterable[str] = (),
    insurance: int = 0,
    weight: int | None = None,
) -> list[Part]:
    """The price of a parcel in its parts: the carriage first; without a weight it is a light one.

    An insurance is priced by the terms of the offer.
    """
    found = [Part("base", "", base_price(carrier, home, cc, package_type, weight))]
    heavy = weight_price(package_type, weight)
    if heavy:
        found.append(Part("weight", "", heavy))
    dearer = delivery_price(delivery_type)
    if dearer:
        found.append(Part("delivery_type", "", dearer))
    found += [Part("option", name, option_price(name)) for name in sorted(options)]
    if insurance > 0:
        offer = table.offer(carrier, home, cc, package_type)
        terms = None if offer is None else offer.insurance
        found.append(Part("option", INSURANCE, insurance_price(terms, insurance)))
    return found


def total(found: Iterable[Part]) -> int:
    """What the parts cost together."""
    return sum(part.cents for part in found)


def vat(home: Home, cc: str, cents: int) -> int:
    """The value added tax on a price, in whole cents."""
    return (cents * _VAT[zone_of(home, cc)] + 50) // 100


def base_price(
    carrier: int, home: Home, cc: str, package_type: int, weight: int | None = None
) -> int:
    """What the carrier takes for carrying it, without anything beside."""
    if package_type == DIGITAL_STAMP:
        grams = weight or 0
        steps = (cents for most, cents in _DIGITAL_STAMP_STEPS if grams <= most)
        return next(steps, _DIGITAL_STAMP_STEPS[-1][1])
    base = _BASE[package_type][zone_of(home, cc)]
    return base * _PERCENT.get(carrier, 100) // 100


def weight_price(package_type: int, weight: int | None) -> int:
    """What a heavy parcel costs beside; the weight of a digital stamp is in its base."""
    if weight is None or package_type == DIGITAL_STAMP:
        return 0
    return _HEAVY * -(-max(0, weight - _HEAVY_FROM) // _HEAVY_FROM)


def delivery_price(delivery_type: int | None) -> int:
    """What the delivery type costs beyond the standard one: to the door and at a point alike."""
    return 0 if delivery_type is None else _DELIVERY.get(delivery_type, 0)


def option_price(name: str) -> int:
    """What an option costs."""
    return _OPTIONS.get(name, 0)


def insurance_price(terms: Insurance | None, amount: int) -> int:
    """What it costs to insure `amount` by the least step that covers it.

    Where every parcel is insured, the least step is part of the carriage.
    """
    if terms is None or amount <= 0:
        return 0
    step = next((at for at, most in enumerate(terms.steps) if amount <= most), len(terms.steps) - 1)
    return _PER_STEP * (step if terms.filled else step + 1)
