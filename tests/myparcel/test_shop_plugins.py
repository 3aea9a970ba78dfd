"""Whole conversations of a shop plugin and of a .NET client, both written for the Dutch twin."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.myparcel.client import Shop
from tests.myparcel.dutch import ADDRESS, at_the_twin, early, sent

pytestmark = pytest.mark.usefixtures("nothing_unread")

PLUGIN = {
    "Accept": "*/*",
    "Content-Type": "application/vnd.shipment+json; charset=UTF-8",
    "User-Agent": "Wordpress/4.9 WooCommerce/3.3 MyParcelNL-WooCommerce/3.0.4",
}
DOT_NET = {
    "Accept": "",
    "Accept-Language": "nl-NL",
    "Content-Type": "application/vnd.shipment+json;charset=utf-8",
    "User-Agent": "CustomApiCall/2",
}


@pytest.fixture
def plugin(shop: Shop) -> Iterator[httpx2.Client]:
    with at_the_twin(shop, PLUGIN) as client:
        yield client


@pytest.fixture
def dot_net(shop: Shop) -> Iterator[httpx2.Client]:
    with at_the_twin(shop, DOT_NET) as client:
        yield client


def ordered(**options: Any) -> dict[str, Any]:
    """A shipment as the plugin makes one of an order; everything comes from a form."""
    chosen = {
        "package_type": "1",
        "only_recipient": "1",
        "signature": "1",
        "return": "0",
        "large_format": "0",
        "label_description": "",
        "insurance": {"amount": "25000", "currency": "EUR"},
    }
    address = {**ADDRESS, "postal_code": "3584 cs", "company": "", "email": "", "phone": ""}
    return {"recipient": address, "options": {**chosen, **options}, "carrier": 1}


def test_the_plugin_posts_numbers_as_texts_and_insures_for_nothing(plugin: httpx2.Client) -> None:
    nothing = {"amount": 0, "currency": "EUR"}
    insured = sent(plugin, ordered())
    uninsured = sent(plugin, ordered(only_recipient="0", signature="0", insurance=nothing))
    shown = plugin.get(
        f"/shipments/{insured};{uninsured}", headers={"Accept": "application/json; charset=UTF-8"}
    ).json()["data"]["shipments"]
    assert [each["options"]["insurance"]["amount"] for each in shown] == [25000, 0]
    assert [each["options"]["package_type"] for each in shown] == [1, 1]
    assert [each["options"]["signature"] for each in shown] == [1, 0]


def test_the_plugin_prints_without_saying_on_what(plugin: httpx2.Client) -> None:
    number = sent(plugin, ordered())
    printed = plugin.get(f"/shipment_labels/{number}", headers={"Accept": "application/pdf"})
    assert printed.content.startswith(b"%PDF-1.")
    link = plugin.get(
        f"/shipment_labels/{number}", headers={"Accept": "application/json; charset=UTF-8"}
    )
    assert link.json()["data"]["pdfs"]["url"].startswith("/")
    [scan] = plugin.get(f"/tracktraces/{number}").json()["data"]["tracktraces"]
    assert scan["shipment_id"] == number


def test_the_plugin_names_unrelated_returns_by_their_own_name(plugin: httpx2.Client) -> None:
    returned = {"carrier": 1, "name": "Noor Visser", "email": "noor@example.test"}
    plugin.headers["Content-Type"] = "application/vnd.unrelated_return_shipment+json; charset=UTF-8"
    assert sent(plugin, returned, "unrelated_return_shipments")


@pytest.mark.parametrize(
    "content_type", ["application/x-www-form-urlencoded", "text/plain; charset=utf-8"]
)
def test_a_return_link_is_made_from_an_empty_body_of_any_type(
    plugin: httpx2.Client, content_type: str
) -> None:
    made = plugin.post("/return_shipments", content=b"", headers={"Content-Type": content_type})
    assert made.status_code == 200, made.text
    assert made.json()["data"]["download_url"]["link"].startswith("http")


def test_the_dot_net_client_always_sends_a_search(dot_net: httpx2.Client) -> None:
    numbers = [sent(dot_net, early()) for _ in range(2)]
    listed = dot_net.get("/shipments/?page=1&size=30&order=ASC&q=").json()["data"]
    assert [each["id"] for each in listed["shipments"]] == numbers
    read = dot_net.get(f"/shipments/{numbers[1]};{numbers[0]}?page=1&size=30&order=ASC&q=")
    assert [each["id"] for each in read.json()["data"]["shipments"]] == numbers
    tracked = dot_net.get(f"/tracktraces/{numbers[0]}?page=1&size=30&order=ASC")
    assert tracked.json() == {"data": {"tracktraces": [[]]}}


def test_the_dot_net_client_asks_for_options_behind_a_slash(dot_net: httpx2.Client) -> None:
    asked = dot_net.get(
        "/delivery_options/?cc=NL&postal_code=2132WT&number=66&carrier=1&cutoff_time=15%3A30%3A00"
        "&dropoff_days=1%3B2%3B3&monday_delivery=0&exclude_delivery_type=1"
    )
    assert asked.status_code == 200, asked.text
    types = {slot["type"] for day in asked.json()["data"]["delivery"] for slot in day["time"]}
    assert 2 in types
    assert 1 not in types


def test_the_dot_net_client_manages_subscriptions(dot_net: httpx2.Client) -> None:
    wanted = [{"hook": "shipment_status_change", "url": "https://shop.example.test/hook"}]
    [made] = dot_net.post(
        "/webhook_subscriptions",
        content=json.dumps({"data": {"webhook_subscriptions": wanted}}),
        headers={"Content-Type": "application/json;charset=utf-8"},
    ).json()["data"]["ids"]
    for path in (f"/webhook_subscriptions/{made['id']}", "/webhook_subscriptions/"):
        [shown] = dot_net.get(path).json()["data"]["webhook_subscriptions"]
        assert shown["url"] == "https://shop.example.test/hook"
    assert dot_net.delete(f"/webhook_subscriptions/{made['id']}").status_code == 204
