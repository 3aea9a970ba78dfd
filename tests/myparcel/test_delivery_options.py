"""GET /delivery_options on a workspace whose clock stands on Monday 2 March 2026, 10:15."""

from __future__ import annotations

from typing import Any

import pytest
from dirty_equals import IsStr

from tests.myparcel.client import Shop
from tests.myparcel.delivery import ADDRESS, VERSION_2, Answer, ask, dates, refused, types


def test_a_delivery_day_has_the_documents_form(shop: Shop) -> None:
    tuesday = ask(shop, deliverydays_window=1)["delivery"][0]
    assert tuesday == {
        "date": "2026-03-03",
        "time": [
            {
                "start": "08:00:00",
                "end": "12:00:00",
                "price": {"currency": "EUR", "amount": 1000},
                "price_comment": "morning",
                "comment": "",
                "type": 1,
            },
            {
                "start": IsStr(regex=r"\d\d:[03]0:00"),
                "end": IsStr(regex=r"\d\d:[03]0:00"),
                "price": {"currency": "EUR", "amount": 0},
                "price_comment": "standard",
                "comment": "",
                "type": 2,
            },
            {
                "start": "18:00:00",
                "end": "21:30:00",
                "price": {"currency": "EUR", "amount": 125},
                "price_comment": "avond",
                "comment": "",
                "type": 3,
            },
        ],
    }


def test_a_pickup_point_has_the_documents_form(shop: Shop) -> None:
    offers = ask(shop)["pickup"]
    staples = next(offer for offer in offers if offer["location_code"] == "173187")
    assert list(staples) == [
        "date",
        "time",
        "location",
        "street",
        "number",
        "postal_code",
        "city",
        "cc",
        "start_time",
        "price",
        "price_comment",
        "phone_number",
        "comment",
        "opening_hours",
        "distance",
        "location_code",
        "lat",
        "long",
        "carrier",
    ]
    assert staples == {
        "date": "2026-03-03",
        "time": [
            {"start": "16:00:00", "type": 4, "price": {"amount": 0, "currency": "EUR"}},
            {"start": "08:30:00", "type": 5, "price": {"amount": 125, "currency": "EUR"}},
        ],
        "location": "Staples Office Centre",
        "street": "Jacobus Spijkerdreef",
        "number": "10",
        "postal_code": "2132PZ",
        "city": "Hoofddorp",
        "cc": "NL",
        "start_time": "08:30:00",
        "price": 125,
        "price_comment": "retailexpress",
        "phone_number": "023-5576310",
        "comment": "Dit is een Business Point. Post en pakketten die u op werkdagen vóór de "
        "lichtingstijd afgeeft, bezorgen we binnen Nederland de volgende dag.",
        "opening_hours": {
            "monday": ["08:00-18:30"],
            "tuesday": ["08:00-18:30"],
            "wednesday": ["08:00-18:30"],
            "thursday": ["08:00-18:30"],
            "friday": ["08:00-18:30"],
            "saturday": ["08:00-17:00"],
            "sunday": [],
        },
        "distance": IsStr(regex=r"\d{3,4}"),
        "location_code": "173187",
        "lat": 52.286582,
        "long": 4.682377,
        "carrier": 2,
    }


def test_a_post_office_has_retail_only(shop: Shop) -> None:
    offers = ask(shop)["pickup"]
    primera = next(offer for offer in offers if offer["location_code"] == "176227")
    assert [slot["type"] for slot in primera["time"]] == [4]
    assert (primera["start_time"], primera["price"], primera["price_comment"]) == (
        "16:00:00",
        0,
        "retail",
    )


def test_pickup_points_come_nearest_first(shop: Shop) -> None:
    offers = ask(shop)["pickup"]
    distances = [int(offer["distance"]) for offer in offers]
    assert distances == sorted(distances)
    assert 4 <= len(offers) <= 20
    assert {offer["date"] for offer in offers} == {"2026-03-03"}


def test_the_same_address_always_gets_the_same_answer(shop: Shop) -> None:
    assert ask(shop, deliverydays_window=7) == ask(shop, deliverydays_window=7)


def test_two_days_are_shown_unless_asked(shop: Shop) -> None:
    assert dates(ask(shop)) == ["2026-03-03", "2026-03-04"]


def test_no_day_is_a_sunday_or_a_monday(shop: Shop) -> None:
    assert dates(ask(shop, deliverydays_window=7)) == [
        "2026-03-03",
        "2026-03-04",
        "2026-03-05",
        "2026-03-06",
        "2026-03-07",
        "2026-03-10",
        "2026-03-11",
    ]


