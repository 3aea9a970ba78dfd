"""Statuses, journeys, and what the clock does to shipments."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.carriers.myparcel.catalog.lifecycle import (
    FINAL,
    INACTIVE,
    JOURNEYS,
    STATUSES,
    TRANSITIONS,
    Journey,
)
from tests.myparcel.client import Shop
from tests.myparcel.tracked import abroad, at_point, home, letter, move, status_of

DOCUMENTED = {*range(1, 14), *range(30, 39), 99, 100, 101}


def ways() -> dict[int, list[int]]:
    """The shortest way from a concept to every status."""
    found: dict[int, list[int]] = {1: []}
    frontier = [1]
    while frontier:
        status = frontier.pop(0)
        for following in TRANSITIONS[status]:
            if following not in found:
                found[following] = [*found[status], following]
                frontier.append(following)
    return found


WAYS = ways()
EXISTING = [(status, following) for status in TRANSITIONS for following in TRANSITIONS[status]]


def made_for(way: list[int]) -> dict[str, Any]:
    """A shipment that can go this way: a letter is printed, anything else is registered."""
    return letter() if 12 in way else home()


def test_the_statuses_are_the_documented_ones_and_all_can_be_reached() -> None:
    assert set(STATUSES) == DOCUMENTED == set(TRANSITIONS)
    assert set(WAYS) == DOCUMENTED
    assert {status for status, following in TRANSITIONS.items() if not following} <= FINAL


def test_nothing_comes_back_from_being_inactive() -> None:
    for status in (*range(30, 39), 99):
        assert all(following >= 13 for following in TRANSITIONS[status])
    assert {status: twin for status, twin in INACTIVE.items() if status < 10} == {
        status: status + 29 for status in range(1, 10)
    }


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=list(JOURNEYS))
def test_a_journey_takes_only_steps_that_exist(journey: Journey) -> None:
    route = [1, *(step.status for step in journey.steps)]
    for status, following in pairwise(route):
        assert following in TRANSITIONS[status], f"{journey.name}: {status} -> {following}"
    assert all(step.after > timedelta(0) for step in journey.steps)


@pytest.mark.parametrize(("status", "following"), EXISTING)
def test_every_step_that_exists_can_be_taken(shop: Shop, status: int, following: int) -> None:
    way = [*WAYS[status], following]
    [shipment] = shop.create(made_for(way))
    told = move(shop, shipment, *way)
    assert told["status"] == following
    assert status_of(shop, shipment) == following


@pytest.mark.parametrize("status", list(STATUSES))
def test_no_other_step_can_be_taken(shop: Shop, status: int) -> None:
    way = WAYS[status]
    [shipment] = shop.create(made_for(way))
    move(shop, shipment, *way)
    for other in STATUSES.keys() - set(TRANSITIONS[status]):
        response = shop.workspace.control.post(
            "/actions/myparcel.move", json={"shipment": shipment, "status": other}
        )
        assert response.status_code == 409, f"{status} -> {other}: {response.text}"
    assert status_of(shop, shipment) == status


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choices=st.lists(st.integers(0, 100), max_size=9))
def test_any_way_through_the_statuses_leaves_its_scans(shop: Shop, choices: list[int]) -> None:
    [shipment] = shop.create(home())
    status, way = 1, []
    for choice in choices:
        possible = [following for following in TRANSITIONS[status] if following != 12]
        if not possible:
            break
        status = possible[choice % len(possible)]
        way.append(status)
    move(shop, shipment, *way)
    [slot] = shop.client.get(f"/tracktraces/{shipment}").json()["data"]["tracktraces"]
    codes = [slot["code"], *(scan["code"] for scan in slot["history"])] if slot else []
    scanned = [STATUSES[each].code for each in way if STATUSES[each].code is not None]
    assert codes == scanned[::-1]
    assert status_of(shop, shipment) == status


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(status=st.integers(-5, 200).filter(lambda status: status not in DOCUMENTED))
def test_a_status_that_does_not_exist_is_refused(shop: Shop, status: int) -> None:
    [shipment] = shop.create(home())
    response = shop.workspace.control.post(
        "/actions/myparcel.move", json={"shipment": shipment, "status": status}
    )
    assert response.status_code == 409
    assert f"status {status}, which does not exist" in response.text


def test_a_letter_is_printed_without_tracking_and_a_package_registered(shop: Shop) -> None:
    package, post = shop.create(home(), letter())
    assert move(shop, package, 2)["status"] == 2
    refused = shop.workspace.control.post(
        "/actions/myparcel.move", json={"shipment": post, "status": 2}
    )
    assert refused.status_code == 409
    assert "possible: 12 (printed - letter), 30 (inactive - concept)" in refused.text
    move(shop, post, 12)
    shown, printed = shop.read(package, post)
    assert re.fullmatch(r"3SMYPA\d{9}", shown["barcode"])
    assert (printed["status"], printed["barcode"]) == (12, None)


def test_barcodes_differ_and_come_from_the_seed(shop: Shop) -> None:
    shipments = shop.create(*[home() for _ in range(30)])
    barcodes = {move(shop, shipment, 2)["barcode"] for shipment in shipments}
    assert len(barcodes) == 30


def test_a_change_is_a_modification(shop: Shop) -> None:
    [shipment] = shop.create(home())
    shop.workspace.advance("90m")
    move(shop, shipment, 2)
    [shown] = shop.read(shipment)
    assert (shown["created"], shown["modified"]) == ("2026-03-02 10:15:00", "2026-03-02 11:45:00")


@pytest.mark.parametrize(
    ("journey", "make", "route"),
    [
        ("delivered", home, [2, 3, 4, 5, 7]),
        ("delivered_evening", home, [2, 3, 4, 5, 7]),
        ("pickup_collected", at_point, [2, 3, 4, 5, 8, 9]),
        ("missed_collected", home, [2, 3, 4, 5, 8, 9]),
        ("not_collected", at_point, [2, 3, 4, 5, 8, 10, 11]),
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


def test_a_return_shipment_comes_back_to_the_shop(shop: Shop) -> None:
    body = {
        "data": {
            "return_shipments": [
                {
                    "carrier": 2,
                    "name": "Sem Kuiper",
                    "email": "sem@example.com",
                    "options": {"package_type": 1},
                }
            ]
        }
    }
    response = shop.post(body, "application/vnd.unrelated_return_shipment+json;charset=utf-8")
    assert response.status_code == 200, response.text
    shipment = response.json()["data"]["ids"][0]["id"]
    shop.workspace.do("myparcel.start_journey", shipment=shipment, journey="returned")
    shop.workspace.advance("5d")
    assert status_of(shop, shipment) == 11


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
    ("make", "journey"),
    [
        (home, "customs_delivered"),
        (home, "letter"),
        (home, "pickup_collected"),
        (letter, "delivered"),
        (abroad, "delivered"),
        (home, "flown_home"),
    ],
)
def test_a_journey_that_does_not_suit_is_refused(shop: Shop, make: Any, journey: str) -> None:
    [shipment] = shop.create(make())
    response = shop.workspace.control.post(
        "/actions/myparcel.start_journey", json={"shipment": shipment, "journey": journey}
    )
    assert response.status_code == 409
    assert "possible: " in response.text


def test_an_unpaid_shipment_goes_nowhere(shop: Shop) -> None:
    [shipment] = shop.with_key("sim-myparcel-prepaid").create(home())
    control = shop.workspace.control
    for action, arguments in (
        ("move", {"status": 2}),
        ("start_journey", {"journey": "delivered"}),
    ):
        response = control.post(
            f"/actions/myparcel.{action}", json={"shipment": shipment, **arguments}
        )
        assert response.status_code == 409
        assert "myparcel.pay" in response.text


@pytest.mark.parametrize("status", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
def test_without_a_scan_for_thirty_days_a_shipment_is_inactive(shop: Shop, status: int) -> None:
    [shipment] = shop.create(home())
    move(shop, shipment, *WAYS[status])
    shop.workspace.advance("29d")
    assert status_of(shop, shipment) == status
    shop.workspace.advance("1d")
    assert status_of(shop, shipment) == INACTIVE[status]
    shop.workspace.advance("90d")
    assert status_of(shop, shipment) == INACTIVE[status]


def test_the_time_until_a_shipment_is_inactive_is_a_quirk(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.inactive_after_days", 3)
    [early] = shop.create(home())
    shop.workspace.quirk("myparcel.inactive_after_days", 0)
    [never] = shop.create(home())
    shop.workspace.advance("3d")
    assert (status_of(shop, early), status_of(shop, never)) == (30, 1)
    shop.workspace.advance("300d")
    assert status_of(shop, never) == 1


def test_a_deleted_concept_does_not_become_inactive(shop: Shop) -> None:
    [shipment] = shop.create(home())
    assert shop.client.delete(f"/shipments/{shipment}").status_code == 201
    shop.workspace.advance("40d")
    assert shop.read(shipment) == []
