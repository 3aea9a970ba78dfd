"""Organizations, their figures and their users."""

from __future__ import annotations

from typing import Any

import pytest
from dirty_equals import IsPartialDict

from tests.inpost.confirmed import LOCKER, confirmed
from tests.support.server import Workspace


def organization(workspace: Workspace) -> dict[str, Any]:
    return {
        "href": f"{workspace.inpost_url}/v1/organizations/1",
        "id": 1,
        "owner_id": 701,
        "name": "Sklep Przedpłacony",
        "tax_id": "PL5250000001",
        "bank_account_number": "PL61109010140000071219812874",
        "carriers": ["inpost_locker", "inpost_letter", "inpost_courier"],
        "address": {
            "id": 10,
            "street": "Prosta",
            "building_number": "1",
            "line1": None,
            "line2": None,
            "city": "Warszawa",
            "post_code": "00-838",
            "country_code": "PL",
        },
        "invoice_address": None,
        "contact_person": {
            "id": 11,
            "email": "biuro1@example.com",
            "phone": "600700800",
            "first_name": "Adam",
            "last_name": "Lis",
        },
        "created_at": "2024-01-10T09:00:00.000+01:00",
        "updated_at": "2024-01-10T09:00:00.000+01:00",
    }


def test_a_token_lists_its_own_organization(workspace: Workspace) -> None:
    answer = workspace.client.get("/v1/organizations")

    base = f"{workspace.inpost_url}/v1/organizations"
    assert answer.json() == {
        "href": f"{base}?page=1&per_page=100&sort_by=id&sort_order=desc",
        "count": 1,
        "page": 1,
        "per_page": 100,
        "items": [IsPartialDict(organization(workspace))],
    }
    assert answer.headers["Link"] == (
        f'<{base}?per_page=100&sort_by=id&sort_order=desc>; rel="next", '
        f'<{base}?page=1&per_page=100&sort_by=id&sort_order=desc>; rel="last", '
        f'<{base}?per_page=100&sort_by=id&sort_order=desc>; rel="previous", '
        f'<{base}?page=1&per_page=100&sort_by=id&sort_order=desc>; rel="first"'
    )


def test_the_page_size_follows_the_quirk(workspace: Workspace) -> None:
    workspace.quirk("inpost.default_per_page", 30)

    assert workspace.client.get("/v1/organizations").json()["per_page"] == 30


def test_one_organization_is_shown_with_its_services(workspace: Workspace) -> None:
    shown = workspace.client.get("/v1/organizations/1").json()

    assert shown == IsPartialDict(organization(workspace))
    assert "inpost_locker_standard" in shown["services"]
    assert "inpost_courier_standard" not in shown["services"]
    postpaid = workspace.inpost("sim-inpost-postpaid").get("/v1/organizations/2").json()
    assert "inpost_courier_standard" in postpaid["services"]


@pytest.mark.parametrize("path", ["", "/statistics", "/users"])
@pytest.mark.parametrize("id", ["2", "999", "0", "wrong_id"])
def test_other_organizations_are_forbidden(workspace: Workspace, id: str, path: str) -> None:
    answer = workspace.client.get(f"/v1/organizations/{id}{path}")

    assert answer.status_code == 403
    assert answer.json() == {
        "status": 403,
        "error": "forbidden",
        "message": "Access forbidden for this token.",
        "details": {},
    }


def test_without_a_token_nothing_is_shown(workspace: Workspace) -> None:
    answer = workspace.inpost(None).get("/v1/organizations")

    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_the_own_organization_may_come_for_any_id(workspace: Workspace) -> None:
    workspace.quirk("inpost.own_organization_for_any_id", True)

    assert workspace.client.get("/v1/organizations/999").json()["id"] == 1


def test_statistics_count_and_add_up_the_shipments(workspace: Workspace) -> None:
    money = {"amount": 49.9, "currency": "PLN"}
    bought = confirmed(workspace, cod=money, insurance=money)
    offered = {**LOCKER, "service": None}
    workspace.client.post("/v1/organizations/1/shipments", json=offered)

    figures = workspace.client.get("/v1/organizations/1/statistics").json()

    balance = next(o["balance"] for o in workspace.records("inpost", "organizations"))
    assert figures == {
        "href": f"{workspace.inpost_url}/v1/organizations/1/statistics",
        "organization_id": 1,
        "shipments": {
            "total": 2,
            "by_status": {"confirmed": 1, "created": 1},
            "by_service": {bought["service"]: 1},
            "cod_amount": 49.9,
            "insurance_amount": 49.9,
            "paid_amount": (100_000 - balance) / 100,
            "currency": "PLN",
        },
        "dispatch_orders": {"total": 0, "by_status": {}},
    }


def test_users_can_be_searched_by_name_and_address(workspace: Workspace) -> None:
    def emails(q: str) -> list[str]:
        users = workspace.client.get("/v1/organizations/1/users", params={"q": q}).json()
        assert users["count"] == len(users["items"])
        return [user["email"] for user in users["items"]]

    assert emails("adam LIS") == emails("LIS1@") == ["adam.lis1@example.com"]
    assert emails("nobody") == []


def test_a_user_has_the_recorded_keys(workspace: Workspace) -> None:
    users = workspace.client.get(
        "/v1/organizations/1/users", params={"sort_by": "full_name", "sort_order": "asc"}
    ).json()

    assert "sort_by=full_name&sort_order=asc" in users["href"]
    assert users["items"] == [
        {
            "href": f"{workspace.inpost_url}/v1/users/1",
            "id": 1,
            "email": "adam.lis1@example.com",
            "first_name": "Adam",
            "last_name": "Lis",
            "status": "active",
            "created_at": "2024-01-10T09:00:00.000+01:00",
            "updated_at": "2024-01-10T09:00:00.000+01:00",
        }
    ]


def test_the_documented_form_of_an_address_id(workspace: Workspace) -> None:
    workspace.quirk("inpost.id_type", "string")
    shown = workspace.client.get("/v1/organizations/1").json()
    assert (shown["id"], shown["address"]["id"]) == ("1", "10")
