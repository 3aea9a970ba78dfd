"""A client within a web page, whose browser asks before it sends a key."""

from __future__ import annotations

import pytest

from tests.myparcel.client import Shop
from tests.verify.judged import verdict

PAGE = {"Origin": "https://shop.example.test"}


@pytest.mark.parametrize(
    ("path", "method", "allowed"),
    [
        ("/shipments", "POST", {"GET", "POST"}),
        ("/shipments/20000001", "DELETE", {"GET", "DELETE"}),
        ("/webhook_subscriptions", "POST", {"GET", "POST"}),
        ("/delivery_options", "GET", {"GET"}),
    ],
)
def test_a_browser_may_send_what_a_page_wants_to_send(
    shop: Shop, path: str, method: str, allowed: set[str]
) -> None:
    wanted = "authorization, content-type"
    asked = shop.with_key(None).client.options(
        path,
        headers={
            **PAGE,
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": wanted,
        },
    )
    assert (asked.status_code, asked.content) == (204, b"")
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert allowed <= set(asked.headers["Access-Control-Allow-Methods"].split(", "))
    assert asked.headers["Access-Control-Allow-Headers"] == wanted


def test_what_a_browser_asks_first_is_no_request_that_went_astray(shop: Shop) -> None:
    asking = {**PAGE, "Access-Control-Request-Method": "GET"}
    shop.with_key(None).client.options("/delivery_options", headers=asking)
    [entry] = shop.workspace.journal()
    assert (entry["status"], entry["unmatched"], entry["outcome"]) == (204, False, "preflight")
    explained = shop.workspace.control.get(f"/journal/{entry['id']}").json()
    assert explained["nearest"] == []
    assert explained["why"][0] == (
        "Granted with 204: a browser asks before a page may use /delivery_options."
    )
    assert verdict(shop.workspace, no_unmatched=True)[0]


def test_a_page_may_read_the_answer_and_the_refusal(shop: Shop) -> None:
    for client in (shop.client, shop.with_key(None).client):
        answer = client.get("/shipments", headers=PAGE)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_options_that_no_browser_asks_for_is_no_method(shop: Shop) -> None:
    asked = shop.client.options("/shipments")
    assert asked.status_code == 405
    assert asked.json()["errors"][0]["code"] == 3105
