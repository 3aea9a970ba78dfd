"""GET /carriers and GET /carrier_services."""

from __future__ import annotations

from typing import Any

import httpx2

from tests.myparcel.client import Shop


def carrier_services(shop: Shop) -> list[Any]:
    response = shop.client.get("/carrier_services")
    assert response.status_code == 200, response.text
    services: list[Any] = response.json()["data"]["carrier_services"]
    return services


def test_carriers_are_those_of_the_document(shop: Shop) -> None:
    response = shop.client.get("/carriers")
    assert response.status_code == 200
    assert response.json() == {
        "data": {
            "carriers": [
                {"id": 1, "name": "Myparcel.com", "cc": "NL", "currency": "EUR"},
                {"id": 2, "name": "PostNL", "cc": "NL", "currency": "EUR"},
                {"id": 3, "name": "Bpost", "cc": "BE", "currency": "EUR"},
                {"id": 4, "name": "DPD", "cc": "GB", "currency": "GBP"},
                {"id": 5, "name": "Hermes", "cc": "GB", "currency": "GBP"},
            ],
            "results": 5,
            "page": 1,
            "size": 5,
        }
    }


def test_all_services_are_on_one_page(shop: Shop) -> None:
    body = shop.client.get("/carrier_services").json()["data"]
    assert list(body) == ["carrier_services", "results", "page", "size"]
    assert (body["results"], body["page"], body["size"]) == (6, 1, 6)
    assert [service["name"] for service in body["carrier_services"]] == [
        "Unstamped Label",
        "PostNL Parcel",
        "PostNL Letterbox",
        "Bpost Parcel",
        "DPD Parcel",
        "Hermes Parcel",
    ]


def test_prices_keep_the_documents_changing_keys(shop: Shop) -> None:
    parcel = carrier_services(shop)[1]["prices"]
    assert {cc: list(prices) for cc, prices in parcel.items()} == {
        "NL": ["base", "step", "options", "insurances"],
        "BE": ["base", "increment", "options", "insurances"],
        "GB": ["base", "increments", "options", "insurance"],
    }
    assert parcel["GB"]["insurance"] == [{"amount": 200, "price": 0}]


def test_price_keys_can_be_made_even(shop: Shop) -> None:
    as_documented = carrier_services(shop)
    shop.workspace.quirk("myparcel.price_keys", "even")
    even = carrier_services(shop)
    assert {tuple(prices) for prices in even[1]["prices"].values()} == {
        ("base", "step", "options", "insurances")
    }
    assert [service["prices"]["NL"] for service in even] == [
        service["prices"]["NL"] for service in as_documented
    ]


def test_the_group_that_the_document_left_without_a_number_has_0(shop: Shop) -> None:
    assert carrier_services(shop)[5]["groups"] == [{"id": 0}]


def test_both_lists_need_a_key(shop: Shop) -> None:
    stranger = shop.with_key(None)
    for path in ("/carriers", "/carrier_services"):
        response = stranger.client.get(path)
        assert response.status_code == 401
        assert response.json()["errors"][0]["code"] == 3000


def test_an_intermediary_may_read_both_lists(shop: Shop) -> None:
    intermediary = shop.with_key("sim-myparcel-intermediary")
    for path in ("/carriers", "/carrier_services"):
        assert intermediary.client.get(path).status_code == 200


def test_a_list_is_given_as_json_only(shop: Shop) -> None:
    response = shop.client.get("/carriers", headers={"Accept": "application/xml"})
    assert response.status_code == 406
    assert response.json()["errors"][0]["code"] == 3102


def test_today_there_is_no_list_of_the_services_of_2017(today: Shop) -> None:
    response = today.client.get("/carrier_services")
    assert response.status_code == 404
    document = httpx2.get(f"{today.base_url}/openapi.json").json()
    assert "/carrier_services" not in document["paths"]
    assert "/carriers" in document["paths"]
