"""The life of an order: shipped in parts or as a whole, or cancelled, and the shop is told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from simulator.core.tables import narrowing
from tests.myparcel.bodies import BELGIAN, CUSTOMS, SWISS, changed, shipment
from tests.myparcel.client import Shop
from tests.myparcel.orders import ADDRESS, line, order, ordered, read
from tests.myparcel.tracked import refused, subscribed
from tests.support.receiver import receiving

Json = dict[str, Any]

RECIPIENTS = {"NL": ADDRESS, "BE": BELGIAN}


def ship(shop: Shop, order: str, **arguments: Any) -> Json:
    """What the action tells."""
    told: Json = shop.workspace.do("myparcel.ship_order", order=order, **arguments)
    return told


def test_shipping_an_order_makes_its_shipment(today: Shop) -> None:
    [made] = ordered(today)
    told = ship(today, made["uuid"])
    assert (told["order"], told["status"]) == (made["uuid"], "processed")
    [shown] = read(today, made["uuid"])
    [part] = shown["order_shipments"]
    assert part["shipment_id"] == told["shipment"]
    assert part["external_shipment_identifier"] == told["barcode"]
    assert part["shipped_items"] == [
        {"quantity": each["quantity"], "order_line_identifier": each["uuid"]}
        for each in made["order_lines"]
    ]
    [sent] = today.read(told["shipment"])
    assert part["shipment"] == sent
    assert (sent["status"], sent["carrier_id"]) == (2, 1)
    assert sent["recipient"] == made["shipment"]["recipient"]
    assert sent["options"] == made["shipment"]["options"]


@pytest.mark.parametrize("much", [1, 200])
def test_an_order_is_found_by_the_barcode_of_its_shipment(
    today: Shop, much: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(narrowing, "_MUCH", much)
    first, second = ordered(today, order(), order())
    barcode = ship(today, first["uuid"])["barcode"]

    def found(query: str) -> list[str]:
        data = today.client.get(f"/fulfilment/orders?{query}").json()["data"]
        return [each["uuid"] for each in data["orders"]]

    assert found(f"barcode={barcode}") == found(f"q={barcode.lower()}") == [first["uuid"]]
    assert found("q=kettle") == [first["uuid"], second["uuid"]]
    later = ship(today, second["uuid"])["barcode"]
    assert found(f"barcode={later}") == found(f"q={later[2:]}") == [second["uuid"]]
    assert found(f"q={barcode[:6]}") == [first["uuid"], second["uuid"]]


def test_an_order_goes_in_parts(today: Shop) -> None:
    [made] = ordered(today, order(line("Kettle"), line("Mug", 2), line("Voucher", shippable=False)))
    kettle, mug, voucher = (each["uuid"] for each in made["order_lines"])
    assert ship(today, made["uuid"], lines={mug: 1})["status"] == "partially_processed"
    too_many = refused(today, "ship_order", order=made["uuid"], lines={mug: 2})
    assert "1 are left" in too_many
    digital = refused(today, "ship_order", order=made["uuid"], lines={voucher: 1})
    assert "nothing is to be shipped" in digital
    assert ship(today, made["uuid"])["status"] == "processed"
    [shown] = read(today, made["uuid"])
    items = [
        {item["order_line_identifier"]: item["quantity"] for item in part["shipped_items"]}
        for part in shown["order_shipments"]
    ]
    assert items == [{mug: 1}, {kettle: 1, mug: 1}]
    assert "nothing of it can be shipped" in refused(today, "ship_order", order=made["uuid"])


def test_an_order_that_makes_no_shipment_is_not_shipped(today: Shop) -> None:
    posted = order()
    posted["shipment"]["recipient"] = {"city": "Hoofddorp", "cc": "NL"}
    [made] = ordered(today, posted)
    assert "shipment.recipient.street" in refused(today, "ship_order", order=made["uuid"])
    assert read(today, made["uuid"])[0]["status"] == "open"
    assert today.client.get("/shipments").json()["data"]["results"] == 0


def sent_with(carrier: int, cc: str = "NL") -> Json:
    """An order that goes with a carrier to a country."""
    posted = order()
    posted["shipment"] |= {"carrier": carrier, "recipient": RECIPIENTS[cc]}
    return posted


@pytest.mark.parametrize("carrier", [2, 4])
def test_an_order_of_a_belgian_shop_is_shipped_from_belgium(today: Shop, carrier: int) -> None:
    belgian = today.with_key("sim-myparcel-be")
    [made] = ordered(belgian, sent_with(carrier, "BE"))
    told = ship(today, made["uuid"])
    [sent] = belgian.read(told["shipment"])
    [alike] = belgian.create(made["shipment"])
    assert (sent["carrier_id"], sent["price"]) == (carrier, belgian.read(alike)[0]["price"])


@pytest.mark.parametrize(
    ("key", "carrier", "cc", "said"),
    [
        ("sim-myparcel-be", 9, "NL", "DHL_FOR_YOU is not offered to shops in BE"),
        ("sim-myparcel-nl", 2, "BE", "BPOST is not offered to shops in NL"),
    ],
)
def test_a_carrier_that_a_shop_does_not_have_ships_none_of_its_orders(
    today: Shop, key: str, carrier: int, cc: str, said: str
) -> None:
    shop = today.with_key(key)
    [made] = ordered(shop, sent_with(carrier, cc))
    [entry] = shop.workspace.journal(operation="myparcel.create_orders")
    assert said in shop.workspace.control.get(f"/journal/{entry['id']}").text
    assert said in refused(today, "ship_order", order=made["uuid"])
    assert said in refused(today, "set_order_status", order=made["uuid"], status="processed")


def test_a_carrier_that_is_switched_off_ships_no_order(today: Shop) -> None:
    [made] = ordered(today)
    off = {"shop": 77, "carrier": "POSTNL", "enabled": False}
    today.workspace.do("myparcel.set_carrier_accessibility", **off)
    assert "postnl is switched off" in refused(today, "ship_order", order=made["uuid"])


def test_goods_of_an_order_are_classified_as_today_whoever_ships_it(today: Shop) -> None:
    posted = order()
    posted["shipment"] |= {
        "recipient": SWISS,
        "customs_declaration": changed(CUSTOMS, "items.0.classification", "62142000"),
    }
    [made] = ordered(today, posted)
    today.workspace.quirk("myparcel.classification", "isic")
    assert ship(today, made["uuid"])["status"] == "processed"


def test_the_shipment_of_an_order_has_to_be_paid_for_too(today: Shop) -> None:
    prepaid = today.with_key("sim-myparcel-prepaid")
    [made] = ordered(prepaid)
    told = ship(today, made["uuid"])
    assert (told["status"], told["barcode"]) == ("processed", None)
    label = prepaid.client.get(f"/shipment_labels/{told['shipment']}")
    assert label.status_code == 402


@pytest.mark.parametrize(
    ("statuses", "shipments"),
    [
        (["processed"], 1),
        (["partially_processed", "processed"], 2),
        (["cancelled"], 0),
        (["partially_processed", "cancelled"], 1),
    ],
)
def test_a_status_is_come_to_by_shipping(today: Shop, statuses: list[str], shipments: int) -> None:
    [made] = ordered(today)
    for status in statuses:
        told = today.workspace.do("myparcel.set_order_status", order="1025", status=status)
        assert told["status"] == status
    [shown] = read(today, made["uuid"])
    assert (shown["status"], len(shown["order_shipments"])) == (statuses[-1], shipments)


@pytest.mark.parametrize(
    ("first", "then", "said"),
    [
        ("cancelled", "processed", "cannot go from cancelled to processed; possible: nothing"),
        ("processed", "cancelled", "cannot go from processed to cancelled"),
        ("partially_processed", "open", "possible: processed, cancelled"),
        ("partially_processed", "procesed", "did you mean 'processed'?"),
    ],
)
def test_a_status_that_cannot_come_next(today: Shop, first: str, then: str, said: str) -> None:
    [made] = ordered(today)
    today.workspace.do("myparcel.set_order_status", order=made["uuid"], status=first)
    assert said in refused(today, "set_order_status", order=made["uuid"], status=then)


def test_one_thing_cannot_be_partially_processed(today: Shop) -> None:
    [made] = ordered(today, order(line("Kettle")))
    said = refused(today, "set_order_status", order=made["uuid"], status="partially_processed")
    assert "less than two things" in said


def test_the_shop_is_told_of_every_status(today: Shop) -> None:
    with receiving() as receiver:
        subscribed(today, f"{receiver.url}/hook", "order_status_change")
        [made] = ordered(today)
        assert receiver.received == []
        for status in ("partially_processed", "processed"):
            today.workspace.do("myparcel.set_order_status", order=made["uuid"], status=status)
        first, second = receiver.received
    assert json.loads(first.body) == {
        "data": {
            "hooks": [
                {
                    "event": "order_status_change",
                    "uuid": made["uuid"],
                    "account_id": 501,
                    "shop_id": 77,
                    "external_identifier": "1025",
                    "status": "partially_processed",
                }
            ]
        }
    }
    assert json.loads(second.body)["data"]["hooks"][0]["status"] == "processed"
    assert first.headers["x-myparcel-hook"] == "order_status_change"


def test_news_of_its_shipment_name_the_order(today: Shop) -> None:
    with receiving() as receiver:
        subscribed(today, f"{receiver.url}/hook")
        [made] = ordered(today)
        ship(today, made["uuid"])
        [number] = today.create(shipment(carrier=1))
        today.workspace.do("myparcel.move", shipment=number, to=2)
        ours, other = (json.loads(body)["data"]["hooks"][0] for body in receiver.posts)
    assert (ours["order_id"], ours["status"]) == (made["uuid"], 2)
    assert "order_id" not in other
