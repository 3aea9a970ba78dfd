"""What customers get, whatever the carriers do."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from simulator.testing import World
from tests.conftest import TO_FINLAND, TO_POLAND, TO_THE_NETHERLANDS

AT = "2026-03-02T10:15:00+01:00"


@pytest.fixture(autouse=True)
def a_monday_morning(carrier_world: World) -> None:
    carrier_world.freeze(AT)


def test_an_order_to_poland_goes_to_a_locker(shop: FlaskClient, carrier_world: World) -> None:
    assert shop.post("/orders", json=TO_POLAND).json == {"order": "ORD-1", "carrier": "inpost"}
    carrier_world.advance(until="inpost.shipment_confirmed")
    assert shop.get("/orders/ORD-1/label").data.startswith(b"%PDF")
    carrier_world.verify(operation="inpost.create_shipment", count=1)


def test_an_order_to_the_netherlands_has_a_label_at_once(shop: FlaskClient) -> None:
    assert shop.post("/orders", json=TO_THE_NETHERLANDS).status_code == 201
    assert shop.get("/orders/ORD-2/label").data.startswith(b"%PDF")


def test_an_order_to_finland_goes_by_post(shop: FlaskClient, carrier_world: World) -> None:
    assert shop.post("/orders", json=TO_FINLAND).status_code == 201
    assert shop.get("/orders/ORD-3/label").data.startswith(b"%PDF")
    [parcel] = carrier_world.records("postplus", "parcels", sender_parcel_nr="ORD-3")
    assert parcel["receiver"]["city"] == "Helsinki"


def test_a_busy_carrier_is_asked_again(shop: FlaskClient, carrier_world: World) -> None:
    carrier_world.fail("inpost.create_shipment", times=2, status=503)
    assert shop.post("/orders", json=TO_POLAND).status_code == 201
    carrier_world.verify(operation="inpost.create_shipment", count=3)


def test_a_lost_answer_ships_nothing_twice(shop: FlaskClient, carrier_world: World) -> None:
    carrier_world.fail("inpost.create_shipment", status=504, lost_answer=True)
    assert shop.post("/orders", json=TO_POLAND).status_code == 502
    assert shop.post("/orders", json=TO_POLAND).status_code == 201
    carrier_world.verify({"no_duplicates": True})


def test_a_shop_without_money_has_no_label(
    shop: FlaskClient, carrier_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INPOST_TOKEN", "sim-inpost-prepaid")
    carrier_world.do("inpost.set_balance", organization=1, amount="5.00")
    assert shop.post("/orders", json=TO_POLAND).status_code == 201
    carrier_world.advance("10s")
    assert shop.get("/orders/ORD-1/label").status_code == 502
    carrier_world.do("inpost.top_up", organization=1, amount="100.00")
    # The shop does not buy again by itself: a client of its own would be the next thing to write.
    assert carrier_world.records("inpost", "shipments")[0]["status"] != "confirmed"


@pytest.mark.carrier_scenario("inpost/lost-answer")
def test_a_story_that_others_have_met(shop: FlaskClient, carrier_world: World) -> None:
    for _ in range(2):
        shop.post("/orders", json=TO_POLAND)
    carrier_world.verify({"no_duplicates": True})


def test_customers_see_where_their_parcel_is(shop: FlaskClient, carrier_world: World) -> None:
    shop.post("/orders", json=TO_POLAND)
    carrier_world.advance("10s")
    [shipment] = carrier_world.records("inpost", "shipments")
    carrier_world.move("inpost", shipment["id"], to="delivered")
    while shop.get("/orders/ORD-1").json != {"order": "ORD-1", "status": "delivered"}:
        webhook = carrier_world.webhooks.wait("shipment_status_changed")
        shop.post("/webhooks/inpost", json=webhook.body)
