"""The carriers, their services and what those cost, as MyParcel's document lists them.

`CARRIERS` and `SERVICES_AS_DOCUMENTED` are the document's own data with its own keys: the price of
a further weight step is called ``step``, ``increment`` or ``increments``, and the insurances of one
country ``insurance``. `SERVICES_EVEN` is the same with one key for each. `SERVICES` is what prices
are computed from.

Prices and insured amounts are cents of the document's one currency (EUR); weights are kilograms in
the document and grams in `SERVICES`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

BROKER, POSTNL = 1, 2
"""Who the shop deals with and chooses a carrier itself, and the carrier that it chooses."""

CARRIERS: tuple[dict[str, Any], ...] = (
    {"id": 1, "name": "Myparcel.com", "cc": "NL", "currency": "EUR"},
    {"id": 2, "name": "PostNL", "cc": "NL", "currency": "EUR"},
    {"id": 3, "name": "Bpost", "cc": "BE", "currency": "EUR"},
    {"id": 4, "name": "DPD", "cc": "GB", "currency": "GBP"},
    {"id": 5, "name": "Hermes", "cc": "GB", "currency": "GBP"},
)


def _options(*pairs: tuple[str, int]) -> list[dict[str, Any]]:
    return [{"name": name, "price": price} for name, price in pairs]


def _insurances(*pairs: tuple[int, int]) -> list[dict[str, Any]]:
    return [{"amount": amount, "price": price} for amount, price in pairs]


_POSTNL_OPTIONS = _options(
    ("only_recipient", 27),
    ("signature", 35),
    ("only_recipient_signature", 42),
    ("insured", 0),
    ("large_format", 42),
    ("return", 42),
)
_INSURED = _options(("insured", 0))
_INSURANCES_NL = _insurances(
    (5000, 50),
    (10000, 100),
    (50000, 168),
    (100000, 336),
    (150000, 504),
    (200000, 672),
    (250000, 840),
)
_INSURANCES_ABROAD = _insurances((20000, 0))

_BRITISH_PARCEL_PRICES: dict[str, Any] = {
    "NL": {"base": [942], "insurances": _INSURANCES_ABROAD, "options": _INSURED},
    "GB": {"base": [1244], "insurances": _INSURANCES_ABROAD, "options": _INSURED},
}

SERVICES_AS_DOCUMENTED: tuple[dict[str, Any], ...] = (
    {
        "id": 1,
        "carrier_id": 1,
        "active": 1,
        "type": "unstamped",
        "name": "Unstamped Label",
        "groups": [{"id": 0}],
        "prices": {"NL": {"base": [0]}, "BE": {"base": [0]}, "GB": {"base": [0]}},
    },
    {
        "id": 2,
        "carrier_id": 2,
        "active": 1,
        "type": "parcel",
        "name": "PostNL Parcel",
        "groups": [
            {"id": 0, "name": "0-10kg", "weight": {"min": 0, "max": 10}},
            {"id": 1, "name": "10 - 20", "weight": {"min": 10, "max": 20}},
            {"id": 2, "name": "20 plus", "weight": {"min": 20, "max": None, "step": 0.5}},
        ],
        "prices": {
            "NL": {
                "base": [585, 650, 850],
                "step": [0, 0, 50],
                "options": _POSTNL_OPTIONS,
                "insurances": _INSURANCES_NL,
            },
            "BE": {
                "base": [685, 750, 950],
                "increment": [0, 0, 50],
                "options": _POSTNL_OPTIONS,
                "insurances": _INSURANCES_ABROAD,
            },
            "GB": {
                "base": [785, 850, 1050],
                "increments": [0, 0, 50],
                "options": _POSTNL_OPTIONS,
                "insurance": _insurances((200, 0)),
            },
        },
    },
    {
        "id": 3,
        "carrier_id": 2,
        "active": 1,
        "type": "letterbox",
        "name": "PostNL Letterbox",
        "groups": [{"id": 0, "weight": {"min": 0, "max": 20}}],
        "prices": {"NL": {"base": [350]}},
    },
    {
        "id": 4,
        "carrier_id": 3,
        "active": 1,
        "type": "parcel",
        "name": "Bpost Parcel",
        "groups": [{"id": 0}],
        "prices": {
            "NL": {"base": [942], "insurances": _INSURANCES_NL, "options": _INSURED},
            "BE": {
                "base": [442],
                "insurances": _INSURANCES_ABROAD,
                "options": _options(("insured", 0), ("saturday", 42)),
            },
            "GB": {"base": [1244], "insurances": _INSURANCES_ABROAD, "options": _INSURED},
        },
    },
    {
        "id": 5,
        "carrier_id": 4,
        "active": 1,
        "type": "parcel",
        "name": "DPD Parcel",
        "groups": [{"id": 0}],
        "prices": _BRITISH_PARCEL_PRICES,
    },
    {
        "id": 6,
        "carrier_id": 5,
        "active": 1,
        "type": "parcel",
        "name": "Hermes Parcel",
        # The document leaves the number out (`"id":`), which no reader of JSON takes.
        "groups": [{"id": 0}],
        "prices": _BRITISH_PARCEL_PRICES,
    },
)

_EVEN_KEYS = {"increment": "step", "increments": "step", "insurance": "insurances"}


def _even(service: Mapping[str, Any]) -> dict[str, Any]:
    prices = {
        cc: {_EVEN_KEYS.get(key, key): value for key, value in entry.items()}
        for cc, entry in service["prices"].items()
    }
    return {**service, "prices": prices}


SERVICES_EVEN: tuple[dict[str, Any], ...] = tuple(map(_even, SERVICES_AS_DOCUMENTED))


class WeightGroup(msgspec.Struct, frozen=True):
    """A range of weights in grams: above `low`, up to and including `high` (None: no end).

    `step` is the weight of each further step that is charged above `low`, None where there are
    none.
    """

    low: int = 0
    high: int | None = None
    step: int | None = None


class CountryPrices(msgspec.Struct, frozen=True):
    """What a service costs to one country, in cents.

    * `base`, `steps`: one for each weight group; `steps` is for each begun step of weight.
    * `options`: the option's name to its price.
    * `insurances`: the insured amount to its price, smallest amount first.
    """

    base: tuple[int, ...]
    steps: tuple[int, ...]
    options: Mapping[str, int]
    insurances: Mapping[int, int]


class Service(msgspec.Struct, frozen=True):
    """A carrier's product. `kind` is the document's type: unstamped, parcel or letterbox."""

    id: int
    carrier: int
    kind: str
    name: str
    groups: tuple[WeightGroup, ...]
    prices: Mapping[str, CountryPrices]

    def weight_price(self, cc: str, grams: int) -> int:
        """The price of the weight alone in cents: base of its group and the steps above.

        A weight above the last group's end counts as the last group. Raises KeyError when the
        service does not go to `cc`.
        """
        prices = self.prices[cc]
        index = next(
            (i for i, group in enumerate(self.groups) if group.high is None or grams <= group.high),
            len(self.groups) - 1,
        )
        group = self.groups[index]
        steps = 0 if group.step is None else -(-max(0, grams - group.low) // group.step)
        return prices.base[index] + steps * prices.steps[index]


def _grams(kilograms: float | None) -> int | None:
    return None if kilograms is None else round(kilograms * 1000)


def _group(group: Mapping[str, Any]) -> WeightGroup:
    weight = group.get("weight", {})
    return WeightGroup(
        low=_grams(weight.get("min")) or 0,
        high=_grams(weight.get("max")),
        step=_grams(weight.get("step")),
    )


# The document insures parcels to GB for "200" and those to other countries for 20000: the first
# can only be euros.
_LEAST_PLAUSIBLE_CENTS = 1000


def _cents(amount: int) -> int:
    return amount if amount >= _LEAST_PLAUSIBLE_CENTS else amount * 100


def _country_prices(entry: Mapping[str, Any]) -> CountryPrices:
    base = tuple(entry["base"])
    return CountryPrices(
        base=base,
        steps=tuple(entry.get("step", (0,) * len(base))),
        options={option["name"]: option["price"] for option in entry.get("options", ())},
        insurances={_cents(one["amount"]): one["price"] for one in entry.get("insurances", ())},
    )


def _read(services: Iterable[Mapping[str, Any]]) -> tuple[Service, ...]:
    return tuple(
        Service(
            id=service["id"],
            carrier=service["carrier_id"],
            kind=service["type"],
            name=service["name"],
            groups=tuple(map(_group, service["groups"])),
            prices={cc: _country_prices(entry) for cc, entry in service["prices"].items()},
        )
        for service in services
    )


SERVICES: tuple[Service, ...] = _read(SERVICES_EVEN)


def service_of(carrier: int, kind: str) -> Service | None:
    """The carrier's service of this kind; None when it has none."""
    return next((s for s in SERVICES if s.carrier == carrier and s.kind == kind), None)
