"""Couriers that do not come: live probes of 2026, against the documents' reading."""

from __future__ import annotations

from typing import Any

import pytest
from dirty_equals import IsInt

from tests.support.dispatching import ADDRESS, NOW, ORDERS, details_of, dispatch
from tests.support.server import Workspace
from tests.support.shipments import SANDBOX, by_courier, c2c, confirmed, read, to_locker


def handed(method: str) -> dict[str, Any]:
    points = {"parcel_locker": "WAW478M", "pok": "POP-WAW364", "courier_pok": "POP-WAW364"}
    custom = {"sending_method": method}
    return custom | ({"dropoff_point": points[method]} if method in points else {})


def locker_handed(method: str) -> dict[str, Any]:
    return to_locker(custom_attributes={**handed(method), "target_point": "KRA010"})


def c2c_handed(method: str) -> dict[str, Any]:
    return c2c(custom_attributes=handed(method))


def ordered(workspace: Workspace, *shipments: dict[str, Any]) -> str:
    answer = dispatch(workspace, *shipments)
    assert (answer.status_code, answer.json()["status"]) == (201, "new")
    return f"/v1/dispatch_orders/{answer.json()['id']}"


def sentence(shipment: dict[str, Any]) -> str:
    number = shipment["tracking_number"]
    return f"Parcel ({number}) status should be Prepared, but is CustomerDelivering."


def test_an_order_for_a_parcel_that_goes_into_a_locker_is_accepted_and_then_rejected(
    workspace: Workspace,
) -> None:
    [shipment] = confirmed(workspace, locker_handed("parcel_locker"))
    path = ordered(workspace, shipment)
    workspace.advance("5s")
    order = workspace.client.get(path).json()
    assert order["status"] == "rejected"
    assert order["errors"] == {"details": sentence(shipment)}
    assert order["statuses"] == [{"status": "rejected", "created_at": NOW}]
    assert order["external_id"] is None
    [listed] = workspace.client.get(ORDERS, params={"status": "rejected"}).json()["items"]
    assert listed == order


def test_so_is_one_for_any_parcel_that_its_sender_hands_over(workspace: Workspace) -> None:
    bodies = [
        *(c2c_handed(method) for method in ("parcel_locker", "any_point", "pok", "courier_pok")),
        *(locker_handed(method) for method in ("parcel_locker", "any_point", "pop")),
    ]
    paths = [ordered(workspace, shipment) for shipment in confirmed(workspace, *bodies)]
    workspace.advance("5s")
    states = [workspace.client.get(path).json()["status"] for path in paths]
    assert states == ["rejected"] * len(bodies)


def test_one_such_parcel_rejects_the_whole_order(workspace: Workspace) -> None:
    bodies = [c2c(), locker_handed("dispatch_order"), c2c_handed("any_point")]
    collected, to_a_locker, dropped = confirmed(workspace, *bodies)
    path = ordered(workspace, collected, to_a_locker, dropped)
    workspace.advance("5s")
    order = workspace.client.get(path).json()
    assert (order["status"], order["errors"]) == ("rejected", {"details": sentence(dropped)})
    again = ordered(workspace, collected, to_a_locker)
    workspace.advance("5s")
    order = workspace.client.get(again).json()
    assert (order["status"], order["errors"]) == ("sent", None)
    assert order["statuses"] == [{"status": "sent", "created_at": NOW}]
    assert order["external_id"] == IsInt()


def test_every_parcel_that_stands_in_the_way_is_named(workspace: Workspace) -> None:
    first, second = confirmed(workspace, c2c_handed("any_point"), c2c_handed("parcel_locker"))
    path = ordered(workspace, first, second)
    workspace.advance("5s")
    details = workspace.client.get(path).json()["errors"]["details"]
    assert details == f"{sentence(first)} {sentence(second)}"


def test_the_parcels_of_a_rejected_order_are_free(workspace: Workspace) -> None:
    [shipment] = confirmed(workspace, c2c_handed("any_point"))
    ordered(workspace, shipment)
    workspace.advance("5s")
    assert "dispatch_order_id" not in read(workspace, shipment["id"])["custom_attributes"]
    assert dispatch(workspace, shipment).status_code == 201


def test_by_the_documents_couriers_collect_every_parcel(workspace: Workspace) -> None:
    workspace.control.post("reset", json={"profile": "documented"})
    [shipment] = confirmed(workspace, locker_handed("parcel_locker"))
    path = ordered(workspace, shipment)
    workspace.advance("5s")
    order = workspace.client.get(path).json()
    assert order["status"] == "sent"
    assert not order.keys() & {"statuses", "errors", "price", "external_id"}


@pytest.mark.parametrize("reason", [None, "No courier drives there on Sundays."])
def test_an_order_that_a_person_rejects_gives_his_reason_if_any(
    workspace: Workspace, reason: str | None
) -> None:
    [shipment] = confirmed(workspace, c2c())
    number = dispatch(workspace, shipment).json()["id"]
    move = {"dispatch_order": number, "reason": reason}
    sent = workspace.control.post(
        "/actions/inpost.move_dispatch_order", json={**move, "to": "sent"}
    )
    assert (sent.status_code == 200) is (reason is None)
    workspace.do("inpost.move_dispatch_order", to="rejected", **move)
    errors = workspace.client.get(f"/v1/dispatch_orders/{number}").json()["errors"]
    assert errors == (None if reason is None else {"details": reason})


@pytest.mark.parametrize("path", [ORDERS, f"{ORDERS}/calculate"])
def test_a_saved_place_and_an_address_cannot_be_mixed(workspace: Workspace, path: str) -> None:
    [shipment] = confirmed(workspace, c2c())
    body = {"shipments": [shipment["id"]], "dispatch_point_id": 10, "address": ADDRESS}
    assert details_of(workspace.client.post(path, json=body)) == {
        "dispatch_point_id": ["dispatch_point_and_address_cannot_be_mixed"]
    }
    assert "dispatch_order_id" not in read(workspace, shipment["id"])["custom_attributes"]
    either = {**body, "address": None}
    assert workspace.client.post(path, json=either).status_code in (200, 201)


def test_each_parcel_of_a_shipment_is_told_by_its_number(workspace: Workspace) -> None:
    boxes = [{**by_courier()["parcels"][0], "id": name} for name in ("A", "B")]
    body = by_courier(parcels=boxes, custom_attributes={"sending_method": "pop"})
    [shipment] = confirmed(workspace, body, token=SANDBOX)
    client = workspace.inpost(SANDBOX)
    made = client.post(
        "/v1/organizations/4/dispatch_orders",
        json={"shipments": [shipment["id"]], "address": ADDRESS},
    )
    workspace.advance("5s")
    order = client.get(f"/v1/dispatch_orders/{made.json()['id']}").json()
    assert order["errors"]["details"] == " ".join(sentence(each) for each in shipment["parcels"])
