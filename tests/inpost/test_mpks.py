"""Cost centres."""

from __future__ import annotations

from typing import Any

import pytest
from dirty_equals import IsPartialDict

from tests.inpost.confirmed import confirmed
from tests.support.server import Workspace

PATH = "/v1/organizations/1/mpks"


def add(workspace: Workspace, name: str = "Sklep A") -> dict[str, Any]:
    answer = workspace.client.post(PATH, json={"name": name, "description": "Sprzedaż"})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def test_a_cost_centre_is_added_and_found_again(workspace: Workspace) -> None:
    answer = workspace.client.post(PATH, json={"name": "Sklep A", "description": "Sprzedaż"})

    made = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"{workspace.inpost_url}/v1/mpks/{made['id']}"
    assert made == {
        "href": f"{workspace.inpost_url}/v1/mpks/{made['id']}",
        "id": made["id"],
        "name": "Sklep A",
        "description": "Sprzedaż",
        "created_at": "2026-03-02T10:15:00.000+01:00",
        "updated_at": "2026-03-02T10:15:00.000+01:00",
    }
    assert workspace.client.get(f"/v1/mpks/{made['id']}").json() == made


@pytest.mark.parametrize(
    ("body", "details"),
    [
        ({}, {"name": ["required"], "description": ["required"]}),
        ({"name": "", "description": "x"}, {"name": ["required", "too_short"]}),
        (
            {"name": "n" * 256, "description": " "},
            {"name": ["too_long"], "description": ["required", "too_short"]},
        ),
        ({"name": "Sklep A", "description": 7}, {"name": ["taken"], "description": ["invalid"]}),
    ],
)
def test_every_fault_is_told_at_once(
    workspace: Workspace, body: dict[str, Any], details: dict[str, Any]
) -> None:
    add(workspace)

    answer = workspace.client.post(PATH, json=body)

    assert answer.status_code == 400
    assert answer.json() == IsPartialDict(error="validation_failed", details=details)


def test_the_name_is_unique_in_the_organization_only(workspace: Workspace) -> None:
    add(workspace)
    postpaid = workspace.inpost("sim-inpost-postpaid")

    answer = postpaid.post(
        "/v1/organizations/2/mpks", json={"name": "Sklep A", "description": "Sprzedaż"}
    )

    assert answer.status_code == 201


def test_a_change_keeps_what_is_not_sent(workspace: Workspace) -> None:
    made = add(workspace)
    workspace.advance("1h")

    changed = workspace.client.put(f"/v1/mpks/{made['id']}", json={"description": "Hurt"}).json()

    assert changed == {
        **made,
        "description": "Hurt",
        "updated_at": "2026-03-02T11:15:00.000+01:00",
    }


def test_a_change_may_not_take_anothers_name_but_keep_its_own(workspace: Workspace) -> None:
    add(workspace, "Sklep A")
    second = add(workspace, "Sklep B")
    path = f"/v1/mpks/{second['id']}"

    taken = workspace.client.put(path, json={"name": "Sklep A"})
    own = workspace.client.put(path, json={"name": "Sklep B"})

    assert taken.json()["details"] == {"name": ["taken"]}
    assert own.status_code == 200


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_strange_ids_and_other_organizations_are_not_found(
    workspace: Workspace, method: str
) -> None:
    made = add(workspace)
    postpaid = workspace.inpost("sim-inpost-postpaid")

    for client, id in (
        (workspace.client, "wrong_id"),
        (workspace.client, 0),
        (postpaid, made["id"]),
    ):
        body = {"name": "X"} if method == "PUT" else None
        answer = client.request(method, f"/v1/mpks/{id}", json=body)
        assert (answer.status_code, answer.json()["error"]) == (404, "resource_not_found")


def test_a_list_has_30_on_a_page_newest_first(workspace: Workspace) -> None:
    ids = [add(workspace, f"Sklep {number}")["id"] for number in range(31)]

    first = workspace.client.get(PATH).json()
    by_name = workspace.client.get(PATH, params={"sort_by": "name", "sort_order": "asc"}).json()

    assert first == IsPartialDict(
        href=f"{workspace.inpost_url}{PATH}?page=1&per_page=30&sort_by=id&sort_order=desc",
        count=31,
        per_page=30,
    )
    assert [item["id"] for item in first["items"]] == ids[:0:-1]
    assert [item["name"] for item in by_name["items"][:3]] == ["Sklep 0", "Sklep 1", "Sklep 10"]


def test_the_list_may_leak_an_internal_port(workspace: Workspace) -> None:
    workspace.quirk("inpost.mpk_list_leaks_port", True)

    href = workspace.client.get(PATH).json()["href"]

    assert href.startswith(f"http://127.0.0.1:3000/w/{workspace.name}/inpost{PATH}?")


def test_shipments_name_their_cost_centre(workspace: Workspace) -> None:
    made = add(workspace)

    shipment = confirmed(workspace, mpk="Sklep A")

    assert shipment["mpk"] == {"id": made["id"], "name": "Sklep A"}