def test_the_cut_off_is_compared_with_the_clock_in_amsterdam(shop: Shop) -> None:
    assert dates(ask(shop, cutoff_time="10:15:00"))[0] == "2026-03-04"
    assert dates(ask(shop, cutoff_time="10:15:01"))[0] == "2026-03-03"
    shop.workspace.freeze("2026-03-02T15:30:00+01:00")
    assert dates(ask(shop))[0] == "2026-03-04"


def test_drop_off_days_decide_on_which_days_a_parcel_can_come(shop: Shop) -> None:
    assert dates(ask(shop, dropoff_days="2;4", deliverydays_window=3)) == [
        "2026-03-04",
        "2026-03-06",
        "2026-03-11",
    ]


def test_a_drop_off_delay_puts_the_first_day_off(shop: Shop) -> None:
    assert dates(ask(shop, dropoff_delay=3))[0] == "2026-03-06"


def test_holidays_are_left_out(shop: Shop) -> None:
    shop.workspace.freeze("2026-04-26T12:00:00+02:00")
    assert dates(ask(shop))[0] == "2026-04-29"


@pytest.mark.parametrize(
    ("strict", "shown"),
    [(False, ["2026-03-07", "2026-03-09"]), (True, ["2026-03-07", "2026-03-10"])],
)
def test_monday_delivery_with_a_late_cut_off_is_shown_unless_strict(
    shop: Shop, strict: bool, shown: list[str]
) -> None:
    shop.workspace.freeze("2026-03-06T10:00:00+01:00")
    shop.workspace.quirk("myparcel.strict", strict)
    answer = ask(
        shop,
        cutoff_time="16:00:00",
        dropoff_days="1;2;3;4;5;6",
        monday_delivery="1",
        dropoff_delay="0",
        deliverydays_window="2",
        exclude_delivery_type="1",
    )
    assert dates(answer) == shown


@pytest.mark.parametrize(
    "parameters",
    [
        {"monday_delivery": "1"},
        {"dropoff_days": "1;2;3;4;5;6"},
        {"dropoff_days": "1;2;3;4;5;6", "monday_delivery": "0"},
    ],
)
def test_monday_delivery_needs_the_flag_and_saturday(
    shop: Shop, parameters: dict[str, Any]
) -> None:
    shop.workspace.freeze("2026-03-06T10:00:00+01:00")
    assert dates(ask(shop, **parameters)) == ["2026-03-07", "2026-03-10"]


def test_saturdays_have_neither_morning_nor_evening(shop: Shop) -> None:
    shown = {day["date"]: types(day) for day in ask(shop, deliverydays_window=6)["delivery"]}
    assert shown == {
        "2026-03-03": [1, 2, 3],
        "2026-03-04": [1, 2],
        "2026-03-05": [1, 2, 3],
        "2026-03-06": [1, 2],
        "2026-03-07": [2],
        "2026-03-10": [1, 2, 3],
    }


