"""Points that change: by their time, new ones, closed ones."""

from __future__ import annotations

from typing import Any

import pytest
from dirty_equals import IsPartialDict

from tests.inpost.point_lists import DETAILS, KEYS, POINTS, names
from tests.support.server import Workspace


def test_changes_are_found_by_their_time(workspace: Workspace) -> None:
    begin, end = "2026-03-01T00:00:00+01:00", "2026-03-02T10:15:00+01:00"
    lately = names(workspace, updated_from=begin)

    assert 0 < len(lately) < len(POINTS)
    assert names(workspace, updated_from=begin, updated_to=end) == lately
    assert sorted(lately + names(workspace, updated_to="2026-02-28T23:59:59.999+01:00")) == [
        point.name for point in POINTS
    ]


def test_a_new_point_can_be_found_and_sent_to(workspace: Workspace) -> None:
    told = workspace.do(
        "inpost.add_point",
        name="KRA999M",
        city="Kraków",
        post_code="31-999",
        street="Nowa",
        building_number="7",
        latitude=50.1,
        longitude=20.1,
    )

    assert told == {"name": "KRA999M", "type": ["parcel_locker"], "status": "Operating"}
    point = workspace.client.get("/v1/points/KRA999M").json()
    assert list(point) == [*KEYS, *DETAILS]
    assert point == IsPartialDict(
        location={"longitude": 20.1, "latitude": 50.1},
        address={"line1": "Nowa 7", "line2": "31-999 Kraków"},
    )
    assert names(workspace, relative_point="50.1,20.1", max_distance=1) == ["KRA999M"]
    assert "KRA999M" in names(workspace, updated_from="2026-03-02T10:15:00+01:00")


def test_a_point_closes_and_opens_again(workspace: Workspace) -> None:
    def status() -> str:
        return str(workspace.client.get("/v1/points/KRA010").json()["status"])

    workspace.do("inpost.close_point", name="KRA010")
    assert status() == "NonOperating"

    workspace.do("inpost.close_point", name="KRA010", status="Disabled")
    assert status() == "Disabled"

    workspace.do("inpost.open_point", name="KRA010")
    assert status() == "Operating"


@pytest.mark.parametrize(
    ("action", "arguments", "told"),
    [
        ("close_point", {"name": "XXX999"}, "there is no point 'XXX999'"),
        ("add_point", {"name": "KRA010"}, "exists already"),
        ("add_point", {"name": "no"}, "is no name of a point"),
        ("add_point", {"city": "Nowhere"}, "is not known"),
        ("add_point", {"post_code": "123"}, "is not like 31-147"),
        ("add_point", {"latitude": 50.0}, "go together"),
        ("add_point", {"latitude": 150.0, "longitude": 20.0}, "is not on the globe"),
    ],
)
def test_what_cannot_be_done_to_points_is_explained(
    workspace: Workspace, action: str, arguments: dict[str, Any], told: str
) -> None:
    place = {"city": "Kraków", "post_code": "31-999", "street": "Nowa", "building_number": "7"}
    whole = {"name": "KRA998", **place, **arguments} if action == "add_point" else arguments

    answer = workspace.control.post(f"/actions/inpost.{action}", json=whole)

    assert answer.status_code == 409
    assert told in answer.text
