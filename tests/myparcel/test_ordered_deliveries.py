"""Journeys keep to the day and the time of day that were ordered."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.myparcel.bodies import PICKUP, shipment
from tests.myparcel.client import Shop
from tests.myparcel.tracked import status_of

TUESDAY, THURSDAY, NEXT_TUESDAY = "2026-03-03", "2026-03-05", "2026-03-10"
MORNING, STANDARD, EVENING, PICKUP_TYPE, EXPRESS = 1, 2, 3, 4, 5


def ordered(kind: int, day: str | None) -> Any:
    """A package of this delivery type for a day."""
    options: dict[str, Any] = {"package_type": 1, "delivery_type": kind}
    if day is not None:
        options["delivery_date"] = f"{day} 00:00:00"
    if kind in (MORNING, EVENING):
        options["only_recipient"] = 1
    if kind in (PICKUP_TYPE, EXPRESS):
        return shipment(options={**options, "signature": 1}, pickup=PICKUP)
    return shipment(options=options)


def sent(shop: Shop, kind: int, day: str | None, journey: str) -> int:
    """The id of a shipment with its label, on a journey."""
    [made] = shop.create(ordered(kind, day))
    assert shop.client.get(f"/shipment_labels/{made}").status_code == 200
    shop.workspace.do("myparcel.start_journey", shipment=made, journey=journey)
    return made


def scanned(shop: Shop, made: int, status: str) -> str:
    """When a scan with this code happened."""
    [shown] = shop.client.get(f"/tracktraces/{made}").json()["data"]["tracktraces"]
    [at] = [scan["time"] for scan in (shown, *shown["history"]) if scan["code"] == status]
    time: str = at
    return time


@pytest.mark.parametrize("day", [TUESDAY, THURSDAY, NEXT_TUESDAY])
@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [(MORNING, "08:00:00", "12:00:00"), (EVENING, "18:00:00", "21:30:00")],
)
def test_morning_and_evening_are_kept_on_the_day(
    shop: Shop, kind: int, first: str, last: str, day: str
) -> None:
    made = sent(shop, kind, day, "delivered")
    shop.workspace.advance("14d")
    at = scanned(shop, made, "I1")
    assert f"{day} {first}" <= at <= f"{day} {last}"
    assert scanned(shop, made, "A2") < scanned(shop, made, "B2") < scanned(shop, made, "C3")
    assert scanned(shop, made, "C3") < scanned(shop, made, "D3") < at


@pytest.mark.parametrize("journey", ["pickup_collected", "not_collected"])
@pytest.mark.parametrize(("kind", "ready"), [(PICKUP_TYPE, "16:00:00"), (EXPRESS, "08:30:00")])
def test_a_pickup_is_ready_on_its_day(shop: Shop, kind: int, ready: str, journey: str) -> None:
    made = sent(shop, kind, THURSDAY, journey)
    shop.workspace.advance("20d")
    assert scanned(shop, made, "D4") == f"{THURSDAY} {ready}"


def test_a_standard_delivery_comes_with_the_round_that_was_offered(shop: Shop) -> None:
    query = {"cc": "NL", "postal_code": "3584CS", "number": "8", "carrier": "2"}
    offer = shop.client.get("/delivery_options", params={**query, "delivery_date": THURSDAY})
    [day] = offer.json()["data"]["delivery"]
    [window] = [each for each in day["time"] if each["type"] == STANDARD]
    made = sent(shop, STANDARD, THURSDAY, "delivered")
    shop.workspace.advance("5d")
    at = scanned(shop, made, "I1")
    assert f"{THURSDAY} {window['start']}" <= at <= f"{THURSDAY} {window['end']}"


def test_an_evening_journey_comes_in_the_evening_of_the_day(shop: Shop) -> None:
    made = sent(shop, STANDARD, THURSDAY, "delivered_evening")
    shop.workspace.advance("5d")
    assert f"{THURSDAY} 18:00:00" <= scanned(shop, made, "I1") <= f"{THURSDAY} 21:30:00"


def test_who_is_not_at_home_was_visited_at_the_time(shop: Shop) -> None:
    made = sent(shop, EVENING, THURSDAY, "missed_collected")
    shop.workspace.advance("9d")
    assert scanned(shop, made, "D3").startswith(f"{THURSDAY} 1")
    assert scanned(shop, made, "D4").startswith("2026-03-06")


@pytest.mark.parametrize(
    ("kind", "asked", "printed", "comes"),
    [
        (MORNING, TUESDAY, TUESDAY, "2026-03-04"),
        (MORNING, "2026-03-06", "2026-03-06", "2026-03-10"),
        (EVENING, TUESDAY, TUESDAY, THURSDAY),
        (EVENING, TUESDAY, "2026-03-04", THURSDAY),
        (STANDARD, TUESDAY, "2026-03-06", "2026-03-07"),
        (PICKUP_TYPE, TUESDAY, TUESDAY, "2026-03-04"),
        (STANDARD, "2026-03-09", "2026-03-06", "2026-03-09"),
        (STANDARD, "2026-03-08", "2026-03-06", "2026-03-10"),
    ],
)
def test_a_label_that_is_too_late_brings_it_on_the_next_possible_day(
    shop: Shop, kind: int, asked: str, printed: str, comes: str
) -> None:
    [made] = shop.create(ordered(kind, asked))
    wait = (date.fromisoformat(printed) - date(2026, 3, 2)).days
    shop.workspace.advance(f"{wait}d")
    assert shop.client.get(f"/shipment_labels/{made}").status_code == 200
    journey = "pickup_collected" if kind == PICKUP_TYPE else "delivered"
    shop.workspace.do("myparcel.start_journey", shipment=made, journey=journey)
    shop.workspace.advance("14d")
    code = "D4" if kind == PICKUP_TYPE else "I1"
    assert scanned(shop, made, code).startswith(comes)


def test_a_label_of_the_evening_before_is_in_time(shop: Shop) -> None:
    [made] = shop.create(ordered(MORNING, TUESDAY))
    shop.workspace.advance("12h")
    assert shop.client.get(f"/shipment_labels/{made}").status_code == 200
    shop.workspace.do("myparcel.start_journey", shipment=made, journey="delivered")
    shop.workspace.advance("1d")
    assert f"{TUESDAY} 08:00:00" <= scanned(shop, made, "I1") <= f"{TUESDAY} 12:00:00"


def test_a_journey_that_prints_the_label_keeps_the_day_too(shop: Shop) -> None:
    [made] = shop.create(ordered(EVENING, THURSDAY))
    shop.workspace.do("myparcel.start_journey", shipment=made, journey="delivered")
    shop.workspace.advance("1h")
    assert status_of(shop, made) == 2
    shop.workspace.advance("5d")
    assert f"{THURSDAY} 18:00:00" <= scanned(shop, made, "I1") <= f"{THURSDAY} 21:30:00"


ADDRESS = {"cc": "NL", "number": "8"}


def types_at(shop: Shop, postal_code: str, carrier: int = 2) -> set[int]:
    """The delivery types that delivery options show for a Tuesday."""
    query = {**ADDRESS, "postal_code": postal_code, "carrier": str(carrier)}
    answer = shop.client.get("/delivery_options", params={**query, "delivery_date": TUESDAY})
    [day] = answer.json()["data"]["delivery"]
    return {each["type"] for each in day["time"]}


@pytest.mark.parametrize(
    ("postal_code", "carrier", "types"),
    [
        ("3584CS", 1, {MORNING, STANDARD, EVENING}),
        ("3584CS", 2, {MORNING, STANDARD, EVENING}),
        ("1791AB", 2, {STANDARD}),
        ("9166PZ", 1, {STANDARD}),
        ("4531GK", 2, {MORNING, STANDARD}),
        ("3584CS", 4, {STANDARD}),
    ],
)
def test_what_delivery_options_show_is_what_a_create_takes(
    either_shop: Shop, postal_code: str, carrier: int, types: set[int]
) -> None:
    assert types_at(either_shop, postal_code, carrier) == types
    for kind in (MORNING, STANDARD, EVENING):
        body = ordered(kind, TUESDAY)
        body["carrier"] = carrier
        body["recipient"]["postal_code"] = postal_code
        response = either_shop.post_shipments([body])
        if kind in types:
            assert response.status_code == 200, response.text
        else:
            assert response.status_code == 422
            [fault] = response.json()["errors"]
            assert (fault["code"], fault["fields"]) == (
                3721,
                ["data.shipments[0].options.delivery_type"],
            )
