"""Lockers and service points: filters, the search around a place, errors and changes."""

from __future__ import annotations

from math import acos, cos, radians, sin
from typing import Any

import httpx2
import pytest
from dirty_equals import IsPartialDict, IsStr
from hypothesis import given
from hypothesis import strategies as st

from simulator.carriers.inpost.catalog.points import PointSeed
from simulator.carriers.inpost.points.filters import Search, run
from simulator.carriers.inpost.points.geography import Position
from tests.inpost.point_lists import DETAILS, KEYS, POINTS, find, names, seeded
from tests.support.server import Workspace

HOSTS = (
    "api-shipx-pl.easypack24.net",
    "sandbox-api-shipx-pl.easypack24.net",
    "api-pl-points.easypack24.net",
    "api.inpost.pl",
    "sandbox-api-gateway-pl.easypack24.net",
)


def test_a_point_has_the_recorded_keys_in_their_order(workspace: Workspace) -> None:
    for token in (None, "sim-inpost-prepaid"):
        point = workspace.inpost(token).get("/v1/points/kra010").json()

        assert list(point) == [*KEYS, *DETAILS]
        assert point == IsPartialDict(
            href=f"{workspace.inpost_url}/v1/points/KRA010",
            name="KRA010",
            display_name="InPost Paczkomat KRA010",
            type=["parcel_locker"],
            status="Operating",
            distance=None,
            address={"line1": "Długa 1", "line2": "31-147 Kraków"},
            payment_type={"0": "Payments are not supported"},
            operating_hours_extended={"customer": None},
            image_url="https://static.easypack24.net/points/pl/images/KRA010.jpg",
        )


@pytest.mark.parametrize("host", HOSTS)
def test_every_host_of_points_shows_the_members_of_2026(
    server: str, workspace: Workspace, host: str
) -> None:
    headers = {"Host": host, "X-Sim-Workspace": workspace.name}
    point = httpx2.get(f"{server}/v1/points/KRA010", headers=headers).json()
    found = httpx2.get(f"{server}/v1/points?name=KRA010", headers=headers).json()
    assert point == IsPartialDict(DETAILS)
    assert found["items"] == [point]


def test_fields_may_name_them(workspace: Workspace) -> None:
    found = find(workspace, name="KRA010", fields="name,country,locker_availability")
    [point] = found["items"]
    assert list(point) == ["name", "country", "locker_availability"]


def test_temperatures_that_are_searched_are_shown(workspace: Workspace) -> None:
    cold = find(workspace, supported_locker_temperatures="FREEZER", per_page=500)["items"]
    assert cold
    assert all("FREEZER" in point["supported_locker_temperatures"] for point in cold)
    shop = workspace.client.get("/v1/points/POP-WAW364").json()
    assert shop["supported_locker_temperatures"] is None


def test_the_points_of_the_documents_have_none_of_them(workspace: Workspace) -> None:
    workspace.control.post("reset", json={"profile": "documented"})
    assert list(workspace.client.get("/v1/points/KRA010").json()) == KEYS


def test_an_unknown_point_is_not_found(workspace: Workspace) -> None:
    answer = workspace.client.get("/v1/points/XXX999")

    assert answer.status_code == 404
    assert answer.json() == {
        "status": 404,
        "error": "resource_not_found",
        "message": "Resource not found.",
        "details": {},
    }


