"""Prices: weight groups and steps, options, insurance, zones."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.carriers.myparcel.delivery.prices import insurance_price
from tests.myparcel.client import Shop
from tests.myparcel.parcels import UTRECHT, letter, package, to_japan

BRUSSELS = {"cc": "BE", "postal_code": "1000", "city": "Brussel", "street": "Grote Markt 1"}
BERLIN = {"cc": "DE", "postal_code": "10117", "city": "Berlin", "street": "Unter den Linden 1"}
EU_INSURANCE = {"insurance": {"amount": 50000, "currency": "EUR"}}
HOME = {"only_recipient": 1, "signature": 1}


def price(shop: Shop, shipment: dict[str, Any]) -> int:
    [shown] = shop.read(*shop.create(shipment))
    assert shown["price"]["currency"] == "EUR"
    amount: int = shown["price"]["amount"]
    return amount


@pytest.mark.parametrize(
    ("options", "cents"),
    [
        ({}, 585),
        ({"only_recipient": 1}, 612),
        ({"signature": 1}, 620),
        (HOME, 627),
        ({"return": 1}, 627),
        ({"large_format": 1}, 627),
        ({"only_recipient": 0, "signature": 0}, 585),
        ({**HOME, "insurance": {"amount": 5000, "currency": "EUR"}}, 677),
        ({**HOME, "insurance": {"amount": 50000, "currency": "EUR"}}, 795),
        ({**HOME, "insurance": {"amount": 250000, "currency": "EUR"}}, 1467),
        ({**HOME, "insurance": {"amount": 500000, "currency": "EUR"}}, 2307),
    ],
)
def test_options_and_insurance_are_added_to_the_base(
    shop: Shop, options: dict[str, Any], cents: int
) -> None:
    assert price(shop, package(**options)) == cents


@pytest.mark.parametrize(
    ("grams", "cents"),
    [(1, 585), (10_000, 585), (10_001, 650), (20_000, 650), (20_001, 900), (21_000, 950)],
)
def test_heavier_parcels_cost_more(shop: Shop, grams: int, cents: int) -> None:
    assert price(shop, {**package(), "physical_properties": {"weight": grams}}) == cents


@pytest.mark.parametrize(
    ("carrier", "recipient", "cents"),
    [
        (1, UTRECHT, 585),
        (2, BRUSSELS, 685),
        (2, BERLIN, 685),
        (3, UTRECHT, 942),
        (3, BRUSSELS, 442),
        (3, BERLIN, 442),
        (4, BERLIN, 1244),
        (5, UTRECHT, 942),
    ],
)
def test_carriers_and_countries_have_their_own_prices(
    shop: Shop, carrier: int, recipient: dict[str, Any], cents: int
) -> None:
    options = {} if recipient is UTRECHT else EU_INSURANCE
    address = {"person": "Lea Meier", **recipient}
    assert price(shop, {**package(carrier, **options), "recipient": address}) == cents


def test_the_rest_of_the_world_pays_what_great_britain_pays(shop: Shop) -> None:
    assert price(shop, to_japan()) == 785


def test_letters_are_free_and_mailbox_packages_cheap(shop: Shop) -> None:
    assert price(shop, letter()) == 0
    assert price(shop, package(package_type=2)) == 350


def test_options_of_a_mailbox_package_cost_what_they_cost_on_a_parcel(shop: Shop) -> None:
    assert price(shop, package(package_type=2, signature=1)) == 385


def test_an_insurance_above_the_table_goes_on_in_its_last_step() -> None:
    table = {50_000: 100, 100_000: 180}
    assert [insurance_price(table, amount) for amount in (0, 1, 100_000, 100_001, 200_000)] == [
        0,
        100,
        180,
        260,
        340,
    ]
    assert insurance_price({}, 5000) == 0
    assert insurance_price({20_000: 0}, 90_000) == 0
