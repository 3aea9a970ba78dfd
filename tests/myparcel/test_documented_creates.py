"""The document's own examples of what is created, as they stand; its slips are named."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.bodies import shipment
from tests.myparcel.client import Shop
from tests.myparcel.documented import (
    AMSTERDAM,
    HOOFDDORP,
    INTERNATIONAL,
    NATIONAL,
    OPTIONS,
    PARIS,
    PICKUP,
    WITHOUT_POSTAL_CODE,
    goods,
    price,
)

pytestmark = pytest.mark.usefixtures("nothing_unread")


@pytest.mark.parametrize(
    "shipments",
    [NATIONAL, [INTERNATIONAL], [PICKUP], [{**PICKUP, "recipient": AMSTERDAM}]],
    ids=["national", "international", "pickup", "pickup elsewhere"],
)
def test_an_example_of_adding_shipments_is_created_and_shown_as_posted(
    either_shop: Shop, shipments: list[dict[str, Any]]
) -> None:
    ids = either_shop.create(*shipments)
    for posted, shown in zip(shipments, either_shop.read(*ids), strict=True):
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