def test_evenings_can_be_on_all_working_days(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.evening_days", "weekdays")
    shown = [types(day) for day in ask(shop, deliverydays_window=5)["delivery"]]
    assert shown == [[1, 2, 3]] * 4 + [[2]]


def test_excluded_types_are_left_out(shop: Shop) -> None:
    answer = ask(shop, exclude_delivery_type="1;3;4", deliverydays_window=14)
    assert all(types(day) == [2] for day in answer["delivery"])
    assert answer["pickup"]
    for offer in answer["pickup"]:
        assert [slot["type"] for slot in offer["time"]] == [5]
    assert ask(shop, exclude_delivery_type="4;5")["pickup"] == []


def test_a_delivery_date_shows_this_day_alone(shop: Shop) -> None:
    answer = ask(shop, delivery_date="2026-03-19", deliverydays_window=3)
    assert dates(answer) == ["2026-03-19"]
    assert {offer["date"] for offer in answer["pickup"]} == {"2026-03-19"}


@pytest.mark.parametrize("day", ["2026-03-02", "2026-03-08", "2026-03-09", "2020-01-01"])
def test_an_impossible_delivery_date_has_no_results(shop: Shop, day: str) -> None:
    assert ask(shop, delivery_date=day) == {
        "delivery": [],
        "pickup": [],
        "message": "No results",
    }


def test_a_delivery_time_keeps_what_holds_it_and_standard(shop: Shop) -> None:
    assert types(ask(shop, delivery_time="09:00:00")["delivery"][0]) == [1, 2]
    assert types(ask(shop, delivery_time="19:00:00")["delivery"][0]) == [2, 3]


def test_other_carriers_and_countries_have_standard_delivery_only(shop: Shop) -> None:
    elsewhere: list[Answer] = [{"carrier": "3"}, {"cc": "BE", "postal_code": "1000"}]
    for parameters in elsewhere:
        answer = ask(shop, **parameters)
        assert {tuple(types(day)) for day in answer["delivery"]} == {(2,)}
        assert answer["pickup"] == []


def test_a_country_that_the_carrier_does_not_serve_has_no_results(shop: Shop) -> None:
    answer = ask(shop, cc="JP", postal_code="100-0001")
    assert answer == {"delivery": [], "pickup": [], "message": "No results"}


def test_no_key_is_needed_and_a_bad_one_does_not_matter(shop: Shop) -> None:
    for other in (shop.with_key(None), shop.with_key("nobody")):
        assert dates(ask(other)) == ["2026-03-03", "2026-03-04"]


def test_a_slash_before_the_query_is_taken(shop: Shop) -> None:
    response = shop.client.get("/delivery_options/", params=ADDRESS)
    assert response.status_code == 200


@pytest.mark.parametrize(("carrier", "comment"), [("2", "night"), ("postnl", "avond")])
def test_the_evening_may_be_called_as_the_document_calls_its_type(
    shop: Shop, carrier: str, comment: str
) -> None:
    shop.workspace.quirk("myparcel.evening_comment", "night")
    evening = ask(shop, carrier=carrier)["delivery"][0]["time"][2]
    assert (evening["type"], evening["price_comment"]) == (3, comment)


def test_the_dutch_twin_names_carriers_and_gives_coordinates_as_texts(shop: Shop) -> None:
    answer = ask(shop, carrier="postnl")
    evening = answer["delivery"][0]["time"][2]
    assert (evening["type"], evening["price_comment"]) == (3, "avond")
    staples = next(offer for offer in answer["pickup"] if offer["location_code"] == "173187")
    assert (staples["latitude"], staples["longitude"]) == ("52.286582", "4.682377")
    assert not {"lat", "long", "carrier"} & set(staples)


def test_the_dutch_twin_has_other_carrier_numbers(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "today")
    assert ask(shop, carrier="1")["pickup"]
    assert ask(shop, carrier="2")["pickup"] == []
    assert refused(shop, carrier="77")["errors"][0]["code"] == 3222


def test_version_2_has_possibilities(shop: Shop) -> None:
    answer = ask(shop, VERSION_2, carrier="postnl", cc="nl", platform="myparcel")
    assert list(answer) == ["deliveries"]
    tuesday = answer["deliveries"][0]
    assert tuesday["date"] == {
        "date": "2026-03-03 00:00:00.000000",
        "timezone_type": 3,
        "timezone": "Europe/Amsterdam",
    }
    assert [option["type"] for option in tuesday["possibilities"]] == [
        "morning",
        "standard",
        "evening",
    ]
    morning = tuesday["possibilities"][0]
    assert morning["package_type"] == "package"
    assert morning["delivery_time_frames"][1] == {
        "type": "end",
        "date_time": {
            "date": "2026-03-03 12:00:00.000000",
            "timezone_type": 3,
            "timezone": "Europe/Amsterdam",
        },
    }
    assert {"name": "only_recipient", "schema": {"type": "boolean", "enum": [True]}} in morning[
        "shipment_options"
    ]
    assert {"name": "signature", "schema": {"type": "boolean", "enum": [True, False]}} in morning[
        "shipment_options"
    ]


def test_the_version_changes_nothing_in_the_edition_of_2017(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    assert list(ask(shop, VERSION_2)) == ["delivery", "pickup"]


def test_a_mailbox_package_has_standard_delivery_only(shop: Shop) -> None:
    answer = ask(shop, carrier="postnl", package_type="mailbox")
    assert {tuple(types(day)) for day in answer["delivery"]} == {(2,)}
    assert answer["pickup"] == []


def test_saturday_may_be_spelled_as_in_the_document_s_table(shop: Shop) -> None:
    plain = ask(shop)["pickup"][0]["opening_hours"]
    shop.workspace.quirk("myparcel.saturday_key", "saterday")
    spelled = ask(shop)["pickup"][0]["opening_hours"]
    assert list(spelled)[5] == "saterday"
    assert list(spelled.values()) == list(plain.values())
