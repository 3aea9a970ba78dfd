"""Organization 4: prepaid, with money, a courier contract and every service."""

from __future__ import annotations

from typing import Any

import pytest

from tests.inpost.shipx import SANDBOX, Json, bought, box, c2c, listed, locker, prepared
from tests.support.server import Workspace

TO_A_DOOR = {"sending_method": "dispatch_order"}


def own(workspace: Workspace) -> Json:
    [organization] = workspace.inpost(SANDBOX).get("/v1/organizations").json()["items"]
    found: Json = organization
    return found


def test_it_may_use_every_service_that_the_carrier_lists(workspace: Workspace) -> None:
    services: Any = workspace.client.get("/v1/services").json()
    organization = own(workspace)
    assert organization["id"] == 4
    assert set(organization["services"]) == {service["id"] for service in services}


def request_for(service: str) -> Json:
    if service.startswith(("inpost_locker", "inpost_letter")):
        custom = {"sending_method": "parcel_locker", "target_point": "KRA010"}
        if service == "inpost_locker_economy":
            custom["sending_method"] = "dispatch_order"
        if service == "inpost_locker_pass_thru":
            custom["dropoff_point"] = "KRA010"
        template = "letter_a" if service.startswith("inpost_letter") else "small"
        body = c2c(custom_attributes=custom, parcels={"template": template})
    else:
        body = c2c(custom_attributes=TO_A_DOOR, parcels=[box("A")])
    if service == "inpost_locker_economy":
        body["commercial_product_identifier"] = "2D"
    return {**body, "service": service}


def test_every_service_is_bought_with_its_money(workspace: Workspace) -> None:
    spent = 0
    services = own(workspace)["services"]
    for service in services:
        shipment = bought(workspace, request_for(service), SANDBOX)
        rate = shipment["selected_offer"]["rate"]
        assert rate > 0, service
        spent += round(rate * 100)
    told = workspace.do("inpost.top_up", organization=4, amount="1.00")
    assert told["balance"] == f"{(100_100 - spent) / 100:.2f}"
    assert listed(workspace, "", SANDBOX)["count"] == len(services)


def test_in_the_offer_mode_it_sees_couriers_with_prices(workspace: Workspace) -> None:
    body = {name: value for name, value in c2c(parcels=[box("A")]).items() if name != "service"}
    shipment = prepared(workspace, body, SANDBOX)
    rates = {offer["service"]["id"]: offer["rate"] for offer in shipment["offers"]}
    assert rates["inpost_courier_standard"] > 0
    assert rates["inpost_courier_c2c"] > 0


@pytest.mark.parametrize("path", ["shipments/calculate"])
def test_a_calculation_tells_it_prices(workspace: Workspace, path: str) -> None:
    item = {"id": "A", **locker()}
    answer = workspace.inpost(SANDBOX).post(
        f"/v1/organizations/4/{path}", json={"shipments": [item]}
    )
    assert float(answer.json()[0]["calculated_charge_amount"]) > 0


def test_organization_one_still_lacks_the_courier_contract(workspace: Workspace) -> None:
    response = workspace.client.post(
        "/v1/organizations/1/shipments", json=request_for("inpost_courier_standard")
    )
    assert response.json()["error"] == "missing_trucker_id"
