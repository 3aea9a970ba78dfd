"""Journeys: what becomes of parcels on the clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, get_args

import pytest

from simulator.carriers.postplus.catalog.event_codes import (
    DELIVERED,
    EVENT_CODES,
    RETURN_TO_SENDER,
)
from simulator.carriers.postplus.catalog.journeys import JOURNEYS, Journey
from simulator.carriers.postplus.records import ParcelStatus
from tests.postplus.client import Client, Json
from tests.postplus.following import Follower, event, history, made, send
from tests.support.told import events

DELIVERY = (
    "RECEIVE_ITEM_AT_TERMINAL",
    "ITEM_DEPARTED_FROM_TERMINAL",
    "SEND_RECEPTACLE_ABROAD",
    "RECEIVE_BAG_AT_DEST_DISTR_HUB",
    "RECEIVE_ITEM_AT_DEST_DISTR_HUB",
    "HANDOVER_ITEM_TO_DELIVERY_AGENT",
    "DELIVERED",
)


def status(client: Client, number: str) -> str:
    """The status of a parcel."""
    told: str = client.get(f"/parcels/parcel-nrs/{number}")["status"]["status"]
    return told


def start(client: Client, number: str, journey: str) -> Json:
    """Let a parcel go on a journey."""
    told: Json = client.workspace.do("postplus.start_journey", parcel=number, journey=journey)
    return told


def refused(client: Client, action: str, **arguments: Any) -> str:
    """The reason why an action is not possible."""
    response = client.workspace.control.post(f"/actions/postplus.{action}", json=arguments)
    assert response.status_code == 409, response.text
    detail: str = response.json()["detail"]
    return detail


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=list(JOURNEYS))
def test_a_journey_has_known_scans_and_goes_on_in_time(journey: Journey) -> None:
    assert {step.status for step in journey.steps} <= set(EVENT_CODES)
    assert all(step.after > timedelta(0) for step in journey.steps)


@pytest.mark.parametrize(
    ("journey", "last", "statuses"),
    [
        ("delivered", DELIVERED, ["Created", "Departed", "Delivered"]),
        ("customs_delivered", DELIVERED, ["Created", "Departed", "Delivered"]),
        ("held_collected", DELIVERED, ["Created", "Departed", "Delivered"]),
        ("held_returned", RETURN_TO_SENDER, ["Created", "Departed", "Returned"]),
        ("customs_returned", RETURN_TO_SENDER, ["Created", "Departed", "Returned"]),
        ("lost", "SEND_RECEPTACLE_ABROAD", ["Created", "Departed"]),
        ("late_scans", "RECEIVE_ITEM_AT_DEST_DISTR_HUB", ["Created", "Departed", "Delivered"]),
    ],
)
def test_a_journey_runs_on_the_clock(
    client: Client, journey: str, last: str, statuses: list[str]
) -> None:
    number = made(client)
    follower = Follower(client).at_the_end()
    assert start(client, number, journey) == {
        "parcel": 90001,
        "status": "Created",
        "parcel_nr": number,
        "journey": journey,
    }
    seen = [status(client, number)]
    for step in JOURNEYS[journey].steps:
        client.workspace.advance(f"{int(step.after.total_seconds()) - 1}s")
        assert follower.page() == []
        client.workspace.advance("1s")
        [entry] = follower.page()
        assert entry["event"]["eventCode"] == step.status
        seen.append(status(client, number))
    assert step.status == last
    assert list(dict.fromkeys(seen)) == statuses
    client.workspace.advance("90d")
    assert follower.page() == []
    found = client.workspace.records("postplus", "parcels")[-1]
    assert (found["journey"], found["next_job"]) == (None, None)


def test_every_journey_is_under_test() -> None:
    assert set(JOURNEYS) == {
        *("delivered", "customs_delivered", "held_collected", "held_returned"),
        *("customs_returned", "lost", "late_scans"),
    }


def test_a_delivery_in_one_go_tells_every_scan_at_its_own_time_and_place(client: Client) -> None:
    number = made(client)
    start(client, number, "delivered")
    client.workspace.advance("30d")
    events = history(client, number)[1:]
    assert tuple(each["eventCode"] for each in events) == DELIVERY
    assert [each["eventLocation"] for each in events] == [
        *("AMS", "AMS", "AMS", "FI", "Helsinki", "Helsinki", "Helsinki")
    ]
    assert events[0]["eventTime"] == "2026-03-02T17:15:00+00:00"
    assert events[-1] == {
        **events[-1],
        "eventTime": "2026-03-06T04:15:00+00:00",
        "eventMessage": "Delivered to the recipient",
    }


def test_late_scans_come_in_another_order_than_they_happened(client: Client) -> None:
    number = made(client)
    follower = Follower(client).at_the_end()
    start(client, number, "late_scans")
    client.workspace.advance("30d")
    processed = [entry["event"] for entry in follower.rest()]
    happened = history(client, number)[1:]
    assert [each["eventCode"] for each in happened] == [*DELIVERY]
    assert sorted(processed, key=lambda each: datetime.fromisoformat(each["eventTime"])) == happened
    assert processed != happened


def test_a_journey_goes_on_behind_the_last_scan_of_the_parcel(client: Client) -> None:
    number = made(client)
    client.workspace.do("postplus.scan", parcel=number, code="SEND_RECEPTACLE_ABROAD")
    start(client, number, "delivered")
    client.workspace.advance("30d")
    codes = [each["eventCode"] for each in history(client, number)[1:]]
    assert codes == list(DELIVERY[2:])


def test_another_journey_takes_the_place_of_the_first(client: Client) -> None:
    number = made(client)
    start(client, number, "delivered")
    client.workspace.advance("8h")
    start(client, number, "lost")
    client.workspace.advance("30d")
    codes = [each["eventCode"] for each in history(client, number)[1:]]
    assert codes == list(DELIVERY[:3])


def test_a_move_by_hand_ends_the_journey(client: Client) -> None:
    number = made(client)
    start(client, number, "delivered")
    told = client.workspace.do("postplus.move", parcel=number, to="Departed")
    assert told == {"parcel": 90001, "status": "Departed", "parcel_nr": number, "journey": None}
    client.workspace.advance("30d")
    assert [each["eventCode"] for each in history(client, number)[1:]] == ["SEND_RECEPTACLE_ABROAD"]


@pytest.mark.parametrize("end", ["cancelled", "deleted", "reset"])
def test_a_parcel_that_is_no_more_goes_no_further(client: Client, end: str) -> None:
    number = made(client)
    start(client, number, "delivered")
    if end == "cancelled":
        client.put_parcel(identifiers={"senderParcelNr": "ORD-1"}, status={"isCancelled": True})
    elif end == "deleted":
        client.ok("DELETE", "/parcels/90001")
    else:
        client.workspace.do("postplus.reset_test_data")
    client.workspace.advance("30d")
    told = client.workspace.control.get("/events").json()["items"]
    assert not {"postplus.parcel_scanned", "engine.job_failed"} & {each["event"] for each in told}


def test_journeys_that_are_not_possible_are_refused(client: Client) -> None:
    number = made(client)
    said = refused(client, "start_journey", parcel=number, journey="Deliverd")
    assert "'Deliverd' is not a journey (did you mean 'delivered'?); possible: delivered, " in said
    client.workspace.do("postplus.move", parcel=number, to="Delivered")
    said = refused(client, "start_journey", parcel=number, journey="lost")
    assert "(Delivered) cannot go on the journey lost; possible: nothing" in said
    said = refused(client, "start_journey", parcel="NOPE", journey="lost")
    assert "there is no parcel 'NOPE': name an id or a parcel nr or sender parcel nr" in said


def test_a_journey_at_its_end_is_not_begun_again(client: Client) -> None:
    number = made(client)
    start(client, number, "lost")
    client.workspace.advance("30d")
    said = refused(client, "start_journey", parcel=number, journey="lost")
    assert "cannot go on the journey lost; possible: delivered, " in said


def test_cancelled_parcels_and_those_with_errors_go_on_no_journey(client: Client) -> None:
    made(client)
    client.put_parcel(identifiers={"senderParcelNr": "ORD-1"}, status={"isCancelled": True})
    said = refused(client, "start_journey", parcel="ORD-1-C1", journey="lost")
    assert "parcel 90001 is cancelled" in said
    said = refused(client, "move", parcel="ORD-1-C1", to="Departed")
    assert "parcel 90001 is cancelled" in said
    client.put_parcel(identifiers={"senderParcelNr": "ORD-2"}, parcel={"parcelGrossWeight": 0.1})
    said = refused(client, "start_journey", parcel="ORD-2", journey="lost")
    assert "parcel 90002 has errors, and so no number" in said


@pytest.mark.parametrize("first", get_args(ParcelStatus))
@pytest.mark.parametrize("second", get_args(ParcelStatus))
def test_a_parcel_moves_only_forwards(client: Client, first: str, second: str) -> None:
    order = ["Created", "Manifested", "Departed", "Delivered"]
    made(client)
    if first != "Created":
        client.workspace.do("postplus.move", parcel="ORD-1", to=first)
    ends = {"Delivered", "Returned"}
    forwards = first not in ends and (
        second == "Returned" or order.index(second) > order.index(first)
    )
    before = told_of(client)
    if forwards:
        told = client.workspace.do("postplus.move", parcel=90001, to=second)
        # One scan brings a parcel into each status: nothing is passed on the way.
        assert (told["status"], "passed" in told) == (second, False)
        changes = events(client.workspace, "postplus.parcel_status_changed")
        assert (changes[-1]["previous"], changes[-1]["status"]) == (first, second)
        assert len(changes) == (1 if first == "Created" else 2)
    else:
        said = refused(client, "move", parcel="90001", to=second)
        assert f"parcel 90001 cannot go from {first} to {second}; possible: " in said
        assert told_of(client) == before


def told_of(client: Client) -> list[Any]:
    """What a move could change."""
    workspace = client.workspace
    tables = (workspace.records("postplus", table) for table in ("parcels", "events", "feed"))
    return [*tables, workspace.control.get("/events?limit=1000").json()["items"]]


def test_a_status_that_is_none_is_refused(client: Client) -> None:
    made(client)
    said = refused(client, "move", parcel="ORD-1", to="delivered!")
    assert "'delivered!' is not a status (did you mean 'Delivered'?); possible: Manif" in said


def test_a_status_follows_from_the_events_whoever_tells_them(client: Client) -> None:
    number = made(client)
    seen = []
    for code in ("FIRST_MILE_SCAN", "ON_TRANSPORT_TO_DEST_COUNTRY", "DELIVERED"):
        send(client, event(number, eventId=code, eventCode=code))
        seen.append(status(client, number))
    assert seen == ["Created", "Departed", "Delivered"]


def test_a_correction_takes_the_effect_of_an_event_back(client: Client) -> None:
    number = made(client)
    seen = []
    for code in ("DELIVERED", "HOLD_ITEM_AT_DEST_DISTR", "RETURN_TO_SENDER", "FIRST_MILE_SCAN"):
        send(client, event(number, eventId="ext", eventCode=code))
        seen.append(status(client, number))
    assert seen == ["Delivered", "Departed", "Returned", "Created"]


def test_of_delivery_and_return_the_later_one_counts(client: Client) -> None:
    number = made(client)
    send(client, event(number, eventCode="RETURN_TO_SENDER", eventTime="2026-03-02"))
    send(client, event(number, eventCode="DELIVERED", eventTime="2026-03-01"))
    assert status(client, number) == "Returned"


def linked(client: Client, *numbers: str) -> int:
    """The id of a new shipment to Tallinn with these parcels."""
    answer = client.ok("POST", "/shipments", json={"type": "CMR", "terminalCode": "TLL"})
    shipment: int = answer["id"]
    wanted = {"parcelNrs": ",".join(numbers), "updateBagNr": "BAG-1", "linkShipmentId": shipment}
    client.ok("POST", "/parcels/update-references-many", json=wanted)
    return shipment


def submit(client: Client, shipment: int) -> None:
    """Prepare a shipment and submit it."""
    token = client.ok("POST", f"/shipments/{shipment}/prepare", json={})["shipmentSubmitToken"]
    client.ok("POST", f"/shipments/{shipment}/submit", json={"shipmentSubmitToken": token})


def test_a_submitted_parcel_is_manifested_unless_it_is_further_and_the_feed_tells(
    client: Client,
) -> None:
    first, second = made(client, "ORD-1"), made(client, "ORD-2")
    shipment = linked(client, first, second)
    send(client, event(second, eventId="ext", eventCode="DELIVERED"))
    follower = Follower(client).at_the_end()
    submit(client, shipment)
    assert [status(client, number) for number in (first, second)] == ["Manifested", "Delivered"]
    told = [(each["parcel"]["parcelNr"], each["event"]["eventCode"]) for each in follower.rest()]
    assert set(told) == {(first, "CREATE_OR_UPDATE"), (second, "CREATE_OR_UPDATE")}
    # a delivery that was none leaves the parcel where its shipment is
    send(client, event(second, eventId="ext", eventCode="FIRST_MILE_SCAN"))
    assert status(client, second) == "Manifested"


def test_scans_of_a_terminal_are_made_at_that_of_the_shipment(client: Client) -> None:
    number = made(client)
    linked(client, number)
    start(client, number, "lost")
    client.workspace.advance("8h")
    assert history(client, number)[-1]["eventLocation"] == "TLL"
