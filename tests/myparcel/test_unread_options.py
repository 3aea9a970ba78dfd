"""Nothing is said to be unread that the edition knows, or that the answer is about."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from simulator.carriers.myparcel.offers.options import FLAGS
from tests.myparcel.client import Shop
from tests.myparcel.parcels import package

RETURN = "application/vnd.return_shipment+json;charset=utf-8"


def unread(shop: Shop) -> list[str]:
    """What the newest exchange is said to have carried in vain."""
    [newest] = shop.workspace.journal(limit=1)
    entry = shop.workspace.control.get(f"/journal/{newest['id']}").json()
    return [each["place"] for each in entry["unread"]]


def create(shop: Shop, **options: Any) -> httpx2.Response:
    return shop.post_shipments([package(carrier=1, **options)])


@pytest.mark.parametrize("option", FLAGS)
@pytest.mark.parametrize("value", [0, 1])
def test_an_option_of_today_is_read_whether_it_is_set_and_offered_or_not(
    today: Shop, option: str, value: int
) -> None:
    response = create(today, **{option: value})
    assert response.status_code in (200, 422)
    assert response.status_code == 200 or value == 1
    assert unread(today) == []


@pytest.mark.parametrize("option", FLAGS)
def test_an_option_of_today_is_read_beside_what_the_schema_refuses(
    today: Shop, option: str
) -> None:
    response = create(today, **{option: 1, "package_type": "parcel"})
    assert "JSON-SCHEMA" in response.json()["message"]
    assert unread(today) == []


@pytest.mark.parametrize("option", FLAGS)
@pytest.mark.parametrize("value", [0, 1])
def test_an_option_of_a_return_is_read(today: Shop, option: str, value: int) -> None:
    [parent] = today.create(package(carrier=1))
    item = {
        "parent": parent,
        "carrier": 1,
        "name": "Jan",
        "email": "jan@example.com",
        "options": {"package_type": 1, option: value},
    }
    body = {"data": {"return_shipments": [item]}}
    today.client.post("/shipments", json=body, headers={"Content-Type": RETURN})
    assert unread(today) == []


def test_an_option_that_the_edition_of_2017_does_not_have_is_unread_there(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    assert shop.post_shipments([package(hide_sender=0)]).status_code == 200
    assert unread(shop) == ["body.data.shipments.0.options.hide_sender"]


@pytest.mark.parametrize("status", [200, 422])
def test_an_option_that_nobody_knows_is_unread(today: Shop, status: int) -> None:
    more = {} if status == 200 else {"frozen": 1}
    assert create(today, bubble_wrap=1, **more).status_code == status
    assert unread(today) == ["body.data.shipments.0.options.bubble_wrap"]
