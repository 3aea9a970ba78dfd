"""The news of a status, as subscriptions of each edition are told it."""

from __future__ import annotations

from typing import Any

from tests.myparcel.bodies import shipment
from tests.myparcel.client import Shop
from tests.myparcel.tracked import HOOK, home, move, subscribed

Json = dict[str, Any]
ADDRESS = "https://shop.example.test/myparcel"


def told(shop: Shop) -> Json:
    """The last hook that was sent."""
    [hook] = shop.workspace.webhooks()[-1]["body"]["data"]["hooks"]
    found: Json = hook
    return found


def test_a_subscription_of_today_is_told_the_event_and_the_reference(today: Shop) -> None:
    subscribed(today, ADDRESS)
    [id] = today.create({**shipment(), "carrier": 1, "reference_identifier": "order-7"})
    barcode = move(today, id, 2)["barcode"]
    assert told(today) == {
        "shipment_id": id,
        "account_id": 501,
        "shop_id": 77,
        "status": 2,
        "barcode": barcode,
        "event": HOOK,
        "shipment_reference_identifier": "order-7",
    }


def test_without_a_reference_it_is_empty(today: Shop) -> None:
    subscribed(today, ADDRESS)
    [id] = today.create({**shipment(), "carrier": 1})
    move(today, id, 2)
    assert told(today)["shipment_reference_identifier"] == ""


def test_a_subscription_of_2017_keeps_its_members(shop: Shop) -> None:
    subscribed(shop, ADDRESS)
    [id] = shop.create(home())
    move(shop, id, 2)
    assert list(told(shop)) == ["shipment_id", "account_id", "shop_id", "status", "barcode"]


def test_the_switch_of_a_workspace_goes_before_what_a_key_showed(today: Shop) -> None:
    subscribed(today, ADDRESS)
    [id] = today.create({**shipment(), "carrier": 1})
    today.workspace.quirk("myparcel.edition", "2017")
    move(today, id, 2)
    assert "event" not in told(today)
    today.workspace.quirk("myparcel.edition", "auto")
    move(today, id, 3)
    assert told(today)["event"] == HOOK
