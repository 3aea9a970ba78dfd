"""What the world does to shops, keys and packages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.client import Shop
from tests.myparcel.tracked import home, letter, move, refused

Json = dict[str, Any]


def test_a_key_is_disabled_and_enabled_again(shop: Shop) -> None:
    do = shop.workspace.do
    told = do("myparcel.set_key", key="sim-myparcel-postpaid", role="disabled")
    assert (told["role"], told["shop"]) == ("disabled", 77)
    denied = shop.client.get("/shipments")
    assert denied.status_code == 401
    assert denied.json()["errors"][0]["message"] == "Access Denied, token is not active."
    do("myparcel.set_key", key="sim-myparcel-postpaid", role="postpaid")
    assert shop.client.get("/shipments").status_code == 200


def test_returns_are_switched_off_and_on(shop: Shop) -> None:
    for returns, status in ((False, 404), (True, 200)):
        told = shop.workspace.do("myparcel.set_key", key="sim-myparcel-postpaid", returns=returns)
        assert told["returns"] is returns
        assert shop.client.post("/return_shipments").status_code == status


def test_a_new_key_has_a_shop_of_its_own(shop: Shop) -> None:
    [mine] = shop.create(home())
    first = shop.workspace.do("myparcel.add_key", key="first-key")
    second = shop.workspace.do("myparcel.add_key", key="second-key", role="prepaid", returns=False)
    assert first == {
        "key": "first-key",
        "role": "postpaid",
        "account": 1001,
        "shop": 1001,
        "returns": True,
    }
    assert (second["shop"], second["role"], second["returns"]) == (1002, "prepaid", False)
    other = shop.with_key("first-key")
    [theirs] = other.create(home())
    assert other.read(theirs)[0]["shop_id"] == 1001
    assert other.read(mine) == []


def test_a_new_key_may_open_a_shop_that_exists(shop: Shop) -> None:
    [mine] = shop.create(home())
    shop.workspace.do("myparcel.add_key", key="second-key", shop=77)
    assert [each["id"] for each in shop.with_key("second-key").read(mine)] == [mine]


@pytest.mark.parametrize(
    ("action", "arguments"),
    [
        ("set_key", {"key": "nobody"}),
        ("set_key", {"key": "sim-myparcel-intermediary", "returns": True}),
        ("add_key", {"key": "sim-myparcel-postpaid"}),
        ("add_key", {"key": "two words"}),
        ("add_key", {"key": "key@workspace"}),
        ("add_key", {"key": "new", "shop": 9}),
        ("move", {"shipment": 7, "to": 2}),
        ("move", {"shipment": "3SMYPA000000000", "to": 2}),
        ("start_journey", {"shipment": "", "journey": "delivered"}),
        ("weigh", {"shipment": 7, "weight": 500}),
    ],
)
def test_what_is_refused_changes_nothing(shop: Shop, action: str, arguments: Json) -> None:
    before = [shop.workspace.records("myparcel", table) for table in ("api_keys", "shops")]
    refused(shop, action, **arguments)
    assert before == [shop.workspace.records("myparcel", table) for table in ("api_keys", "shops")]


def test_a_role_that_does_not_exist_names_those_that_do(shop: Shop) -> None:
    response = shop.workspace.control.post(
        "/actions/myparcel.set_key", json={"key": "sim-myparcel-postpaid", "role": "rich"}
    )
    assert response.status_code == 422
    [fault] = response.json()["errors"]
    assert fault["path"] == "body.role"
    assert fault["message"] == (
        'has to be one of disabled, intermediary, postpaid, prepaid, not "rich"'
    )


def test_a_shop_that_pays_later_from_now_on_owes_nothing_for_its_concepts(shop: Shop) -> None:
    prepaid = shop.with_key("sim-myparcel-prepaid")
    [shipment] = prepaid.create(home())
    assert prepaid.client.get(f"/shipment_labels/{shipment}").status_code == 402
    shop.workspace.do("myparcel.set_key", key="sim-myparcel-prepaid", role="postpaid")
    assert prepaid.client.get(f"/shipment_labels/{shipment}").status_code == 200


def test_a_shop_that_pays_first_from_now_on_owes_for_its_concepts(shop: Shop) -> None:
    concept, printed = shop.create(home(), home())
    move(shop, printed, 2)
    for role in ("disabled", "prepaid"):
        shop.workspace.do("myparcel.set_key", key="sim-myparcel-postpaid", role=role)
    assert shop.client.get(f"/shipment_labels/{printed}").status_code == 200
    assert shop.client.get(f"/shipment_labels/{concept}").status_code == 402
    shop.workspace.do("myparcel.pay", shipment=concept)
    shop.workspace.do("myparcel.set_key", key="sim-myparcel-postpaid", role="prepaid")
    assert shop.client.get(f"/shipment_labels/{concept}").status_code == 200


@pytest.mark.parametrize("action", ["fail_payment", "expire_payment"])
def test_only_a_payment_that_was_asked_for_can_come_to_nothing(shop: Shop, action: str) -> None:
    prepaid = shop.with_key("sim-myparcel-prepaid")
    [shipment] = prepaid.create(home())
    said = refused(shop, action, shipment=shipment)
    assert said == f"No payment is open for shipment {shipment}: ask for its label first."
    assert shop.workspace.records("myparcel", "payments") == []
    assert prepaid.client.get(f"/shipment_labels/{shipment}").status_code == 402
    shop.workspace.do(f"myparcel.{action}", shipment=shipment)
    assert "No payment is open" in refused(shop, action, shipment=shipment)
    assert len(shop.workspace.records("myparcel", "payments")) == 1


def test_the_carrier_weighs_a_package_and_corrects_its_price(shop: Shop) -> None:
    [shipment] = shop.create(home())
    move(shop, shipment, 2, 3)
    [before] = shop.read(shipment)
    shop.workspace.advance("1h")
    told = shop.workspace.do(
        "myparcel.weigh", shipment=shipment, weight=12500, height=20, width=30, length=40
    )
    [after] = shop.read(shipment)
    assert after["physical_properties"] == {
        "carrier_height": 20,
        "carrier_width": 30,
        "carrier_length": 40,
        "carrier_volume": 24000,
        "carrier_weight": 12500,
    }
    assert after["price"]["amount"] == told["price"] == before["price"]["amount"] + 65
    assert (after["status"], after["modified"]) == (3, "2026-03-02 11:15:00")
    assert told["before"] == before["price"]["amount"]


def test_a_package_that_is_measured_again_has_the_volume_of_all_its_sides(shop: Shop) -> None:
    [shipment] = shop.create(home())
    move(shop, shipment, 2)
    weigh = {"shipment": shipment, "weight": 900}
    shop.workspace.do("myparcel.weigh", **weigh, height=10, width=20)
    [shown] = shop.read(shipment)
    assert "carrier_volume" not in shown["physical_properties"]
    shop.workspace.do("myparcel.weigh", **weigh, length=30)
    shop.workspace.do("myparcel.weigh", **weigh, height=5)
    [shown] = shop.read(shipment)
    assert shown["physical_properties"] == {
        "carrier_height": 5,
        "carrier_width": 20,
        "carrier_length": 30,
        "carrier_volume": 3000,
        "carrier_weight": 900,
    }


def test_a_large_format_is_found_by_the_carriers_scan(shop: Shop) -> None:
    [shipment] = shop.create(home())
    move(shop, shipment, 2)
    [before] = shop.read(shipment)
    shop.workspace.do("myparcel.weigh", shipment=shipment, weight=900, large_format=True)
    [after] = shop.read(shipment)
    assert after["options"]["large_format"] == 1
    assert after["price"]["amount"] == before["price"]["amount"] + 42


def test_only_what_the_carrier_has_can_be_weighed(shop: Shop) -> None:
    concept, aged, post, package = shop.create(home(), home(), letter(), home())
    move(shop, aged, 30)
    move(shop, post, 12)
    move(shop, package, 2)
    assert "1 (pending - concept)" in refused(shop, "weigh", shipment=concept, weight=500)
    assert "30 (inactive - concept)" in refused(shop, "weigh", shipment=aged, weight=500)
    assert "12 (printed - letter)" in refused(shop, "weigh", shipment=post, weight=500)
    assert "weight has to be" in refused(shop, "weigh", shipment=package, weight=0)
    assert "width has to be" in refused(shop, "weigh", shipment=package, weight=5, width=-1)
