"""Webhook subscriptions."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.client import Shop
from tests.myparcel.tracked import HOOK, home, move, subscribe, subscribed
from tests.support.receiver import receiving

Json = dict[str, Any]


def listed(shop: Shop, path: str = "/webhook_subscriptions") -> list[Json]:
    """The shop's subscriptions."""
    response = shop.client.get(path)
    assert response.status_code == 200, response.text
    shown: list[Json] = response.json()["data"]["webhook_subscriptions"]
    return shown


def test_a_subscription_is_added_read_and_deleted(shop: Shop) -> None:
    number = subscribed(shop, "https://seoshop.nl/myparcel/notifications")
    expected = {
        "id": number,
        "account_id": 501,
        "shop_id": 77,
        "hook": HOOK,
        "url": "https://seoshop.nl/myparcel/notifications",
    }
    assert listed(shop, f"/webhook_subscriptions/{number}") == [expected]
    assert listed(shop) == [expected]
    response = shop.client.delete(f"/webhook_subscriptions/{number}")
    assert (response.status_code, response.content) == (204, b"")
    assert listed(shop) == []


def test_the_same_hook_again_overwrites_and_keeps_its_id(shop: Shop) -> None:
    number = subscribed(shop, "https://one.example.com/hook")
    assert subscribed(shop, "https://two.example.com/hook") == number
    assert [each["url"] for each in listed(shop)] == ["https://two.example.com/hook"]


def test_two_of_one_hook_in_one_request_live_beside_each_other(shop: Shop) -> None:
    with receiving() as one, receiving() as two:
        wanted = [{"hook": HOOK, "url": each.url} for each in (one, two, one)]
        response = subscribe(shop, *wanted)
        first, second, again = (each["id"] for each in response.json()["data"]["ids"])
        assert first == again != second
        assert [each["url"] for each in listed(shop)] == [one.url, two.url]
        [shipment] = shop.create(home())
        move(shop, shipment, 2)
        assert one.posts == two.posts
        assert len(one.posts) == 1
    assert subscribed(shop, "https://three.example.com/hook") == first
    assert [each["url"] for each in listed(shop)] == ["https://three.example.com/hook"]


def test_shops_do_not_see_each_others_subscriptions(shop: Shop) -> None:
    other = shop.with_key("sim-myparcel-prepaid")
    mine, theirs = subscribed(shop, "https://a.example.com"), subscribed(other, "https://b.nl")
    assert mine != theirs
    assert [each["id"] for each in listed(shop)] == [mine]
    for method in ("GET", "DELETE"):
        response = shop.client.request(method, f"/webhook_subscriptions/{mine};{theirs}")
        assert response.status_code == 422
        assert response.json()["errors"][0]["code"] == 10001
    assert [each["id"] for each in listed(shop)] == [mine]


@pytest.mark.parametrize("number", ["999", "abc", "0", "%20", "9" * 30])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_an_unknown_subscription(shop: Shop, method: str, number: str) -> None:
    response = shop.client.request(method, f"/webhook_subscriptions/{number}")
    assert response.status_code == 422, response.text
    assert response.json()["errors"][0]["code"] == 10001


