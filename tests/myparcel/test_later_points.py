"""GET /drop_off_points and GET /pickup_locations, which came after 2017."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.client import Shop

ADDRESS = {"cc": "NL", "postal_code": "2132WT", "number": "66", "carrier": "postnl"}


def points(shop: Shop, **parameters: Any) -> list[Any]:
    response = shop.client.get("/drop_off_points", params=parameters)
    assert response.status_code == 200, response.text
    found: list[Any] = response.json()["data"]["drop_off_points"]
    return found


def locations(shop: Shop, **parameters: Any) -> list[Any]:
    response = shop.client.get("/pickup_locations", params={**ADDRESS, **parameters})
    assert response.status_code == 200, response.text
    found: list[Any] = response.json()["data"]["pickup_locations"]
    return found


@pytest.mark.parametrize("path", ["/drop_off_points", "/pickup_locations"])
def test_in_the_edition_of_2017_there_is_no_such_path(shop: Shop, path: str) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    response = shop.client.get(path, params=ADDRESS)
    assert response.status_code == 404
    assert response.json()["errors"][0]["code"] == 3105


@pytest.mark.parametrize(
    ("path", "status"), [("/drop_off_points", 401), ("/pickup_locations", 200)]
)
def test_drop_off_points_need_a_key(later: Shop, path: str, status: int) -> None:
    assert later.with_key(None).client.get(path, params=ADDRESS).status_code == status


def test_drop_off_points_come_nearest_first_within_the_radius(later: Shop) -> None:
    near, far = points(later, postal_code="2132WT", distance=3), points(later, postal_code="2132WT")
    assert [point["distance"] for point in near] == sorted(point["distance"] for point in near)
    assert all(point["distance"] <= 3000 for point in near)
    assert far[: len(near)] == near
    assert len(far) > len(near)


def test_drop_off_points_around_a_place(later: Shop) -> None:
    nearest = points(later, latitude="52.286582", longitude="4.682377", limit=1)
    assert [(point["location_code"], point["distance"]) for point in nearest] == [("173187", 0)]


def test_one_drop_off_point_by_its_code(later: Shop) -> None:
    found = points(later, postal_code="2132WT", external_identifier="176227")
    assert [point["location_name"] for point in found] == ["Primera Sanders"]


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({}, 3212),
        ({"latitude": "52.1"}, 3212),
        ({"latitude": "north", "longitude": "4.6", "postal_code": "2132WT"}, 3218),
        ({"latitude": "52.1", "longitude": "400", "postal_code": "2132WT"}, 3219),
        ({"latitude": "91", "longitude": "4.6"}, 3218),
        ({"postal_code": "2132"}, 3505),
        ({"postal_code": "2132WT", "distance": "\N{ARABIC-INDIC DIGIT THREE}"}, 0),
        ({"postal_code": "2132WT", "cc": "BE"}, 3505),
        ({"postal_code": "2132WT", "cc": "DE"}, 3211),
        ({"postal_code": "2132WT", "carrier_id": "77"}, 3222),
        ({"postal_code": "2132WT", "distance": "0"}, 0),
        ({"postal_code": "2132WT", "limit": "many"}, 0),
    ],
)
def test_a_wrong_question_for_drop_off_points_has_its_code(
    later: Shop, parameters: dict[str, str], code: int
) -> None:
    response = later.client.get("/drop_off_points", params=parameters)
    assert response.status_code == 422
    assert [error["code"] for error in response.json()["errors"]] == [code]


def test_pickup_locations_are_limited(later: Shop) -> None:
    assert len(locations(later, limit=2)) == 2


def test_pickup_locations_around_a_place(later: Shop) -> None:
    found = locations(later, latitude="53.2194", longitude="6.5665", limit=1)
    assert found[0]["address"]["city"] == "Groningen"


def test_pickup_locations_need_an_address(later: Shop) -> None:
    response = later.client.get("/pickup_locations", params={"cc": "NL", "carrier": "postnl"})
    assert response.status_code == 422
    assert {error["code"] for error in response.json()["errors"]} == {3212}
