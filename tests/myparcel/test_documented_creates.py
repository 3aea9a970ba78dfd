"""The document's own examples of what is created, as they stand; its slips are named."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.bodies import shipment
from tests.myparcel.client import Shop

HOOFDDORP = {
    "cc": "NL",
    "city": "Hoofddorp",
    "street": "Siriusdreef",
    "number": "66",
    "postal_code": "2132WT",
    "person": "Mr. Parcel",
    "phone": "0213030315",
    "email": "testing@myparcel.com",
}
AMSTERDAM = {
    "cc": "NL",
    "city": "Amsterdam",
    "street": "Dorpstraat",
    "number": "123",
    "postal_code": "1020BC",
    "person": "Mrs. Parcel",
    "phone": "02012343546",
    "email": "info@myparcel.com",
}
SAITAMA = {
    "cc": "JP",
    "city": "さいたま市",
    "street": "埼玉県さいたま市浦和区 常盤9-21-21",
    "person": "Tanaka san",
    "company": "さいたま国際キリスト教会",
    "email": "saitamakyokai@gmail.com",
    "phone": "0081-48-825-6637",
}
PARIS = {
    "cc": "FR",
    "city": "Paris",
    "street": "rue du Grenier-Saint-Lazare 22",
    "person": "Claus Stuter",
    "company": "Renault",
    "email": "claus@paris.nl",
    "postal_code": "75008",
    "phone": "0033142723122",
}
WITHOUT_POSTAL_CODE = {
    "cc": "NL",
    "city": "Hoofddorp",
    "street": "Siriusdreef",
    "number": "66",
    "person": "Jan Peter",
    "company": "MyParcel B.V.",
    "email": "janpeter@bedrijven.nl",
    "phone": "0203030315",
}


def goods(description: str, amount: int, weight: int, value: int, **members: str) -> dict[str, Any]:
    currency = members.pop("currency", "EUR")
    return {
        "description": description,
        "amount": amount,
        "weight": weight,
        "item_value": {"amount": value, "currency": currency},
        "classification": "0181",
        **members,
    }


def price(amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": "EUR"}


INTERNATIONAL = {
    "recipient": SAITAMA,
    "options": {"package_type": 1},
    "customs_declaration": {
        "contents": 1,
        "invoice": "1231235345345",
        "weight": 30,
        "items": [
            goods("Sample Product", 10, 20, 7000, country="NL"),
            goods("Sample Product 2", 5, 10, 1000, country="BE"),
        ],
    },
    "physical_properties": {"weight": 30},
    "carrier": 1,
}
PICKUP = {
    "recipient": HOOFDDORP,
    "options": {
        "package_type": 1,
        "delivery_type": 4,
        "delivery_date": "2015-07-12 00:00:00",
        "only_recipient": 0,
        "signature": 1,
        "return": 0,
    },
    "pickup": {
        "postal_code": "2132BH",
        "street": "Burgemeester van Stamplein",
        "city": "Hoofddorp",
        "number": "270",
        "location_name": "Albert Heijn",
    },
    "carrier": 1,
}
NATIONAL = [
    {
        "recipient": HOOFDDORP,
        "options": {
            "package_type": 1,
            "only_recipient": 1,
            "signature": 1,
            "return": 1,
            "insurance": price(50000),
            "large_format": 0,
        },
        "carrier": 1,
    },
    {
        "recipient": AMSTERDAM,
        "options": {"package_type": 1, "only_recipient": 0, "signature": 0, "return": 0},
        "carrier": 1,
    },
]
OPTIONS: dict[str, dict[str, Any]] = {
    "a": {
        "package_type": 1,
        "only_recipient": 1,
        "signature": 1,
        "return": 1,
        "insurance": price(5000),
        "large_format": 0,
        "label_description": "My custom description",
    },
    "c": {
        "package_type": 1,
        "only_recipient": 1,
        "signature": 1,
        "return": 1,
        "insurance": price(50000),
        "large_format": 0,
    },
    "d": {"package_type": 1, "only_recipient": 1, "signature": 1, "return": 1},
    "6.A.4 insured": {
        "package_type": 1,
        "insurance": price(500000),
        "signature": 1,
        "only_recipient": 1,
    },
}


@pytest.mark.parametrize(
    "shipments",
    [NATIONAL, [INTERNATIONAL], [PICKUP], [{**PICKUP, "recipient": AMSTERDAM}]],
    ids=["national", "international", "pickup", "pickup elsewhere"],
)
def test_an_example_of_adding_shipments_is_created_and_shown_as_posted(
    shop: Shop, shipments: list[dict[str, Any]]
) -> None:
    ids = shop.create(*shipments)
    for posted, shown in zip(shipments, shop.read(*ids), strict=True):
        assert {name: shown[name] for name in posted} == posted


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
def test_an_example_of_options_is_taken(shop: Shop, options: dict[str, Any]) -> None:
    [number] = shop.create(shipment(HOOFDDORP, options=options))
    assert shop.read(number)[0]["options"] == options


@pytest.mark.parametrize(
    "address", [HOOFDDORP, {**HOOFDDORP, "number_suffix": "68"}, PARIS], ids=["a", "b", "c"]
)
def test_an_example_of_an_address_is_taken(shop: Shop, address: dict[str, Any]) -> None:
    assert shop.create(shipment(address, carrier=1))


def test_the_vase_to_brussels_may_be_large(shop: Shop) -> None:
    options = {"package_type": 1, "insurance": price(50000), "large_format": 1}
    brussels = {**PARIS, "cc": "BE", "city": "Brussel", "postal_code": "1000"}
    assert shop.create(shipment(brussels, options=options))


def test_the_example_of_an_evening_lacks_the_date_that_it_needs(shop: Shop) -> None:
    options = {"package_type": 1, "delivery_type": 3, "only_recipient": 1}
    response = shop.post_shipments([shipment(HOOFDDORP, options=options)])
    assert [error["code"] for error in response.json()["errors"]] == [3721]


def test_the_dutch_address_without_a_postal_code_is_a_slip(shop: Shop) -> None:
    response = shop.post_shipments([shipment(WITHOUT_POSTAL_CODE)])
    assert [error["code"] for error in response.json()["errors"]] == [3505]


def test_the_insurance_of_half_a_euro_is_a_slip_but_for_returns(shop: Shop) -> None:
    options = {
        "package_type": 1,
        "only_recipient": 0,
        "signature": 1,
        "return": 0,
        "insurance": price(50),
        "label_description": "My custom description",
    }
    response = shop.post_shipments([shipment(HOOFDDORP, options=options)])
    assert [error["code"] for error in response.json()["errors"]] == [3743, 3705]


def test_goods_in_yen_are_taken_although_the_only_currency_is_the_euro(shop: Shop) -> None:
    items = [
        goods("NIV Product Audio CD", 3, 10, 10000, country="US"),
        goods("Sample JP Product", 10, 20, 800000, country="JP", currency="YEN"),
    ]
    customs = {"contents": 3, "invoice": "4567789004", "weight": 30, "items": items}
    assert shop.create({**INTERNATIONAL, "customs_declaration": customs})
