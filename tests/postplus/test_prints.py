"""Labels as resources: what is told of them, and their content on demand."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

import pytest
from dirty_equals import IsStr

from tests.labels.samples import scan_pdf
from tests.postplus.client import SHIPMENTS_ONLY_KEY, Client, Json, parcel
from tests.postplus.printing import MEDIUM, SMALL, cancel, label_of, millimetres

NUMBER = "RR000070015LT"
SHOWN: Json = {
    "id": 50001,
    "format": "Pdf",
    "type": "PostalLabel",
    "labelSize": "Default",
    "provider": "Postal",
    "bytes": None,
    "content": None,
    "hasErrors": False,
    "subTypes": [],
    "barcodes": [NUMBER],
    "errorDetails": [],
}


def pdf_of(shown: Json) -> bytes:
    """The content of a label, of the size that is told."""
    pdf = b64decode(shown["content"], validate=True)
    assert len(pdf) == shown["bytes"]
    return pdf


def test_a_new_parcel_has_a_label(client: Client) -> None:
    made = client.put_parcel()
    assert made["references"]["printId"] == 50001
    assert made["prints"] == [SHOWN]
    assert client.get("/parcels/parcel-prints/50001") == SHOWN


@pytest.mark.parametrize("path", ["/parcels/parcel-prints/50001", "/Parcels/Parcel-Prints/50001"])
def test_its_content_comes_on_demand_only(client: Client, path: str) -> None:
    made = client.put_parcel()
    shown = client.get(path, includecontents="true")
    assert shown == {**SHOWN, "bytes": len(label_of(client, made)), "content": IsStr()}
    assert pdf_of(shown) == label_of(client, made)
    assert client.get(path, IncludeContents=False) == SHOWN


def test_many_labels_come_in_the_order_asked_for(client: Client) -> None:
    ids = [client.put_parcel(nr=f"ORD-{n}")["references"]["printId"] for n in range(3)]
    wanted = f"{ids[2]}, {ids[0]},,{ids[2]},77"
    shown = client.get("/parcels/parcel-prints/get-many", ids=wanted)["prints"]
    assert [(each["id"], each["content"]) for each in shown] == [(ids[2], None), (ids[0], None)]


def test_many_labels_come_with_their_contents(client: Client) -> None:
    for nr, kind in (("ORD-1", "Registered"), ("ORD-2", "EMS")):
        client.put_parcel(nr=nr, parcel={"type": kind})
    query = {"ids": "50001,50002", "IncludeContents": True}
    shown = client.get("/parcels/parcel-prints/get-many", **query)["prints"]
    assert [millimetres(pdf_of(each)) for each in shown] == [[SMALL], [MEDIUM]]
    assert [scan_pdf(pdf_of(each)) for each in shown] == [
        [[("Code128", code)] for code in each["barcodes"]] for each in shown
    ]


def test_a_hundred_labels_in_one_request_and_no_more(client: Client) -> None:
    many = {"parcels": [parcel(f"ORD-{n}") for n in range(101)]}
    made = client.ok("POST", "/parcels/create-or-update-many", json=many)["parcels"]
    ids = [str(each["references"]["printId"]) for each in made]
    path = "/parcels/parcel-prints/get-many"
    shown = client.get(path, Ids=",".join(ids[:100]), IncludeContents=True)["prints"]
    assert len({each["content"] for each in shown}) == 100
    problem = client.refused(400, "GET", path, params={"Ids": ",".join(ids)})
    assert problem["detail"] == "Up to 100 print ids are allowed"


@pytest.mark.parametrize("query", [{}, {"Ids": ""}, {"Ids": " , "}])
def test_many_labels_need_ids(client: Client, query: dict[str, str]) -> None:
    client.refused(400, "GET", "/parcels/parcel-prints/get-many", params=query)


def test_a_flag_that_is_none_is_refused(client: Client) -> None:
    client.put_parcel()
    query = {"IncludeContents": "maybe"}
    client.refused(400, "GET", "/parcels/parcel-prints/50001", params=query)


@pytest.mark.parametrize("id", ["50002", "0", "abc", "99999999999999999999"])
def test_an_unknown_label_is_not_found(client: Client, id: str) -> None:
    client.put_parcel()
    for path in (f"/parcels/parcel-prints/{id}", f"/documents/parcel-prints/{id}"):
        assert client.refused(404, "GET", path)["detail"] == "Print not found"


def test_another_accounts_label_is_not_found(client: Client) -> None:
    client.put_parcel()
    other = client.with_key(SHIPMENTS_ONLY_KEY)
    other.refused(404, "GET", "/parcels/parcel-prints/50001")
    other.refused(404, "GET", "/documents/parcel-prints/50001")
    assert other.get("/parcels/parcel-prints/get-many", Ids="50001") == {"prints": []}


def test_the_answer_to_a_new_parcel_holds_the_label_when_it_is_asked_for(client: Client) -> None:
    made = client.put_parcel(includeLastPrintContents=True)
    assert scan_pdf(pdf_of(made["prints"][0])) == [[("Code128", NUMBER)]]
    assert {**made["prints"][0], "content": None, "bytes": None} == SHOWN


def test_a_cancelled_parcel_has_no_label(client: Client) -> None:
    made = client.put_parcel()
    client.put_parcel(nr="ORD-2")
    cancel(client, made)
    sentence = IsStr(regex=r"Parcel RR000070015LT-C1 is cancelled and has no label")
    for path in ("/parcels/parcel-prints/50001", "/documents/parcel-prints/50001"):
        assert client.refused(409, "GET", path)["detail"] == sentence
    query = {"Ids": "50001,50002", "IncludeContents": True}
    gone, other = client.get("/parcels/parcel-prints/get-many", **query)["prints"]
    assert (gone["hasErrors"], gone["errorDetails"], gone["content"]) == (True, [sentence], None)
    assert (other["hasErrors"], other["content"]) == (False, IsStr())


def test_a_parcel_with_errors_has_no_label(client: Client) -> None:
    made = client.put_parcel(parcel={"parcelGrossWeight": 0.1})
    assert made["status"]["hasErrors"]
    assert (made["references"]["printId"], made["prints"]) == (None, [])
    client.refused(404, "GET", "/parcels/parcel-prints/50001")


def test_a_deleted_parcel_has_no_label(client: Client) -> None:
    made = client.put_parcel()
    client.ok("DELETE", f"/parcels/{made['identifiers']['id']}")
    client.refused(404, "GET", "/parcels/parcel-prints/50001")
    client.refused(404, "GET", "/documents/parcel-prints/50001")
    assert client.get("/parcels/parcel-prints/get-many", Ids="50001") == {"prints": []}


def test_more_goods_make_the_label_larger(client: Client) -> None:
    client.put_parcel()
    item = {"description": "Cup", "hsCode": "691200", "quantity": 1}
    changed: dict[str, Any] = {"items": [{**item, "valuePerItem": 1, "weightPerItem": 0.01}] * 6}
    assert client.put_parcel(parcel=changed)["prints"][0]["labelSize"] == "Large"
    assert client.get("/parcels/parcel-prints/50001")["labelSize"] == "Large"


def test_what_is_not_post_has_a_carriers_label(client: Client) -> None:
    made = client.put_parcel(parcel={"type": "NonPostal"})
    shown = made["prints"][0]
    assert (shown["type"], shown["provider"]) == ("CarrierLabel", "Carrier")


def test_labels_are_parcels_and_their_files_are_documents(client: Client) -> None:
    client.put_parcel()
    for path in ("/parcels/parcel-prints/50001", "/documents/parcel-prints/50001"):
        client.with_key(None).refused(401, "GET", path)
        client.with_key("integration-api-key-12345").refused(403, "GET", path)
    labels_only = client.with_key("labelapitest1234567890")
    assert labels_only.get("/parcels/parcel-prints/50001") == SHOWN
    assert labels_only.http.get("/documents/parcel-prints/50001").content.startswith(b"%PDF")
