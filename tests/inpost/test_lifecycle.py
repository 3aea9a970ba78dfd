"""Parcels on their way: moves by hand, journeys on the clock, and what cannot be."""

from __future__ import annotations

from collections import deque

import pytest

from simulator.carriers.inpost.catalog.journeys import JOURNEYS
from simulator.carriers.inpost.catalog.lifecycle import BEFORE_PURCHASE, TRANSITIONS, possible_after
from simulator.carriers.inpost.purchase import buying
from simulator.carriers.inpost.shipments import building
from simulator.carriers.inpost.tracking import lifecycle
from simulator.engine.world import World
from tests.inpost.engine import Engine
from tests.inpost.shipx import (
    ADDRESS,
    BROKE,
    POSTPAID,
    RECEIVER,
    Json,
    bought,
    c2c,
    courier,
    create,
    get,
    listed,
    locker,
    prepared,
)
from tests.support.server import Workspace


def _path(target: str) -> list[str]:
    """The shortest way from `confirmed` to a status."""
    queue = deque([["confirmed"]])
    while queue:
        path = queue.popleft()
        if path[-1] == target:
            return path[1:]
        queue.extend([*path, after] for after in possible_after(path[-1]) if after not in path)
    raise AssertionError(f"{target} cannot be reached")


@pytest.mark.parametrize("target", sorted(TRANSITIONS.keys() - BEFORE_PURCHASE - {"confirmed"}))
def test_every_status_is_reached_and_told(workspace: Workspace, target: str) -> None:
    number = bought(workspace, locker())["tracking_number"]
    path = _path(target)
    for status in path:
        workspace.advance("1h")
        told = workspace.do("inpost.move", shipment=number, to=status)
        assert told["status"] == status
    [record] = workspace.records("inpost", "shipments")
    assert [item["status"] for item in record["history"]] == ["confirmed", *path]
    assert get(workspace, record["id"])["status"] == target


def test_moves_before_the_purchase(workspace: Workspace) -> None:
    number = create(workspace, locker())["id"]
    for status in ("offers_prepared", "offer_selected", "offers_prepared", "offer_selected"):
        workspace.do("inpost.move", shipment=number, to=status)
        assert get(workspace, number)["status"] == status
    workspace.do("inpost.move", shipment=number, to="confirmed")
    shipment = get(workspace, number)
    assert shipment["tracking_number"] is not None
    assert shipment["updated_at"] == shipment["created_at"]
    workspace.advance("1m")
    assert get(workspace, number) == shipment


def test_a_running_payment_can_be_finished_at_once_but_not_left(workspace: Workspace) -> None:
    number = create(workspace, locker())["id"]
    workspace.advance("600ms")
    refused = workspace.control.post(
        "/actions/inpost.move", json={"shipment": number, "to": "canceled"}
    )
    assert refused.status_code == 409
    workspace.do("inpost.move", shipment=number, to="confirmed")
    assert [t["status"] for t in get(workspace, number)["transactions"]] == ["success"]


def test_a_move_to_confirmed_has_to_be_paid(workspace: Workspace) -> None:
    number = create(workspace, locker(only_choice_of_offer=True), BROKE)["id"]
    workspace.advance("1s")
    refused = workspace.control.post(
        "/actions/inpost.move", json={"shipment": number, "to": "confirmed"}
    )
    assert refused.status_code == 409
    assert "debt_collection" in refused.text


def test_an_offer_that_is_not_there_cannot_be_selected(workspace: Workspace) -> None:
    number = prepared(workspace)["id"]
    workspace.do("inpost.expire_offers")
    refused = workspace.control.post(
        "/actions/inpost.move", json={"shipment": number, "to": "offer_selected"}
    )
    assert refused.status_code == 409


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"shipment": 99, "to": "delivered"}, "there is no shipment 99"),
        ({"shipment": "6" * 24, "to": "delivered"}, "there is no shipment"),
        ({"shipment": "15000001", "to": "lost"}, "is not a status"),
        ({"shipment": "15000001", "to": "deliverd"}, "(did you mean 'delivered'?); possible: "),
        ({"shipment": 15000001, "to": "created"}, "possible: dispatched_by_sender"),
    ],
)
def test_moves_that_are_refused(workspace: Workspace, arguments: Json, said: str) -> None:
    bought(workspace)
    refused = workspace.control.post("/actions/inpost.move", json=arguments)
    assert refused.status_code == 409
    assert said in refused.text


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=lambda journey: str(journey.name))
def test_a_journey_runs_on_the_clock(workspace: Workspace, journey: object) -> None:
    name = journey.name  # type: ignore[attr-defined]
    steps = JOURNEYS[name].steps
    if JOURNEYS[name].kind == "courier":
        number = bought(workspace, courier(), POSTPAID)["id"]
    else:
        number = bought(workspace)["id"]
    told = workspace.do("inpost.start_journey", shipment=number, journey=name)
    assert told["journey"] == name
    seen = []
    for step in steps:
        workspace.advance(f"{int(step.after.total_seconds())}s")
        [record] = workspace.records("inpost", "shipments")
        seen.append(record["status"])
    assert seen == [step.status for step in steps]
    workspace.advance("100d")
    [record] = workspace.records("inpost", "shipments")
    assert (record["status"], record["journey"]) == (seen[-1], None)
    scans = [item["agency"] is not None for item in record["history"]]
    assert scans == [False, *(step.agency is not None for step in steps)]


