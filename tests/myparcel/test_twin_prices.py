"""What carriers cost whose numbers the twins give to different companies."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.bodies import belgian, shipment
from tests.myparcel.client import Shop
from tests.myparcel.tracked import move

REFERENCED = {"reference_identifier": "order-7"}


def bpost(**members: Any) -> dict[str, Any]:
    """A package within Belgium with Bpost, as the Dutch twin numbers it."""
    return {**belgian(), "carrier": 2, **members}


def cents(shop: Shop, number: int) -> int:
    amount: int = shop.read(number)[0]["price"]["amount"]
    return amount


def test_what_only_the_body_shows_to_be_of_the_twin_is_priced_by_its_numbers(shop: Shop) -> None:
    [ours] = shop.create(bpost())
    [theirs] = shop.create(bpost(**REFERENCED))
    assert (cents(shop, ours), cents(shop, theirs)) == (685, 442)


def test_weighing_keeps_to_the_carrier_of_the_twin(shop: Shop) -> None:
    [number] = shop.create(bpost(**REFERENCED))
    move(shop, number, 2)
    told = shop.workspace.do("myparcel.weigh", shipment=number, weight=900)
    assert told["price"] == told["before"] == cents(shop, number) == 442


@pytest.mark.parametrize(("dialect", "number"), [("com", 2), ("nl", 1)])
def test_a_name_becomes_the_number_of_the_dialect(shop: Shop, dialect: str, number: int) -> None:
    shop.workspace.quirk("myparcel.dialect", dialect)
    [made] = shop.create(shipment(carrier="postnl"))
    assert shop.read(made)[0]["carrier"] == number


def test_a_change_that_names_no_carrier_keeps_the_one_of_the_twin(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.later_features", True)
    [number] = shop.create(bpost(**REFERENCED))
    changes = {"data": {"shipments": [{"id": number, "physical_properties": {"weight": 900}}]}}
    headers = {"Content-Type": "application/vnd.shipment+json;charset=utf-8"}
    assert shop.client.put("/shipments", json=changes, headers=headers).status_code == 204
    assert cents(shop, number) == 442


def test_further_colli_cost_what_the_main_one_costs(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.later_features", True)
    [number] = shop.create(bpost(secondary_shipments=[{}]))
    [further] = shop.read(number)[0]["secondary_shipments"]
    assert (cents(shop, number), cents(shop, further["id"])) == (442, 442)
