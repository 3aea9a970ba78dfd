"""Prices of shipments that do not exist yet."""

from __future__ import annotations

from typing import Any

import pytest

from tests.inpost.shipx import FRIDAY
from tests.support.server import Workspace
from tests.support.shipments import POSTPAID, box, by_courier, c2c, to_locker

CALCULATE = "/v1/organizations/1/shipments/calculate"

HUGE = {"length": 900, "width": 900, "height": 900}


def prices(workspace: Workspace, *items: dict[str, Any]) -> Any:
    response = workspace.client.post(CALCULATE, json={"shipments": list(items)})
    assert response.status_code == 200, response.text
    return response.json()


def test_prices_are_decimal_texts_in_the_order_of_the_request(workspace: Workspace) -> None:
    cod = to_locker(cod={"amount": "49,90"}, insurance={"amount": 100})
    assert prices(workspace, {"id": "SHIPMENT1", **cod}, {"id": 0, **to_locker()}) == [
        {
            "id": "SHIPMENT1",
            "calculated_charge_amount": "20.29",
            "calculated_charge_amount_non_commission": "16.50",
            "fuel_charge_amount": "0.00",
            "notification_charge_amount": "0.00",
            "cod_charge_amount": "3.00",
            "insurance_charge_amount": "0.30",
        },
        {
            "id": 0,
            "calculated_charge_amount": "16.99",
            "calculated_charge_amount_non_commission": "13.81",
            "fuel_charge_amount": "0.00",
            "notification_charge_amount": "0.00",
            "cod_charge_amount": "0.00",
            "insurance_charge_amount": "0.00",
        },
    ]


def test_size_and_weekend_delivery_change_the_price(workspace: Workspace) -> None:
    workspace.freeze(FRIDAY)
    answers = prices(
        workspace,
        {"id": 1, **to_locker(parcels={"template": "medium"})},
        {"id": 2, **to_locker(end_of_week_collection=True)},
        {"id": 3, **c2c(parcels={"template": "xlarge"})},
    )
    assert [answer["calculated_charge_amount"] for answer in answers] == ["18.99", "19.99", "39.99"]


def test_the_price_is_what_a_purchase_takes(workspace: Workspace) -> None:
    workspace.freeze(FRIDAY)
    body = to_locker(cod={"amount": 60}, insurance={"amount": 60}, end_of_week_collection=True)
    [answer] = prices(workspace, {"id": 1, **body})
    created = workspace.client.post("/v1/organizations/1/shipments", json=body)
    workspace.advance("5s")
    shipment = workspace.client.get(f"/v1/shipments/{created.json()['id']}").json()
    assert f"{shipment['selected_offer']['rate']:.2f}" == answer["calculated_charge_amount"]


def test_postpaid_organizations_get_no_prices(workspace: Workspace) -> None:
    response = workspace.inpost(POSTPAID).post(
        "/v1/organizations/2/shipments/calculate",
        json={"shipments": [{"id": "a", **by_courier(parcels=[box("1"), box("2")])}]},
    )
    assert response.status_code == 200
    assert response.json() == [
        {
            "id": "a",
            "calculated_charge_amount": None,
            "calculated_charge_amount_non_commission": None,
            "fuel_charge_amount": None,
            "notification_charge_amount": None,
            "cod_charge_amount": None,
            "insurance_charge_amount": None,
        }
    ]


def test_a_courier_service_without_a_contract_is_refused(workspace: Workspace) -> None:
    response = workspace.client.post(CALCULATE, json={"shipments": [{"id": 1, **by_courier()}]})
    assert response.status_code == 400
    assert response.json() == {
        "status": 400,
        "error": "missing_trucker_id",
        "message": "trucker_ID_is_not_set_for_organization",
        "details": None,
    }


@pytest.mark.parametrize(
    ("items", "details"),
    [
        ([], {"shipments": ["too_short"]}),
        (
            [{"id": "S1", **to_locker(insurance={"amount": 0}, custom_attributes=None)}],
            {
                "shipments": [
                    {
                        "S1": {
                            "insurance": [{"amount": ["too_small"]}],
                            "custom_attributes": [{"target_point": ["required"]}],
                        }
                    }
                ]
            },
        ),
        (
            [{"id": "S1", **to_locker(parcels=box(dimensions=HUGE))}],
            {"shipments": [{"S1": {"parcels": ["too_big"]}}]},
        ),
        (
            [{"id": "S1", **to_locker(service=None)}],
            {"shipments": [{"S1": {"service": ["required"]}}]},
        ),
    ],
)
def test_wrong_items_are_named_by_the_callers_ids(
    workspace: Workspace, items: list[Any], details: dict[str, Any]
) -> None:
    response = workspace.client.post(CALCULATE, json={"shipments": items})
    assert response.status_code == 400
    assert response.json()["error"] == "validation_failed"
    assert response.json()["details"] == details


def test_another_organizations_prices_are_out_of_reach(workspace: Workspace) -> None:
    path = "/v1/organizations/2/shipments/calculate"
    assert workspace.client.post(path, json={"shipments": []}).status_code == 403


def test_of_more_parcels_than_are_read_only_their_number_is_told(workspace: Workspace) -> None:
    item = {"id": "A", **to_locker(parcels=[1] * 1001)}
    response = workspace.client.post(CALCULATE, json={"shipments": [item]})
    assert response.status_code == 400
    assert response.json()["details"] == {"shipments": [{"A": {"parcels": ["too_long"]}}]}
