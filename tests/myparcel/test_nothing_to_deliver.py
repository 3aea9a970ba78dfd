"""The journal says why delivery options and pickup locations are empty."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.client import Shop

HERE: dict[str, Any] = {"cc": "NL", "postal_code": "2132WT", "number": "66"}
GERMAN: dict[str, Any] = {"cc": "DE", "postal_code": "10115", "number": "1"}
VERSION_2 = {"Accept": "application/json;charset=utf-8;version=2.0"}
WAYS = [("/delivery_options", {}), ("/delivery_options", VERSION_2), ("/pickup_locations", {})]


def why(shop: Shop) -> str:
    """What the journal says of the newest exchange."""
    [newest] = shop.workspace.journal(limit=1)
    entry = shop.workspace.control.get(f"/journal/{newest['id']}").json()
    return " ".join(entry["why"])


def nothing(shop: Shop, way: tuple[str, dict[str, str]], **asked: Any) -> str:
    """Why an answer is empty, which it has to be."""
    path, headers = way
    response = shop.client.get(path, params=asked, headers=headers)
    assert response.status_code == 200, response.text
    data = response.json()["data"]
    assert [value for value in data.values() if value not in ([], "No results")] == []
    return why(shop)


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_the_shop_of_the_key_cannot_send_with_the_carrier(
    today: Shop, way: tuple[str, dict[str, str]]
) -> None:
    dutch = today.with_key("sim-myparcel-nl")
    told = nothing(dutch, way, **HERE, carrier="bpost")
    assert "there is nothing: BPOST is not offered to shops in NL, which have POSTNL" in told


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_the_carrier_is_switched_off_for_the_shop(
    today: Shop, way: tuple[str, dict[str, str]]
) -> None:
    today.workspace.do("myparcel.set_carrier_accessibility", shop=77, carrier="DPD", enabled=False)
    told = nothing(today, way, **HERE, carrier="dpd")
    assert "there is nothing: DPD is switched off for the shop whose key came along" in told


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_the_carrier_does_not_go_there(today: Shop, way: tuple[str, dict[str, str]]) -> None:
    told = nothing(today, way, **GERMAN, carrier="trunkrs")
    assert "there is nothing: TRUNKRS does not go from NL to DE; these do: " in told


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_the_carrier_takes_no_such_package(today: Shop, way: tuple[str, dict[str, str]]) -> None:
    told = nothing(today, way, **HERE, carrier="trunkrs", package_type="letter")
    assert "there is nothing: TRUNKRS takes no" in told


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_nothing_is_delivered_on_the_day(today: Shop, way: tuple[str, dict[str, str]]) -> None:
    told = nothing(today, way, **HERE, delivery_date="2026-03-08")  # a Sunday
    assert "there is nothing: what is handed in on the drop-off days" in told
    assert "is not delivered on 2026-03-08" in told


def test_no_point_is_left(today: Shop) -> None:
    told = nothing(today, WAYS[2], **HERE, exclude_delivery_type="4")
    assert "there is nothing: of the delivery types that the carrier has for NL" in told


def test_the_carrier_of_2017_does_not_go_there(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    asked = {"cc": "US", "postal_code": "10001", "number": "1", "carrier": 2}
    assert "there is nothing: carrier 2 has no service to US" in nothing(shop, WAYS[0], **asked)


def test_an_answer_with_something_says_nothing_of_it(today: Shop) -> None:
    for path, headers in WAYS:
        assert today.client.get(path, params=HERE, headers=headers).status_code == 200
        assert "there is nothing" not in why(today)
