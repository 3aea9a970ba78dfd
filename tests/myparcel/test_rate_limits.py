"""The limits of later documents: requests of a key in five minutes. They are off unless wanted."""

from __future__ import annotations

import httpx2
from dirty_equals import IsStr

from tests.myparcel.client import Shop
from tests.myparcel.parcels import package


def statuses(shop: Shop, path: str, times: int) -> list[int]:
    """The statuses of GET `path` asked for so many times, each once, in the order they came."""
    found = [shop.client.get(path).status_code for _ in range(times)]
    return list(dict.fromkeys(found))


def refused(response: httpx2.Response) -> str:
    assert response.status_code == 429, response.text
    return response.headers["retry-after"]


def test_today_what_is_refused_counts_as_well(today: Shop) -> None:
    today.workspace.quirk("myparcel.rate_limits", True)
    asked = "/delivery_options?cc=NL&postal_code=3584CS&number=8&carrier=postnl"
    assert statuses(today, asked, 60) == [200]
    response = today.client.get(asked)
    assert refused(response) == "60"
    assert response.json()["errors"][0]["message"] == (
        "GET /delivery_options takes 60 requests in a minute, try again in 60 seconds."
    )
    # Whoever goes on asking goes on being refused: 60 more within the minute.
    today.workspace.advance("30s")
    assert statuses(today, asked, 60) == [429]
    today.workspace.advance("30s")
    assert refused(today.client.get(asked)) == "30"
    today.workspace.advance("1m")
    assert today.client.get(asked).status_code == 200


def test_today_what_breaks_a_rule_counts(today: Shop) -> None:
    today.workspace.quirk("myparcel.rate_limits", True)
    wrong = "/pickup_locations?cc=NL"
    assert statuses(today, wrong, 61) == [422, 429]


def test_today_subscriptions_take_150_in_five_minutes(today: Shop) -> None:
    today.workspace.quirk("myparcel.rate_limits", True)
    assert statuses(today, "/webhook_subscriptions", 151) == [200, 429]
    today.workspace.advance("5m")
    assert statuses(today, "/webhook_subscriptions", 1) == [200]


def test_nothing_is_limited_by_itself(shop: Shop) -> None:
    assert statuses(shop, "/", 40) == [200]


def test_more_than_a_resource_takes_is_429_until_five_minutes_are_over(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.rate_limits", True)
    assert statuses(shop, "/", 30) == [200]
    shop.workspace.advance("4m")
    response = shop.client.get("/")
    assert refused(response) == "60"
    assert response.json() == {
        "message": IsStr(regex=r"Too many requests\. \(request_id: .*\)"),
        "request_id": IsStr(),
        "errors": [
            {
                "status": 429,
                "code": 0,
                "title": "Too many requests.",
                "message": "GET / takes 30 requests in 5 minutes, try again in 60 seconds.",
            }
        ],
    }
    shop.workspace.advance("59s")
    assert refused(shop.client.get("/")) == "1"
    shop.workspace.advance("1s")
    assert statuses(shop, "/", 30) == [200]


def test_each_key_and_each_resource_has_a_limit_of_its_own(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.rate_limits", True)
    [made] = shop.create(package())
    body = {"hook": "shipment_status_change", "url": "http://127.0.0.1:9/hook"}
    for _ in range(30):
        posted = shop.client.post(
            "/webhook_subscriptions", json={"data": {"webhook_subscriptions": [body]}}
        )
        assert posted.status_code == 200
    posted = shop.client.post(
        "/webhook_subscriptions/", json={"data": {"webhook_subscriptions": [body]}}
    )
    assert refused(posted) == "300"
    assert shop.client.get("/webhook_subscriptions").status_code == 200
    assert statuses(shop, f"/tracktraces/{made}", 300) == [200]
    assert refused(shop.client.get(f"/tracktraces/{made}")) == "300"
    assert shop.client.get(f"/shipments/{made}").status_code == 200
    other = shop.with_key("sim-myparcel-prepaid")
    [theirs] = other.create(package())
    assert other.client.get(f"/tracktraces/{theirs}").status_code == 200


def test_a_refused_request_does_nothing(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.rate_limits", True)
    first, *others = shop.create(*[package() for _ in range(301)])
    for each in others:
        assert shop.client.delete(f"/shipments/{each}").status_code == 201
    assert refused(shop.client.delete(f"/shipments/{first}")) == "300"
    assert len(shop.read(first)) == 1
