"""What today's delivery options have at the door: types, days, prices and options by the offers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.client import Shop, faults
from tests.myparcel.offered import post, shipment
from tests.myparcel.tracked import status_of

HERE: dict[str, Any] = {"cc": "NL", "postal_code": "2132WT", "number": "66"}
VERSION_2 = {"Accept": "application/json;charset=utf-8;version=2.0"}
MONDAY, TUESDAY, WEDNESDAY, FRIDAY = "2026-03-02", "2026-03-03", "2026-03-04", "2026-03-06"
SATURDAY, SUNDAY, NEXT_MONDAY = "2026-03-07", "2026-03-08", "2026-03-09"
EASTER_MONDAY = "2026-04-06"

Json = dict[str, Any]


def days(shop: Shop, **parameters: Any) -> dict[str, list[Json]]:
    """The times of each delivery day."""
    response = shop.client.get("/delivery_options", params={**HERE, **parameters})
    assert response.status_code == 200, response.text
    return {day["date"]: day["time"] for day in response.json()["data"]["delivery"]}


def types(shop: Shop, **parameters: Any) -> dict[str, list[int]]:
    """The delivery types of each delivery day, in the order in which they are shown."""
    return {
        day: [each["type"] for each in times] for day, times in days(shop, **parameters).items()
    }


def possibilities(shop: Shop, **parameters: Any) -> list[Json]:
    """Those of the first day in the second form."""
    response = shop.client.get(
        "/delivery_options", params={**HERE, **parameters}, headers=VERSION_2
    )
    assert response.status_code == 200, response.text
    found: list[Json] = response.json()["data"]["deliveries"][0]["possibilities"]
    return found


def test_an_early_morning_comes_before_the_morning(today: Shop) -> None:
    [times] = days(today, carrier="dhleuroplus", deliverydays_window=1).values()
    assert [each["type"] for each in times] == [8, 1, 2]
    early, morning, _ = times
    assert early["start"] < early["end"] <= "09:00:00"
    assert early["start"] < morning["start"]
    assert [each["price_comment"] for each in times] == ["early_morning", "morning", "standard"]


def test_an_express_is_shown_where_there_is_no_standard_delivery(today: Shop) -> None:
    assert types(today, carrier="upsexpresssaver") == {TUESDAY: [7], WEDNESDAY: [7]}
    there = possibilities(today, carrier="upsexpresssaver", package_type="envelope")
    assert [each["type"] for each in there] == ["express"]


def test_what_comes_on_the_same_day_comes_on_the_day_of_handing_in(today: Shop) -> None:
    assert types(today, carrier="instabox", deliverydays_window=3) == {
        MONDAY: [6],
        TUESDAY: [2, 6],
        WEDNESDAY: [2, 6],
    }
    [times] = days(today, carrier="instabox", deliverydays_window=1).values()
    assert times[0]["start"] >= "17:00:00"
    assert [each["type"] for each in possibilities(today, carrier="instabox")] == ["same_day"]


def test_after_the_cut_off_the_same_day_is_the_next_one(today: Shop) -> None:
    assert MONDAY not in types(today, carrier="trunkrs", cutoff_time="10:00")
    assert types(today, carrier="trunkrs", cutoff_time="10:00")[TUESDAY] == [6]


def test_a_certain_day_has_the_types_that_can_come_then(today: Shop) -> None:
    def of(day: str) -> dict[str, list[int]]:
        return types(today, carrier="instabox", delivery_date=day)

    assert of(MONDAY) == {MONDAY: [6]}
    assert of(WEDNESDAY) == {WEDNESDAY: [2, 6]}
    assert of(SATURDAY) == {SATURDAY: [2]}
    assert of(SUNDAY) == {}


def test_what_cannot_come_to_the_door_has_no_days(today: Shop) -> None:
    paris: Json = {"cc": "FR", "postal_code": "75001", "carrier": "dhlparcelconnect"}
    response = today.client.get("/delivery_options", params={**HERE, **paris})
    data = response.json()["data"]
    assert data["delivery"] == []
    assert {each["city"] for each in data["pickup"]} == {"Paris"}
    second = today.client.get("/delivery_options", params={**HERE, **paris}, headers=VERSION_2)
    assert second.json()["data"] == {"deliveries": []}


def test_every_delivery_day_has_an_evening_and_saturday_no_morning(today: Shop) -> None:
    window = {"deliverydays_window": 6, "dropoff_days": "1;2;3;4;5;6", "monday_delivery": 1}
    shown = types(today, carrier="postnl", **window)
    assert shown == {
        TUESDAY: [1, 2, 3],
        WEDNESDAY: [1, 2, 3],
        "2026-03-05": [1, 2, 3],
        FRIDAY: [1, 2, 3],
        SATURDAY: [2, 3],
        NEXT_MONDAY: [1, 2, 3],
    }


def test_the_address_within_the_country_does_not_matter(today: Shop) -> None:
    island = types(today, postal_code="1791AB", carrier="postnl", deliverydays_window=1)
    assert island == {TUESDAY: [1, 2, 3]}


@pytest.mark.parametrize(
    ("carrier", "needed"),
    [("postnl", {"only_recipient": 1}), ("dhleuroplus", {"signature": 1}), ("trunkrs", {})],
)
def test_a_time_costs_what_a_create_adds_for_it(
    today: Shop, carrier: str, needed: dict[str, int]
) -> None:
    shown = {
        each["type"]: each["price"]["amount"]
        for times in days(today, carrier=carrier).values()
        for each in times
    }

    def price(number: int) -> int:
        made = shipment("NL", carrier, 1, delivery_type=number, options=needed)
        [kept] = today.read(*today.create(made))
        amount: int = kept["price"]["amount"]
        return amount

    assert len(shown) > 1
    standard = price(2)
    assert {number: price(number) - standard for number in shown} == shown


def test_collecting_costs_what_a_create_adds_for_it(today: Shop) -> None:
    response = today.client.get("/pickup_locations", params={**HERE, "carrier": "dpd"})
    [price] = {
        each["price"]
        for point in response.json()["data"]["pickup_locations"]
        for each in point["possibilities"]
    }
    made = today.create(shipment("NL", "dpd", 1), shipment("NL", "dpd", 1, delivery_type=4))
    standard, collected = (each["price"]["amount"] for each in today.read(*made))
    assert collected - standard == price


def test_options_are_those_of_the_package_type_with_the_delivery_type(today: Shop) -> None:
    morning, standard, evening = (
        {each["name"]: each["schema"]["enum"] for each in possibility["shipment_options"]}
        for possibility in possibilities(today, carrier="postnl")
    )
    assert morning == evening
    assert morning["only_recipient"] == [True]
    assert standard["only_recipient"] == [True, False]
    # What needs the receiver alone does not go with a code for anybody.
    assert "receipt_code" in standard
    assert "receipt_code" not in morning

    def names(**parameters: Any) -> list[str]:
        [found] = possibilities(today, **parameters)
        return [each["name"] for each in found["shipment_options"]]

    assert names(carrier="postnl", package_type="mailbox") == ["priority_delivery", "tracked"]
    assert names(carrier="postnl", package_type="digital_stamp") == []
    assert names(carrier="dpd", package_type="mailbox") == []
    assert names(carrier="gls") == ["only_recipient", "saturday_delivery", "signature"]


def test_with_a_key_there_is_what_its_shop_can_send(today: Shop) -> None:
    ghent: Json = {"cc": "BE", "postal_code": "9000"}
    belgian, keyless = today.with_key("sim-myparcel-be"), today.with_key(None)
    assert types(today, **ghent, carrier="bpost") == {}
    assert types(today, **ghent, carrier="bpost", platform="belgie") == {}
    assert types(belgian, **ghent, carrier="bpost") != {}
    assert types(keyless, **ghent, carrier="bpost") != {}
    assert types(keyless, **ghent, carrier="bpost", platform="myparcel") == {}
    assert types(belgian, carrier="dhlforyou") == {}
    assert types(today, carrier="postnl")[TUESDAY] == [1, 2, 3]
    assert types(belgian, carrier="postnl")[TUESDAY] == [2]


def test_a_carrier_that_is_switched_off_is_shown_to_others_only(today: Shop) -> None:
    def shown(asker: Shop, path: str, **parameters: Any) -> bool:
        response = asker.client.get(path, params={**HERE, **parameters})
        assert response.status_code == 200, response.text
        data: Json = response.json()["data"]
        return any(data[name] for name in data if name != "message")

    paths = ("/delivery_options", "/pickup_locations")
    assert all(shown(today, path, carrier="dpd") for path in paths)
    assert shown(today, "/drop_off_points", carrier_id="4")
    today.workspace.do("myparcel.set_carrier_accessibility", shop=77, carrier="dpd", enabled=False)
    assert not any(shown(today, path, carrier="dpd") for path in paths)
    assert not shown(today, "/drop_off_points", carrier_id="4")
    assert all(shown(today.with_key(None), path, carrier="dpd") for path in paths)


@pytest.mark.parametrize(
    ("number", "day", "told"),
    [
        (2, "2026-02-27", "too early"),
        (2, MONDAY, "too early"),
        (4, MONDAY, "too early"),
        (2, TUESDAY, None),
        (2, SUNDAY, "nothing is delivered on Sunday"),
        (2, EASTER_MONDAY, "nothing is delivered on Monday"),
        (2, NEXT_MONDAY, None),
        (1, SATURDAY, "no morning delivery"),
        (3, SATURDAY, None),
        (3, WEDNESDAY, None),
        (4, SUNDAY, "nothing is delivered on Sunday"),
        # As in the examples of the carrier's document.
        (4, "2015-07-12", None),
    ],
)
def test_a_create_takes_the_days_that_can_be_shown(
    today: Shop, number: int, day: str, told: str | None
) -> None:
    needed = {1: "only_recipient", 3: "only_recipient", 4: "signature"}
    options = {needed[number]: 1} if number in needed else {}
    made = shipment("NL", "postnl", 1, delivery_type=number, options=options)
    made["options"]["delivery_date"] = f"{day} 00:00:00"
    response = post(today, made)
    if told is None:
        assert response.status_code == 200, response.text
        return
    [fault] = faults(response)
    assert fault[:2] == (3721, "data.shipments[0].options.delivery_date")
    assert told in fault.human


@pytest.mark.parametrize(
    ("day", "status"), [("2026-03-01", 422), (MONDAY, 200), (TUESDAY, 200), (SUNDAY, 422)]
)
def test_what_comes_on_the_same_day_may_be_ordered_for_today(
    today: Shop, day: str, status: int
) -> None:
    made = shipment("NL", "instabox", 1, delivery_type=6)
    made["options"]["delivery_date"] = f"{day} 00:00:00"
    assert post(today, made).status_code == status


@pytest.mark.parametrize(
    ("days_taken", "past", "long_past"),
    [("recent", 422, 200), ("deliverable", 422, 422), ("any", 200, 200)],
)
def test_which_days_are_taken_can_be_set(
    today: Shop, days_taken: str, past: int, long_past: int
) -> None:
    today.workspace.quirk("myparcel.delivery_days", days_taken)

    def status(day: str) -> int:
        made = shipment("NL", "postnl", 1, delivery_type=2)
        made["options"]["delivery_date"] = f"{day} 00:00:00"
        return post(today, made).status_code

    assert (status("2026-02-27"), status("2024-02-27")) == (past, long_past)


def test_the_document_of_2017_takes_any_day(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    made = shipment("NL", 2, 1, delivery_type=2)
    made["options"]["delivery_date"] = "2026-02-27 00:00:00"
    assert shop.post_shipments([made]).status_code == 200


def test_a_concept_keeps_its_day_when_something_else_changes(today: Shop) -> None:
    made = shipment("NL", "postnl", 1, delivery_type=2)
    made["options"]["delivery_date"] = f"{TUESDAY} 00:00:00"
    [number] = today.create(made)
    today.workspace.advance("3d")

    def patch(options: Json) -> int:
        body = {"data": {"shipments": [{"id": number, "options": options}]}}
        kind = {"Content-Type": "application/vnd.shipment+json;charset=utf-8;version=1.1"}
        response = today.client.patch("/shipments", json=body, headers=kind)
        return response.status_code

    assert patch({"label_description": "Order 7781"}) == 204
    assert patch({"delivery_date": TUESDAY}) == 204
    assert patch({"delivery_date": f"{WEDNESDAY} 00:00:00"}) == 422
    assert patch({"delivery_date": f"{FRIDAY} 00:00:00"}) == 204


@pytest.mark.parametrize(
    ("carrier", "number", "options", "day", "first", "last"),
    [
        ("instabox", 6, {}, MONDAY, "17:30:00", "22:00:00"),
        ("dhleuroplus", 8, {"signature": 1}, WEDNESDAY, "07:00:00", "09:00:00"),
        ("upsexpresssaver", 7, {}, WEDNESDAY, "08:30:00", "18:00:00"),
        ("postnl", 3, {"only_recipient": 1}, WEDNESDAY, "18:00:00", "21:30:00"),
    ],
)
def test_a_journey_keeps_to_what_was_ordered(
    today: Shop, carrier: str, number: int, options: Json, day: str, first: str, last: str
) -> None:
    made = shipment("NL", carrier, 1, delivery_type=number, options=options)
    made["options"]["delivery_date"] = f"{day} 00:00:00"
    [id] = today.create(made)
    assert today.client.get(f"/v2/shipment_labels/{id}").status_code == 200
    today.workspace.do("myparcel.start_journey", shipment=id, journey="delivered")
    today.workspace.advance("4d")
    assert status_of(today, id) == 7
    [shown] = today.client.get(f"/tracktraces/{id}").json()["data"]["tracktraces"]
    assert f"{day} {first}" <= shown["time"] <= f"{day} {last}"
