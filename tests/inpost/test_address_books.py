"""Address books."""

from __future__ import annotations

from typing import Any

import pytest
from dirty_equals import IsInt, IsPartialDict

from tests.support.server import Workspace

PATH = "/v1/organizations/1/address_books"

EWA: dict[str, Any] = {
    "name": "Ewa w domu",
    "first_name": "Ewa",
    "last_name": "Malinowska",
    "phone": "501502503",
    "email": "ewa@example.com",
    "main_address": {
        "street": "Długa",
        "building_number": "12/3",
        "city": "Kraków",
        "post_code": "31-147",
    },
}


def add(workspace: Workspace, **changes: Any) -> dict[str, Any]:
    answer = workspace.client.post(PATH, json={**EWA, **changes})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def test_an_entry_is_saved_with_what_was_left_out_filled_in(workspace: Workspace) -> None:
    answer = workspace.client.post(
        PATH, json={**EWA, "organization_id": 2, "preferred_dropoff_point": "KRA010"}
    )

    made = answer.json()
    address = {
        "id": IsInt(),
        "street": "Długa",
        "building_number": "12/3",
        "line1": None,
        "line2": None,
        "city": "Kraków",
        "post_code": "31-147",
        "country_code": "PL",
    }
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"{workspace.inpost_url}/v1/address_books/{made['id']}"
    assert made == {
        "id": made["id"],
        "href": f"{workspace.inpost_url}/v1/address_books/{made['id']}",
        "name": "Ewa w domu",
        "first_name": "Ewa",
        "last_name": "Malinowska",
        "phone": "501502503",
        "email": "ewa@example.com",
        "organization_id": 1,
        "main_address": address,
        "delivery_address": address,
        "sender_parcel": False,
        "sender_courier": False,
        "sender_letter": False,
        "kind": "receiver",
        "company_name": None,
        "preferred_dropoff_point": "KRA010",
        "created_at": "2026-03-02T10:15:00.000+01:00",
        "updated_at": "2026-03-02T10:15:00.000+01:00",
    }
    assert made["main_address"]["id"] != made["delivery_address"]["id"]
    assert workspace.client.get(f"/v1/address_books/{made['id']}").json() == made


def test_every_fault_is_told_at_once(workspace: Workspace) -> None:
    answer = workspace.client.post(
        PATH,
        json={
            "name": " ",
            "first_name": None,
            "phone": "12",
            "email": "ewa",
            "main_address": {"street": "Długa", "city": "Kraków", "post_code": "31147"},
            "delivery_address": {"line1": "Długa 1", "country_code": "Poland"},
            "sender_parcel": "often",
            "preferred_dropoff_point": "XXX999",
        },
    )

    assert answer.status_code == 400
    assert answer.json()["details"] == {
        "name": ["required"],
        "first_name": ["required"],
        "last_name": ["required"],
        "phone": ["invalid"],
        "email": ["invalid"],
        "main_address": [{"building_number": ["required"], "post_code": ["invalid_format"]}],
        "delivery_address": [
            {"city": ["required"], "post_code": ["required"], "country_code": ["invalid"]}
        ],
        "sender_parcel": ["invalid"],
        "preferred_dropoff_point": ["does_not_exist"],
    }


@pytest.mark.parametrize("body", [[], None, "Ewa", {"main_address": []}])
def test_a_body_of_another_shape_is_refused(workspace: Workspace, body: Any) -> None:
    answer = workspace.client.post(PATH, json=body)

    assert answer.status_code == 400
    assert answer.json()["error"] in {"validation_failed", "malformed_request"}


def test_a_change_keeps_what_is_not_sent_and_null_removes(workspace: Workspace) -> None:
    made = add(workspace, company_name="Firma", kind="shop", sender_parcel=True)
    workspace.advance("1h")

    changed = workspace.client.put(
        f"/v1/address_books/{made['id']}",
        json={"company_name": None, "kind": None, "sender_parcel": None, "phone": 501502504},
    ).json()

    assert changed == {
        **made,
        "company_name": None,
        "kind": "receiver",
        "sender_parcel": False,
        "phone": "501502504",
        "updated_at": "2026-03-02T11:15:00.000+01:00",
    }


def test_a_delivery_address_of_null_becomes_the_main_one_again(workspace: Workspace) -> None:
    elsewhere = {**EWA["main_address"], "street": "Krótka"}
    made = add(workspace, delivery_address=elsewhere)
    path = f"/v1/address_books/{made['id']}"

    changed = workspace.client.put(path, json={"delivery_address": None}).json()
    refused = workspace.client.put(path, json={"main_address": None})

    assert made["delivery_address"]["street"] == "Krótka"
    assert changed["delivery_address"]["street"] == "Długa"
    assert refused.json()["details"] == {"main_address": ["required"]}


def test_an_entry_that_was_removed_is_gone(workspace: Workspace) -> None:
    path = f"/v1/address_books/{add(workspace)['id']}"

    answer = workspace.client.delete(path)

    assert (answer.status_code, answer.content) == (204, b"")
    assert workspace.client.delete(path).status_code == 404
    assert workspace.client.get(path).status_code == 404


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
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
        answer = client.request(method, f"/v1/address_books/{id}", json=body)
        assert (answer.status_code, answer.json()["error"]) == (404, "resource_not_found")


def test_entries_are_listed_newest_first_or_by_ids(workspace: Workspace) -> None:
    first, second, third = (add(workspace, name=name)["id"] for name in "ABC")

    def ids(**parameters: Any) -> list[int]:
        listed = workspace.client.get(PATH, params=parameters).json()
        assert listed["count"] == len(listed["items"])
        return [item["id"] for item in listed["items"]]

    assert ids() == [third, second, first]
    assert ids(sort_by="name", sort_order="asc") == [first, second, third]
    assert ids(id=f"{first},{third},999,x") == [third, first]


def test_a_list_of_another_organization_is_forbidden(workspace: Workspace) -> None:
    answer = workspace.client.get("/v1/organizations/2/address_books")

    assert (answer.status_code, answer.json()) == (403, IsPartialDict(error="forbidden"))
