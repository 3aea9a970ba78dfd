"""Pickup locations and drop-off points of today's carriers, in the Netherlands and Belgium."""

from __future__ import annotations

from typing import Any

import pytest
from dirty_equals import IsStr

from tests.myparcel.bodies import BELGIAN, DUTCH, shipment
from tests.myparcel.client import Shop

HERE = {"cc": "NL", "postal_code": "2132WT", "number": "66"}
ANTWERP = {"cc": "BE", "postal_code": "2000", "number": "1"}
BERLIN = {"cc": "DE", "postal_code": "10115", "number": "1"}
PARIS = {"cc": "FR", "postal_code": "75001", "number": "1"}
LONDON = {"cc": "GB", "postal_code": "EC1A 1BB", "number": "1"}
ROME = {"cc": "IT", "postal_code": "00118", "number": "1"}

Json = dict[str, Any]


def locations(today: Shop, **parameters: Any) -> list[Json]:
    response = today.client.get("/pickup_locations", params=parameters)
    assert response.status_code == 200, response.text
    found: list[Json] = response.json()["data"]["pickup_locations"]
    return found


def keyless(today: Shop) -> Shop:
    """Somebody of whom nobody knows which shop it is, such as a checkout."""
    return today.with_key(None)


def points(today: Shop, **parameters: Any) -> list[Json]:
    response = today.client.get("/drop_off_points", params=parameters)
    assert response.status_code == 200, response.text
    found: list[Json] = response.json()["data"]["drop_off_points"]
    return found


def moment(text: str) -> Json:
    return {"date": f"{text}.000000", "timezone_type": 3, "timezone": "Europe/Amsterdam"}


def test_a_pickup_location_has_the_members_of_today(today: Shop) -> None:
    found = locations(today, **HERE)
    staples = next(each for each in found if each["location"]["location_code"] == "173187")
    hours = staples["location"].pop("opening_hours")
    assert staples == {
        "address": {
            "cc": "NL",
            "city": "Hoofddorp",
            "street": "Jacobus Spijkerdreef",
            "postal_code": "2132PZ",
            "number": "10",
            "number_suffix": "",
        },
        "possibilities": [
            {
                "delivery_type_id": 4,
                "delivery_type_name": "pickup",
                "price": 0,
                "moment": {"start": moment("2026-03-03 16:00:00")},
            }
        ],
        "location": {
            "location_name": "Staples Office Centre",
            "retail_network_id": "PNPNL-01",
            "distance": IsStr(regex=r"\d+"),
            "latitude": "52.286582",
            "longitude": "4.682377",
            "location_code": "173187",
            "phone_number": "023-5576310",
            "type": "retail",
        },
    }
    assert hours["saturday"] == [
        {"start": moment("2026-03-07 08:00:00"), "end": moment("2026-03-07 17:00:00")}
    ]
    assert hours["sunday"] == []


@pytest.mark.parametrize(
    ("carrier", "address", "types"),
    [
        ("postnl", HERE, {"retail", "locker"}),
        ("POSTNL", HERE, {"retail", "locker"}),
        ("1", ANTWERP, {"retail"}),
        ("bpost", ANTWERP, {"retail", "locker", "post_office"}),
        ("2", ANTWERP, {"retail", "locker", "post_office"}),
        ("bpost", HERE, {"retail", "locker"}),
        ("dpd", HERE, {"retail", "locker"}),
        ("dpd", BERLIN, {"retail", "locker"}),
        ("postnl", BERLIN, {"retail"}),
        ("dhlparcelconnect", BERLIN, {"retail", "locker"}),
        ("dhlparcelconnect", PARIS, {"retail", "locker"}),
        ("upsstandard", LONDON, {"retail"}),
        ("UPS_EXPRESS_SAVER", PARIS, {"retail"}),
        ("inpost", ROME, {"retail", "locker"}),
        ("posteitaliane", ROME, {"retail", "post_office"}),
        ("brt", ROME, {"retail"}),
        ("dpd", ANTWERP, {"retail", "locker"}),
        ("dhlforyou", HERE, {"retail", "locker"}),
        ("DHL_FOR_YOU", ANTWERP, {"retail", "locker"}),
        ("upsstandard", ANTWERP, {"retail"}),
        ("UPS_EXPRESS_SAVER", HERE, {"retail"}),
        ("14", HERE, {"retail"}),
    ],
)
def test_every_carrier_with_points_has_them_in_its_countries(
    today: Shop, carrier: str, address: Json, types: set[str]
) -> None:
    found = locations(keyless(today), **address, carrier=carrier)
    assert {each["location"]["type"] for each in found} == types
    assert {each["address"]["cc"] for each in found} == {address["cc"]}
    distances = [int(each["location"]["distance"]) for each in found]
    assert distances == sorted(distances)
    codes = [each["location"]["location_code"] for each in found]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("carrier", ["trunkrs", "dhleuroplus", "spring"])
