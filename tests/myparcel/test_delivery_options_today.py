"""GET /delivery_options as today's clients ask and read it."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.myparcel.client import Shop

HERE: dict[str, Any] = {"cc": "NL", "postal_code": "2132WT", "number": "66"}
VERSION_2 = {"Accept": "application/json;charset=utf-8;version=2.0"}

Json = dict[str, Any]


def ask(today: Shop, headers: dict[str, str] | None = None, **parameters: Any) -> Json:
    response = today.client.get("/delivery_options", params=parameters, headers=headers)
    assert response.status_code == 200, response.text
    data: Json = response.json()["data"]
    return data


def test_without_anything_one_error_joins_what_is_missing(today: Shop) -> None:
    for headers in ({}, VERSION_2):
        response = today.client.get("/delivery_options", headers=headers)
        assert response.status_code == 422
        body = response.json()
        sentences = "cc is required. postal_code is required. number is required"
        assert body["errors"] == [
            {"status": 422, "code": 3224, "title": sentences, "message": sentences}
        ]
        assert body["message"].startswith(sentences)


def test_what_is_missing_stands_beside_what_is_wrong(today: Shop) -> None:
    wrong = {"cc": "NL", "postal_code": "2132", "number": "66", "dropoff_delay": "99"}
    response = today.client.get("/delivery_options", params={**wrong, "number": ""})
    assert [each["code"] for each in response.json()["errors"]] == [3224, 3505, 3213]


@pytest.mark.parametrize("carrier", ["postnl", "POSTNL", "1"])
def test_the_carrier_is_postnl_unless_another_is_named(today: Shop, carrier: str) -> None:
    assert ask(today, **HERE, carrier=carrier) == ask(today, **HERE)


def test_on_the_belgian_platform_it_is_bpost(today: Shop) -> None:
    there: Json = {"cc": "BE", "postal_code": "9000", "number": "1"}
    keyless = today.with_key(None)
    by_bpost = ask(keyless, **there, carrier="bpost")
    assert ask(keyless, **there, platform="belgie") == by_bpost
    assert ask(keyless, **there)["pickup"] != by_bpost["pickup"]


@pytest.mark.parametrize("path", ["/delivery_options", "/pickup_locations"])
@pytest.mark.parametrize("carrier", [{}, {"carrier": "postnl"}], ids=str)
def test_a_platform_that_nobody_knows_is_refused_by_its_name(
    today: Shop, path: str, carrier: Json
) -> None:
    response = today.client.get(path, params={**HERE, **carrier, "platform": "foo"})
    assert response.status_code == 422
    [error] = response.json()["errors"]
    told = "platform 'foo' is none of myparcel, 1, flespakket, 3, belgie, sendmyparcel, 2"
    assert (error["code"], error["message"]) == (3224, told)


@pytest.mark.parametrize("path", ["/delivery_options", "/pickup_locations"])
@pytest.mark.parametrize("platform", ["myparcel", "Belgie", "flespakket", "sendmyparcel", "1", ""])
def test_the_platforms_of_clients_are_taken(today: Shop, path: str, platform: str) -> None:
    response = today.client.get(path, params={**HERE, "platform": platform})
    assert response.status_code == 200
    [newest] = today.workspace.journal(limit=1)
    assert newest["unread_count"] == 0


def test_the_description_says_what_depends_on_the_platform(today: Shop) -> None:
    url = f"{today.workspace.base_url}/myparcel/openapi.json"
    parameters = httpx2.get(url, params={"edition": "today"}).json()["components"]["parameters"]
    assert "tells the country of the shop" in parameters["DeliveryPlatform"]["description"]


def test_the_key_of_a_belgian_shop_asks_for_bpost_unless_another_is_named(today: Shop) -> None:
    there: Json = {"cc": "BE", "postal_code": "9000", "number": "1"}
    belgian = today.with_key("sim-myparcel-be")
    assert ask(belgian, **there) == ask(belgian, **there, carrier="bpost")


@pytest.mark.parametrize("carrier", ["5", "dhlforyou", "DHL_FOR_YOU", "upsstandard", "gls"])
def test_every_carrier_of_today_can_be_asked(today: Shop, carrier: str) -> None:
    assert ask(today, **HERE, carrier=carrier)["delivery"]


def test_a_carrier_that_does_not_go_there_has_no_results(today: Shop) -> None:
    nothing = {"delivery": [], "pickup": [], "message": "No results"}
    assert ask(today, **HERE, carrier="bpost", platform="myparcel") == nothing


def test_a_street_may_stand_for_the_number(today: Shop) -> None:
    by_street: Json = {"cc": "NL", "postal_code": "2132WT", "street": "Polderplein 66"}
    assert [day["date"] for day in ask(today, **by_street)["delivery"]] == [
        day["date"] for day in ask(today, **HERE)["delivery"]
    ]


def test_the_flat_form_has_pickup_places_without_lockers_when_asked(today: Shop) -> None:
    names = {each["location"] for each in ask(today, **HERE)["pickup"]}
    assert "Pakketautomaat" in names
    without = ask(today, **HERE, exclude_parcel_lockers=1)["pickup"]
    assert "Pakketautomaat" not in {each["location"] for each in without}


def test_the_second_version_has_days_with_their_possibilities(today: Shop) -> None:
    data = ask(today, VERSION_2, **HERE, include="shipment_options", deliverydays_window=1)
    assert list(data) == ["deliveries"]
    [day] = data["deliveries"]
    assert day["date"]["date"] == "2026-03-03 00:00:00.000000"
    for possibility in day["possibilities"]:
        assert possibility["package_type"] == "package"
        assert possibility["shipment_options"]
        assert [each["type"] for each in possibility["delivery_time_frames"]] == ["start", "end"]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("mailbox", "mailbox"), ("2", "mailbox"), ("digital_stamp", "digital_stamp")],
)
def test_possibilities_are_those_of_the_package_type(today: Shop, asked: str, shown: str) -> None:
    days = ask(today, VERSION_2, **HERE, package_type=asked)["deliveries"]
    possibilities = [each for day in days for each in day["possibilities"]]
    assert {each["package_type"] for each in possibilities} == {shown}


def test_delivery_types_can_be_left_out_one_parameter_each(today: Shop) -> None:
    response = today.client.get(
        "/delivery_options",
        params=[
            *HERE.items(),
            ("exclude_delivery_type", "1"),
            ("exclude_delivery_type", "evening"),
        ],
    )
    days = response.json()["data"]["delivery"]
    assert {slot["type"] for day in days for slot in day["time"]} == {2}


def test_what_is_to_be_included_and_nobody_knows_is_told_in_the_journal(today: Shop) -> None:
    ask(today, **HERE, include="shipment_options,weather")
    [entry] = today.workspace.journal(limit=1)
    why = today.workspace.control.get(f"/journal/{entry['id']}").text
    assert "include 'weather' adds nothing" in why


def test_by_the_document_of_2017_a_carrier_is_required(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    response = shop.client.get("/delivery_options", params={**HERE, "street": "Polderplein"})
    assert response.status_code == 422
    [error] = response.json()["errors"]
    assert error == {"code": 3212, "message": "carrier is required", "human": "carrier is required"}
