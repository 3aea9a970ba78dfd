"""Values of the wrong kind: told with code 0, in the words of recorded answers, at their place."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.bodies import CUSTOMS, DUTCH, SWISS, shipment
from tests.myparcel.client import Shop

RECIPIENTS = "application/vnd.shipment_recipients+json"
AT = "data.shipments[0]"


def found(response: Any) -> list[tuple[int, str]]:
    assert response.status_code == 422, response.text
    return [
        (error["code"], human) for error in response.json()["errors"] for human in error["human"]
    ]


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("recipient", [], "Array"),
        ("recipient", "Damrak 1", "String"),
        ("options", [], "Array"),
        ("options", 3, "Integer"),
        ("pickup", "x", "String"),
        ("customs_declaration", True, "Boolean"),
        ("physical_properties", 1.5, "Number"),
        ("general_settings", "x", "String"),
    ],
)
def test_something_else_than_an_object(shop: Shop, name: str, value: Any, kind: str) -> None:
    response = shop.post_shipments([{**shipment(), name: value}])
    told = f"{AT}.{name} {kind} value found, but an object is required"
    assert found(response) == [(0, told)]


def test_an_insurance_is_an_object(shop: Shop) -> None:
    response = shop.post_shipments([shipment(options={"package_type": 1, "insurance": 5000})])
    told = f"{AT}.options.insurance Integer value found, but an object is required"
    assert found(response) == [(0, told)]


@pytest.mark.parametrize(
    ("items", "path", "told"),
    [
        ({}, "items", "Object value found, but an array is required"),
        ([1], "items[0]", "Integer value found, but an object is required"),
    ],
)
def test_a_wrong_kind_within_a_declaration_has_its_own_place(
    shop: Shop, items: Any, path: str, told: str
) -> None:
    declared = {**CUSTOMS, "items": items}
    body = shipment(
        recipient=SWISS, customs_declaration=declared, physical_properties={"weight": 950}
    )
    place = f"{AT}.customs_declaration.{path}"
    assert (0, f"{place} {told}") in found(shop.post_shipments([body]))


def test_a_wrong_kind_within_one_of_several_addresses_has_its_own_place(shop: Shop) -> None:
    body = {
        "carrier": 2,
        "recipients": [DUTCH, {**DUTCH, "street": []}, []],
        "options": {"package_type": 1},
    }
    told = found(shop.post_shipments([body], RECIPIENTS))
    place = f"{AT}.recipients"
    street = f"{place}[1].street [] is not a text of at most 255 characters"
    assert sorted(told) == [
        (0, f"{place}[2] Array value found, but an object is required"),
        (3501, street),
    ]


def test_an_empty_list_stands_for_an_empty_object(shop: Shop) -> None:
    empty = ("pickup", "customs_declaration", "physical_properties", "general_settings")
    lists: dict[str, Any] = {name: [] for name in empty}
    assert shop.post_shipments([{**shipment(), **lists}]).status_code == 200