@pytest.mark.parametrize(
    ("subscription", "codes"),
    [
        ({"hook": HOOK}, [10002]),
        ({"hook": HOOK, "url": ""}, [10002]),
        ({"hook": HOOK, "url": 7}, [10002]),
        ({"hook": HOOK, "url": "http://seoshop.nl/hook"}, [10002]),
        ({"hook": HOOK, "url": "ftp://seoshop.nl/hook"}, [10002]),
        ({"hook": HOOK, "url": "https://"}, [10002]),
        ({"hook": HOOK, "url": "https://host:99999999/"}, [10002]),
        ({"hook": HOOK, "url": "https://[::1/"}, [10002]),
        ({"hook": HOOK, "url": "notifications"}, [10002]),
        ({"hook": HOOK, "url": f"https://seoshop.nl/{'a' * 237}"}, [10002]),
        ({"hook": HOOK, "url": "https://seo shop.nl/hook"}, [10002]),
        ({"hook": HOOK, "url": "https://seoshop.nl/hook\n"}, [10002]),
        ({"hook": HOOK, "url": " https://seoshop.nl/hook"}, [10002]),
        ({"url": "https://seoshop.nl/hook"}, [10003]),
        ({"hook": "shipment_lost", "url": "https://seoshop.nl/hook"}, [10003]),
        ({"hook": "Shipment_Status_Change", "url": "https://seoshop.nl/hook"}, [10003]),
        ({"hook": ["a"], "url": None}, [10002, 10003]),
        ({}, [10002, 10003]),
    ],
)
def test_what_cannot_be_subscribed_to(shop: Shop, subscription: Json, codes: list[int]) -> None:
    good = {"hook": HOOK, "url": "https://seoshop.nl/hook"}
    response = subscribe(shop, good, subscription)
    assert response.status_code == 422, response.text
    faults = response.json()["errors"]
    assert sorted(fault["code"] for fault in faults) == codes
    for fault in faults:
        member = {10002: "url", 10003: "hook"}[fault["code"]]
        assert fault["fields"] == [f"data.webhook_subscriptions[1].{member}"]
    assert listed(shop) == []


@pytest.mark.parametrize(
    "body",
    [
        {"data": {"webhook_subscriptions": []}},
        {"data": {"webhook_subscriptions": {}}},
        {"data": {"webhook_subscriptions": [7]}},
        {"data": {}},
        {"data": None},
        {},
        [],
    ],
)
def test_a_body_without_subscriptions(shop: Shop, body: Any) -> None:
    response = shop.client.post("/webhook_subscriptions", json=body)
    assert response.status_code == 422, response.text
    assert response.json()["errors"]


def test_a_url_may_be_as_long_as_any_string(shop: Shop) -> None:
    url = f"https://seoshop.nl/{'a' * 236}"
    assert len(url) == 255
    subscribed(shop, url)
    assert [each["url"] for each in listed(shop)] == [url]


def test_later_hooks_are_taken_unless_strict(shop: Shop) -> None:
    subscribed(shop, "https://seoshop.nl/hook", "order_status_change")
    shop.workspace.quirk("myparcel.strict", True)
    later = {"hook": "shop_updated", "url": "https://seoshop.nl/hook"}
    assert subscribe(shop, later).status_code == 422
    shop.workspace.quirk("myparcel.edition", "today")
    assert subscribe(shop, later).status_code == 200


@pytest.mark.parametrize(
    "url", ["http://localhost:8080/hook", "http://127.0.0.1/hook", "http://shop:80/hook"]
)
def test_plain_http_is_for_local_targets_only_and_can_be_switched_off(shop: Shop, url: str) -> None:
    subscribed(shop, url)
    shop.workspace.quirk("myparcel.local_webhooks", False)
    response = subscribe(shop, {"hook": HOOK, "url": url})
    assert response.status_code == 422
    assert response.json()["errors"][0]["human"] == ["url has to be https"]


def test_subscriptions_that_are_read_by_id_may_be_answered_with_201(shop: Shop) -> None:
    wanted = {"hook": "shipment_status_change", "url": "https://example.com/hook"}
    body = {"data": {"webhook_subscriptions": [wanted]}}
    [made] = shop.client.post("/webhook_subscriptions", json=body).json()["data"]["ids"]
    assert shop.client.get(f"/webhook_subscriptions/{made['id']}").status_code == 200
    shop.workspace.quirk("myparcel.subscriptions_status", 201)
    response = shop.client.get(f"/webhook_subscriptions/{made['id']}")
    assert response.status_code == 201
    assert response.json()["data"]["webhook_subscriptions"][0]["url"] == wanted["url"]
