"""Who sends a shipment: the shop, or whom a request of today names.

The public description has the sender in a create, its guide calls it the return address, which is
that of the account where it is not told, and the PHP SDK sends it with returns of nothing known.
"""

from __future__ import annotations

from typing import Any

from tests.myparcel.bodies import DUTCH, shipment
from tests.myparcel.client import Shop

WAREHOUSE = {
    "cc": "NL",
    "postal_code": "3011AA",
    "city": "Rotterdam",
    "street": "Blaak 16",
    "person": "Returns",
    "company": "Warehouse BV",
}
UNRELATED_RETURN = "application/vnd.unrelated_return_shipment+json;charset=utf-8"


def sent_by(shop: Shop, sender: Any, **members: Any) -> dict[str, Any]:
    [number] = shop.create({**shipment(), "carrier": 1, "sender": sender, **members})
    [shown] = shop.read(number)
    found: dict[str, Any] = shown["sender"]
    return found


def test_what_a_sender_lacks_is_that_of_the_shop(today: Shop) -> None:
    usual = sent_by(today, None)
    found = sent_by(today, WAREHOUSE)
    assert found == {**WAREHOUSE, "email": usual["email"], "phone": usual["phone"]}
    assert sent_by(today, {"company": "Another", "phone": ""}) == {**usual, "company": "Another"}
    assert sent_by(today, {}) == usual


def test_it_stands_on_the_label(today: Shop) -> None:
    [number] = today.create({**shipment(), "carrier": 1, "sender": WAREHOUSE})
    zpl = today.client.get(f"/shipment_labels/{number}", headers={"Accept": "application/vnd.zpl"})
    assert zpl.status_code == 200
    assert "Warehouse BV" in zpl.text


def test_all_colli_have_the_sender_of_the_main_one(today: Shop) -> None:
    [number] = today.create(
        {**shipment(), "carrier": 1, "sender": WAREHOUSE, "secondary_shipments": [{}]}
    )
    [shown] = today.read(number)
    [second] = shown["secondary_shipments"]
    assert second["sender"] == shown["sender"]


def test_an_update_changes_it_and_leaves_it_where_it_is_not_named(today: Shop) -> None:
    [number] = today.create({**shipment(), "carrier": 1, "sender": WAREHOUSE})
    change: dict[str, Any] = {"id": number, "carrier": 1, "recipient": DUTCH}
    change["options"] = {"package_type": 1, "label_description": "changed"}
    kept = put(today, change)
    assert kept["company"] == "Warehouse BV"
    assert put(today, {**change, "sender": {"company": "Other BV"}})["company"] == "Other BV"


def put(shop: Shop, change: dict[str, Any]) -> Any:
    response = shop.client.put("/shipments", json={"data": {"shipments": [change]}})
    assert response.status_code == 204, response.text
    [shown] = shop.read(change["id"])
    return shown["sender"]


def test_a_return_of_nothing_known_comes_from_its_sender(today: Shop) -> None:
    asked = {
        "carrier": 1,
        "email": "noor@example.test",
        "name": "Noor Visser",
        "sender": {**DUTCH, "person": "Noor Visser"},
        "options": {"package_type": 1},
    }
    response = today.post({"data": {"return_shipments": [asked]}}, UNRELATED_RETURN)
    assert response.status_code == 200, response.text
    [shown] = today.read(response.json()["data"]["ids"][0]["id"])
    assert shown["sender"] == {**DUTCH, "person": "Noor Visser", "email": "noor@example.test"}


def test_a_sender_too_long_is_refused_by_the_schema(today: Shop) -> None:
    response = today.post_shipments(
        [{**shipment(), "carrier": 1, "sender": {**WAREHOUSE, "street": "x" * 41}}]
    )
    assert response.status_code == 422
    [found] = response.json()["errors"]
    assert found["fields"] == ["data.shipments[0].sender.street"]


def test_in_2017_the_shop_is_the_sender(shop: Shop) -> None:
    [number] = shop.create(shipment(sender=WAREHOUSE))
    [shown] = shop.read(number)
    assert shown["sender"]["city"] == "Amsterdam"
