"""Webhooks of shops: that something in the back office is not what it was."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.myparcel.client import Shop
from tests.myparcel.tracked import refused, subscribe, subscribed
from tests.support.receiver import receiving

HOOKS = (
    "shipment_status_change",
    "shipment_label_created",
    "order_status_change",
    "shop_updated",
    "shop_carrier_accessibility_updated",
    "shop_carrier_configuration_updated",
    "subscription_created_or_updated",
)


def test_all_hooks_can_be_subscribed_to_at_once(today: Shop) -> None:
    wanted = [{"hook": hook, "url": f"https://seoshop.nl/{hook}"} for hook in HOOKS]
    response = subscribe(today, *wanted)
    assert response.status_code == 200, response.text
    assert len({each["id"] for each in response.json()["data"]["ids"]}) == len(HOOKS)


@pytest.mark.parametrize(
    ("action", "arguments", "hook", "id"),
    [
        ("update_shop", {"shop": 77, "hidden": True}, "shop_updated", 77),
        ("update_account", {"account": 501, "settings": {"order_mode": 1}}, "shop_updated", 77),
        (
            "update_subscription",
            {"shop": 77, "status": "ended"},
            "subscription_created_or_updated",
            501,
        ),
    ],
)
def test_a_shop_is_told(
    today: Shop, action: str, arguments: dict[str, Any], hook: str, id: int
) -> None:
    with receiving() as receiver:
        subscribed(today, f"{receiver.url}/hook", hook)
        today.workspace.do(f"myparcel.{action}", **arguments)
        [request] = receiver.received
    event = {"event": hook, "id": id, "account_id": 501}
    assert json.loads(request.body) == {"data": {"hooks": [event]}}
    assert request.headers["x-myparcel-hook"] == hook


def test_what_changed_is_read_again(today: Shop) -> None:
    today.workspace.do(
        "myparcel.update_shop",
        shop=77,
        name="Ander BV",
        hidden=True,
        settings={"label_format": "A6", "use_logo_label": True},
        sender={"city": "Utrecht"},
    )
    today.workspace.do("myparcel.update_account", account=501, settings={"order_mode": True})
    [account] = today.client.get("/accounts").json()["data"]["accounts"]
    [shop] = account["shops"]
    assert account["general_settings"]["order_mode"] == 1
    assert (shop["name"], shop["hidden"]) == ("Ander BV", True)
    assert shop["general_settings"]["label_format"] == "A6"
    assert shop["general_settings"]["use_logo_label"] == 1
    assert shop["delivery_address"]["city"] == "Utrecht"
    assert shop["modified"] == "2026-03-02 10:15:00"
    told = today.workspace.do("myparcel.update_shop", shop="Ander BV")
    assert told == {"shop": 77, "name": "Ander BV"}


def test_an_account_that_there_is_not(today: Shop) -> None:
    said = refused(today, "update_account", account=9, settings={})
    assert "there are 501, 502, 503, 504" in said


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("hook=shop_updated", [2]),
        ("hook=shop_updated;shipment_status_change", [1, 2]),
        ("shop_id=77", [1, 2]),
        ("shop_id=78", []),
        ("account_id=501&ids=1", [1]),
    ],
)
def test_subscriptions_are_filtered(today: Shop, query: str, found: list[int]) -> None:
    for hook in ("shipment_status_change", "shop_updated"):
        subscribed(today, "https://seoshop.nl/hook", hook)
    listed = today.client.get(f"/webhook_subscriptions?{query}").json()["data"]
    assert [each["id"] for each in listed["webhook_subscriptions"]] == found


@pytest.mark.parametrize("query", ["hook=shop_changed", "shop_id=a", "ids=1;b"])
def test_a_filter_that_cannot_be_taken(today: Shop, query: str) -> None:
    assert today.client.get(f"/webhook_subscriptions?{query}").status_code == 422
