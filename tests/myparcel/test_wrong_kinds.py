"""Values of the wrong kind: told with code 0, in the words of recorded answers, at their place."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.bodies import CUSTOMS, DUTCH, SWISS, dutch, shipment, swiss, valued
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
    assert told == [
        (0, f"{place}[1].street Array value found, but a string is required"),
        (0, f"{place}[2] Array value found, but an object is required"),
    ]


@pytest.mark.parametrize(
    ("body", "path", "told"),
    [
        (dutch(package_type=[]), "options.package_type", "Array value found, but an integer"),
        (dutch(package_type=True), "options.package_type", "Boolean value found, but an integer"),
        (dutch(signature={}), "options.signature", "Object value found, but an integer"),
        (
            dutch(label_description=[]),
            "options.label_description",
            "Array value found, but a string",
        ),
        (
            dutch(delivery_type=2, delivery_date=20170606),
            "options.delivery_date",
            "Integer value found, but a string",
        ),
        (shipment(carrier=[]), "carrier", "Array value found, but an integer"),
        (
            valued(shipment(), "recipient.city", False),
            "recipient.city",
            "Boolean value found, but a string",
        ),
        (
            valued(shipment(), "recipient.cc", 31),
            "recipient.cc",
            "Integer value found, but a string",
        ),
        (
            valued(shipment(), "recipient.email", []),
            "recipient.email",
            "Array value found, but a string",
        ),
        (shipment(pickup={"city": 1.5}), "pickup.city", "Number value found, but a string"),
        (
            shipment(physical_properties={"weight": []}),
            "physical_properties.weight",
            "Array value found, but an integer",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_something_else_than_a_number_or_a_text(
    shop: Shop, body: dict[str, Any], path: str, told: str
) -> None:
    assert found(shop.post_shipments([body])) == [(0, f"{AT}.{path} {told} is required")]


def test_a_pickup_that_is_no_object_is_told_once(shop: Shop) -> None:
    body = shipment(options={"package_type": 1, "delivery_type": 4, "signature": 1}, pickup="shop")
    told = f"{AT}.pickup String value found, but an object is required"
    assert found(shop.post_shipments([body])) == [(0, told)]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ([], "the body is an object with the member data"),
        ({"data": "x"}, "data String value found, but an object is required"),
        ({"data": [1]}, "data Array value found, but an object is required"),
        (
            {"data": {"shipments": {}}},
            "data.shipments Object value found, but an array is required",
        ),
        (
            {"data": {"shipments": 1}},
            "data.shipments Integer value found, but an array is required",
        ),
        ({"data": {"shipments": [1]}}, f"{AT} Integer value found, but an object is required"),
    ],
    ids=repr,
)
def test_something_else_than_a_list_of_shipments(shop: Shop, body: Any, told: str) -> None:
    assert found(shop.post(body)) == [(0, told)]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("customs_declaration.weight", 3702),
        ("customs_declaration.contents", 3702),
        ("customs_declaration.items.0.weight", 3730),
        ("customs_declaration.items.0.amount", 3765),
        ("customs_declaration.items.0.item_value.amount", 3702),
        ("physical_properties.weight", 3704),
    ],
)
@pytest.mark.parametrize("country", [DUTCH, SWISS], ids=["home", "abroad"])
def test_what_is_no_number_has_the_code_of_its_rule_where_that_rule_rests(
    shop: Shop, path: str, code: int, country: dict[str, Any]
) -> None:
    body = {**swiss(), "recipient": country}
    [(told, _)] = found(shop.post_shipments([valued(body, path, "x")]))
    assert told == code


def test_a_text_may_say_what_it_likes(shop: Shop) -> None:
    said = '"is not of type "object"" is not valid under any'
    [(code, human)] = found(shop.post_shipments([dutch(package_type=said)]))
    assert (code, human.endswith("is not a whole number")) == (3712, True)


def test_an_empty_list_stands_for_an_empty_object(shop: Shop) -> None:
    empty = ("pickup", "customs_declaration", "physical_properties", "general_settings")
    lists: dict[str, Any] = {name: [] for name in empty}
    assert shop.post_shipments([{**shipment(), **lists}]).status_code == 200
