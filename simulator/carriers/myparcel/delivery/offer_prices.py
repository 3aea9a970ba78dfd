"""What a shipment costs by the tariff of today's carriers (`offers.tariff`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.carriers.myparcel.offers import tariff
from simulator.carriers.myparcel.offers.names import PACKAGE
from simulator.carriers.myparcel.offers.zones import Home
from simulator.carriers.myparcel.rules.insurance import amount_of
from simulator.carriers.myparcel.rules.offered import options_set
from simulator.carriers.myparcel.wire import parsing


def price_of(
    home: Home, carrier: int, cc: str, options: Mapping[str, Any], weight: int | None
) -> int:
    """The price in cents of a shipment from `home` to the country `cc`; `weight` is in grams."""
    package_type = parsing.integer(options.get("package_type")) or PACKAGE
    parts = tariff.parts(
        carrier,
        home,
        cc,
        package_type,
        delivery_type=parsing.integer(options.get("delivery_type")),
        options=options_set(options),
        insurance=amount_of(options),
        weight=weight,
    )
    return tariff.total(parts)
