"""Accounts, shops and principals: what plugins ask for when they connect."""

from __future__ import annotations

from typing import Any

import pytest
from dirty_equals import IsPartialDict

from tests.myparcel.client import Shop

Json = dict[str, Any]


def data(shop: Shop, path: str) -> Json:
    """What the answer has in its envelope."""
    response = shop.client.get(path)
    assert response.status_code == 200, response.text
    found: Json = response.json()["data"]
    return found


def test_a_plugin_connects_with_the_first_shop_of_the_first_account(today: Shop) -> None:
    found = data(today, "/accounts")
    assert (found["page"], found["size"], found["results"]) == (1, 1, 1)
    [account] = found["accounts"]
    assert account == IsPartialDict(id=501, platform_id=1, proposition_id=1, status=2)
    settings = account["general_settings"]
    assert settings == IsPartialDict(is_test=0, order_mode=0, has_carrier_contract=0)
    [shop] = account["shops"]
    assert shop == IsPartialDict(id=77, account_id=501, name="Voorbeeld BV", hidden=False)
    assert data(today, "/shops")["shops"] == [shop]
    assert data(today, "/shops/77")["shops"] == [shop]
    assert data(today, "/accounts/501")["accounts"] == [account]


@pytest.mark.parametrize("path", ["/accounts", "/shops"])
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("shop_id=77", 1),
        ("shop_id=78;77", 1),
        ("shop_id=78", 0),
        ("account_id=501", 1),
        ("platform_id=3", 0),
        ("q=voorbeeld", 1),
        ("q=amsterdam", 1),
        ("q=nobody", 0),
        ("from=2016-01-01&to=2017-01-01", 1),
        ("from=2017-01-01", 0),
        ("page=2", 1),
    ],
)
def test_lists_are_filtered(today: Shop, path: str, query: str, found: int) -> None:
    assert data(today, f"{path}?{query}")["results"] == found


@pytest.mark.parametrize("query", ["shop_id=a", "status=x", "from=soon", "page=0"])
def test_a_filter_that_cannot_be_taken(today: Shop, query: str) -> None:
    assert today.client.get(f"/accounts?{query}").status_code == 422


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/shops/78", 403),
        ("/shops/9999", 404),
        ("/shops/a", 404),
        ("/accounts/502", 403),
        ("/accounts/9999", 404),
        ("/carrier_management/shops/78/carrier_options", 403),
        ("/carrier_management/shops/9999/carrier_options", 404),
        ("/carrier_management/accounts/502/carrier_options", 403),
        ("/shops/78/carrier_configurations", 403),
        ("/shops/9999/carriers/1/carrier_configuration", 404),
    ],
)
def test_what_belongs_to_others_or_nobody(today: Shop, path: str, status: int) -> None:
    response = today.client.get(path)
    assert response.status_code == status, response.text
    assert response.json()["errors"][0]["code"] == {403: 3001, 404: 3105}[status]


def test_whoami_is_flat(today: Shop) -> None:
    response = today.client.get("/whoami")
    assert response.json() == {
        "type": "SHOP",
        "id": "77",
        "accountId": "501",
        "shopIds": ["77"],
        "role": "SHOP_DEFAULT",
        "platform": "MYPARCEL_NL",
        "features": ["DIRECT_PRINTING", "LEGACY_ORDER_MANAGEMENT", "ORDER_NOTES"],
    }


def test_the_features_of_the_plan_are_told_in_both_interfaces(today: Shop) -> None:
    acl = today.client.get("/acl").json()
    assert (acl["account_id"], acl["shop_ids"], acl["platform_id"]) == (501, [77], 1)
    assert "allow_order_notes" in acl["subscription_features"]
    today.workspace.do("myparcel.update_subscription", shop=77, features=["CUSTOM_CONTRACTS"])
    assert today.client.get("/whoami").json()["features"] == ["CUSTOM_CONTRACTS"]
    features = today.client.get("/acl").json()["subscription_features"]
    assert features == ["allow_custom_contracts"]
    today.workspace.do("myparcel.update_subscription", shop=77, features=[])
    assert "features" not in today.client.get("/whoami").json()


@pytest.mark.parametrize("path", ["/accounts", "/shops", "/whoami", "/acl", "/printer-groups"])
def test_a_key_that_opens_nothing(today: Shop, path: str) -> None:
    assert today.with_key("nobody").client.get(path).status_code == 401
    assert today.with_key(None).client.get(path).status_code == 401


@pytest.mark.parametrize("path", ["/accounts", "/shops", "/whoami", "/acl", "/locations"])
def test_there_is_none_of_it_in_2017(shop: Shop, path: str) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    assert shop.client.get(path).status_code == 404


def test_a_shop_that_is_added_has_all_of_it(today: Shop) -> None:
    made = today.workspace.do("myparcel.add_key", key="new-key")
    new = today.with_key("new-key")
    assert data(new, "/accounts")["accounts"][0]["id"] == made["account"]
    assert data(new, f"/shops/{made['shop']}/carrier_configurations")["carrier_configurations"]


def test_the_printers_of_a_shop(today: Shop) -> None:
    [group] = today.client.get("/printer-groups").json()["results"]
    assert group == {"id": "7f3b1c52-9d40-4e86-8a17-000000000501", "name": "Inpaktafel"}
    assert today.client.get(f"/printer-groups/{group['id'].upper()}").json() == group
    other = today.with_key("sim-myparcel-no-returns")
    assert other.client.get(f"/printer-groups/{group['id']}").status_code == 404


@pytest.mark.parametrize(
    ("query", "city"),
    [
        ("cc=NL&postal_code=2132JE&number=31", "Hoofddorp"),
        ("cc=nl&postal_code=1012 ab&number=1", "Amsterdam"),
    ],
)
def test_a_postal_code_has_a_street_and_a_town(today: Shop, query: str, city: str) -> None:
    [place] = data(today, f"/locations?{query}")["locations"]
    assert place == {"street": place["street"], "city": city}
    assert data(today, f"/locations?{query}")["locations"] == [place]


def test_places_abroad_are_not_known(today: Shop) -> None:
    assert data(today, "/locations?cc=BE&postal_code=1000&number=1")["locations"] == []


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("cc=NL&postal_code=2132JE", 3212),
        ("postal_code=2132JE&number=31", 3212),
        ("cc=NL&postal_code=&number=31", 3212),
        ("cc=XX&postal_code=2132JE&number=31", 3211),
        ("cc=NL&postal_code=2132&number=31", 3505),
    ],
)
def test_a_place_that_cannot_be_looked_for(today: Shop, query: str, code: int) -> None:
    response = today.client.get(f"/locations?{query}")
    assert response.status_code == 422, response.text
    assert str(code) in response.text
