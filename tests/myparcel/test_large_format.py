"""The large format: where it may go, and what the carrier's scales make of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.bodies import belgian, dutch, shipment, swiss
from tests.myparcel.client import Shop
from tests.myparcel.tracked import move, refused

SURE = {"package_type": 1, "insurance": {"amount": 20000, "currency": "EUR"}}


def weighed(shop: Shop, body: Any, *sides: int, **arguments: Any) -> Any:
    """The shipment that the body makes, once the carrier has measured it."""
    [made] = shop.create(body)
    move(shop, made, 2)
    height, width, length = sides
    measures = {"weight": 900, "height": height, "width": width, "length": length}
    shop.workspace.do("myparcel.weigh", shipment=made, **measures, **arguments)
    [shown] = shop.read(made)
    return shown


@pytest.mark.parametrize(
    ("sides", "large"),
    [
        ((50, 70, 100), False),
        ((50, 70, 101), True),
        ((51, 70, 100), True),
        ((100, 71, 50), True),
        ((175, 78, 58), True),
        ((20, 30, 40), False),
    ],
)
@pytest.mark.parametrize("make", [dutch, belgian])
def test_what_is_measured_as_large_is_charged_as_such(
    either_shop: Shop, make: Any, sides: tuple[int, int, int], large: bool
) -> None:
    body = make() if make is dutch else belgian(insurance={"amount": 50000, "currency": "EUR"})
    [plain] = either_shop.read(*either_shop.create(body))
    shown = weighed(either_shop, body, *sides)
    assert shown["options"].get("large_format", 0) == int(large)
    assert shown["price"]["amount"] - plain["price"]["amount"] == (42 if large else 0)


def test_what_was_ordered_as_large_is_not_charged_twice(shop: Shop) -> None:
    [ordered] = shop.read(*shop.create(dutch(large_format=1)))
    assert weighed(shop, dutch(large_format=1), 175, 78, 58)["price"] == ordered["price"]
    assert weighed(shop, dutch(large_format=0), 175, 78, 58)["price"] == ordered["price"]


def test_it_can_be_left_out_by_hand(shop: Shop) -> None:
    shown = weighed(shop, dutch(), 175, 78, 58, large_format=False)
    assert shown["options"]["large_format"] == 0


def test_it_goes_no_further_than_the_european_union(either_shop: Shop) -> None:
    response = either_shop.post_shipments([swiss(options={**SURE, "large_format": 1})])
    assert response.status_code == 422
    [fault] = response.json()["errors"]
    assert (fault["code"], fault["fields"]) == (3705, ["data.shipments[0].options.large_format"])


def test_what_leaves_the_european_union_or_is_no_package_never_becomes_large(shop: Shop) -> None:
    assert "large_format" not in weighed(shop, swiss(options=SURE), 175, 78, 58)["options"]
    mailbox = shipment(options={"package_type": 2})
    assert "large_format" not in weighed(shop, mailbox, 175, 78, 58)["options"]
    [made] = shop.create(swiss(options=SURE))
    move(shop, made, 2)
    said = refused(shop, "weigh", shipment=made, weight=900, large_format=True)
    assert "cannot have the large format" in said
