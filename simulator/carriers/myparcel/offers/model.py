"""What one carrier offers from one home to some destinations for one package type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import msgspec

from simulator.carriers.myparcel.offers.names import PICKUP, STANDARD
from simulator.carriers.myparcel.offers.zones import Home

_HEAVIEST = 23_000


class Option(msgspec.Struct, frozen=True):
    """An option of a body: those that it needs beside it, and those that it does not go with."""

    name: str
    required: bool = False
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()


class Delivery(msgspec.Struct, frozen=True):
    """A delivery type: the options that it needs, and those that it does not go with.

    `dated`: a shipment of it has to say its delivery date.
    """

    number: int
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    dated: bool = False


TO_THE_DOOR = Delivery(STANDARD)
TO_A_POINT = Delivery(PICKUP, excludes=("return",))
"""The two as most carriers have them."""


class Insurance(msgspec.Struct, frozen=True):
    """The amounts in cents, smallest first, for which a parcel can be insured; 0 is none.

    * `filled`: a parcel that names no amount is insured for the least one.
    * `requires`, `excludes`: options; `waived_by` names one beside which nothing is required.
    """

    steps: tuple[int, ...]
    filled: bool = False
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    waived_by: str | None = None

    @property
    def most(self) -> int:
        """The highest amount."""
        return self.steps[-1]

    @property
    def amounts(self) -> tuple[int, ...]:
        """Every amount that a client may name, 0 among them."""
        return (0, *self.steps)


class Offer(msgspec.Struct, frozen=True):
    """One row of the table.

    Weights are whole grams: `lightest` to `heaviest`, and up to `heaviest_large` with the option
    large_format. `colli` is the most parcels of one shipment. `pickup_contact`: a pickup needs a
    phone number or an e-mail address of its receiver. The first of `deliveries` is meant when no
    delivery type is named.
    """

    carrier: int
    home: Home
    package_type: int
    deliveries: Mapping[int, Delivery]
    options: Mapping[str, Option]
    insurance: Insurance | None
    lightest: int
    heaviest: int
    heaviest_large: int | None
    colli: int
    pickup_contact: bool

    @property
    def default_delivery(self) -> int:
        """The delivery type that is meant when none is named."""
        return next(iter(self.deliveries))

    def limit(self, *, large: bool) -> int:
        """The heaviest parcel in grams, of the large format or not."""
        return self.heaviest_large if large and self.heaviest_large else self.heaviest


class Row(msgspec.Struct, frozen=True):
    """An offer and the countries to which it goes, as codes and the words EU, ROW and WORLD."""

    offer: Offer
    to: str


def row(
    carrier: int,
    home: Home,
    to: str,
    package_type: int,
    *options: Option,
    deliveries: Iterable[Delivery] = (TO_THE_DOOR,),
    insurance: Insurance | None = None,
    lightest: int = 0,
    heaviest: int = _HEAVIEST,
    heaviest_large: int | None = None,
    colli: int = 1,
    pickup_contact: bool = False,
) -> Row:
    """A row in short."""
    return Row(
        Offer(
            carrier=carrier,
            home=home,
            package_type=package_type,
            deliveries=MappingProxyType({each.number: each for each in deliveries}),
            options=MappingProxyType({option.name: option for option in options}),
            insurance=insurance,
            lightest=lightest,
            heaviest=heaviest,
            heaviest_large=heaviest_large,
            colli=colli,
            pickup_contact=pickup_contact,
        ),
        to,
    )


def plain(*names: str) -> tuple[Option, ...]:
    """Options that go with everything."""
    return tuple(Option(name) for name in names)


def left_open(
    options: Mapping[str, Option], needed: Iterable[str], excluded: Iterable[str]
) -> dict[str, Option]:
    """The options that there still are beside those that are `needed`, which are required.

    What does not go with a needed option is left out, as is what is `excluded`.
    """
    required = {name for name, option in options.items() if option.required} | {*needed}
    barred = {*excluded}
    for name, option in options.items():
        if name in required:
            barred |= {*option.excludes}
        elif not required.isdisjoint(option.excludes):
            barred.add(name)
    return {
        name: msgspec.structs.replace(option, required=name in required)
        for name, option in options.items()
        if name not in barred
    }


def ladder(first: Iterable[int], *, to: int = 500_000, by: int = 50_000) -> tuple[int, ...]:
    """Insurance steps: the `first`, and from there on by so many cents up to the highest."""
    steps = tuple(first)
    return (*steps, *range(steps[-1] + by, to + 1, by))
