"""Labels of several shipments at once, and return labels."""

from __future__ import annotations

from typing import Any

import pytest

from tests.labels.samples import pages_of, scan, scan_pdf, text_of
from tests.support.files import code, file_of, sizes, unpack
from tests.support.printer_raster import print_zpl
from tests.support.server import Workspace
from tests.support.shipments import (
    POSTPAID,
    by_courier,
    c2c,
    confirmed,
    order,
    read,
    to_locker,
)

LABELS = "/v1/organizations/1/shipments/labels"
COURIER_LABELS = "/v1/organizations/2/shipments/labels"
RETURN_LABELS = "/v1/organizations/2/shipments/return_labels"
FORMATS = ("Pdf", "Zpl", "Epl")
A4, A6 = (595, 842), (297, 421)


def test_the_same_shipment_gives_the_same_bytes(workspace: Workspace) -> None:
    shipments = confirmed(workspace, to_locker(), c2c())
    ids = {"shipment_ids[]": [str(shipment["id"]) for shipment in shipments]}
    first = [workspace.client.get(LABELS, params={**ids, "format": f}).content for f in FORMATS]
    workspace.advance("1h")
    again = [workspace.client.get(LABELS, params={**ids, "format": f}).content for f in FORMATS]
    assert again == first


def test_labels_of_one_service_come_in_one_file(workspace: Workspace) -> None:
    first, second = confirmed(workspace, to_locker(), to_locker())
    query = f"shipment_ids[]={second['id']}&shipment_ids[]={first['id']}&type=A6"
    pdf = file_of(
        workspace.client.get(f"{LABELS}?{query}"), "inpost_locker_standard.pdf", "application/pdf"
    )
    assert scan_pdf(pdf) == [code(second["tracking_number"]), code(first["tracking_number"])]


def test_labels_of_several_services_come_in_an_archive_with_a_file_for_each(
    workspace: Workspace,
) -> None:
    locker, courier, other = confirmed(
        workspace, to_locker(), by_courier(), to_locker(), token=POSTPAID
    )
    ids = [shipment["id"] for shipment in (locker, courier, other)]
    response = workspace.inpost(POSTPAID).post(COURIER_LABELS, json={"shipment_ids": ids})
    files = unpack(file_of(response, "labels.zip", "application/zip"))
    assert list(files) == ["inpost_locker_standard.pdf", "inpost_courier_standard.pdf"]
    lockers, couriers = files.values()
    assert scan_pdf(lockers) == [code(s["tracking_number"]) for s in (locker, other)]
    assert scan_pdf(couriers) == [code(courier["tracking_number"])]
    assert (sizes(lockers), sizes(couriers)) == ([A4, A4], [A6])
    response = workspace.inpost(POSTPAID).post(
        COURIER_LABELS, json={"shipment_ids": ids, "format": "epl"}
    )
    files = unpack(file_of(response, "labels.zip", "application/zip"))
    assert list(files) == ["inpost_locker_standard.epl2", "inpost_courier_standard.epl"]


@pytest.mark.parametrize(
    "query",
    [
        "shipment_ids[]={0}&shipment_ids[]={1}",
        "shipment_ids[0]={0}&shipment_ids[1]={1}",
        "shipment_ids%5B%5D={0}&shipment_ids%5B%5D={1}",
        "shipment_ids%5B0%5D={0}&shipment_ids%5B1%5D={1}",
        "shipment_ids={0}&shipment_ids={1}",
        "shipment_ids={0},{1}",
        "shipemnt_ids[]={0}&shipemnt_ids[]={1}",
        "shipment_ids[]={0}&shipment_ids[]={1}&shipment_ids[]={0}",
    ],
)
def test_ids_in_the_query_may_be_written_in_every_way_that_clients_use(
    workspace: Workspace, query: str
) -> None:
    shipments = confirmed(workspace, to_locker(), to_locker())
    ids = [shipment["id"] for shipment in shipments]
    response = workspace.client.get(f"{LABELS}?{query.format(*ids)}&format=Zpl")
    printed = print_zpl(response.content)
    assert [scan(one.image()) for one in printed] == [
        code(shipment["tracking_number"]) for shipment in shipments
    ]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("name", ["shipment_ids", "shipemnt_ids"])
def test_ids_may_stand_in_a_body_of_either_method(
    workspace: Workspace, method: str, name: str
) -> None:
    first, second = confirmed(workspace, to_locker(), to_locker())
    body = {"type": "A6", "format": "pdf", name: [first["id"], str(second["id"])]}
    response = workspace.client.request(method, LABELS, json=body)
    pdf = file_of(response, "inpost_locker_standard.pdf", "application/pdf")
    assert sizes(pdf) == [A6, A6]


