"""Pickup points: the query's filters, single points, and what every workspace has."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from dirty_equals import IsStr

from simulator.carriers.postplus.catalog.towns import TOWNS
from simulator.carriers.postplus.points.default_points import default_points
from simulator.carriers.postplus.records import PickupPoint
from tests.postplus.client import INTEGRATION_KEY, SHIPMENTS_ONLY_KEY, Client, Json

QUERY = "/parcels/pickup-points/query"


def points(client: Client, **query: Any) -> list[Json]:
    answer = client.get(QUERY, **query)
    assert list(answer) == ["pickupPoints"]
    listed: list[Json] = answer["pickupPoints"]
    return listed


def ids(client: Client, **query: Any) -> list[int]:
    return [each["id"] for each in points(client, **query)]


def test_a_locker_is_shown_with_all_its_fields(client: Client) -> None:
    locker = client.get("/parcels/pickup-points/10001")
    assert locker == {
        "type": "Locker",
        "id": 10001,
        "updatedOn": IsStr(regex=r"202[56]-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z"),
        "carrierPickupPointId": "EEDPB10001",
        "name": IsStr(regex="Tallinn, .+ pakiautomaat"),
        "isActive": True,
        "carrier": "DPD Baltics",
        "carrierCode": "DPB",
        "countryCode": "EE",
        "region": "Harju maakond",
        "city": "Tallinn",
        "zipCode": "10111",
        "address": IsStr(regex=r".+ \d+"),
        "lat": pytest.approx(59.437, abs=0.01),
        "lng": pytest.approx(24.754, abs=0.02),
        "description": IsStr(),
        "contactPhone": None,
        "contactEmail": None,
        "hasBankCard": locker["hasBankCard"],
        "monday": IsStr(regex=r"\d\d:\d\d-\d\d:\d\d"),
        "tuesday": locker["monday"],
        "wednesday": locker["monday"],
        "thursday": locker["monday"],
        "friday": locker["monday"],
        "saturday": IsStr(),
        "sunday": IsStr(),
    }
    assert locker in points(client, City="Tallinn")


def test_a_shop_has_a_telephone_and_is_closed_on_some_days(client: Client) -> None:
    shops = [each for each in points(client, CountryCode="FI") if each["type"] == "Shop"]
    assert {None} < {each["sunday"] for each in shops}
    assert all(each["hasBankCard"] for each in shops)
    assert shops[0]["contactPhone"] == IsStr(regex=r"\+3580000\d{4}")
    assert shops[0]["contactEmail"] == f"point{shops[0]['id']}@example.test"


def test_without_filters_all_active_points_come_in_the_order_of_their_ids(client: Client) -> None:
    listed = points(client)
    assert [each["id"] for each in listed] == sorted(each["id"] for each in listed)
    assert {each["isActive"] for each in listed} == {True}
    assert len(listed) == sum(point.is_active for point in default_points())


def test_inactive_points_come_when_they_are_asked_for(client: Client) -> None:
    assert len(points(client, IncludeInactive=True)) == len(default_points())
    assert ids(client, IncludeInactive="false") == ids(client)
    [closed, *_] = set(ids(client, IncludeInactive="true")) - set(ids(client))
    assert client.get(f"/parcels/pickup-points/{closed}")["isActive"] is False


@pytest.mark.parametrize("country", ["EE", "LV", "LT", "FI"])
def test_a_country_has_its_points(client: Client, country: str) -> None:
    listed = points(client, CountryCode=country)
    assert {each["countryCode"] for each in listed} == {country}
    assert len(listed) > 80
    assert {each["type"] for each in listed} == {"Locker", "Shop"}
    assert ids(client, CountryCode=f" {country.lower()} ") == [each["id"] for each in listed]


@pytest.mark.parametrize(
    ("query", "city"),
    [
        ({"City": "Pärnu"}, "Pärnu"),
        ({"City": "PARNU"}, "Pärnu"),
        ({"City": " riga "}, "Rīga"),
        ({"City": "Jyvaskyla"}, "Jyväskylä"),
        ({"ZipCode": "LV-4601"}, "Rēzekne"),
        ({"ZipCode": "4601"}, "Rēzekne"),
        ({"ZipCode": "lv 4601"}, "Rēzekne"),
        ({"ZipCode": "LT-90123"}, "Plungė"),
        ({"ZipCode": "00 100"}, "Helsinki"),
        ({"CountryCode": "FI", "ZipCode": "90120", "City": "oulu"}, "Oulu"),
    ],
)
def test_town_and_postal_code_are_compared_as_people_write_them(
    client: Client, query: dict[str, str], city: str
) -> None:
    assert {each["city"] for each in points(client, **query)} == {city}


def test_a_carrier_has_its_points(client: Client) -> None:
    posts = points(client, CarrierCode="ltp")
    assert {(each["carrier"], each["countryCode"]) for each in posts} == {("Lithuania Post", "LT")}
    assert set(ids(client, CarrierCode="DPB", CountryCode="EE")) == set(
        ids(client, CountryCode="EE")
    )


@pytest.mark.parametrize(
    "query",
    [
        {"CarrierCode": "NOBODY"},
        {"CountryCode": "DE"},
        {"City": "Atlantis"},
        {"ZipCode": "99999"},
        {"ZipCode": "none"},
        {"CountryCode": "LV", "City": "Tallinn"},
    ],
)
def test_what_no_point_has_finds_none(client: Client, query: dict[str, str]) -> None:
    assert points(client, **query) == []


def test_empty_filters_are_none(client: Client) -> None:
    empty = {"CarrierCode": "", "CountryCode": " ", "City": "", "ZipCode": ""}
    assert ids(client, **empty, IncludeInactive="") == ids(client)


@pytest.mark.parametrize("id", ["1", "abc", "-10001", "10001x", "9" * 30])
def test_what_is_no_point_is_not_found(client: Client, id: str) -> None:
    problem = client.refused(404, "GET", f"/parcels/pickup-points/{id}")
    assert problem["detail"] == "Pickup point not found"


def test_a_switch_that_is_none_is_refused(client: Client) -> None:
    problem = client.refused(400, "GET", QUERY, params={"includeinactive": "maybe"})
    assert problem["errors"] == {
        "IncludeInactive": ['IncludeInactive "maybe" is not true or false']
    }


def test_points_belong_to_no_account_but_need_the_scope(client: Client) -> None:
    assert ids(client.with_key(SHIPMENTS_ONLY_KEY)) == ids(client)
    client.with_key(INTEGRATION_KEY).refused(403, "GET", QUERY)
    client.with_key(INTEGRATION_KEY).refused(403, "GET", "/parcels/pickup-points/10001")
    client.with_key(None).refused(401, "GET", QUERY)


def test_points_are_the_same_in_every_workspace(client: Client) -> None:
    before = points(client, IncludeInactive=True)
    client.workspace.control.post("/reset", json={"seed": 7})
    assert points(client, IncludeInactive=True) == before


def test_every_town_has_an_active_locker_close_to_it() -> None:
    by_town: dict[tuple[str, str], list[PickupPoint]] = {}
    for point in default_points():
        by_town.setdefault((point.country_code, point.city), []).append(point)
    for country, towns in TOWNS.items():
        for town in towns:
            there = by_town.pop((country, town.name))
            assert any(point.is_active and point.type == "Locker" for point in there)
            assert all(abs(point.lat - town.lat) < 0.0081 for point in there)
            assert all(abs(point.lng - town.lng) < 0.0141 for point in there)
            assert {point.zip_code for point in there} <= set(town.zip_codes)
    assert by_town == {}


def test_ids_are_unique_and_no_address_is_taken_twice_at_the_same_place() -> None:
    listed = default_points()
    assert [point.id for point in listed] == sorted({point.id for point in listed})
    places = Counter((point.lat, point.lng) for point in listed)
    assert max(places.values()) == 1
