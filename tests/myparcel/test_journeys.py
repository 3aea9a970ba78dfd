"""Journeys: what becomes of shipments on the clock."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from simulator.carriers.myparcel.catalog.lifecycle import (
    JOURNEYS,
    ONLY_FOR,
    TRANSITIONS,
    Journey,
)
from tests.myparcel.client import Shop
from tests.myparcel.tracked import (
    abroad,
    home,
    letter,
    move,
    refused,
    returned,
    status_of,
)


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=list(JOURNEYS))
def test_a_journey_takes_only_steps_that_exist(journey: Journey) -> None:
    route = [1, *(step.status for step in journey.steps)]
    for status, following in pairwise(route):
        assert following in TRANSITIONS[status], f"{journey.name}: {status} -> {following}"
        suits = ONLY_FOR.get(following, journey.kinds)
        assert set(journey.kinds) <= set(suits), f"{journey.name}: {following}"
    assert all(step.after > timedelta(0) for step in journey.steps)


@pytest.mark.parametrize(
    ("journey", "make", "route"),
    [
        ("delivered", home, [2, 3, 4, 5, 7]),
        ("delivered_evening", home, [2, 3, 4, 5, 7]),
        ("missed_collected", home, [2, 3, 4, 5, 8, 9]),
        ("not_collected", home, [2, 3, 4, 5, 8, 10, 11]),
        ("customs_delivered", abroad, [2, 3, 4, 6, 5, 7]),
        ("lost", home, [2, 3, 4, 33, 99]),
        ("never_sent", abroad, [2, 31]),
        ("credited", home, [2, 13, 101]),
        ("credit_rejected", home, [2, 13, 100]),
        ("letter", letter, [12]),
    ],
)
def test_a_journey_runs_on_the_clock(shop: Shop, journey: str, make: Any, route: list[int]) -> None:
    shop.workspace.quirk("myparcel.inactive_after_days", 0)
    [shipment] = shop.create(make())
    told = shop.workspace.do("myparcel.start_journey", shipment=shipment, journey=journey)
    assert (told["status"], told["journey"]) == (1, journey)
    seen = []
    for step in JOURNEYS[journey].steps:
        shop.workspace.advance(f"{int(step.after.total_seconds())}s")
        seen.append(status_of(shop, shipment))
    assert seen == route
    events = shop.workspace.control.get("/events").json()["items"]
    assert [
        event["payload"]["status"]
        for event in events
        if event["event"] == "myparcel.shipment_status_changed"
    ] == route


@pytest.mark.parametrize("related", [True, False])
def test_a_return_shipment_comes_back_to_the_shop(shop: Shop, related: bool) -> None:
    parent = None
    if related:
        [parent] = shop.create(home())
        move(shop, parent, 2)
    shipment = returned(shop, parent)
    shop.workspace.do("myparcel.start_journey", shipment=shipment, journey="returned")
    shop.workspace.advance("5d")
    assert status_of(shop, shipment) == 11
    assert parent is None or status_of(shop, parent) == 2


def test_a_journey_can_begin_on_the_way_and_ends_with_a_step_by_hand(shop: Shop) -> None:
    [shipment] = shop.create(home())
    barcode = move(shop, shipment, 2, 3)["barcode"]
    shop.workspace.do("myparcel.start_journey", shipment=barcode, journey="delivered")
    shop.workspace.advance("5h")
    assert status_of(shop, shipment) == 4
    assert move(shop, shipment, 5)["journey"] is None
    shop.workspace.advance("5d")
    assert status_of(shop, shipment) == 5


@pytest.mark.parametrize(
    ("make", "journey", "said"),
    [
        (home, "customs_delivered", "(home, 1 (pending - concept)) cannot go on the journey"),
        (home, "letter", "cannot go on the journey letter; possible: delivered, "),
        (home, "pickup_collected", "cannot go on the journey"),
        (letter, "delivered", "cannot go on the journey delivered; possible: letter"),
        (abroad, "delivered", "possible: customs_delivered, lost, "),
        (home, "flown_home", "'flown_home' is not a journey; possible: delivered, "),
        (home, "Deliverd", "'Deliverd' is not a journey (did you mean 'delivered'?); possible: "),
    ],
)
def test_a_journey_that_does_not_suit_is_refused(
    shop: Shop, make: Any, journey: str, said: str
) -> None:
    [shipment] = shop.create(make())
    assert said in refused(shop, "start_journey", shipment=shipment, journey=journey)
    [record] = shop.workspace.records("myparcel", "shipments")
    assert record["journey"] is None


def test_a_journey_goes_on_after_the_label_was_printed(shop: Shop) -> None:
    [shipment] = shop.create(home())
    shop.workspace.do("myparcel.start_journey", shipment=shipment, journey="delivered")
    shop.workspace.advance("10m")
    assert shop.client.get(f"/shipment_labels/{shipment}").status_code == 200
    assert status_of(shop, shipment) == 2
    shop.workspace.advance("5h59m")
    assert status_of(shop, shipment) == 2
    shop.workspace.advance("1m")
    assert status_of(shop, shipment) == 3
    shop.workspace.advance("2d")
    assert status_of(shop, shipment) == 7


def test_registering_by_hand_ends_a_journey_as_well(shop: Shop) -> None:
    [shipment] = shop.create(home())
    shop.workspace.do("myparcel.start_journey", shipment=shipment, journey="delivered")
    assert move(shop, shipment, 2)["journey"] is None
    shop.workspace.advance("29d")
    assert status_of(shop, shipment) == 2
    shop.workspace.advance("1d")
    assert status_of(shop, shipment) == 31


def test_a_journey_that_begins_again_takes_the_place_of_the_first(shop: Shop) -> None:
    [shipment] = shop.create(home())
    shop.workspace.do("myparcel.start_journey", shipment=shipment, journey="delivered")
    shop.workspace.advance("2h")
    shop.workspace.do("myparcel.start_journey", shipment=shipment, journey="missed_collected")
    shop.workspace.advance("5h")
    assert status_of(shop, shipment) == 2
    shop.workspace.advance("1h")
    assert status_of(shop, shipment) == 3
    assert shop.workspace.advance("5d")["jobs"] == 4
    assert status_of(shop, shipment) == 9


def test_a_deleted_shipment_goes_nowhere(shop: Shop) -> None:
    [shipment] = shop.create(home())
    shop.workspace.do("myparcel.start_journey", shipment=shipment, journey="delivered")
    assert shop.client.delete(f"/shipments/{shipment}").status_code == 201
    assert shop.workspace.advance("40d")["jobs"] == 0
    for action in ({"to": 2}, {"journey": "delivered"}):
        name = "move" if "to" in action else "start_journey"
        assert "there is no shipment" in refused(shop, name, shipment=shipment, **action)


def test_a_delivered_package_stays_delivered_after_its_journey(either_shop: Shop) -> None:
    [shipment] = either_shop.create(home())
    either_shop.workspace.do("myparcel.start_journey", shipment=shipment, journey="delivered")
    either_shop.workspace.advance("300d")
    assert status_of(either_shop, shipment) == 7


def test_a_concept_that_becomes_a_letter_on_the_way_is_printed_and_stays(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "today")
    [shipment] = shop.create(home())
    shop.workspace.do("myparcel.start_journey", shipment=shipment, journey="delivered")
    body = {"data": {"shipments": [{"id": shipment, "options": {"package_type": 3}}]}}
    headers = {"Content-Type": "application/vnd.shipment+json;charset=utf-8"}
    assert shop.client.put("/shipments", json=body, headers=headers).status_code == 204
    shop.workspace.advance("40d")
    assert status_of(shop, shipment) == 12


def test_every_step_happens_at_its_own_instant(shop: Shop) -> None:
    first, second = shop.create(home(), home())
    shop.workspace.do("myparcel.start_journey", shipment=first, journey="delivered")
    shop.workspace.advance("30m")
    shop.workspace.do("myparcel.start_journey", shipment=second, journey="delivered")
    shop.workspace.advance("3d")
    events = shop.workspace.control.get("/events").json()["items"]
    changes = [each for each in events if each["event"] == "myparcel.shipment_status_changed"]
    assert [each["payload"]["shipment_id"] for each in changes] == [first, second] * 5
    assert [each["at"][5:16] for each in changes[:4]] == [
        "03-02T10:15",
        "03-02T10:45",
        "03-02T16:15",
        "03-02T16:45",
    ]
    [shown] = shop.client.get(f"/tracktraces/{second}").json()["data"]["tracktraces"]
    times = [shown["time"], *(scan["time"] for scan in shown["history"])]
    assert times == [
        "2026-03-03 12:45:00",
        "2026-03-03 07:45:00",
        "2026-03-02 22:45:00",
        "2026-03-02 17:45:00",
        "2026-03-02 11:45:00",
    ]


def test_an_unpaid_shipment_goes_nowhere(shop: Shop) -> None:
    [shipment] = shop.with_key("sim-myparcel-prepaid").create(home())
    assert "myparcel.pay" in refused(shop, "move", shipment=shipment, to=2)
    assert "myparcel.pay" in refused(shop, "start_journey", shipment=shipment, journey="delivered")
    shop.workspace.do("myparcel.pay", shipment=shipment)
    shop.workspace.do("myparcel.start_journey", shipment=shipment, journey="delivered")
    shop.workspace.advance("2d")
    assert status_of(shop.with_key("sim-myparcel-prepaid"), shipment) == 7
