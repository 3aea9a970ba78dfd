"""The document's further examples: returns, parts of shipments, and where they are slips."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.bodies import shipment
from tests.myparcel.client import Shop
from tests.myparcel.documented import (
    AMSTERDAM,
    HOOFDDORP,
    INTERNATIONAL,
    PICKUP,
    goods,
    price,
)

pytestmark = pytest.mark.usefixtures("nothing_unread")

RELATED = "application/vnd.return_shipment+json;charset=utf-8"
UNRELATED = "application/vnd.unrelated_return_shipment+json;charset=utf-8"
ZOETERMEER = {
    "cc": "NL",
    "city": "Zoetermeer",
    "street": "Louiarmstrongrode",
    "number": "18",
    "postal_code": "2717NH",
    "person": "Pato otap",
    "phone": "0790880808",
    "email": "pato@otap.nl",
}
ALL_OPTIONS = {"package_type": 1, "only_recipient": 1, "signature": 1, "return": 1}
RETURN_OPTIONS = {
    "package_type": 1,
    "only_recipient": 0,
    "signature": 1,
    "return": 0,
    "insurance": price(50),
}
RETURN = {"carrier": 1, "email": "testing@myparcel.com", "name": "Mr. Parcel"}
UNRELATED_RETURN = {
    "options": {
        "package_type": 1,
        "only_recipient": 0,
        "signature": 0,
        "return": 0,
        "insurance": price(0),
        "large_format": 0,
        "label_description": "test",
    },
    "carrier": 1,
    "email": "testing@myparcel.com",
    "name": "Test",
}
GOODS = {
    "a": goods("Sample NIV Product", 10, 20, 7000, country="NL"),
    "b": goods("Sample NBG Product", 5, 10, 1000, country="BE"),
    "c": goods("NIV Product Audio CD", 3, 10, 10000, country="US"),
    "d, in yen": goods("Sample JP Product", 10, 20, 800000, country="JP", currency="YEN"),
}


def returned(shop: Shop, item: dict[str, Any], content_type: str) -> Any:
    """A return that is made of this, as it is shown."""
    response = shop.post({"data": {"return_shipments": [item]}}, content_type)
    assert response.status_code == 200, response.text
    [made] = response.json()["data"]["ids"]
    return shop.read(made["id"])[0]


@pytest.mark.parametrize(
    ("recipient", "options"),
    [
        (HOOFDDORP, {**ALL_OPTIONS, "insurance": price(5000), "large_format": 0}),
        (AMSTERDAM, ALL_OPTIONS),
        (ZOETERMEER, {"package_type": 1}),
    ],
    ids=["7.A national", "7.A national b", "7.B address d"],
)
def test_a_national_example_is_created(
    shop: Shop, recipient: dict[str, Any], options: dict[str, Any]
) -> None:
    [number] = shop.create(shipment(recipient, carrier=1, options=options))
    [shown] = shop.read(number)
    assert (shown["recipient"], shown["options"]) == (recipient, options)


@pytest.mark.parametrize("insured", [50, 5000], ids=["6.B", "7.I"])
def test_the_example_of_a_related_return_is_created(either_shop: Shop, insured: int) -> None:
    [parent] = either_shop.create(shipment(HOOFDDORP, carrier=1))
    assert either_shop.client.get(f"/shipment_labels/{parent}").status_code == 200
    options = {**RETURN_OPTIONS, "insurance": price(insured)}
    shown = returned(either_shop, {**RETURN, "parent": parent, "options": options}, RELATED)
    assert {name: shown["options"][name] for name in options} == options
    assert shown["parent_id"] == parent


def test_the_parent_of_the_documents_return_is_nobodys(shop: Shop) -> None:
    body = {"data": {"return_shipments": [{**RETURN, "parent": 5, "options": RETURN_OPTIONS}]}}
    response = shop.post(body, RELATED)
    assert response.status_code == 422
    assert response.json()["errors"][0]["fields"] == ["data.return_shipments[0].parent"]


@pytest.mark.parametrize(
    "item",
    [UNRELATED_RETURN, {**RETURN, "options": RETURN_OPTIONS}],
    ids=["6.B", "7.J"],
)
def test_the_example_of_an_unrelated_return_is_created(
    either_shop: Shop, item: dict[str, Any]
) -> None:
    shown = returned(either_shop, item, UNRELATED)
    assert (shown["options"], shown["parent_id"]) == (item["options"], None)


@pytest.mark.parametrize("date", ["2017-01-12 16:30:00", None], ids=["7.C", "6.A.4"])
def test_an_example_of_options_for_a_pickup_is_taken(shop: Shop, date: str | None) -> None:
    chosen = {**PICKUP["options"], "delivery_date": date}  # type: ignore[dict-item]
    options = {name: value for name, value in chosen.items() if value is not None}
    [number] = shop.create({**PICKUP, "options": options})
    assert shop.read(number)[0]["options"] == options


def test_the_general_settings_are_taken_with_one_address_for_an_array(shop: Shop) -> None:
    settings = {
        "save_recipient_address": 1,
        "delivery_notification": 1,
        "delivery_notification_email": "testing@myparcel.com",
    }
    [number] = shop.create(shipment(HOOFDDORP, general_settings=settings))
    assert shop.read(number)[0]["general_settings"] == settings


@pytest.mark.parametrize("item", GOODS.values(), ids=GOODS)
def test_an_example_of_goods_is_declared(shop: Shop, item: dict[str, Any]) -> None:
    customs = {"contents": 1, "invoice": "1231235345345", "weight": item["weight"], "items": [item]}
    [number] = shop.create({**INTERNATIONAL, "customs_declaration": customs})
    assert shop.read(number)[0]["customs_declaration"] == customs


def test_the_example_of_a_customs_declaration_is_kept(shop: Shop) -> None:
    items = [goods("Sample Product", 10, 20, 7000, country="NL"), GOODS["b"]]
    customs = {"contents": 1, "invoice": "1231235345345", "weight": 30, "items": items}
    [number] = shop.create({**INTERNATIONAL, "customs_declaration": customs})
    [shown] = shop.read(number)
    assert shown["customs_declaration"] == customs
    assert shown["physical_properties"] == {"weight": 30}
