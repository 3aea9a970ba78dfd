"""What a shipment costs: base of the weight group, further steps, options, insurance.

The amounts are the carrier's own table of services; how they add up is documented nowhere
(inferred). Decisions where the table says nothing:

* What the broker's own carrier is given to carry goes with PostNL; only letters have a service of
  the broker's own, and are free, since their postage is paid at the counter (documented).
* A country without prices of its own pays those of its zone: in the European Union what Belgium
  pays, or Great Britain where there is nothing for Belgium; elsewhere what Great Britain pays.
* Options of mailbox packages and letters cost what they cost on a parcel (the quirk
  `myparcel.options_elsewhere` decides whether there may be any).
* An insurance costs the price of the smallest amount that covers it. Above the highest amount every
  further begun step costs as much as the last one in the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.carriers.myparcel.catalog import countries
from simulator.carriers.myparcel.catalog.services import (
    BROKER,
    POSTNL,
    CountryPrices,
    Service,
    service_of,
)
from simulator.carriers.myparcel.catalog.types import LETTER, MAILBOX_PACKAGE
from simulator.carriers.myparcel.editions import carriers
from simulator.carriers.myparcel.rules.insurance import amount_of
from simulator.carriers.myparcel.wire import parsing

_OPTIONS = ("large_format", "return", "saturday")
_EUROPE: tuple[str, ...] = ("BE", "GB")
_WORLD: tuple[str, ...] = ("GB",)


def price_of(
    carrier: int, cc: str, options: Mapping[str, Any], weight: int | None, spoken: str
) -> int:
    """The price in cents of a shipment to the country `cc` with these options.

    `carrier` is the number that the edition `spoken` has for the carrier, `weight` is in grams;
    without a weight it is the lightest group.
    """
    number = carriers.in_2017(carrier, spoken) or carrier
    parcel = _service(POSTNL if number == BROKER else number, "parcel")
    extras = _row(parcel, cc)
    return (
        _carriage(parcel, cc, parsing.integer(options.get("package_type")), weight or 0)
        + options_price(extras, options)
        + insurance_price(extras.insurances, amount_of(options))
    )


def _service(carrier: int, kind: str) -> Service:
    found = service_of(carrier, kind)
    if found is None:
        raise ValueError(f"carrier {carrier} has no service of the kind {kind}")
    return found


def _carriage(parcel: Service, cc: str, package_type: int | None, grams: int) -> int:
    service = parcel
    if package_type == LETTER:
        service = _service(BROKER, "unstamped")
    elif package_type == MAILBOX_PACKAGE:
        letterbox = service_of(parcel.carrier, "letterbox")
        service = letterbox if letterbox is not None and cc in letterbox.prices else parcel
    return service.weight_price(_priced_as(service, cc), grams)


def _row(service: Service, cc: str) -> CountryPrices:
    return service.prices[_priced_as(service, cc)]


def _priced_as(service: Service, cc: str) -> str:
    """The country of which the prices count for `cc`."""
    zone = _EUROPE if countries.is_eu(cc) else _WORLD
    candidates = (country for country in (cc, *zone) if country in service.prices)
    return next(candidates)


def options_price(row: CountryPrices, options: Mapping[str, Any]) -> int:
    """What the options cost; `only_recipient` and `signature` together are cheaper than singly."""
    pair = [name for name in ("only_recipient", "signature") if parsing.flag(options.get(name))]
    chosen = ["_".join(pair)] if pair else []
    chosen += [name for name in _OPTIONS if parsing.flag(options.get(name))]
    return sum(row.options.get(name, 0) for name in chosen)


def insurance_price(table: Mapping[int, int], amount: int) -> int:
    """What it costs to insure `amount` by a table of amounts and prices, smallest first."""
    if amount <= 0 or not table:
        return 0
    for limit, price in table.items():
        if amount <= limit:
            return price
    *_, (before, cheaper), (highest, price) = [(0, 0), *table.items()]
    steps = -(-(amount - highest) // (highest - before))
    return price + steps * (price - cheaper)
