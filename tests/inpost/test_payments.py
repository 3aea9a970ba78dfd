"""Paying for offers: funds that run dry and come back, debts, bank accounts, several at once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.inpost.shipx import (
    BROKE,
    POSTPAID,
    PREPAID,
    bought,
    c2c,
    create,
    get,
    locker,
    offer,
    prepared,
    refusal,
    wrong,
)
from tests.support.server import Workspace

EXPIRED = refusal("offer_expired", "Offer has expired.", {})


def buy(workspace: Workspace, number: Any, offer_id: Any, token: str = PREPAID) -> Any:
    body = {"offer_id": offer_id}
    return workspace.inpost(token).post(f"/v1/shipments/{number}/buy", json=body)


def select(workspace: Workspace, number: Any, offer_id: Any) -> Any:
    body = {"offer_id": offer_id}
    return workspace.client.post(f"/v1/shipments/{number}/select_offer", json=body)


def balance(workspace: Workspace, organization: int) -> int:
    records = workspace.records("inpost", "organizations")
    amounts = {record["id"]: record["balance"] for record in records}
    return int(amounts[organization])


def test_without_funds_the_payment_fails_and_can_be_repeated(workspace: Workspace) -> None:
    number = create(workspace, locker(), BROKE)["id"]
    workspace.advance("2s")
    shipment = get(workspace, number, BROKE)
    assert (shipment["status"], shipment["tracking_number"]) == ("offer_selected", None)
    assert shipment["selected_offer"]["status"] == "selected"
    assert [(t["status"], t["details"]) for t in shipment["transactions"]] == [
        ("failure", {"status": 422, "error": "debt_collection", "message": "debt_collection"})
    ]
    workspace.do("inpost.top_up", organization=3, amount="100.00")
    assert buy(workspace, number, shipment["selected_offer"]["id"], BROKE).status_code == 200
    workspace.advance("2s")
    shipment = get(workspace, number, BROKE)
    assert shipment["status"] == "confirmed"
    assert [t["status"] for t in shipment["transactions"]] == ["failure", "success"]
    assert balance(workspace, 3) == 10_000 - 1699


def test_a_failed_payments_offer_grows_old_too(workspace: Workspace) -> None:
    number = create(workspace, locker(), BROKE)["id"]
    workspace.advance("6m")
    shipment = get(workspace, number, BROKE)
    assert shipment["selected_offer"]["status"] == "expired"
    assert buy(workspace, number, shipment["selected_offer"]["id"], BROKE).json() == EXPIRED


def test_funds_can_be_unlimited(workspace: Workspace) -> None:
    workspace.quirk("inpost.funds", "unlimited")
    bought(workspace, token=BROKE)
    assert balance(workspace, 3) == 0


def test_unpaid_invoices_stop_postpaid_purchases(workspace: Workspace) -> None:
    workspace.do("inpost.set_debt", organization=2)
    number = create(workspace, locker(), POSTPAID)["id"]
    workspace.advance("2s")
    [transaction] = get(workspace, number, POSTPAID)["transactions"]
    assert transaction["details"]["error"] == "debt_collection"


ACCOUNT = "PL61109010140000071219812874"
NO_ACCOUNT = {
    "status": 422,
    "error": "company_data_missing",
    "message": "customer_lack_of_address_data",
}


def set_account(workspace: Workspace, number: str | None) -> Any:
    return workspace.do("inpost.set_company_data", organization=1, bank_account_number=number)


def with_cod(workspace: Workspace, make: Any = locker) -> Any:
    amount = {"amount": 10}
    number = create(workspace, make(cod=amount, insurance=amount))["id"]
    workspace.advance("2s")
    return number


@pytest.mark.parametrize("make", [locker, c2c])
def test_cod_without_a_bank_account_hangs_until_there_is_one(
    workspace: Workspace, make: Any
) -> None:
    set_account(workspace, None)
    number = with_cod(workspace, make)
    shipment = get(workspace, number)
    assert shipment["status"] == "offer_selected"
    assert shipment["transactions"][0]["details"] == NO_ACCOUNT
    workspace.advance("1h")
    assert get(workspace, number)["status"] == "offer_selected"
    assert set_account(workspace, ACCOUNT)["resumed"] == [number]
    workspace.advance("2s")
    shipment = get(workspace, number)
    assert shipment["status"] == "confirmed"
    assert [t["status"] for t in shipment["transactions"]] == ["failure", "success"]
    assert workspace.client.get(f"/v1/shipments/{number}/label").status_code == 200


def test_nothing_else_is_paid_for_then(workspace: Workspace) -> None:
    set_account(workspace, None)
    waiting = create(workspace, locker(only_choice_of_offer=True, cod={"amount": 10}))["id"]
    canceled = create(workspace, locker())["id"]
    workspace.client.delete(f"/v1/shipments/{canceled}")
    workspace.do("inpost.set_balance", organization=1, amount="0.00")
    unpaid = create(workspace, locker())["id"]
    workspace.advance("2s")
    assert set_account(workspace, ACCOUNT)["resumed"] == []
    workspace.advance("2s")
    statuses = [get(workspace, number)["status"] for number in (waiting, canceled, unpaid)]
    assert statuses == ["offer_selected", "canceled", "offer_selected"]


def test_by_the_documents_the_offer_has_to_be_bought_again(workspace: Workspace) -> None:
    workspace.control.post("reset", json={"profile": "documented"})
    set_account(workspace, None)
    number = with_cod(workspace)
    shipment = get(workspace, number)
    assert shipment["transactions"][0]["details"] == {**NO_ACCOUNT, "details": {}}
    assert set_account(workspace, ACCOUNT)["resumed"] == []
    workspace.advance("1m")
    assert get(workspace, number)["status"] == "offer_selected"
    assert buy(workspace, number, shipment["selected_offer"]["id"]).status_code == 200
    workspace.advance("2s")
    assert get(workspace, number)["status"] == "confirmed"


def test_several_at_once(workspace: Workspace) -> None:
    first, second = prepared(workspace), prepared(workspace)
    items = [
        {
            "id": place,
            "shipment_id": shipment["id"],
            "offer_id": offer(shipment, "inpost_locker_standard")["id"],
        }
        for place, shipment in enumerate((first, second), 1)
    ]
    path = "/v1/organizations/1/shipments"
    chosen = workspace.client.post(f"{path}/select_offers", json={"shipments": items})
    assert (chosen.status_code, chosen.content) == (204, b"")
    assert get(workspace, first["id"])["status"] == "offer_selected"
    paid = workspace.client.post(f"{path}/bulk_buy", json={"shipments": items})
    assert (paid.status_code, paid.content) == (204, b"")
    workspace.advance("2s")
    for shipment in (first, second):
        assert get(workspace, shipment["id"])["status"] == "confirmed"
    again = workspace.client.post(f"{path}/bulk_buy", json={"shipments": items})
    details = {"shipments": [{"1": ["invalid_action"], "2": ["invalid_action"]}]}
    assert (again.status_code, again.json()) == (400, wrong(details))


@pytest.mark.parametrize("name", ["select_offers", "bulk_buy"])
def test_one_wrong_item_and_nothing_is_done(workspace: Workspace, name: str) -> None:
    shipment = prepared(workspace)
    good = {
        "shipment_id": shipment["id"],
        "offer_id": offer(shipment, "inpost_locker_standard")["id"],
    }
    items = [
        good,
        {"id": "x", "shipment_id": 99, "offer_id": 1},
        {"id": "y", "shipment_id": shipment["id"], "offer_id": 1},
        {
            "id": 4,
            "shipment_id": shipment["id"],
            "offer_id": offer(shipment, "inpost_locker_economy")["id"],
        },
        {"id": 5, "shipment_id": 1},
        {"shipment_id": 1},
    ]
    path = f"/v1/organizations/1/shipments/{name}"
    response = workspace.client.post(path, json={"shipments": items})
    assert response.status_code == 400
    [found] = response.json()["details"]["shipments"]
    assert found["x"] == ["resource_not_found"]
    assert found["5"] == {"offer_id": ["required"]}
    if name == "bulk_buy":
        assert found["y"] == ["resource_not_found"]
    assert get(workspace, shipment["id"]) == shipment
    nothing: list[Any] = [{"shipments": []}, {}, []]
    for empty in nothing:
        assert workspace.client.post(path, json=empty).status_code == 400
    foreign = f"/v1/organizations/2/shipments/{name}"
    assert workspace.client.post(foreign, json={"shipments": items}).status_code == 403
