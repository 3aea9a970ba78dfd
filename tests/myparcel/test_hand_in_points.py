"""The place at which a shop hands in a parcel, which it may tell with a shipment (today)."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.myparcel.bodies import DROP_OFF_POINT, changed, shipment, valued
from tests.myparcel.client import SHIPMENT, Shop

AT = "data.shipments[0].drop_off_point"
REQUIRED = ["location_code", "location_name", "postal_code", "street", "number", "city"]


def sent(shop: Shop, method: str, point: Any, **members: Any) -> httpx2.Response:
    item = {**shipment(), "carrier": 1, "drop_off_point": point, **members}
    if method == "PATCH":
        item = {"drop_off_point": point, **members}
    body = {"data": {"shipments": [item]}}
    headers = {"Content-Type": SHIPMENT}
    return shop.client.request(method, "/shipments", json=body, headers=headers)


def concept(shop: Shop, **members: Any) -> int:
    [id] = shop.create({**shipment(), "carrier": 1, **members})
    return id


def wrong(response: httpx2.Response) -> list[str]:
    """The sentences of the schema, which are told alone."""
    assert response.status_code == 422, response.text
    body = response.json()
    assert body["message"].startswith("Failed validation against JSON-SCHEMA shipment/")
    return [sentence for error in body["errors"] for sentence in error["human"]]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
def test_a_point_is_kept_as_it_was_sent(today: Shop, method: str) -> None:
    point = {**DROP_OFF_POINT, "number_suffix": "B", "cc": "NL", "retail_network_id": None}
    if method == "POST":
        id = sent(today, method, point).json()["data"]["ids"][0]["id"]
    else:
        id = concept(today)
        assert sent(today, method, point, id=id).status_code == 204
    assert today.read(id)[0]["drop_off_point"] == point


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_what_a_point_has_to_have(today: Shop, method: str, name: str) -> None:
    more = {} if method == "POST" else {"id": concept(today)}
    without = changed(DROP_OFF_POINT, name, None)
    assert wrong(sent(today, method, without, **more)) == [
        f"{AT}.{name} The property {name} is required"
    ]
    null = valued(DROP_OFF_POINT, name, None)
    assert wrong(sent(today, method, null, **more)) == [
        f"{AT}.{name} NULL value found, but a string is required"
    ]


@pytest.mark.parametrize(
    ("point", "sentence"),
    [
        ("173187", " String value found, but an object is required"),
        ({**DROP_OFF_POINT, "city": []}, ".city Array value found, but a string is required"),
    ],
    ids=["text", "list"],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
def test_what_is_no_point(today: Shop, method: str, point: Any, sentence: str) -> None:
    more = {} if method == "POST" else {"id": concept(today)}
    assert wrong(sent(today, method, point, **more)) == [f"{AT}{sentence}"]


@pytest.mark.parametrize(
    ("method", "sentence"),
    [
        ("POST", "Must be at least 1 characters long"),
        ("PUT", "Must be at least 1 characters long"),
        ("PATCH", "is required"),
    ],
)
def test_a_point_is_known_by_its_code_alone(today: Shop, method: str, sentence: str) -> None:
    more = {} if method == "POST" else {"id": concept(today)}
    locker = {**dict.fromkeys(DROP_OFF_POINT, ""), "location_code": "45678"}
    assert sent(today, method, locker, **more).is_success
    told = wrong(sent(today, method, {**DROP_OFF_POINT, "location_code": ""}, **more))
    assert told == [f"{AT}.location_code {sentence}"]


@pytest.mark.parametrize("registered", [False, True])
def test_members_of_a_point_change_alone(today: Shop, registered: bool) -> None:
    id = concept(today, drop_off_point=DROP_OFF_POINT)
    bare = concept(today)
    if registered:
        assert today.client.get(f"/shipment_labels/{id};{bare}").status_code == 200
    assert sent(today, "PATCH", {"number": "10"}, id=id).status_code == 204
    assert today.read(id)[0]["drop_off_point"] == {**DROP_OFF_POINT, "number": "10"}
    told = wrong(sent(today, "PATCH", {"number": "10"}, id=bare))
    assert told == [f"{AT}.{name} is required" for name in REQUIRED if name != "number"]


def test_no_point_takes_one_away(today: Shop) -> None:
    id = concept(today, drop_off_point=DROP_OFF_POINT)
    assert sent(today, "PATCH", None, id=id).status_code == 204
    assert today.read(id)[0]["drop_off_point"] is None
