"""Tracking of parcels."""

from __future__ import annotations

from typing import Any

import pytest
from dirty_equals import IsPartialDict

from tests.inpost.confirmed import LOCKER, confirmed
from tests.support.server import Workspace


def track(workspace: Workspace, number: str) -> dict[str, Any]:
    answer = workspace.inpost(None).get(f"/v1/tracking/{number}")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def statuses(tracking: dict[str, Any]) -> list[str]:
    return [detail["status"] for detail in tracking["tracking_details"]]


def test_a_confirmed_parcel_is_tracked_without_a_token(workspace: Workspace) -> None:
    shipment = confirmed(workspace)

    tracking = track(workspace, shipment["tracking_number"])

    confirmed_at = tracking["created_at"]
    assert tracking == {
        "tracking_number": shipment["tracking_number"],
        "service": "inpost_locker_standard",
        "type": "inpost_locker_standard",
        "status": "confirmed",
        "custom_attributes": {
            "size": "A",
            "target_machine_id": "KRA010",
            "target_machine_detail": {
                "name": "KRA010",
                "opening_hours": "24/7",
                "location_description": "przy sklepie",
                "location": {"latitude": 50.0657, "longitude": 19.9377},
                "address": {"line1": "Długa 1", "line2": "31-147 Kraków"},
                "type": ["parcel_locker"],
                "location247": True,
            },
            "dropoff_machine_id": "WAW478M",
            "dropoff_machine_detail": IsPartialDict(name="WAW478M"),
            "end_of_week_collection": False,
        },
        "tracking_details": [
            {
                "status": "confirmed",
                "origin_status": "PPN",
                "agency": None,
                "location": None,
                "datetime": confirmed_at,
            }
        ],
        "expected_flow": [],
        "created_at": confirmed_at,
        "updated_at": confirmed_at,
    }


@pytest.mark.parametrize(
    ("parcel", "size"),
    [
        ({"template": "medium"}, "B"),
        ({"template": "large"}, "C"),
        (
            {"dimensions": {"length": 400, "width": 300, "height": 100}, "weight": {"amount": 2}},
            "B",
        ),
    ],
)
def test_the_size_is_the_locker_class(
    workspace: Workspace, parcel: dict[str, Any], size: str
) -> None:
    shipment = confirmed(workspace, parcels=[parcel])

    tracking = track(workspace, shipment["tracking_number"])

    assert tracking["custom_attributes"]["size"] == size


def test_events_are_told_newest_first(workspace: Workspace) -> None:
    shipment = confirmed(workspace)
    for status in ("dispatched_by_sender", "taken_by_courier", "adopted_at_source_branch"):
        workspace.advance("4h")
        workspace.do("inpost.move", shipment=shipment["id"], to=status)

    tracking = track(workspace, shipment["tracking_number"])

    assert tracking["status"] == "adopted_at_source_branch"
    assert statuses(tracking) == [
        "adopted_at_source_branch",
        "taken_by_courier",
        "dispatched_by_sender",
        "confirmed",
    ]
    times = [detail["datetime"] for detail in tracking["tracking_details"]]
    assert times == sorted(times, reverse=True)
    assert (tracking["created_at"], tracking["updated_at"]) == (times[-1], times[0])


@pytest.mark.parametrize(
    "number", ["620000000000000099999999", "1", "wrong_number", "6" * 25, "٦" * 24]
)
@pytest.mark.parametrize("path", ["", "/service_history"])
def test_an_unknown_number_is_not_found(workspace: Workspace, number: str, path: str) -> None:
    answer = workspace.inpost(None).get(f"/v1/tracking/{number}{path}")

    assert answer.status_code == 404
    assert answer.json() == {
        "status": 404,
        "error": "resource_not_found",
        "description": (
            f"Tracking information about {number} InPost Locker shipment has not been found."
        ),
        "details": None,
    }


def test_the_sandbox_knows_no_number(workspace: Workspace) -> None:
    shipment = confirmed(workspace)
    workspace.quirk("inpost.tracking", "not_found")

    answer = workspace.client.get(f"/v1/tracking/{shipment['tracking_number']}")

    assert answer.status_code == 404


def test_every_parcel_of_a_shipment_has_its_own_number(workspace: Workspace) -> None:
    courier = workspace.inpost("sim-inpost-postpaid")
    address = {"street": "Długa", "building_number": "1", "city": "Kraków", "post_code": "31-147"}
    parcel = {
        "dimensions": {"length": 300, "width": 200, "height": 100},
        "weight": {"amount": 3},
    }
    created = courier.post(
        "/v1/organizations/2/shipments",
        json={
            "receiver": {**LOCKER["receiver"], "address": address},
            "parcels": [{"id": "first", **parcel}, {"id": "second", **parcel}],
            "service": "inpost_courier_standard",
            "custom_attributes": {"sending_method": "dispatch_order"},
        },
    )
    assert created.status_code == 201, created.text
    workspace.advance("3s")
    shipment = courier.get(f"/v1/shipments/{created.json()['id']}").json()

    numbers = {parcel["tracking_number"] for parcel in shipment["parcels"]}
    assert len(numbers) == 2
    for number in numbers:
        tracking = track(workspace, number)
        assert tracking["tracking_number"] == number
        assert statuses(tracking) == ["confirmed"]
        assert tracking["custom_attributes"] == {"end_of_week_collection": False}


def test_the_way_back_runs_under_the_return_number(workspace: Workspace) -> None:
    shipment = confirmed(workspace)
    workspace.do("inpost.start_journey", shipment=shipment["id"], journey="locker_not_collected")
    workspace.advance("30d")
    shipment = workspace.client.get(f"/v1/shipments/{shipment['id']}").json()

    out = track(workspace, shipment["tracking_number"])
    back = track(workspace, shipment["return_tracking_number"])

    assert statuses(out)[0] == "returned_to_sender"
    assert statuses(out)[-1] == "confirmed"
    assert statuses(back) == ["returned_to_sender"]
    assert back["tracking_number"] == shipment["return_tracking_number"]


def test_a_parcel_is_forgotten_45_days_after_its_last_event(workspace: Workspace) -> None:
    shipment = confirmed(workspace)
    workspace.do("inpost.move", shipment=shipment["id"], to="dispatched_by_sender")
    number = shipment["tracking_number"]

    workspace.advance("44d")
    assert statuses(track(workspace, number))[0] == "dispatched_by_sender"

    workspace.advance("2d")
    assert workspace.client.get(f"/v1/tracking/{number}").status_code == 404


def test_a_point_target_shows_in_the_history_of_services(workspace: Workspace) -> None:
    plain = confirmed(workspace)
    to_point = confirmed(
        workspace, custom_attributes={**LOCKER["custom_attributes"], "target_point": "POP-WAW364"}
    )

    def services(shipment: dict[str, Any]) -> list[dict[str, str]]:
        number = shipment["tracking_number"]
        answer = workspace.inpost(None).get(f"/v1/tracking/{number}/service_history")
        assert answer.json()["tracking_number"] == number
        items: list[dict[str, str]] = answer.json()["items"]
        return items

    since = plain["created_at"]
    assert services(plain) == [{"service": "inpost_locker_standard", "datetime": since}]
    assert [item["service"] for item in services(to_point)] == [
        "inpost_locker_standard",
        "inpost_locker_customer_service_point",
    ]
