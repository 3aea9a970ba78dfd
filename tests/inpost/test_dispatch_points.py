"""Saved places of collection."""

from __future__ import annotations

from dirty_equals import IsPartialDict

from tests.support.dispatching import NOT_FOUND, details_of, dispatch
from tests.support.server import Workspace
from tests.support.shipments import (
    c2c,
    confirmed,
)


def test_an_inactive_place_cannot_be_collected_from(workspace: Workspace) -> None:
    [shipment] = confirmed(workspace, c2c())
    point = workspace.do(
        "inpost.add_dispatch_point", organization=1, name="Stary magazyn", status="inactive"
    )
    refused = dispatch(workspace, shipment, address=None, dispatch_point_id=point["id"])
    assert details_of(refused) == {"dispatch_point_id": ["unavailable"]}


def test_every_organization_has_a_place_of_collection(workspace: Workspace) -> None:
    response = workspace.client.get("/v1/organizations/1/dispatch_points")
    assert response.status_code == 200
    page = response.json()
    [point] = page.pop("items")
    assert point == {
        "href": f"{workspace.inpost_url}/v1/dispatch_points/10",
        "id": 10,
        "name": "Magazyn",
        "office_hours": "8:00-16:00",
        "phone": "600700800",
        "email": "biuro1@example.com",
        "comments": None,
        "address": IsPartialDict(street="Prosta", city="Warszawa", post_code="00-838"),
        "status": "active",
    }
    assert page == {
        "href": f"{workspace.inpost_url}/v1/organizations/1/dispatch_points"
        "?page=1&per_page=100&sort_by=id&sort_order=desc",
        "count": 1,
        "page": 1,
        "per_page": 100,
    }
    assert workspace.client.get("/v1/dispatch_points/10").json() == point
    for unknown in ("20", "77", "abc"):
        response = workspace.client.get(f"/v1/dispatch_points/{unknown}")
        assert (response.status_code, response.json()) == (404, NOT_FOUND)


def test_places_are_added_by_an_action_and_sorted(workspace: Workspace) -> None:
    added = workspace.do(
        "inpost.add_dispatch_point",
        organization=1,
        name="Archiwum",
        street="Pawia",
        city="Kraków",
        post_code="31-154",
        comments="dzwonić",
    )
    assert workspace.client.get(f"/v1/dispatch_points/{added['id']}").json() == {
        **added,
        "href": f"{workspace.inpost_url}/v1/dispatch_points/{added['id']}",
    }
    for query, names in (
        ({}, ["Archiwum", "Magazyn"]),
        ({"sort_by": "name"}, ["Magazyn", "Archiwum"]),
        ({"sort_by": "status", "sort_order": "asc"}, ["Magazyn", "Archiwum"]),
    ):
        items = workspace.client.get("/v1/organizations/1/dispatch_points", params=query).json()
        assert [item["name"] for item in items["items"]] == names


def test_a_new_organization_has_a_place_of_collection_too(workspace: Workspace) -> None:
    made = workspace.do("inpost.add_organization", name="Nowy Sklep")
    client = workspace.inpost(made["token"])
    path = f"/v1/organizations/{made['organization']}/dispatch_points"
    [point] = client.get(path).json()["items"]
    assert point == IsPartialDict(name="Magazyn", status="active")
