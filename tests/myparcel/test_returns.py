"""Returns: of a parcel that went out, and of what is not known."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.myparcel import offered
from tests.myparcel.bodies import DUTCH, shipment
from tests.myparcel.client import Shop, faults

RELATED = "application/vnd.return_shipment+json;charset=utf-8"
UNRELATED = "application/vnd.unrelated_return_shipment+json;charset=utf-8"
INSURED_FOR_LITTLE = {
    "package_type": 1,
    "only_recipient": 0,
    "signature": 1,
    "return": 0,
    "insurance": {"amount": 50, "currency": "EUR"},
}


def post(
    shop: Shop, item: dict[str, Any], content_type: str, key: str = "return_shipments"
) -> httpx2.Response:
    return shop.post({"data": {key: [item]}}, content_type)


def found(response: httpx2.Response) -> list[tuple[int, str]]:
    assert response.status_code == 422, response.text
    return [(each.code, each.field) for each in faults(response)]


@pytest.fixture
def sent(shop: Shop) -> int:
    """A shipment that is registered."""
    [number] = shop.create(shipment())
    assert shop.client.get(f"/shipment_labels/{number}").status_code == 200
    return number


def test_a_return_brings_its_parent_back(shop: Shop, sent: int) -> None:
    item = {"parent": sent, "carrier": 2, "name": "Noor Visser", "email": "noor@example.test"}
    response = post(shop, item, RELATED)
    assert response.status_code == 200, response.text
    [parent] = shop.read(sent)
    [shown] = shop.read(response.json()["data"]["ids"][0]["id"])
    assert (shown["parent_id"], shown["shipment_type"], shown["status"]) == (sent, 2, 1)
    assert shown["recipient"] == parent["sender"]
    assert shown["sender"] == DUTCH
    assert shown["options"] == {
        "package_type": 1,
        "label_description": f"Retour \u2013 {parent['barcode']}",
    }


def test_the_description_of_a_return_is_replaced(shop: Shop, sent: int) -> None:
    options = {**INSURED_FOR_LITTLE, "label_description": "mine"}
    item = {"parent": str(sent), "carrier": 1, "name": "Mr. Parcel", "options": options}
    response = post(shop, item, RELATED)
    [shown] = shop.read(response.json()["data"]["ids"][0]["id"])
    assert shown["options"]["label_description"].startswith("Retour \u2013 3SMYPA")
    assert shown["options"]["insurance"] == {"amount": 50, "currency": "EUR"}


def test_returns_are_insured_by_the_list_in_the_strict_reading(shop: Shop, sent: int) -> None:
    shop.workspace.quirk("myparcel.strict", True)
    item = {"parent": sent, "carrier": 1, "name": "Mr. Parcel", "options": INSURED_FOR_LITTLE}
    assert found(post(shop, item, RELATED)) == [
        (3743, "data.return_shipments[0].options.insurance.amount"),
        (3705, "data.return_shipments[0].options.only_recipient"),
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"parent": None}, [(3720, "parent")]),
        ({"parent": 7}, [(3720, "parent")]),
        ({"name": None}, [(3714, "name")]),
        ({"carrier": None}, [(3714, "carrier")]),
        ({"carrier": 99}, [(3728, "carrier")]),
        ({"parent": -1}, [(3720, "parent")]),
        ({"parent": "x"}, [(3720, "parent")]),
        ({"parent": [1]}, [(0, "parent")]),
        ({"name": ""}, [(3714, "name")]),
        ({"name": "x" * 256}, [(3510, "name")]),
        ({"carrier": ""}, [(3714, "carrier")]),
        ({"email": "nobody"}, [(3515, "email")]),
        ({"email": "a@" + "x" * 256}, [(3515, "email")]),
        ({"email": []}, [(0, "email")]),
        ({"options": {"package_type": 9}}, [(3712, "options.package_type")]),
        ({"options": []}, [(0, "options")]),
        ({"options": {"package_type": 1, "delivery_date": [1]}}, [(0, "options.delivery_date")]),
        (
            {"options": {"package_type": 1, "cooled_delivery": []}},
            [(0, "options.cooled_delivery")],
        ),
        ({"shop_id": 78}, [(3714, "shop_id")]),
        ({"options": {}}, [(3712, "options.package_type")]),
    ],
    ids=repr,
)
def test_what_a_related_return_needs(
    shop: Shop, sent: int, change: dict[str, Any], expected: list[tuple[int, str]]
) -> None:
    item = {"parent": sent, "carrier": 2, "name": "Noor Visser", **change}
    places = [(code, f"data.return_shipments[0].{field}") for code, field in expected]
    assert found(post(shop, item, RELATED)) == places


def test_what_went_outside_the_european_union_has_no_return(today: Shop) -> None:
    [gone] = today.create(offered.shipment("US", "POSTNL", 1))
    assert today.client.get(f"/shipment_labels/{gone}").status_code == 200
    item = {"parent": gone, "carrier": 1, "name": "Mr. Parcel", "email": "parcel@example.test"}
    place = "data.return_shipments[0].parent"
    assert found(post(today, item, RELATED)) == [(3715, place)]


def test_from_within_the_european_union_it_returns_with_a_carrier_that_goes_there(
    today: Shop,
) -> None:
    [gone] = today.create(offered.shipment("DE", "POSTNL", 1))
    assert today.client.get(f"/shipment_labels/{gone}").status_code == 200
    item = {"parent": gone, "name": "Mr. Parcel", "email": "parcel@example.test"}
    place = "data.return_shipments[0].carrier"
    assert found(post(today, item | {"carrier": 9}, RELATED)) == [(3718, place)]
    assert post(today, item | {"carrier": 1}, RELATED).status_code == 200


def test_a_sender_outside_the_european_union_has_no_return(today: Shop) -> None:
    item = {"carrier": 1, "name": "Sem Kuiper", "email": "sem@example.test"}
    sender = {**offered.recipient("US"), "state": "NY", "postal_code": "10001"}
    place = "data.return_shipments[0].sender.cc"
    assert found(post(today, item | {"sender": sender}, UNRELATED)) == [(3715, place)]


def test_a_concept_and_somebody_elses_shipment_have_no_returns(shop: Shop, sent: int) -> None:
    [concept] = shop.create(shipment())
    item = {"parent": concept, "carrier": 2, "name": "Noor Visser"}
    assert found(post(shop, item, RELATED)) == [(3714, "data.return_shipments[0].parent")]
    other = shop.with_key("sim-myparcel-prepaid")
    item["parent"] = sent
    assert found(post(other, item, RELATED)) == [(3720, "data.return_shipments[0].parent")]


@pytest.mark.parametrize("key", ["return_shipments", "unrelated_return_shipments"])
def test_an_unrelated_return_has_no_parent(shop: Shop, key: str) -> None:
    options = {"package_type": 1, "insurance": {"amount": 0}, "label_description": "test"}
    item = {"carrier": 1, "email": "sem@example.test", "name": "Sem Kuiper", "options": options}
    response = post(shop, item, UNRELATED, key)
    assert response.status_code == 200, response.text
    [shown] = shop.read(response.json()["data"]["ids"][0]["id"])
    assert (shown["parent_id"], shown["shipment_type"]) == (None, 2)
    assert shown["sender"] == {"person": "Sem Kuiper", "email": "sem@example.test"}
    assert shown["options"]["label_description"] == "test"


@pytest.mark.parametrize("key", ["return_shipments", "unrelated_return_shipments"])
def test_what_an_unrelated_return_needs(shop: Shop, key: str) -> None:
    assert found(post(shop, {}, UNRELATED, key)) == [
        (3714, f"data.{key}[0].name"),
        (3714, f"data.{key}[0].carrier"),
        (3515, f"data.{key}[0].email"),
    ]


def test_a_related_return_goes_by_its_own_name_only(shop: Shop, sent: int) -> None:
    item = {"parent": sent, "carrier": 2, "name": "Noor Visser"}
    told = found(post(shop, item, RELATED, "unrelated_return_shipments"))
    assert told == [(0, "data.return_shipments")]


def test_unrelated_returns_do_not_come_under_both_names(shop: Shop) -> None:
    items = [{"carrier": 2, "name": "Sem Kuiper", "email": "sem@example.test"}]
    body = {"data": {"return_shipments": items, "unrelated_return_shipments": items}}
    assert found(shop.post(body, UNRELATED)) == [(0, "data.return_shipments")]
    assert shop.workspace.records("myparcel", "shipments") == []


def test_one_bad_return_rejects_them_all(shop: Shop, sent: int) -> None:
    good = {"parent": sent, "carrier": 2, "name": "Noor Visser"}
    body = {"data": {"return_shipments": [good, {"parent": sent}]}}
    assert shop.post(body, RELATED).status_code == 422
    assert len(shop.workspace.records("myparcel", "shipments")) == 1
