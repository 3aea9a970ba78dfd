"""Parcels that are collected at the weekend: when they are taken, for which points and services."""

from __future__ import annotations

from typing import Any

import pytest

from tests.inpost.shipx import (
    FRIDAY,
    PREPAID,
    SANDBOX,
    Json,
    create,
    locker,
    offer,
    offer_mode,
    post,
    prepared,
    refusal,
    wrong,
)
from tests.support.server import Workspace

CLOSED = "invalid_end_of_week_collection"
POINT = "invalid_target_point_for_end_of_week_collection"
NOT_247 = "invalid_target_point_247_for_end_of_week_collection"
ALLEGRO = "invalid_allegro_for_end_of_week_collection"


def weekend(**changes: Any) -> Json:
    return locker(end_of_week_collection=True, **changes)


def to(point: str) -> Json:
    return {"sending_method": "dispatch_order", "target_point": point}


@pytest.mark.parametrize("body", [weekend(), offer_mode(end_of_week_collection=True)])
@pytest.mark.parametrize(
    ("at", "taken"),
    [
        ("2026-03-05T19:59:59+01:00", False),
        ("2026-03-05T20:00:00+01:00", True),
        ("2026-03-06T17:59:59+01:00", True),
        ("2026-03-06T18:00:00+01:00", False),
        ("2026-03-07T10:00:00+01:00", False),
        ("2026-07-02T18:00:00Z", True),  # 20:00 in the summer
        ("2026-07-03T16:00:00Z", False),
    ],
)
def test_they_are_taken_from_thursday_evening_to_friday_evening_in_warsaw(
    workspace: Workspace, at: str, taken: bool, body: Json
) -> None:
    workspace.freeze(at)
    response = post(workspace, body)
    if taken:
        assert response.status_code == 201
    else:
        assert response.json() == wrong({"end_of_week_collection": [CLOSED]})


def test_the_extra_is_the_same_wish_as_the_flag(workspace: Workspace) -> None:
    body = locker(additional_services=["end_of_week_collection"])
    assert post(workspace, body).json() == wrong({"end_of_week_collection": [CLOSED]})
    workspace.freeze(FRIDAY)
    create(workspace, body)


@pytest.fixture
def in_the_shop(workspace: Workspace) -> str:
    """A locker that is not open day and night."""
    points = workspace.client.get("/v1/points?type=parcel_locker&per_page=500").json()["items"]
    return next(
        str(point["name"])
        for point in points
        if not point["location_247"]
        and point["status"] == "Operating"
        and "parcel_collect" in point["functions"]
    )


@pytest.mark.parametrize(
    "make", [weekend, lambda **c: offer_mode(end_of_week_collection=True, **c)]
)
def test_they_go_to_lockers_that_are_open_day_and_night(
    workspace: Workspace, in_the_shop: str, make: Any
) -> None:
    workspace.freeze(FRIDAY)
    response = post(workspace, make(custom_attributes=to("POP-WAW364")))
    assert response.json() == wrong({"end_of_week_collection": [POINT]})
    response = post(workspace, make(custom_attributes=to(in_the_shop)))
    assert response.json() == wrong({"end_of_week_collection": [NOT_247]})


def test_all_that_is_wrong_with_one_is_told_at_once(workspace: Workspace) -> None:
    response = post(workspace, weekend(custom_attributes=to("POP-WAW364")))
    assert response.json() == wrong({"end_of_week_collection": [POINT, CLOSED]})


def test_allegro_has_none(workspace: Workspace) -> None:
    workspace.freeze(FRIDAY)
    body = weekend(service="inpost_locker_allegro")
    assert post(workspace, body).json() == wrong({"end_of_week_collection": [ALLEGRO]})
    shipment = prepared(workspace, offer_mode(end_of_week_collection=True))
    assert offer(shipment, "inpost_locker_standard")["status"] == "available"
    assert offer(shipment, "inpost_locker_allegro")["unavailability_reasons"] is not None


def test_clients_that_read_the_error_find_the_key_there(workspace: Workspace) -> None:
    workspace.quirk("inpost.weekend_error_shape", "error")
    answer = post(workspace, weekend()).json()
    assert answer == refusal(CLOSED, answer["message"], {})
    assert "from Thursday 20:00 to Friday 18:00" in answer["message"]
    both = post(workspace, weekend(reference="a")).json()
    assert both["error"] == "validation_failed"
    listed = workspace.inpost(PREPAID).post(
        "/v1/organizations/1/batches", json={"shipments": [{**weekend(), "id": "A"}]}
    )
    assert listed.json()["error"] == CLOSED


def test_one_that_was_taken_in_time_is_carried(workspace: Workspace) -> None:
    """Its offers come after the hour has passed."""
    workspace.freeze("2026-03-06T17:59:59.900+01:00")
    number = create(workspace, weekend(), SANDBOX)["id"]
    workspace.advance("2s")
    shipment = workspace.inpost(SANDBOX).get(f"/v1/shipments/{number}").json()
    assert shipment["status"] == "confirmed"
