"""What carriers cost whose numbers the twins give to different companies, and by which tariff."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.bodies import belgian, shipment
from tests.myparcel.client import Shop
from tests.myparcel.tracked import move

REFERENCED = {"reference_identifier": "order-7"}


def first(**members: Any) -> dict[str, Any]:
    """A package to Belgium with carrier 1: the broker in 2017, PostNL today."""
    return {**belgian(), "carrier": 1, **members}


def cents(shop: Shop, number: int) -> int:
    amount: int = shop.read(number)[0]["price"]["amount"]
    return amount


def test_what_only_the_body_shows_to_be_of_the_twin_is_priced_by_its_numbers(shop: Shop) -> None:
    [ours] = shop.create(first())
    [theirs] = shop.create(first(**REFERENCED))
    assert (cents(shop, ours), cents(shop, theirs)) == (685, 795)


def test_weighing_keeps_to_the_carrier_of_the_twin(shop: Shop) -> None:
    [number] = shop.create(first(**REFERENCED))
    move(shop, number, 2)
    told = shop.workspace.do("myparcel.weigh", shipment=number, weight=900)
    assert told["price"] == told["before"] == cents(shop, number) == 795


@pytest.mark.parametrize(("edition", "number"), [("2017", 2), ("today", 1)])
def test_a_name_becomes_the_number_of_the_edition(shop: Shop, edition: str, number: int) -> None:
    shop.workspace.quirk("myparcel.edition", edition)
    [made] = shop.create(shipment(carrier="postnl"))
    assert shop.read(made)[0]["carrier_id"] == number


def test_a_change_that_names_no_carrier_keeps_the_one_of_the_twin(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "today")
    [number] = shop.create(first(**REFERENCED))
    changes = {"data": {"shipments": [{"id": number, "physical_properties": {"weight": 900}}]}}
    headers = {"Content-Type": "application/vnd.shipment+json;charset=utf-8"}
    assert shop.client.put("/shipments", json=changes, headers=headers).status_code == 204
    assert cents(shop, number) == 795


def test_further_colli_cost_what_the_main_one_costs(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "today")
    [number] = shop.create(first(secondary_shipments=[{}]))
    [further] = shop.read(number)[0]["secondary_shipments"]
    assert (cents(shop, number), cents(shop, further["id"])) == (795, 795)