@pytest.mark.parametrize("listed", ["{0},{1}", "{1}"])
def test_ids_in_a_body_may_be_one_text_or_number(workspace: Workspace, listed: str) -> None:
    shipments = confirmed(workspace, to_locker(), to_locker())
    text = listed.format(*(shipment["id"] for shipment in shipments))
    ids = int(text) if text.isdigit() else text
    body = {"shipment_ids": ids, "format": "Zpl"}
    response = workspace.client.request("GET", LABELS, json=body)
    assert len(print_zpl(response.content)) == len(text.split(","))


def test_a_body_goes_before_the_query_and_an_empty_list_says_nothing(workspace: Workspace) -> None:
    [shipment] = confirmed(workspace, to_locker())
    query = {"shipment_ids[]": str(shipment["id"]), "format": "Zpl"}
    bodies: list[Any] = [[], {}, {"shipment_ids": [], "format": ""}]
    for body in bodies:
        empty = workspace.client.request("GET", LABELS, params=query, json=body)
        assert file_of(empty, "inpost_locker_standard.zpl", "text/plain")
    other = workspace.client.request("GET", LABELS, params=query, json={"format": "Epl"})
    assert file_of(other, "inpost_locker_standard.epl2", "text/plain")


@pytest.mark.parametrize(
    ("body", "details"),
    [
        ({}, {"shipment_ids": ["required"]}),
        ({"shipment_ids": []}, {"shipment_ids": ["required"]}),
        ({"shipment_ids": {"a": 1}}, {"shipment_ids": ["invalid"]}),
        ({"shipment_ids": [True]}, {"shipment_ids": ["invalid"]}),
        ({"shipment_ids": list(range(1, 102))}, {"shipment_ids": ["too_long"]}),
        ({"shipment_ids": [1], "format": ["Pdf"]}, {"format": ["invalid"]}),
    ],
)
def test_a_list_of_ids_that_is_none_or_too_long_is_refused(
    workspace: Workspace, body: dict[str, Any], details: dict[str, Any]
) -> None:
    response = workspace.client.request("GET", LABELS, json=body)
    assert response.status_code == 400
    assert response.json()["error"] == "validation_failed"
    assert response.json()["details"] == details


def test_a_hundred_labels_can_be_had_at_once(workspace: Workspace) -> None:
    items = [{"id": place, **to_locker()} for place in range(100)]
    created = workspace.inpost(POSTPAID).post(
        "/v1/organizations/2/batches", json={"shipments": items}
    )
    workspace.advance("10s")
    batch = workspace.inpost(POSTPAID).get(f"/v1/batches/{created.json()['id']}").json()
    ids = [shipment["id"] for shipment in batch["shipments"]]
    response = workspace.inpost(POSTPAID).post(
        COURIER_LABELS, json={"shipment_ids": ids, "format": "Zpl"}
    )
    assert len(print_zpl(response.content)) == 100


def test_return_labels_go_back_under_the_return_number(workspace: Workspace) -> None:
    [shipment] = confirmed(workspace, by_courier(reference="ORDER-7"), token=POSTPAID)
    assert shipment["return_tracking_number"] is None
    response = workspace.inpost(POSTPAID).get(f"{RETURN_LABELS}?shipemnt_ids[]={shipment['id']}")
    pdf = file_of(response, "inpost_courier_standard.pdf", "application/pdf")
    number = read(workspace, shipment["id"], POSTPAID)["return_tracking_number"]
    assert number.startswith("52")
    assert sizes(pdf) == [A6]
    assert scan_pdf(pdf) == [code(number)]
    text = text_of(pages_of(pdf)[0])
    sender, receiver = text.index("NADAWCA"), text.index("ODBIORCA")
    assert "Ewa Malinowska" in text
    assert "ORDER-7" in text
    assert shipment["tracking_number"] in text
    assert sender < receiver
    again = workspace.inpost(POSTPAID).request(
        "GET", RETURN_LABELS, json={"shipment_ids": [shipment["id"]]}
    )
    assert again.content == pdf


def test_return_labels_are_for_paid_courier_shipments_only(workspace: Workspace) -> None:
    locker = confirmed(workspace, to_locker(), token=POSTPAID)[0]["id"]
    unpaid = order(workspace, by_courier(service=None), POSTPAID)["id"]
    client = workspace.inpost(POSTPAID)
    refused = client.get(RETURN_LABELS, params={"shipment_ids[]": locker})
    assert refused.status_code == 400
    assert refused.json()["details"] == {"service": ["unavailable"]}
    refused = client.get(RETURN_LABELS, params={"shipment_ids[]": unpaid})
    assert refused.json()["error"] == "invalid_action"
    assert client.get(RETURN_LABELS, params={"shipment_ids[]": 1}).status_code == 404
    assert client.get(RETURN_LABELS).json()["details"] == {"shipment_ids": ["required"]}
