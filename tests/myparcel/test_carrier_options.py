"""The carriers of today: all of them, and those of a shop."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.myparcel.bodies import shipment
from tests.myparcel.client import Shop, faults
from tests.myparcel.tracked import refused, subscribed
from tests.support.receiver import receiving

Json = dict[str, Any]

OPTIONS = "/carrier_management/shops/77/carrier_options"
CONFIGURATIONS = "/shops/77/carrier_configurations"


def options(shop: Shop, query: str = "") -> list[Json]:
    """The carriers that the shop may use or not."""
    response = shop.client.get(f"{OPTIONS}{query}")
    assert response.status_code == 200, response.text
    found: list[Json] = response.json()["data"]["carrier_options"]
    return found


def names(shop: Shop, query: str = "") -> list[str]:
    return [option["carrier"]["name"] for option in options(shop, query)]


def test_everybody_may_see_the_carriers(today: Shop) -> None:
    anybody = today.with_key(None)
    anybody.client.base_url = today.client.base_url
    carriers = anybody.client.get("/carriers").json()["data"]["carriers"]
    assert [carrier["id"] for carrier in carriers] == [*range(1, 21)]
    assert carriers[8] == {
        "id": 9,
        "name": "dhlforyou",
        "human": "DHL For You",
        "meta": {
            "logo_svg": "/skin/general-images/carrier-logos/svg/dhlforyou.svg",
            "logo_png": "/skin/general-images/carrier-logos/dhlforyou.png",
        },
    }
    for wanted in ("9", "dhlforyou", "DHL_FOR_YOU"):
        found = anybody.client.get(f"/carriers/{wanted}").json()["data"]["carriers"]
        assert found == [carriers[8]]


def test_every_carrier_has_a_logo(today: Shop) -> None:
    for carrier in today.client.get("/carriers").json()["data"]["carriers"]:
        svg = today.client.get(carrier["meta"]["logo_svg"])
        assert (svg.status_code, svg.headers["content-type"]) == (200, "image/svg+xml")
        assert carrier["human"] in svg.text
        png = today.client.get(carrier["meta"]["logo_png"])
        assert (png.status_code, png.headers["content-type"]) == (200, "image/png")
        assert png.content.startswith(b"\x89PNG\r\n\x1a\n")


@pytest.mark.parametrize(
    "path",
    [
        "/carriers/99",
        "/carriers/nobody",
        "/skin/general-images/carrier-logos/nobody.png",
        "/skin/general-images/carrier-logos/postnl.svg",
        "/skin/general-images/carrier-logos/svg/postnl.png",
    ],
)
def test_a_carrier_that_there_is_not(today: Shop, path: str) -> None:
    assert today.client.get(path).status_code == 404


def test_in_2017_there_are_other_carriers_which_need_a_key(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    carriers = shop.client.get("/carriers").json()["data"]["carriers"]
    assert carriers[0]["name"] == "Myparcel.com"
    assert shop.with_key(None).client.get("/carriers").status_code == 401


def test_the_carriers_of_a_dutch_shop(today: Shop) -> None:
    [postnl] = options(today, "?carrier_id=postnl")
    assert postnl == {
        "id": 7701,
        "carrier_id": 1,
        "carrier": {"id": 1, "name": "postnl", "human": "PostNL"},
        "enabled": 1,
        "optional": 1,
        "primary": 1,
        "type": "main",
        "label": None,
        "subscription_id": None,
        "options": None,
    }
    found = names(today)
    assert {"postnl", "dpd", "dhlforyou", "upsstandard"} <= set(found)
    assert "bpost" not in found
    of_account = today.client.get("/carrier_management/accounts/501/carrier_options").json()
    assert of_account["data"]["carrier_options"] == options(today)


def test_a_carrier_is_switched_off_and_the_shop_is_told(today: Shop) -> None:
    with receiving() as receiver:
        subscribed(today, f"{receiver.url}/hook", "shop_carrier_accessibility_updated")
        told = today.workspace.do(
            "myparcel.set_carrier_accessibility", shop=77, carrier="DPD", enabled=False
        )
        [request] = receiver.received
    assert told == {
        "shop": 77,
        "carrier": "dpd",
        "enabled": False,
        "contract": 7704,
        "type": "main",
    }
    event = {"event": "shop_carrier_accessibility_updated", "id": 77, "account_id": 501}
    assert json.loads(request.body) == {"data": {"hooks": [event]}}
    assert names(today, "?enabled=0") == ["dpd"]
    assert "dpd" not in names(today, "?enabled=1")


def test_a_contract_of_the_shops_own_stands_beside_the_main_one(today: Shop) -> None:
    told = today.workspace.do(
        "myparcel.set_carrier_accessibility", shop=77, carrier=1, label="Our PostNL"
    )
    [own] = options(today, "?type=custom")
    assert (own["id"], own["label"], own["carrier_id"]) == (told["contract"], "Our PostNL", 1)
    assert own["subscription_id"] == own["id"]
    assert len(options(today, "?carrier_id=1")) == 2
    assert options(today, f"?subscription_id={own['id']}") == [own]


@pytest.mark.parametrize(
    "query", ["enabled=2", "carrier_id=99", "carrier_id=nobody", "type=other", "subscription_id=a"]
)
def test_a_filter_that_cannot_be_taken(today: Shop, query: str) -> None:
    assert today.client.get(f"{OPTIONS}?{query}").status_code == 422


def test_a_configuration_is_changed_and_the_shop_is_told(today: Shop) -> None:
    configurations = today.client.get(CONFIGURATIONS).json()["data"]["carrier_configurations"]
    before = configurations[0]
    assert before["carrier_id"] == 1
    assert before["configuration"]["default_cutoff_time"] == "15:30"
    point = before["configuration"]["default_drop_off_point"]
    points = today.client.get("/drop_off_points?postal_code=1012AB&carrier_id=1").json()["data"]
    assert point == points["drop_off_points"][0]["location_code"]
    with receiving() as receiver:
        subscribed(today, f"{receiver.url}/hook", "shop_carrier_configuration_updated")
        today.workspace.do(
            "myparcel.set_carrier_configuration",
            shop="Voorbeeld BV",
            carrier="postnl",
            default_cutoff_time="09:30",
        )
        [request] = receiver.received
    event = {"event": "shop_carrier_configuration_updated", "id": 77, "account_id": 501}
    assert json.loads(request.body) == {"data": {"hooks": [event]}}
    for carrier in ("1", "postnl"):
        path = f"/shops/77/carriers/{carrier}/carrier_configuration"
        [after] = today.client.get(path).json()["data"]["carrier_configurations"]
        assert after["configuration"] == {
            "default_cutoff_time": "09:30",
            "default_drop_off_point": point,
            "monday_cutoff_time": "15:30",
        }


@pytest.mark.parametrize(
    ("key", "number", "postal_code", "with_points"),
    [
        ("sim-myparcel-nl", 81, "3511ED", {1, 4, 5, 9, 12, 14}),
        ("sim-myparcel-be", 82, "2000", {1, 2, 4}),
    ],
)
def test_a_carrier_has_a_point_of_its_own_for_handing_in(
    today: Shop, key: str, number: int, postal_code: str, with_points: set[int]
) -> None:
    client = today.with_key(key).client
    answer = client.get(f"/shops/{number}/carrier_configurations").json()["data"]
    chosen = {
        each["carrier_id"]: each["configuration"]["default_drop_off_point"]
        for each in answer["carrier_configurations"]
    }
    assert {carrier for carrier, code in chosen.items() if code is not None} == with_points
    for carrier in with_points:
        query = {"postal_code": postal_code, "carrier_id": str(carrier)}
        nearest = client.get("/drop_off_points", params=query).json()["data"]["drop_off_points"][0]
        assert (nearest["location_code"], nearest["carrier_id"]) == (chosen[carrier], carrier)


def test_a_carrier_that_the_shop_does_not_have_has_no_configuration(today: Shop) -> None:
    path = "/shops/77/carriers/bpost/carrier_configuration"
    assert today.client.get(path).status_code == 404
    assert "does not have bpost" in refused(
        today, "set_carrier_configuration", shop=77, carrier="bpost", default_cutoff_time="09:30"
    )
    today.workspace.do("myparcel.set_carrier_accessibility", shop=77, carrier="bpost")
    assert today.client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("action", "arguments", "said"),
    [
        ("set_carrier_accessibility", {"carrier": "postnnl"}, 'Did you mean "postnl"?'),
        ("set_carrier_configuration", {"carrier": 1, "monday_cutoff_time": "9"}, "no time HH:MM"),
        ("update_subscription", {"features": ["ORDER_NOTE"]}, 'Did you mean "ORDER_NOTES"?'),
        ("update_shop", {"settings": {"label_formt": "A6"}}, 'Did you mean "label_format"?'),
        ("update_shop", {"settings": {"label_format": 6}}, "of type str"),
        ("update_shop", {"sender": {"town": "Utrecht"}}, "there is no 'town'"),
        ("update_shop", {"name": " "}, "a shop has a name"),
    ],
)
def test_what_cannot_be_set(today: Shop, action: str, arguments: Json, said: str) -> None:
    assert said in refused(today, action, shop=77, **arguments)


def test_a_carrier_that_is_switched_off_is_neither_offered_nor_taken(today: Shop) -> None:
    dpd = {**shipment(), "carrier": 4}
    asked = {"recipient": {"countryCode": "NL"}, "packageType": "PACKAGE"}

    def offered() -> set[str]:
        told = today.client.post("/shipments/capabilities", json=asked).json()["results"]
        return {each["carrier"] for each in told}

    assert "DPD" in offered()
    today.workspace.do("myparcel.set_carrier_accessibility", shop=77, carrier="dpd", enabled=False)
    assert "DPD" not in offered()
    refused = today.post_shipments([dpd])
    assert [(each.code, each.field) for each in faults(refused)] == [
        (3728, "data.shipments[0].carrier")
    ]
    today.workspace.do("myparcel.set_carrier_accessibility", shop=77, carrier="dpd", enabled=True)
    assert today.post_shipments([dpd]).status_code == 200
