"""Capabilities, definitions of contracts and rates in either version of the API.

Shapes: version 2 is that of a captured answer of 2026, of the generated models of MyParcel's SDK 11
and of the fixtures of its PDK; version 1 is that of its models, in the names and numbers of bodies.
The bounds of an insurance stand in the option itself and, as they did before, in a member of it.
Inferred: the numbers of contracts, and that weights have no other unit than grams.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from simulator.carriers.myparcel.capabilities.matching import Capability
from simulator.carriers.myparcel.offers.model import Insurance, Option
from simulator.carriers.myparcel.offers.names import CARRIERS, DELIVERY_TYPES, PACKAGE_TYPES
from simulator.carriers.myparcel.offers.options import CAPABILITY_NAMES, INSURANCE
from simulator.carriers.myparcel.offers.tariff import Part, vat
from simulator.carriers.myparcel.offers.zones import Home

_TRANSACTIONS = ["B2C", "B2B"]


class Rate(msgspec.Struct, frozen=True):
    """What a shipment from `home` to `cc` costs, under the contract of that number."""

    carrier: int
    contract: int
    package_type: int
    delivery_type: int
    parts: tuple[Part, ...]
    home: Home
    cc: str


def version_2(each: Capability) -> dict[str, Any]:
    """One of `results`."""
    return {
        **definition_2(each, relations=True),
        "contract": {"id": contract_of(each.carrier)},
        "physicalProperties": {
            "weight": {
                "min": {"value": each.lightest, "unit": "g"},
                "max": {"value": each.heaviest, "unit": "g"},
            }
        },
    }


def definition_2(each: Capability, *, relations: bool = False) -> dict[str, Any]:
    """One of `items`: without a destination, and without what options need of each other."""
    options = {
        CAPABILITY_NAMES[name]: _option_2(option, relations=relations)
        for name, option in each.options.items()
    }
    if each.insurance is not None:
        options[CAPABILITY_NAMES[INSURANCE]] = _insurance_2(each.insurance, relations=relations)
    return {
        "carrier": CARRIERS[each.carrier].name,
        "packageTypes": [PACKAGE_TYPES[number].name for number in each.package_types],
        "deliveryTypes": [DELIVERY_TYPES[number].name for number in each.delivery_types],
        "options": options,
        "transactionTypes": _TRANSACTIONS,
        "collo": {"max": each.colli},
    }


def _option_2(option: Option, *, relations: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "isSelectedByDefault": option.required,
        "isRequired": option.required,
    }
    if relations:
        told["requires"] = [CAPABILITY_NAMES[name] for name in option.requires]
        told["excludes"] = [CAPABILITY_NAMES[name] for name in option.excludes]
    return told


def _insurance_2(terms: Insurance, *, relations: bool) -> dict[str, Any]:
    option = Option(INSURANCE, terms.filled, terms.requires, terms.excludes)
    bounds = _bounds(terms)
    return {**_option_2(option, relations=relations), **bounds, "insuredAmount": bounds}


def _bounds(terms: Insurance) -> dict[str, Any]:
    least = terms.steps[0]
    return {
        "default": _money(least if terms.filled else 0),
        "min": _money(least),
        "max": _money(terms.most),
    }


def _money(cents: int) -> dict[str, Any]:
    return {"amount": cents, "currency": "EUR"}


def version_1(each: Capability) -> dict[str, Any]:
    """One of `capabilities`."""
    weight = {
        "min": {"value": each.lightest, "unit": "g"},
        "max": {"value": each.heaviest, "unit": "g"},
    }
    return {**definition_1(each, relations=True), "physical_properties": {"weight": weight}}


def definition_1(each: Capability, *, relations: bool = False) -> dict[str, Any]:
    """One of `contract_definitions`."""
    options = {
        name: _option_1(option, relations=relations) for name, option in each.options.items()
    }
    if each.insurance is not None:
        terms = each.insurance
        option = Option(INSURANCE, terms.filled, terms.requires, terms.excludes)
        told = _option_1(option, relations=relations)
        options[INSURANCE] = {**told, "insured_amount": _bounds(terms)}
    return {
        "carrier_id": each.carrier,
        "package_types": list(each.package_types),
        "delivery_types": list(each.delivery_types),
        "options": options,
        "transaction_types": _TRANSACTIONS,
        "collo": {"max": each.colli},
    }


def _option_1(option: Option, *, relations: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "is_selected_by_default": option.required,
        "is_required": option.required,
    }
    if relations:
        told["requires"] = list(option.requires)
        told["excludes"] = list(option.excludes)
    return told


def contract_of(carrier: int) -> int:
    """The number of the contract under which a shop sends with a carrier."""
    return carrier


def rate_2(rate: Rate) -> dict[str, Any]:
    """A rate in version 2, which stands alone."""
    own = rate.contract != contract_of(rate.carrier)
    return {
        "carrier": CARRIERS[rate.carrier].name,
        "contract": {"id": rate.contract, "type": "CUSTOM" if own else "MAIN"},
        "packageType": PACKAGE_TYPES[rate.package_type].name,
        "deliveryType": DELIVERY_TYPES[rate.delivery_type].name,
        "priceComposition": _composition(rate, _KEYS_2, "priceWithVat"),
    }


def rate_1(rate: Rate) -> dict[str, Any]:
    """One of `rates`."""
    own = rate.contract != contract_of(rate.carrier)
    return {
        "carrier_id": rate.carrier,
        "contract": {"id": rate.contract, "type": "custom" if own else "main"},
        "package_type": rate.package_type,
        "delivery_type": rate.delivery_type,
        "price_composition": _composition(rate, _KEYS_1, "price_with_vat"),
    }


_KEYS_1 = {"delivery_type": "delivery_type"}
_KEYS_2 = {**CAPABILITY_NAMES, "delivery_type": "deliveryType"}


def _composition(rate: Rate, keys: dict[str, str], with_vat: str) -> dict[str, Any]:
    """The parts of a price, whose tax adds up as they do."""
    kind, delivery = PACKAGE_TYPES[rate.package_type], DELIVERY_TYPES[rate.delivery_type]
    names = {
        "base": f"{CARRIERS[rate.carrier].human} {kind.human}",
        "delivery_type": delivery.human,
        "weight": "weight",
    }

    def line(key: str, name: str, parts: Iterable[Part]) -> dict[str, Any]:
        found = list(parts)
        cents = sum(part.cents for part in found)
        tax = sum(vat(rate.home, rate.cc, part.cents) for part in found)
        told = {"name": name, "key": key, "price": _money(cents), "vat": _money(tax)}
        return {**told, with_vat: _money(cents + tax)}

    def lines(*kinds: str) -> list[dict[str, Any]]:
        found = [part for part in rate.parts if part.kind in kinds]
        return [
            line(
                keys.get(part.name or part.kind, part.name or part.kind),
                names.get(part.kind, part.name.replace("_", " ")),
                [part],
            )
            for part in found
        ]

    return {
        "base": lines("base")[0],
        "charges": lines("weight", "delivery_type"),
        "discounts": [],
        "options": lines("option"),
        "other": [],
        "total": line("total", "total", rate.parts),
    }
