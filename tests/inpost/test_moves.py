"""Where a parcel shall be: it goes the way that leads there, whole or not at all."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import pytest

from simulator.carriers.carrier import BadAction
from simulator.carriers.inpost.catalog.lifecycle import BEFORE_PURCHASE, TRANSITIONS, possible_after
from tests.inpost.engine import Engine
from tests.inpost.shipx import (
    BROKE,
    POSTPAID,
    Json,
    bought,
    courier,
    create,
    get,
    locker,
    offer_mode,
)
from tests.support.server import Workspace
from tests.support.told import events

OVERNIGHT = [
    "adopted_at_source_branch",
    "sent_from_source_branch",
    "adopted_at_sorting_center",
    "sent_from_sorting_center",
    "adopted_at_target_branch",
]
TO_LOCKER = ["dispatched_by_sender", "taken_by_courier", *OVERNIGHT, "out_for_delivery"]
TO_DOOR = ["collected_from_sender", *OVERNIGHT, "out_for_delivery_to_address"]
ACCIDENTS = {"delay_in_delivery", "other"}
PURCHASE = ["offers_prepared", "offer_selected", "confirmed"]


@lru_cache
def engine(kind: str) -> Engine:
    """A world with a shipment of that kind."""
    if kind == "courier":
        return Engine(courier(only_choice_of_offer=True), 2)
    return Engine(locker(only_choice_of_offer=True))


def reachable_from(status: str) -> set[str]:
    """Every status to which steps that exist lead. After a delay, or what nobody recognises, a
    parcel turns up anywhere: that is an accident, and no way."""
    seen: set[str] = set()
    frontier = {status}
    while frontier:
        found = {after for each in frontier for after in TRANSITIONS[each]}
        frontier = found - seen - ACCIDENTS
        seen |= found
    return seen - {status}


@pytest.mark.parametrize("before", TRANSITIONS)
def test_what_can_come_next_comes_at_once(before: str) -> None:
    for after in TRANSITIONS[before]:
        trip = engine("locker").try_move(before, after)
        assert trip.status == after
        assert trip.passed == []
        assert trip.told == [(before, after)]


@pytest.mark.parametrize("kind", ["locker", "courier"])
@pytest.mark.parametrize("before", TRANSITIONS)
def test_a_goal_is_come_to_by_steps_that_exist(kind: str, before: str) -> None:
    for after in reachable_from(before):
        trip = engine(kind).try_move(before, after)
        way = [before, *trip.passed, after]
        assert trip.status == after
        assert len({*way}) == len(way)
        assert all(following in TRANSITIONS[status] for status, following in pairwise(way)), way
        assert trip.told == [*pairwise(way)]
        assert trip.history == [
            status
            for previous, status in pairwise(way)
            if previous not in BEFORE_PURCHASE or status == "confirmed"
        ]
        assert not ({"canceled", "missing"} | ACCIDENTS) & {*trip.passed}


@pytest.mark.parametrize("before", TRANSITIONS)
def test_a_goal_to_which_no_way_leads_is_refused_with_what_is_possible(before: str) -> None:
    possible = ", ".join(possible_after(before)) or "nothing"
    for after in TRANSITIONS.keys() - reachable_from(before):
        with pytest.raises(BadAction) as refused:
            engine("locker").try_move(before, after)
        assert str(refused.value).endswith(f"from {before} to {after}; possible: {possible}")


@pytest.mark.parametrize(
    ("sending_method", "goal", "passed"),
    [
        ("parcel_locker", "ready_to_pickup", TO_LOCKER),
        ("parcel_locker", "delivered", [*TO_LOCKER, "ready_to_pickup"]),
        ("parcel_locker", "out_for_delivery", TO_LOCKER[:-1]),
        ("dispatch_order", "ready_to_pickup", [*TO_DOOR[:-1], "out_for_delivery"]),
        # No journey has it: the shortest way.
        ("parcel_locker", "undelivered_no_mailbox", [OVERNIGHT[0], TO_DOOR[-1]]),
    ],
)
def test_a_parcel_goes_the_way_of_a_journey_from_where_it_is_handed_over(
    workspace: Workspace, sending_method: str, goal: str, passed: list[str]
) -> None:
    custom = {**locker()["custom_attributes"], "sending_method": sending_method}
    number = bought(workspace, locker(custom_attributes=custom))["id"]
    told = workspace.do("inpost.move", shipment=number, to=goal)
    assert (told["status"], told["passed"], told["journey"]) == (goal, passed, None)


def test_a_courier_parcel_goes_to_the_door(workspace: Workspace) -> None:
    number = bought(workspace, courier(), POSTPAID)["tracking_number"]
    assert workspace.do("inpost.move", shipment=number, to="delivered")["passed"] == TO_DOOR


def test_each_status_on_the_way_is_scanned_told_and_notified_of(workspace: Workspace) -> None:
    shipment = bought(workspace)
    workspace.do("inpost.move", shipment=shipment["id"], to="ready_to_pickup")
    way = [*TO_LOCKER, "ready_to_pickup"]
    path = f"/v1/tracking/{shipment['tracking_number']}"
    scans = workspace.client.get(path).json()["tracking_details"]
    assert [scan["status"] for scan in scans] == [*reversed(way), "confirmed"]
    assert len({scan["datetime"] for scan in scans[:-1]}) == 1
    places = {scan["status"]: scan["agency"] for scan in scans}
    assert places["adopted_at_sorting_center"] is not None
    assert places["dispatched_by_sender"] is None
    changed = [
        hook["body"]["payload"]["status"]
        for hook in workspace.control.get("/inbox").json()["items"]
        if hook["event"] == "shipment_status_changed"
    ]
    assert changed == way
    told = events(workspace, "inpost.shipment_status_changed")
    assert [each["status"] for each in told] == [*PURCHASE, *way]


def test_a_parcel_goes_on_from_where_it_is(workspace: Workspace) -> None:
    number = bought(workspace)["id"]
    workspace.do("inpost.start_journey", shipment=number, journey="locker_delivered")
    workspace.advance("16h")
    told = workspace.do("inpost.move", shipment=number, to="ready_to_pickup")
    assert told["passed"] == TO_LOCKER[4:]
    workspace.advance("30d")
    assert get(workspace, number)["status"] == "ready_to_pickup"


@pytest.mark.parametrize("body", [locker(), locker(only_choice_of_offer=True), offer_mode()])
def test_a_shipment_is_bought_on_the_way(workspace: Workspace, body: Json) -> None:
    number = create(workspace, body)["id"]
    told = workspace.do("inpost.move", shipment=number, to="delivered")
    assert told["passed"] == [*PURCHASE, *TO_LOCKER, "ready_to_pickup"]
    shipment = get(workspace, number)
    assert shipment["status"] == "delivered"
    assert shipment["tracking_number"] == told["tracking_number"] is not None
    assert [each["status"] for each in shipment["transactions"]] == ["success"]
    [payer] = [o for o in workspace.records("inpost", "organizations") if o["id"] == 1]
    assert payer["balance"] < 100_000
    told_of = events(workspace, "inpost.shipment_status_changed")
    assert [each["status"] for each in told_of] == [*told["passed"], "delivered"]
    workspace.advance("60d")
    assert get(workspace, number)["status"] == "delivered"


def test_a_purchase_that_is_under_way_ends_on_the_way(workspace: Workspace) -> None:
    number = create(workspace, locker())["id"]
    workspace.advance("600ms")
    told = workspace.do("inpost.move", shipment=number, to="out_for_delivery")
    assert told["passed"] == ["confirmed", *TO_LOCKER[:-1]]
    assert len(get(workspace, number)["transactions"]) == 1


def everything(workspace: Workspace) -> list[object]:
    """What a move could change."""
    return [
        workspace.records("inpost", "shipments"),
        workspace.records("inpost", "organizations"),
        workspace.records("engine", "jobs"),
        workspace.control.get("/events").json()["items"],
        workspace.control.get("/inbox").json()["items"],
    ]


@pytest.mark.parametrize("goal", ["confirmed", "dispatched_by_sender", "delivered", "missing"])
def test_without_money_nothing_of_the_way_is_gone(workspace: Workspace, goal: str) -> None:
    number = create(workspace, locker(), BROKE)["id"]
    before = everything(workspace)
    refused = workspace.control.post("/actions/inpost.move", json={"shipment": number, "to": goal})
    assert refused.status_code == 409
    assert "cannot be paid for (debt_collection)" in refused.json()["detail"]
    assert everything(workspace) == before


def test_where_no_way_leads_nothing_changes(workspace: Workspace) -> None:
    number = bought(workspace)["id"]
    workspace.do("inpost.move", shipment=number, to="delivered")
    before = everything(workspace)
    for goal in ("created", "confirmed", "ready_to_pickup", "delivered", "missing"):
        refused = workspace.control.post(
            "/actions/inpost.move", json={"shipment": number, "to": goal}
        )
        assert refused.status_code == 409
        said = f"cannot go from delivered to {goal}; possible: nothing"
        assert said in refused.json()["detail"]
    assert everything(workspace) == before
