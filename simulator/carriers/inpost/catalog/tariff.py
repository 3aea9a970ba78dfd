"""What carriage costs. All amounts are in grosze (1/100 PLN) and gross.

The carrier's price list is part of each contract and not public; this one is plausible (inferred)
and stable. Only the composition of a price is documented: carriage, fuel, notifications, COD and
insurance are charged apart.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from simulator.carriers.inpost.catalog.basics import SizeClass
from simulator.carriers.inpost.catalog.services import SERVICES
from simulator.carriers.inpost.catalog.sizes import ParcelMeasure, fits, is_non_standard, size_of


class PriceParts(msgspec.Struct, frozen=True):
    """A price by its parts, in grosze.

    `base` is the carriage of all parcels, `extras` the additional services that are neither
    notifications, COD nor insurance.
    """

    base: int
    extras: int
    fuel: int
    notification: int
    cod: int
    insurance: int

    @property
    def total(self) -> int:
        """What the sender pays, in grosze."""
        return self.base + self.extras + self.fuel + self.notification + self.cod + self.insurance


PRICES_BY_SIZE: dict[str, dict[SizeClass, int]] = {
    "inpost_locker_standard": {"A": 1699, "B": 1899, "C": 2099},
    "inpost_locker_economy": {"A": 1299, "B": 1399, "C": 1599},
    "inpost_locker_allegro": {"A": 1099, "B": 1199, "C": 1399},
    "inpost_locker_pass_thru": {"A": 999, "B": 1099, "C": 1299},
    "inpost_locker_standard_smart": {"A": 1499, "B": 1699, "C": 1899},
    "inpost_locker_allegro_smart": {"A": 899, "B": 999, "C": 1199},
    "inpost_locker_customer_service_point": {"A": 1599, "B": 1799, "C": 1999},
    "inpost_courier_allegro": {"A": 1399, "B": 1499, "C": 1699},
    "inpost_courier_c2c": {"A": 1999, "B": 2199, "C": 2599, "D": 3999},
}
"""Service id -> price of a parcel by its class."""

PRICES_BY_WEIGHT: dict[str, tuple[tuple[float, int], ...]] = {
    "inpost_courier_standard": (
        (1.0, 1850),
        (5.0, 2050),
        (10.0, 2350),
        (20.0, 2850),
        (30.0, 3450),
        (50.0, 4950),
    ),
    "inpost_courier_express_1000": ((5.0, 5900), (20.0, 7400), (50.0, 9900)),
    "inpost_courier_express_1200": ((5.0, 4400), (20.0, 5600), (50.0, 7900)),
    "inpost_courier_express_1700": ((5.0, 2900), (20.0, 3900), (50.0, 5900)),
    "inpost_courier_palette": ((200.0, 15900), (400.0, 21900), (600.0, 27900), (800.0, 33900)),
    "inpost_courier_local_standard": ((5.0, 1590), (20.0, 2190), (50.0, 3290)),
    "inpost_courier_local_express": ((5.0, 2490), (20.0, 3190), (50.0, 4490)),
    "inpost_courier_local_super_express": ((5.0, 3990), (20.0, 4890), (50.0, 6490)),
    "inpost_courier_alcohol": ((5.0, 2290), (15.0, 2790), (25.0, 3490)),
    "inpost_letter_allegro": ((2.0, 999), (5.0, 1099), (10.0, 1299)),
}
"""Service id -> (largest weight in kg, price of a parcel), lightest bracket first."""

FUEL_BASIS_POINTS: dict[str, int] = {"locker": 0, "letter": 0, "courier": 860, "pallet": 1250}
"""Kind of service -> fuel charge in 1/10000 of carriage; the locker carrier charges none."""

NON_STANDARD_CHARGE = 2500
"""Added to the carriage of each non-standard courier parcel."""

COD_CHARGE: dict[str, int] = {"locker": 300, "letter": 300, "courier": 450, "pallet": 900}
"""Kind of service -> charge for collecting money from the receiver."""

INSURANCE_CHARGES: tuple[tuple[int, int], ...] = (
    (10_000, 30),
    (100_000, 100),
    (500_000, 150),
    (1_000_000, 350),
    (2_000_000, 700),
)
"""(largest insured amount, charge), smallest bracket first."""

INSURANCE_ABOVE_BASIS_POINTS = 10
"""Charge on what exceeds the last bracket, in 1/10000, on top of that bracket's charge."""

NOTIFICATION_CHARGES: dict[str, int] = {"sms": 30, "email": 10}
"""Additional services that notify the receiver -> charge."""

EXTRA_CHARGES: dict[str, int] = {
    "labelless": 0,
    "end_of_week_collection": 300,
    "saturday": 1200,
    "dor1720": 600,
    "rod": 850,
    **{f"forhour_{hour}": 1500 for hour in range(9, 18)},
}
"""The other additional services, COD and insurance excepted -> charge."""

_BY_AMOUNT = ("cod", "insurance")

PICKUP_CHARGE = 500
"""The price of a pick-up for each shipment of a dispatch order (amount of a documented example)."""


def insurance_charge(amount: int) -> int:
    """The charge for insuring `amount` grosze, in grosze."""
    for largest, charge in INSURANCE_CHARGES:
        if amount <= largest:
            return charge
    largest, charge = INSURANCE_CHARGES[-1]
    return charge + _share(amount - largest, INSURANCE_ABOVE_BASIS_POINTS)


def carriage(service_id: str, parcel: ParcelMeasure) -> int | None:
    """The price of carrying one parcel, in grosze; None when the service does not take it.

    Raises `KeyError` for an unknown service.
    """
    service = SERVICES[service_id]
    if not fits(service, parcel):
        return None
    if service_id in PRICES_BY_SIZE:
        size = size_of(parcel.dimensions)
        return None if size is None else PRICES_BY_SIZE[service_id].get(size)
    surcharge = (
        NON_STANDARD_CHARGE
        if service.kind == "courier" and (parcel.non_standard or is_non_standard(parcel.dimensions))
        else 0
    )
    for largest, amount in PRICES_BY_WEIGHT[service_id]:
        if parcel.weight_kg <= largest:
            return amount + surcharge
    return None


def price(
    service_id: str,
    parcels: Sequence[ParcelMeasure],
    *,
    cod: int | None = None,
    insurance: int | None = None,
    extras: Collection[str] = (),
) -> PriceParts | None:
    """The price of a shipment; None when the service does not take one of its parcels.

    `cod` and `insurance` are amounts in grosze (None: not ordered), `extras` ids of additional
    services; `cod` and `insurance` among them are charged by their amounts only. Raises
    `KeyError` for an unknown service or additional service.
    """
    service = SERVICES[service_id]
    carried = [carriage(service_id, parcel) for parcel in parcels]
    amounts = [amount for amount in carried if amount is not None]
    if len(amounts) < len(carried):
        return None
    base = sum(amounts)
    fuel_rate = 0 if service.carrier == "inpost_locker" else FUEL_BASIS_POINTS[service.kind]
    told = other = 0
    for extra in dict.fromkeys(extras):
        if extra in NOTIFICATION_CHARGES:
            told += NOTIFICATION_CHARGES[extra]
        elif extra not in _BY_AMOUNT:
            other += EXTRA_CHARGES[extra]
    return PriceParts(
        base=base,
        extras=other,
        fuel=_share(base, fuel_rate),
        notification=told,
        cod=0 if cod is None else COD_CHARGE[service.kind],
        insurance=0 if insurance is None else insurance_charge(insurance),
    )


def _share(amount: int, basis_points: int) -> int:
    return (amount * basis_points + 5_000) // 10_000
