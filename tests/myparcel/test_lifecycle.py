"""Statuses, which may follow which, and what the clock does to shipments."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.carriers.myparcel.catalog import lifecycle
from simulator.carriers.myparcel.catalog.lifecycle import (
    FINAL,
    INACTIVE,
    LATER,
    ONLY_FOR,
    STATUSES,
    JourneyKind,
)
from tests.myparcel.client import Shop
from tests.myparcel.tracked import (
    abroad,
    at_point,
    home,
    letter,
    move,
    refused,
    returned,
    status_of,
)
from tests.support.told import events

DOCUMENTED = {*range(1, 14), *range(30, 39), 99, 100, 101}
TRANSITIONS = {
    status: tuple(each for each in following if each in DOCUMENTED)
    for status, following in lifecycle.TRANSITIONS.items()
    if status in DOCUMENTED
}


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
    """A shipment that can go this way: only letters are printed, only some pass the customs."""
    return letter() if 12 in way else abroad() if 6 in way else home()


def test_the_statuses_are_the_documented_ones_and_all_can_be_reached() -> None:
    assert set(STATUSES) - LATER == DOCUMENTED == set(TRANSITIONS)
    assert set(WAYS) == DOCUMENTED
    assert {status for status, following in TRANSITIONS.items() if not following} <= FINAL


def test_nothing_comes_back_from_being_inactive() -> None:
    for status in (*range(30, 39), 99):
        assert all(following >= 13 for following in TRANSITIONS[status])
    assert {status: twin for status, twin in INACTIVE.items() if status < 10} == {
        status: status + 29 for status in range(1, 10)
    }


@pytest.mark.parametrize(("status", "following"), EXISTING)
def test_every_step_that_exists_can_be_taken(shop: Shop, status: int, following: int) -> None:
    way = [*WAYS[status], following]
    [shipment] = shop.create(made_for(way))
    told = move(shop, shipment, *way)
    assert told["status"] == following
    assert status_of(shop, shipment) == following


def reachable(status: int, own: JourneyKind) -> set[int]:
    """Every status to which steps that exist for this kind of shipment lead."""
    seen: set[int] = set()
    frontier = {status}
    while frontier:
        found = {after for each in frontier for after in TRANSITIONS[each]}
        frontier = {each for each in found - seen if own in ONLY_FOR.get(each, (own,))}
        seen |= frontier
    return seen


@pytest.mark.parametrize(
    ("own", "status"),
    [
        *(("home", status) for status in sorted(DOCUMENTED - {6, 12, 35})),
        *(("customs", status) for status in (1, 3, 4, 6)),
        *(("letter", status) for status in (1, 12)),
        *(("pickup", status) for status in (1, 4)),
        *(("return", status) for status in (1, 5)),
    ],
)
def test_a_goal_is_come_to_by_steps_that_exist_or_refused(
    shop: Shop, own: JourneyKind, status: int
) -> None:
    goals = reachable(status, own) - {*TRANSITIONS[status]}
    make = {"home": home, "customs": abroad, "letter": letter, "pickup": at_point}
    stays, *goes = (
        [returned(shop) for _ in range(len(goals) + 1)]
        if own == "return"
        else shop.create(*(make[own]() for _ in range(len(goals) + 1)))
    )
    for shipment in (stays, *goes):
        move(shop, shipment, *WAYS[status])
    for shipment, goal in zip(goes, sorted(goals), strict=True):
        told = move(shop, shipment, goal)
        assert told["status"] == goal == status_of(shop, shipment)
        way = [status, *told["passed"], goal]
        assert all(after in TRANSITIONS[before] for before, after in pairwise(way)), way
        changes = [
            (each["previous"], each["status"])
            for each in events(shop.workspace, "myparcel.shipment_status_changed")
            if each["shipment_id"] == shipment
        ]
        assert changes == [*pairwise([1, *WAYS[status]]), *pairwise(way)]
    before = whole(shop)
    for other in DOCUMENTED - reachable(status, own):
        refused(shop, "move", shipment=stays, to=other)
    assert whole(shop) == before


def whole(shop: Shop) -> list[Any]:
    """What a move could change."""
    return [
        shop.workspace.records("myparcel", "shipments"),
        shop.workspace.records("engine", "jobs"),
        shop.workspace.control.get("/events?limit=1000").json()["items"],
        shop.workspace.control.get("/inbox?limit=1000").json()["items"],
    ]


OVERNIGHT = [2, 3, 4, 5]


@pytest.mark.parametrize(
    ("make", "goal", "passed"),
    [
        (home, 7, OVERNIGHT),
        (home, 9, [*OVERNIGHT, 8]),
        (home, 11, [*OVERNIGHT, 8, 10]),
        (home, 36, [*OVERNIGHT, 7]),
        (home, 101, [2, 13]),
        (home, 99, [2, 3, 4, 33]),
        (at_point, 9, [*OVERNIGHT, 8]),
        (abroad, 7, [2, 3, 4, 6, 5]),
    ],
)
def test_a_shipment_goes_the_way_of_its_journey(
    shop: Shop, make: Any, goal: int, passed: list[int]
) -> None:
    [shipment] = shop.create(make())
    told = move(shop, shipment, goal)
    assert (told["passed"], told["status"], told["journey"]) == (passed, goal, None)
    assert told["barcode"].startswith("CD" if make is abroad else "3SMYPA")


def test_a_return_goes_back_and_nobody_gets_lost_on_a_way(shop: Shop) -> None:
    assert move(shop, returned(shop), 11)["passed"] == [*OVERNIGHT, 10]
    [shipment] = shop.create(home())
    move(shop, shipment, 5)
    assert move(shop, shipment, 99)["passed"] == [34]


def test_each_status_on_the_way_is_scanned_and_notified_of(shop: Shop) -> None:
    [shipment] = shop.create(home())
    move(shop, shipment, 7)
    [slot] = shop.client.get(f"/tracktraces/{shipment}").json()["data"]["tracktraces"]
    codes = [slot["code"], *(scan["code"] for scan in slot["history"])]
    assert codes == [STATUSES[each].code for each in (7, 5, 4, 3, 2)]
    hooks = shop.workspace.control.get("/inbox").json()["items"]
    notified = [hook["body"]["data"]["hooks"][0]["status"] for hook in hooks]
    assert notified == [2, 3, 4, 5, 7]


@pytest.mark.parametrize("goal", [2, 3, 7, 101])
def test_what_is_not_paid_for_goes_nowhere(shop: Shop, goal: int) -> None:
    prepaid = shop.with_key("sim-myparcel-prepaid")
    [shipment] = prepaid.create(home())
    before = whole(prepaid)
    said = refused(prepaid, "move", shipment=shipment, to=goal)
    assert said == f"shipment {shipment} has not been paid for: see myparcel.pay"
    assert whole(prepaid) == before


@pytest.mark.parametrize(
    ("kind", "way", "never"),
    [
        ("home", [], 12),
        ("home", [2, 3, 4], 6),
        ("letter", [], 2),
        ("return", [2, 3, 4], 6),
        ("return", [2, 3, 4, 5], 7),
        ("return", [2, 3, 4, 5], 8),
    ],
)
def test_some_statuses_are_not_for_every_kind_of_shipment(
    shop: Shop, kind: str, way: list[int], never: int
) -> None:
    [shipment] = (
        [returned(shop)]
        if kind == "return"
        else shop.create({"home": home, "letter": letter}[kind]())
    )
    move(shop, shipment, *way)
    said = refused(shop, "move", shipment=shipment, to=never)
    assert f"{never} ({STATUSES[never].name}); possible: " in said
    assert kind not in ONLY_FOR[never]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choices=st.lists(st.integers(0, 100), max_size=9))
def test_any_way_through_the_statuses_leaves_its_scans(shop: Shop, choices: list[int]) -> None:
    [shipment] = shop.create(home())
    status, way = 1, []
    for choice in choices:
        possible = [each for each in TRANSITIONS[status] if "home" in ONLY_FOR.get(each, ("home",))]
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
    said = refused(shop, "move", shipment=shipment, to=status)
    assert f"status {status}, which does not exist" in said


def test_a_letter_is_printed_without_tracking_and_a_package_registered(shop: Shop) -> None:
    package, post = shop.create(home(), letter())
    assert move(shop, package, 2)["status"] == 2
    said = refused(shop, "move", shipment=post, to=2)
    assert "possible: 12 (printed - letter), 30 (inactive - concept)" in said
    move(shop, post, 12)
    shown, printed = shop.read(package, post)
    assert re.fullmatch(r"3SMYPA\d{9}", shown["barcode"])
    assert (printed["status"], printed["barcode"]) == (12, None)


def test_barcodes_differ_and_come_from_the_seed(shop: Shop) -> None:
    def barcodes() -> list[str]:
        shipments = shop.create(*[home() for _ in range(30)])
        return [move(shop, shipment, 2)["barcode"] for shipment in shipments]

    first = barcodes()
    assert len(set(first)) == 30
    shop.workspace.control.post("/reset", json={})
    assert barcodes() == first
    shop.workspace.control.post("/reset", json={"seed": 7})
    assert set(barcodes()).isdisjoint(first)


def test_a_change_is_a_modification(shop: Shop) -> None:
    [shipment] = shop.create(home())
    shop.workspace.advance("90m")
    move(shop, shipment, 2)
    [shown] = shop.read(shipment)
    assert (shown["created"], shown["modified"]) == ("2026-03-02 10:15:00", "2026-03-02 11:45:00")


@pytest.mark.parametrize("status", [3, 4, 5, 6, 7, 8, 9, 10])
def test_what_was_scanned_once_stays_what_it_is(shop: Shop, status: int) -> None:
    [shipment] = shop.create(made_for(WAYS[status]))
    move(shop, shipment, *WAYS[status])
    shop.workspace.advance("300d")
    assert status_of(shop, shipment) == status


@pytest.mark.parametrize("status", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
def test_without_a_scan_for_thirty_days_a_shipment_is_inactive(shop: Shop, status: int) -> None:
    if status > 2:
        shop.workspace.quirk("myparcel.inactive", "all")
    [shipment] = shop.create(made_for(WAYS[status]))
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
    shop.workspace.advance("3d")
    shop.workspace.quirk("myparcel.inactive_after_days", 0)
    [never] = shop.create(home())
    shop.workspace.advance("300d")
    assert (status_of(shop, early), status_of(shop, never)) == (30, 1)


def test_the_quirk_may_ask_for_more_days_meanwhile_or_for_none(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.inactive_after_days", 5)
    [shipment] = shop.create(home())
    shop.workspace.quirk("myparcel.inactive_after_days", 10)
    shop.workspace.advance("9d")
    assert status_of(shop, shipment) == 1
    shop.workspace.advance("1d")
    assert status_of(shop, shipment) == 30
    [other] = shop.create(home())
    shop.workspace.quirk("myparcel.inactive_after_days", 0)
    shop.workspace.advance("300d")
    assert status_of(shop, other) == 1


def test_a_deleted_concept_does_not_become_inactive(shop: Shop) -> None:
    [shipment] = shop.create(home())
    assert shop.client.delete(f"/shipments/{shipment}").status_code == 201
    assert shop.workspace.advance("40d")["jobs"] == 0
    assert shop.read(shipment) == []


@pytest.mark.parametrize("accept", ["application/pdf", "application/json"])
@pytest.mark.parametrize(("make", "way"), [(home, [30]), (home, [30, 99]), (letter, [30])])
def test_what_was_never_printed_in_time_has_no_label(
    shop: Shop, make: Any, way: list[int], accept: str
) -> None:
    [shipment] = shop.create(make())
    move(shop, shipment, *way)
    response = shop.client.get(f"/shipment_labels/{shipment}", headers={"Accept": accept})
    assert response.status_code == 422
    [fault] = response.json()["errors"]
    assert fault["code"] == 3758
    assert fault["message"].endswith(f"shipment {shipment} is {STATUSES[way[-1]].name}")


def test_what_was_printed_can_be_printed_again_whatever_became_of_it(shop: Shop) -> None:
    delivered, old, credit, post = shop.create(home(), home(), home(), letter())
    for shipment, way in (
        (delivered, [2, 3, 4, 5, 7]),
        (old, [2, 31, 99]),
        (credit, [2, 13, 101]),
        (post, [12]),
    ):
        move(shop, shipment, *way)
        assert shop.client.get(f"/shipment_labels/{shipment}").status_code == 200
        assert status_of(shop, shipment) == way[-1]


def test_a_free_letter_of_a_prepaid_shop_needs_no_payment(shop: Shop) -> None:
    prepaid = shop.with_key("sim-myparcel-prepaid")
    by_hand, on_its_way = prepaid.create(letter(), letter())
    assert move(prepaid, by_hand, 12)["status"] == 12
    shop.workspace.do("myparcel.start_journey", shipment=on_its_way, journey="letter")
    shop.workspace.advance("1h")
    assert status_of(prepaid, on_its_way) == 12
    assert "has nothing to pay" in refused(shop, "pay", shipment=on_its_way)
