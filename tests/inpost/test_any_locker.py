"""Parcels that may be left in any locker: live probes of 2026, against the documents' rule."""

from __future__ import annotations

from typing import Any

import pytest
from dirty_equals import IsPartialDict

from tests.inpost.shipx import (
    SANDBOX,
    Json,
    bought,
    box,
    c2c,
    create,
    locker,
    offer,
    offer_mode,
    post,
    wrong,
)
from tests.support.server import Workspace

NO_POINT: list[Json] = [{}, {"dropoff_point": None}, {"dropoff_point": ""}]


def any_locker(absence: Json) -> Json:
    return {"sending_method": "parcel_locker", "target_point": "KRA010", **absence}


@pytest.mark.parametrize("absence", NO_POINT, ids=["absent", "null", "empty"])
def test_a_locker_parcel_needs_no_drop_off_point_up_to_its_label_and_tracking(
    workspace: Workspace, absence: Json
) -> None:
    body = locker(custom_attributes=any_locker(absence))
    shipment = bought(workspace, body)
    assert shipment["custom_attributes"] == IsPartialDict(
        sending_method="parcel_locker", target_point="KRA010"
    )
    assert shipment["custom_attributes"].get("dropoff_point") is None
    label = workspace.client.get(f"/v1/shipments/{shipment['id']}/label")
    assert label.content.startswith(b"%PDF")
    tracked = workspace.client.get(f"/v1/tracking/{shipment['tracking_number']}").json()
    assert tracked["custom_attributes"]["dropoff_machine_id"] == "ANY-PM"
    assert "dropoff_machine_detail" not in tracked["custom_attributes"]


def test_its_offers_are_available_in_the_offer_mode(workspace: Workspace) -> None:
    number = create(workspace, offer_mode(custom_attributes=any_locker({})))["id"]
    workspace.advance("1s")
    shipment = workspace.client.get(f"/v1/shipments/{number}").json()
    assert offer(shipment, "inpost_locker_standard")["status"] == "available"


def test_a_batch_and_a_price_calculation_need_none_either(workspace: Workspace) -> None:
    item = {"id": "A", **locker(custom_attributes=any_locker({}))}
    for path in ("shipments/calculate", "batches"):
        response = workspace.client.post(f"/v1/organizations/1/{path}", json={"shipments": [item]})
        assert response.status_code < 300, response.text


def test_an_unknown_target_point_is_all_that_is_wrong_then(workspace: Workspace) -> None:
    body = locker(custom_attributes={**any_locker({}), "target_point": "NOWHERE1"})
    response = post(workspace, body)
    assert response.status_code == 400
    assert response.json() == wrong({"custom_attributes": [{"target_point": ["does_not_exist"]}]})


@pytest.mark.parametrize("absence", NO_POINT, ids=["absent", "null", "empty"])
def test_by_the_documents_it_needs_one(workspace: Workspace, absence: Json) -> None:
    workspace.control.post("reset", json={"profile": "documented"})
    response = post(workspace, locker(custom_attributes=any_locker(absence)))
    assert response.status_code == 400
    assert response.json() == wrong({"custom_attributes": [{"dropoff_point": ["required"]}]})


@pytest.mark.parametrize("method", ["pok", "courier_pok"])
def test_a_service_point_has_to_be_named(workspace: Workspace, method: str) -> None:
    response = post(workspace, c2c(custom_attributes={"sending_method": method}))
    assert response.status_code == 400
    assert response.json() == wrong({"custom_attributes": [{"dropoff_point": ["required"]}]})


HANDED: list[Json] = [
    {"sending_method": "parcel_locker"},
    {"sending_method": "parcel_locker", "dropoff_point": "WAW478M"},
    {"sending_method": "any_point"},
    {"sending_method": "dispatch_order"},
    {"sending_method": "pop"},
    {"sending_method": "pok", "dropoff_point": "POP-WAW364"},
    {"sending_method": "courier_pok", "dropoff_point": "POP-WAW364"},
]


@pytest.mark.parametrize("custom", HANDED, ids=lambda custom: "-".join(custom.values()))
def test_how_a_c2c_parcel_of_a_prepaid_account_may_be_handed_over(
    workspace: Workspace, custom: Json
) -> None:
    shipment = bought(workspace, c2c(custom_attributes=custom))
    assert shipment["sending_method"] == custom["sending_method"]


def methods(workspace: Workspace, service: str) -> set[str]:
    answer = workspace.client.get("/v1/sending_methods", params={"service": service})
    return {method["id"] for method in answer.json()["items"]}


def everything(workspace: Workspace) -> dict[str, list[str]]:
    services: Any = workspace.client.get("/v1/services").json()
    known = workspace.client.get("/v1/sending_methods").json()["items"]
    return {each["id"]: [method["id"] for method in known] for each in services}


@pytest.mark.parametrize("profile", ["observed", "documented"])
def test_what_the_sending_methods_of_a_service_offer_is_what_a_create_takes(
    workspace: Workspace, profile: str
) -> None:
    workspace.control.post("reset", json={"profile": profile})
    points = {"parcel_locker": "KRA010", "pok": "POP-WAW364", "courier_pok": "POP-WAW364"}
    for service, known in everything(workspace).items():
        offered = methods(workspace, service)
        for method in known:
            custom = {"sending_method": method}
            if "_locker_" in service or "_letter_" in service:
                custom["target_point"] = "KRA010"
            if service == "inpost_locker_pass_thru":
                custom["dropoff_point"] = "KRA010"
            elif method in points:
                custom["dropoff_point"] = points[method]
            body = c2c(
                service=service,
                custom_attributes=custom,
                parcels=[box("A")],
                commercial_product_identifier="2D" if service.endswith("economy") else None,
            )
            response = post(workspace, body, SANDBOX)
            refused = response.json().get("details", {}).get("custom_attributes", [{}])[0]
            unavailable = refused.get("sending_method") == ["unavailable"]
            assert unavailable is (method not in offered), (service, method, response.text)
            if method in offered:
                assert response.status_code == 201, (service, method, response.text)