def test_a_list_tells_its_figures_twice_and_has_25_points_on_a_page(workspace: Workspace) -> None:
    found = find(workspace)

    figures = {
        "href": f"{workspace.inpost_url}/v1/points?page=1&per_page=25",
        "count": len(POINTS),
        "page": 1,
        "per_page": 25,
        "total_pages": -(-len(POINTS) // 25),
    }
    assert found == {**figures, "items": found["items"], "meta": figures}
    assert [point["name"] for point in found["items"]] == [point.name for point in POINTS[:25]]


def test_pages_together_are_the_whole_list(workspace: Workspace) -> None:
    pages = [find(workspace, page=page, per_page=100)["items"] for page in (1, 2, 3, 4, 5, 6)]

    together = [point["name"] for page in pages for point in page]
    assert together == [point.name for point in POINTS]


@pytest.mark.parametrize(
    ("parameters", "attributes"),
    [
        ({"city": "kraków"}, {"city": "Kraków"}),
        ({"province": "Śląskie"}, {"province": "śląskie"}),
        ({"post_code": "31-147"}, {"post_code": "31-147"}),
        ({"is_next": "true"}, {"is_next": True}),
        ({"payment_available": "false"}, {"payment_available": False}),
        ({"location_247": "1"}, {"location_247": True}),
        ({"partner_id": "0"}, {"partner_id": 0}),
        ({"virtual": "0"}, {"virtual": "0"}),
        ({"city": "Kraków", "is_next": "false"}, {"city": "Kraków", "is_next": False}),
    ],
)
def test_filters_leave_only_what_they_name(
    workspace: Workspace, parameters: dict[str, str], attributes: dict[str, Any]
) -> None:
    assert names(workspace, **parameters) == seeded(**attributes) != []


def test_names_types_functions_and_temperatures_are_comma_lists(workspace: Workspace) -> None:
    assert names(workspace, name="waw478m, KRA010,NONE1") == ["KRA010", "WAW478M"]
    assert names(workspace, type="pop,parcel_locker_only") == [
        point.name for point in POINTS if {"pop", "parcel_locker_only"} & set(point.types)
    ]
    assert names(workspace, functions="parcel_send,parcel_collect") == [
        point.name for point in POINTS if {"parcel_send", "parcel_collect"} <= set(point.functions)
    ]
    assert names(workspace, supported_locker_temperatures="fridge") == [
        point.name for point in POINTS if "FRIDGE" in point.supported_locker_temperatures
    ]


def test_fields_cut_points_down(workspace: Workspace) -> None:
    found = find(workspace, name="KRA010", fields="address,name,nonsense")

    assert found["items"] == [
        {"name": "KRA010", "address": {"line1": "Długa 1", "line2": "31-147 Kraków"}}
    ]
    assert "fields=address%2Cname%2Cnonsense" in found["href"]


def test_a_search_around_a_place_lists_the_nearest_first(workspace: Workspace) -> None:
    found = find(
        workspace, relative_point="50.0657,19.9377", max_distance=3000, fields="name,distance"
    )

    distances = [point["distance"] for point in found["items"]]
    assert found["items"][0] == {"name": "KRA010", "distance": 0.0}
    assert distances == sorted(distances)
    assert distances[-1] <= 3000
    assert {"name": "KRA012", "distance": 166.7} in found["items"]


def test_a_search_around_a_post_code_begins_there(workspace: Workspace) -> None:
    found = find(workspace, relative_post_code="31-147", limit=2)
    unknown_code = find(workspace, relative_post_code="31999")

    assert [point["name"] for point in found["items"]] == ["KRA010", "KRA012"]
    assert found["count"] == 2
    assert {p["address_details"]["city"] for p in unknown_code["items"]} == {"Kraków"}


def test_a_list_can_be_sorted_the_other_way_round(workspace: Workspace) -> None:
    by_name = names(workspace, sort_by="name", sort_order="DESC")
    by_status = find(workspace, sort_by="status", per_page=500, fields="status")["items"]
    far_first = find(
        workspace,
        relative_point="52.23,21.01",
        sort_by="distance_to_relative_point",
        sort_order="desc",
    )

    assert by_name == [point.name for point in reversed(POINTS)]
    assert [point["status"] for point in by_status] == sorted(point.status for point in POINTS)
    distances = [point["distance"] for point in far_first["items"]]
    assert distances == sorted(distances, reverse=True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("updated_from", "fail"),
        ("updated_to", "yesterday"),
        ("updated_from", "2026-02-26T10:15:00+01:00"),
        ("per_page", "501"),
        ("per_page", "0"),
        ("per_page", "many"),
        ("page", "one"),
        ("limit", "-1"),
        ("max_distance", "50001"),
        ("max_distance", "-1"),
        ("max_distance", "far"),
        ("relative_point", "50.06"),
        ("relative_point", "91,19"),
        ("relative_post_code", "Kraków"),
        ("type", "mailbox"),
        ("is_next", "maybe"),
        ("partner_id", "Allegro"),
        ("virtual", "2"),
        ("sort_by", "price"),
        ("sort_by", "distance_to_relative_point"),
        ("sort_order", "sideways"),
    ],
)
def test_what_makes_no_sense_is_refused(workspace: Workspace, name: str, value: str) -> None:
    answer = workspace.inpost(None).get("/v1/points", params={name: value})

    assert answer.status_code == 400
    assert answer.json() == {
        "status": 400,
        "error": "invalid_parameter",
        "description": f"Provided unsupported value ({value}) to parameter ({name})",
        "details": None,
    }


def test_errors_may_come_with_status_200(workspace: Workspace) -> None:
    workspace.quirk("inpost.points_errors_as_200", True)

    listed = workspace.client.get("/v1/points", params={"updated_from": "fail"})
    single = workspace.client.get("/v1/points/XXX999")

    assert (listed.status_code, single.status_code) == (200, 200)
    assert listed.json() == {"status": 400, "key": "invalid_parameter", "error": IsStr()}
    assert single.json() == {
        "status": 404,
        "key": "resource_not_found",
        "error": "Resource not found.",
    }


def by_cosines(a: Position, point: PointSeed) -> float:
    """Another formula for the same distance, in metres."""
    north, other = radians(a.latitude), radians(point.latitude)
    turn = radians(point.longitude - a.longitude)
    cosine = sin(north) * sin(other) + cos(north) * cos(other) * cos(turn)
    return 6_371_008.8 * acos(max(-1.0, min(1.0, cosine)))


@given(
    place=st.builds(Position, st.floats(48.5, 55.5), st.floats(13.5, 24.5)),
    most=st.integers(0, 50_000),
)
def test_a_search_finds_exactly_what_is_near_in_order_of_distance(
    place: Position, most: int
) -> None:
    found = run(
        Search(around=place, max_distance=most, sort_by="distance_to_relative_point"), POINTS
    )

    distances = [one.distance for one in found if one.distance is not None]
    assert len(distances) == len(found)
    assert distances == sorted(distances)
    assert all(distance <= most for distance in distances)
    near = {point.name for point in POINTS if by_cosines(place, point) < most - 1}
    far = {point.name for point in POINTS if by_cosines(place, point) > most + 1}
    listed = {one.point.name for one in found}
    assert near <= listed
    assert not far & listed


@pytest.mark.parametrize(
    "host",
    [
        "api-pl-points.easypack24.net",
        "api.inpost.pl",
        "sandbox-api-gateway-pl.easypack24.net",
    ],
)
def test_the_hosts_that_have_points_only(workspace: Workspace, host: str) -> None:
    headers = {"Host": host, "X-Sim-Workspace": workspace.name}
    response = httpx2.get(f"{workspace.base_url}/v1/points/KRA010", headers=headers)
    assert response.status_code == 200
    assert response.json()["href"] == f"http://{host}/v1/points/KRA010"