def test_a_carrier_that_only_comes_to_the_door_has_none(today: Shop, carrier: str) -> None:
    assert locations(today, **HERE, carrier=carrier) == []


def test_the_belgian_point_of_the_carriers_example_is_there(today: Shop) -> None:
    [point] = [
        each
        for each in locations(today, **ANTWERP, carrier="postnl")
        if each["location"]["location_code"] == "BE0Q07"
    ]
    assert point["address"] == {
        "cc": "BE",
        "city": "ANTWERPEN",
        "street": "HOOGSTRAAT",
        "postal_code": "2000",
        "number": "75",
        "number_suffix": "",
    }
    assert point["location"]["location_name"] == "K&J TRADING"
    assert point["location"]["retail_network_id"] == "LD-01"


def test_abroad_there_are_points_for_every_postal_code_but_only_around_the_capital(
    today: Shop,
) -> None:
    munich = {"cc": "DE", "postal_code": "80331", "number": "1", "carrier": "dpd"}
    found = locations(today, **munich)
    assert {each["address"]["city"] for each in found} == {"Berlin"}
    assert all(int(each["location"]["distance"]) < 25_000 for each in found)
    assert locations(today, **munich, latitude="48.1374", longitude="11.5755") == []
    [entry] = today.workspace.journal(limit=1)
    why = today.workspace.control.get(f"/journal/{entry['id']}").text
    assert "in DE there are some around Berlin only" in why


def test_parcel_lockers_can_be_left_out(today: Shop) -> None:
    found = locations(today, **HERE, exclude_parcel_lockers="true")
    assert {each["location"]["type"] for each in found} == {"retail"}
    point = points(today, postal_code="2132WT", carrier_id="1", exclude_parcel_lockers=1)
    assert {each["type"] for each in point} == {"retail"}


def test_a_town_narrows_the_places_down(today: Shop) -> None:
    asker = keyless(today)
    there = locations(asker, **ANTWERP, carrier="bpost", city="merksem")
    assert {each["address"]["city"] for each in there} == {"Merksem"}
    assert locations(asker, **ANTWERP, carrier="bpost", city="Nergens") == locations(
        asker, **ANTWERP, carrier="bpost"
    )


def test_a_street_may_stand_for_the_number(today: Shop) -> None:
    by_street = {"cc": "NL", "postal_code": "2132WT", "street": "Polderplein 66"}
    assert locations(today, **by_street) == locations(today, **HERE)


def test_without_an_address_each_thing_that_is_missing_is_an_error(today: Shop) -> None:
    response = today.client.get("/pickup_locations")
    assert response.status_code == 422
    assert [(each["code"], each["message"]) for each in response.json()["errors"]] == [
        (3212, "cc is required"),
        (3212, "postal_code is required"),
        (3212, "number is required"),
    ]


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("postal_code", "20000", 3505),
        ("carrier", "pigeon", 3222),
        ("exclude_parcel_lockers", "perhaps", 3216),
        ("exclude_delivery_type", "5", 3221),
        ("package_type", "9", 3223),
        ("limit", "0", 0),
    ],
)
def test_a_wrong_parameter_has_its_code(today: Shop, name: str, value: str, code: int) -> None:
    response = today.client.get("/pickup_locations", params={**ANTWERP, name: value})
    assert response.status_code == 422
    [error] = response.json()["errors"]
    assert (error["code"], name in error["message"]) == (code, True)


@pytest.mark.parametrize("kind", ["retail", "locker"])
def test_a_location_that_is_shown_is_taken_by_a_create(today: Shop, kind: str) -> None:
    shown = next(each for each in locations(today, **HERE) if each["location"]["type"] == kind)
    names = ("location_name", "location_code", "retail_network_id")
    pickup = {**shown["address"], **{name: shown["location"][name] for name in names}}
    moment = shown["possibilities"][0]["moment"]["start"]["date"][:19]
    options = {"package_type": 1, "delivery_type": 4, "delivery_date": moment, "signature": 1}
    [kept] = today.read(
        *today.create({**shipment(options=options), "carrier": "postnl", "pickup": pickup})
    )
    assert kept["pickup"] == pickup


