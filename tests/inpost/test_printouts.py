"""Manifests that go with the parcels."""

from __future__ import annotations

from typing import Any

import pytest

from tests.labels.samples import pages_of, text_of
from tests.support.files import file_of, unpack
from tests.support.server import Workspace
from tests.support.shipments import POSTPAID, by_courier, c2c, confirmed, order, to_locker

ORDERS = "/v1/organizations/2/dispatch_orders"
PRINTOUTS = f"{ORDERS}/printouts"


def text(pdf: bytes) -> str:
    return " ".join(text_of(page) for page in pages_of(pdf))


def ordered(workspace: Workspace, shipments: list[dict[str, Any]]) -> int:
    body = {
        "shipments": [shipment["id"] for shipment in shipments],
        "dispatch_point_id": 20,
        "name": "Zofia Kowal",
    }
    response = workspace.inpost(POSTPAID).post(ORDERS, json=body)
    assert response.status_code == 201, response.text
    number: int = response.json()["id"]
    return number


@pytest.mark.parametrize("query", [{}, {"format": "Pdf"}, {"format": "pdf"}])
def test_the_manifest_of_an_order_lists_its_shipments(
    workspace: Workspace, query: dict[str, str]
) -> None:
    body = by_courier(cod={"amount": 49.9}, insurance={"amount": 100})
    shipments = confirmed(workspace, body, to_locker(), token=POSTPAID)
    number = ordered(workspace, shipments)
    response = workspace.inpost(POSTPAID).get(
        f"/v1/dispatch_orders/{number}/printout", params=query
    )
    printed = text(file_of(response, f"dispatch_order_{number}.pdf"))
    for part in (
        "SYMULACJA - NIE NADAWAĆ",
        str(number),
        "2026-03-02",
        "Zofia Kowal",
        "600700800",
        "8:00-16:00",
        "Prosta 2",
        "00-838 Warszawa",
        "Ewa Malinowska",
        "Kurier standard",
        "49.90 PLN",
        *(shipment["tracking_number"] for shipment in shipments),
    ):
        assert part in printed


def test_an_accepted_order_is_printed_under_the_couriers_number(workspace: Workspace) -> None:
    number = ordered(workspace, confirmed(workspace, by_courier(), token=POSTPAID))
    workspace.advance("1h")
    client = workspace.inpost(POSTPAID)
    external = client.get(f"/v1/dispatch_orders/{number}").json()["external_id"]
    printed = text(client.get(f"/v1/dispatch_orders/{number}/printout").content)
    assert f"Zlecenie odbioru {external}" in printed


def test_shipments_without_an_order_have_a_manifest_too(workspace: Workspace) -> None:
    first, second = confirmed(workspace, by_courier(), by_courier(), token=POSTPAID)
    response = workspace.inpost(POSTPAID).get(
        PRINTOUTS, params={"shipment_ids[]": [first["id"], second["id"]]}
    )
    printed = text(file_of(response, "printouts.pdf"))
    assert first["tracking_number"] in printed
    assert second["tracking_number"] in printed
    again = workspace.inpost(POSTPAID).request(
        "GET", PRINTOUTS, json={"shipment_ids": [first["id"], second["id"]], "format": "Pdf"}
    )
    assert again.content == response.content


def test_manifests_of_several_carriers_come_in_an_archive(workspace: Workspace) -> None:
    courier, locker = confirmed(workspace, by_courier(), to_locker(), token=POSTPAID)
    number = ordered(workspace, [courier, locker])
    client = workspace.inpost(POSTPAID)
    for query in (
        {"dispatch_order_id": number},
        {"shipment_ids[]": [courier["id"], locker["id"]]},
    ):
        archive = file_of(client.get(PRINTOUTS, params=query), "printouts.zip", "application/zip")
        files = unpack(archive)
        assert list(files) == ["inpost_courier.pdf", "inpost_locker.pdf"]
        assert courier["tracking_number"] in text(files["inpost_courier.pdf"])
        assert locker["tracking_number"] in text(files["inpost_locker.pdf"])


def test_an_order_of_one_carrier_is_one_file(workspace: Workspace) -> None:
    number = ordered(workspace, confirmed(workspace, by_courier(), token=POSTPAID))
    response = workspace.inpost(POSTPAID).get(PRINTOUTS, params={"dispatch_order_id": number})
    file_of(response, f"dispatch_order_{number}.pdf")
    again = workspace.inpost(POSTPAID).request(
        "GET", PRINTOUTS, json={"dispatch_order_id": number, "format": "PDF"}
    )
    assert again.content == response.content


def test_what_cannot_be_printed_is_refused(workspace: Workspace) -> None:
    client = workspace.inpost(POSTPAID)
    unpaid = order(workspace, by_courier(service=None), POSTPAID)
    theirs = confirmed(workspace, c2c())[0]
    foreign = workspace.client.post(
        "/v1/organizations/1/dispatch_orders",
        json={"shipments": [theirs["id"]], "dispatch_point_id": 10},
    ).json()["id"]
    for query, status, error, details in (
        ({}, 400, "validation_failed", {"shipment_ids": ["required"]}),
        ({"format": "Zpl"}, 400, "validation_failed", {"format": ["invalid"]}),
        (
            {"shipment_ids": ",".join(map(str, range(101)))},
            400,
            "validation_failed",
            {"shipment_ids": ["too_long"]},
        ),
        (
            {"shipment_ids[]": unpaid["id"]},
            400,
            "invalid_action",
            {
                "action": "get_printout",
                "shipment_status": "offers_prepared",
                "shipment_id": unpaid["id"],
            },
        ),
        ({"shipment_ids[]": theirs["id"]}, 404, "resource_not_found", {}),
        ({"dispatch_order_id": foreign}, 404, "resource_not_found", {}),
        ({"dispatch_order_id": "abc"}, 404, "resource_not_found", {}),
    ):
        response = client.get(PRINTOUTS, params=query)
        assert response.status_code == status, query
        assert response.json()["error"] == error
        assert response.json()["details"] == details
    assert client.get("/v1/dispatch_orders/1/printout").status_code == 404