def test_a_journey_that_does_not_suit(workspace: Workspace) -> None:
    number = bought(workspace)["id"]
    for journey, said in (
        ("door_delivered", "possible: locker_delivered"),
        ("nowhere", "is not a journey"),
    ):
        refused = workspace.control.post(
            "/actions/inpost.start_journey", json={"shipment": number, "journey": journey}
        )
        assert refused.status_code == 409
        assert said in refused.text


def test_journeys_begin_with_the_purchase(workspace: Workspace) -> None:
    number = create(workspace, locker())["id"]
    refused = workspace.control.post(
        "/actions/inpost.start_journey", json={"shipment": number, "journey": "locker_delivered"}
    )
    assert refused.status_code == 409
    assert "once it is confirmed" in refused.text


def test_a_journey_can_be_joined_on_the_way_and_left(workspace: Workspace) -> None:
    number = bought(workspace)["id"]
    workspace.do("inpost.move", shipment=number, to="dispatched_by_sender")
    workspace.do("inpost.start_journey", shipment=number, journey="locker_delivered")
    workspace.advance("4h")
    assert get(workspace, number)["status"] == "taken_by_courier"
    workspace.do("inpost.move", shipment=number, to="adopted_at_source_branch")
    workspace.advance("10d")
    assert get(workspace, number)["status"] == "adopted_at_source_branch"


def test_no_parcel_moves_by_itself_but_an_unused_label_is_cancelled(
    workspace: Workspace,
) -> None:
    number = bought(workspace)["id"]
    [before] = [o for o in workspace.records("inpost", "organizations") if o["id"] == 1]
    assert before["balance"] == 100_000 - 1699
    workspace.advance("44d23h")
    assert get(workspace, number)["status"] == "confirmed"
    workspace.advance("2h")
    assert get(workspace, number)["status"] == "canceled"
    assert listed(workspace)["count"] == 0
    [after] = [o for o in workspace.records("inpost", "organizations") if o["id"] == 1]
    assert after["balance"] == 100_000


def test_nothing_is_given_back_where_nothing_was_taken(workspace: Workspace) -> None:
    number = bought(workspace, token=POSTPAID)["id"]
    workspace.do("inpost.move", shipment=number, to="canceled")
    workspace.quirk("inpost.funds", "unlimited")
    number = bought(workspace, token=BROKE)["id"]
    workspace.do("inpost.move", shipment=number, to="canceled")
    balances = [o["balance"] for o in workspace.records("inpost", "organizations")]
    assert balances == [100_000, 0, 0, 100_000]


def test_a_returned_parcel_gets_a_number_for_its_way_back(workspace: Workspace) -> None:
    number = bought(workspace)["id"]
    workspace.do("inpost.start_journey", shipment=number, journey="locker_not_collected")
    workspace.advance("30d")
    shipment = get(workspace, number)
    assert shipment["status"] == "returned_to_sender"
    assert shipment["return_tracking_number"].startswith("52")


@pytest.mark.parametrize(
    ("address", "branch"),
    [
        ({"city": "Gdańsk", "post_code": "80-001"}, "Gdańsk"),
        ({"city": "Rumia", "post_code": "84-230"}, "Gdańsk"),
        ({"city": "Skawina", "post_code": "31-050"}, "Kraków"),
        ({"city": "Berlin", "post_code": "X-1", "country_code": "DE"}, "Łódź"),
    ],
)
def test_scans_are_of_the_nearest_branch(workspace: Workspace, address: Json, branch: str) -> None:
    receiver = {**RECEIVER, "address": {**ADDRESS, **address}}
    number = bought(workspace, c2c(receiver=receiver))["id"]
    workspace.do("inpost.start_journey", shipment=number, journey="door_delivered")
    workspace.advance("10d")
    [record] = workspace.records("inpost", "shipments")
    scans = {item["status"]: item["location"] for item in record["history"]}
    assert scans["adopted_at_source_branch"] == "Warszawa"
    assert scans["adopted_at_sorting_center"] == "Łódź"
    assert scans["adopted_at_target_branch"] == branch
    assert scans["delivered"] is None


def test_jobs_of_what_has_gone_do_nothing() -> None:
    engine = Engine(locker(only_choice_of_offer=True))

    def work(world: World) -> None:
        for job in buying.JOBS.values():
            arguments = {"offer_id": 1} if job is buying.begin_transaction else {}
            job(world, shipment_id=99, **arguments)
        lifecycle.journey_step(world, shipment_id=99, journey="locker_delivered", place=0)
        body = building.body_of(world, engine.shipment_in(world, "confirmed"))
        assert body["service"] == "inpost_locker_standard"

    engine.undone(work)
