"""Batches of shipments."""

from __future__ import annotations

from typing import Any

import pytest
from dirty_equals import IsInt, IsStr

from tests.support.server import Workspace
from tests.support.shipments import BROKE, POSTPAID, RECEIVER, by_courier, read, to_locker

BATCHES = "/v1/organizations/1/batches"
NOW = IsStr(regex=r"2026-03-02T10:15:\d\d\.\d{3}\+01:00")


def batch_of(workspace: Workspace, *items: dict[str, Any], **fields: Any) -> Any:
    response = workspace.client.post(BATCHES, json={"shipments": list(items), **fields})
    assert response.status_code == 201, response.text
    return response.json()


def now(workspace: Workspace, batch: dict[str, Any]) -> Any:
    response = workspace.client.get(f"/v1/batches/{batch['id']}")
    assert response.status_code == 200
    return response.json()


def refusal(workspace: Workspace, *items: Any) -> Any:
    response = workspace.client.post(BATCHES, json={"shipments": list(items)})
    assert response.status_code == 400, response.text
    assert response.json()["error"] == "validation_failed"
    return response.json()["details"]


def test_a_batch_is_there_at_once_and_its_shipments_later(workspace: Workspace) -> None:
    items = [{"id": "ORDER-1010", **to_locker()}, {"id": 0, **to_locker(reference="ORDER-1011")}]
    response = workspace.client.post(BATCHES, json={"shipments": items})
    assert response.status_code == 201
    batch = response.json()
    assert batch == {
        "href": f"{workspace.inpost_url}/v1/batches/{batch['id']}",
        "id": IsInt(),
        "status": "in_progress",
        "shipments": [],
        "created_at": NOW,
        "updated_at": NOW,
    }
    assert response.headers["location"] == f"{workspace.inpost_url}/v1/batches/{batch['id']}"
    assert now(workspace, batch) == batch
    workspace.advance("10s")
    done = now(workspace, batch)
    shipments = [read(workspace, shipment["id"]) for shipment in done["shipments"]]
    assert done == {
        **batch,
        "status": "done",
        "shipments": [
            {
                "href": f"{workspace.inpost_url}/v1/shipments/{shipment['id']}",
                "id": shipment["id"],
                "status": "confirmed",
                "tracking_number": IsStr(regex=r"6\d{23}"),
            }
            for shipment in shipments
        ],
        "updated_at": NOW,
    }
    assert [shipment["reference"] for shipment in shipments] == [None, "ORDER-1011"]
    assert done["updated_at"] > done["created_at"]


def test_a_batch_for_choice_stops_at_the_chosen_offer(workspace: Workspace) -> None:
    batch = batch_of(workspace, {"id": 1, **to_locker()}, only_choice_of_offer=True)
    workspace.advance("10s")
    shown = now(workspace, batch)
    assert shown["status"] == "generated"
    assert [s["status"] for s in shown["shipments"]] == ["offer_selected"]


def test_one_item_may_stop_at_its_offer_while_the_others_are_bought(workspace: Workspace) -> None:
    choice = {"id": 1, **to_locker(only_choice_of_offer=True)}
    batch = batch_of(workspace, choice, {"id": 2, **to_locker()})
    workspace.advance("10s")
    shown = now(workspace, batch)
    assert shown["status"] == "done"
    assert [s["status"] for s in shown["shipments"]] == ["offer_selected", "confirmed"]


def test_a_batch_without_money_is_done_with_failed_payments(workspace: Workspace) -> None:
    response = workspace.inpost(BROKE).post(
        "/v1/organizations/3/batches", json={"shipments": [{"id": 1, **to_locker()}]}
    )
    workspace.advance("10s")
    shown = workspace.inpost(BROKE).get(f"/v1/batches/{response.json()['id']}").json()
    assert shown["status"] == "done"
    assert shown["shipments"][0]["status"] == "offer_selected"
    assert shown["shipments"][0]["tracking_number"] is None


def test_everything_wrong_is_told_under_the_callers_ids_and_nothing_is_made(
    workspace: Workspace,
) -> None:
    small = {
        "dimensions": {"length": 100, "width": 0.5, "height": 100},
        "weight": {"amount": 0.001},
    }
    items = [
        {"id": "GOOD", **to_locker()},
        {"id": "SHIPMENT1", **to_locker(insurance={"amount": 0.5}, parcels=[small])},
        {"id": 0, **to_locker(receiver={**RECEIVER, "phone": None}, service=None)},
    ]
    assert refusal(workspace, *items) == {
        "shipments": [
            {
                "SHIPMENT1": {
                    "insurance": [{"amount": ["too_small"]}],
                    "parcels": [
                        {
                            "0": {
                                "dimensions": [{"width": ["too_small"]}],
                                "weight": [{"amount": ["too_small"]}],
                            }
                        }
                    ],
                },
                "0": {"receiver": [{"phone": ["required"]}], "service": ["required"]},
            }
        ]
    }
    workspace.advance("10s")
    assert workspace.client.get("/v1/organizations/1/shipments").json()["count"] == 0


@pytest.mark.parametrize(
    ("items", "details"),
    [
        ([], {"shipments": ["too_short"]}),
        (
            [{"id": 7, **to_locker()}, {"id": "7", **to_locker()}],
            {"shipments": [{"7": {"id": ["invalid"]}}]},
        ),
        ([to_locker()], {"shipments": [{"0": {"id": ["required"]}}]}),
    ],
)
def test_items_need_ids_of_their_own(
    workspace: Workspace, items: list[Any], details: dict[str, Any]
) -> None:
    assert refusal(workspace, *items) == details


def test_a_batch_has_at_most_2500_shipments(workspace: Workspace) -> None:
    items = [{"id": place, **to_locker()} for place in range(2501)]
    assert refusal(workspace, *items) == {"shipments": ["too_long"]}


def test_of_more_shipments_than_are_read_only_their_number_is_told(workspace: Workspace) -> None:
    assert refusal(workspace, *[1] * 2501) == {"shipments": ["too_long"]}
    many = {"id": 7, **to_locker(parcels=[1] * 1001)}
    assert refusal(workspace, many) == {"shipments": [{"7": {"parcels": ["too_long"]}}]}


def test_a_service_without_a_contract_refuses_the_whole_batch(workspace: Workspace) -> None:
    items = [{"id": 1, **to_locker()}, {"id": 2, **by_courier()}]
    response = workspace.client.post(BATCHES, json={"shipments": items})
    assert response.status_code == 400
    assert response.json() == {
        "status": 400,
        "error": "missing_trucker_id",
        "message": "trucker_ID_is_not_set_for_organization",
        "details": None,
    }


def test_other_organizations_batches_are_out_of_reach(workspace: Workspace) -> None:
    batch = batch_of(workspace, {"id": 1, **to_locker()})
    other = workspace.inpost(POSTPAID)
    assert other.get(f"/v1/batches/{batch['id']}").status_code == 404
    assert other.post(BATCHES, json={"shipments": []}).status_code == 403
    for unknown in ("1", "0", "abc"):
        assert workspace.client.get(f"/v1/batches/{unknown}").status_code == 404