@pytest.mark.parametrize(
    ("key", "carrier", "cc"),
    [
        ("nl", "postnl", "BE"),
        ("nl", "dpd", "NL"),
        ("nl", "dpd", "BE"),
        ("nl", "DHL_FOR_YOU", "NL"),
        ("nl", "DHL_FOR_YOU", "BE"),
        ("nl", "UPS_STANDARD", "BE"),
        ("nl", "GLS", "NL"),
        ("be", "bpost", "BE"),
        ("be", "dpd", "BE"),
        ("be", "postnl", "NL"),
    ],
)
def test_a_location_of_any_carrier_is_taken_from_a_shop_that_has_it(
    today: Shop, key: str, carrier: str, cc: str
) -> None:
    shop = today.with_key(f"sim-myparcel-{key}")
    [shown] = locations(shop, **(HERE if cc == "NL" else ANTWERP), carrier=carrier, limit=1)
    names = ("location_name", "location_code", "retail_network_id")
    pickup = {**shown["address"], **{name: shown["location"][name] for name in names}}
    moment = shown["possibilities"][0]["moment"]["start"]["date"][:19]
    reached = {"email": "noor@example.test", "phone": "0612345678"}
    posted = {
        "carrier": carrier,
        "recipient": {**(DUTCH if cc == "NL" else BELGIAN), "number": "16", **reached},
        "options": {"package_type": 1, "delivery_type": 4, "delivery_date": moment},
        "physical_properties": {"weight": 1000},
        "pickup": pickup,
    }
    [kept] = shop.read(*shop.create(posted))
    assert kept["pickup"] == pickup


def test_drop_off_points_are_those_of_all_carriers_of_the_shop_nearest_first(today: Shop) -> None:
    found = points(today, postal_code="2132WT", limit=200)
    assert {each["carrier_id"] for each in found} == {1, 4, 5, 9, 12, 14}
    distances = [each["distance"] for each in found]
    assert distances == sorted(distances)
    abroad = points(today, cc="BE", postal_code="2000", limit=200)
    assert {each["carrier_id"] for each in abroad} == {1, 4, 9, 12, 14}
    assert {each["cc"] for each in abroad} == {"BE"}
    belgian = points(today.with_key("sim-myparcel-be"), postal_code="2000", limit=200)
    assert {each["carrier_id"] for each in belgian} == {1, 2, 4}


def test_a_drop_off_point_has_the_members_of_today(today: Shop) -> None:
    [nearest] = points(today, postal_code="2132WT", carrier_id="instabox", limit=1)
    hours = nearest.pop("opening_hours")
    assert nearest == {
        "location_code": IsStr(regex=r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
        "location_name": "Instabox",
        "cc": "NL",
        "state": None,
        "city": "Hoofddorp",
        "postal_code": IsStr(regex=r"2132[A-Z]{2}"),
        "street": IsStr(),
        "number": IsStr(regex=r"\d+"),
        "number_suffix": None,
        "phone": IsStr(regex=r"023-555\d{4}"),
        "reference": None,
        "longitude": nearest["longitude"],
        "latitude": nearest["latitude"],
        "available_days": [1, 2, 3, 4, 5, 6, 7],
        "cut_off_time": "10:00",
        "carrier_id": 5,
        "distance": nearest["distance"],
        "occupancy": None,
        "occupancy_today": None,
        "default_drop_off_point": None,
        "type": "locker",
    }
    assert hours["monday"][0]["start"] == moment("2026-03-02 00:00:00")


@pytest.mark.parametrize(
    ("filters", "carriers"),
    [
        ({"max_cut_off_time": "12:00"}, {5}),
        ({"min_cut_off_time": "12:00", "carrier_id": "5"}, set()),
        ({"cut_off_time": "10:00:00"}, {5}),
        ({"location_name": "pakketauto"}, {1}),
        ({"city": "Haarlem", "carrier_id": "GLS", "distance": 20}, {14}),
        ({"reference": "mine"}, set()),
        ({"external_identifier": "173187"}, {1}),
    ],
)
def test_drop_off_points_can_be_narrowed_down(
    today: Shop, filters: Json, carriers: set[int]
) -> None:
    found = points(today, postal_code="2132WT", limit=200, **filters)
    assert {each["carrier_id"] for each in found} == carriers


def test_a_country_without_points_is_refused(today: Shop) -> None:
    response = today.client.get("/drop_off_points", params={"cc": "DE", "postal_code": "10115"})
    assert response.status_code == 422
    [error] = response.json()["errors"]
    assert error["code"] == 3211
