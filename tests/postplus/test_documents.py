"""The documents of a submitted shipment, and those that were attached to it."""

from __future__ import annotations

import pytest

from tests.labels.samples import scan_pdf
from tests.postplus.client import SHIPMENTS_ONLY_KEY, Client, Json
from tests.postplus.printing import (
    SMALL,
    bagged,
    cancel,
    file_of,
    millimetres,
    shipment_of,
    submit,
    texts,
    why,
)
from tests.support.files import unpack

FI, FI_2, US = "BAG-FI-001", "BAG-FI-002", "BAG-US-001"


def submitted(client: Client) -> tuple[int, list[Json], dict[str, int]]:
    """A shipment of two bags of registered mail for Finland and one of parcels for the United
    States: its id, the parcels, and the documents by their types."""
    shipment, made = shipment_of(
        client,
        bagged("ORD-1", FI),
        bagged("ORD-2", FI, parcel={"parcelGrossWeight": 0.5}),
        bagged("ORD-3", FI_2),
        bagged("ORD-4", US, "US", parcel={"type": "ParcelUPU"}),
        bagged("ORD-5", FI),
    )
    cancel(client, made[4])
    submit(client, shipment)
    client.workspace.advance("5m")
    return shipment, made, documents_of(client, shipment)


def documents_of(client: Client, shipment: int) -> dict[str, int]:
    shown = client.get(f"/shipments/{shipment}", IncludeDocuments=True)
    return {each["fileType"]: each["id"] for each in shown["documents"]}


def document(client: Client, id: int, name: str) -> bytes:
    return file_of(client.http.get(f"/documents/shipment-documents/{id}"), name)


def outbound(client: Client, shipment: int) -> dict[str, str]:
    """The numbers of a shipment's bags, as the posts know them."""
    shown = client.get(f"/shipments/{shipment}", IncludeBags=True)
    return {each["bagNr"]: each["outboundBagNrs"] for each in shown["bags"]}


def numbers(made: list[Json]) -> list[str]:
    return [each["identifiers"]["parcelNr"] for each in made]


def test_the_carriers_documents_are_listed_in_their_order(client: Client) -> None:
    _, _, documents = submitted(client)
    assert list(documents) == ["CN38", "CN35", "CN33", "CN31"]


def test_the_delivery_bill_lists_all_despatches_and_bags_with_their_sums(client: Client) -> None:
    shipment, _, documents = submitted(client)
    pdf = document(client, documents["CN38"], "CN38-117-70123454.pdf")
    [text] = texts(pdf)
    bags = outbound(client, shipment)
    for words in (
        "DELIVERY BILL",
        "CN 38",
        "SIMULATION - NOT FOR SHIPPING",
        "Office of origin AMSTERDAM NLAMSA",
        "Date 2026-03-02",
        "Transport AY831",
        "AWB 117-70123454",
        "Gross weight 1.76 kg",
        "0010 FINLAND FIHELA 2 1.34",
        "0011 UNITED STATES USJFKA 1 0.42",
        "Total 2 1 0 1.76",
        f"{bags[FI]} {FI} 2 2 0.92",
        f"{bags[FI_2]} {FI_2} 1 1 0.42",
        f"{bags[US]} {US} 1 0 0.42",
        "Total 4 3 1.76",
    ):
        assert words in text
    assert scan_pdf(pdf) == [[("Code128", "117-70123454")]]


def test_every_bag_has_a_label_with_its_outbound_number(client: Client) -> None:
    shipment, _, documents = submitted(client)
    pdf = document(client, documents["CN35"], "CN35-117-70123454.pdf")
    bags = outbound(client, shipment)
    assert scan_pdf(pdf) == [[("Code128", bags[nr])] for nr in (FI, FI_2, US)]
    assert millimetres(pdf) == [SMALL] * 3
    pages = texts(pdf)
    for words in (
        "CN 35",
        "HEL",
        "FINLAND (FIHELA)",
        "from AMSTERDAM (NLAMSA)",
        "Despatch 0010",
        "Receptacle 1 of 2",
        "0.92 kg",
        "2 Registered",
        FI,
        "117-70123454",
    ):
        assert words in pages[0]
    assert "JFK" in pages[2]
    assert "1 ParcelUPU" in pages[2]


def test_the_special_list_names_each_registered_item(client: Client) -> None:
    _, made, documents = submitted(client)
    [text] = texts(document(client, documents["CN33"], "CN33-117-70123454.pdf"))
    own = numbers(made)
    for words in (
        "SPECIAL LIST",
        f"1 {own[0]} {FI} Helsinki 0.42",
        f"2 {own[1]} {FI} Helsinki 0.5",
        f"3 {own[2]} {FI_2} Helsinki 0.42",
        "3 items 1.34",
    ):
        assert words in text
    assert own[3] not in text


def test_a_shipment_without_registered_items_says_so(client: Client) -> None:
    shipment, _ = shipment_of(client, bagged("ORD-1", FI, parcel={"type": "NotRegistered"}))
    submit(client, shipment)
    client.workspace.advance("5m")
    documents = documents_of(client, shipment)
    [text] = texts(document(client, documents["CN33"], "CN33-117-70123454.pdf"))
    assert "No registered items" in text


def test_each_despatch_has_a_letter_bill(client: Client) -> None:
    shipment, _, documents = submitted(client)
    pdf = document(client, documents["CN31"], "CN31-117-70123454.pdf")
    finland, america = texts(pdf)
    bags = outbound(client, shipment)
    for words in (
        "LETTER BILL",
        "Office of destination FINLAND FIHELA",
        "Class of mail UR",
        "Registered items 3",
        f"{bags[FI]} {FI} 2 2 0.92",
        "Total 3 3 1.34",
    ):
        assert words in finland
    assert "Class of mail CN" in america
    assert scan_pdf(pdf) == [[("Code128", bags[nr][:20])] for nr in (FI, US)]


def test_parcels_in_no_bag_and_mixed_despatches_are_documented_too(client: Client) -> None:
    shipment, _ = shipment_of(
        client, bagged("ORD-1", None), bagged("ORD-2", None, "SE", parcel={"type": "Prime"})
    )
    submit(client, shipment)
    client.workspace.advance("5m")
    documents = documents_of(client, shipment)
    pdf = document(client, documents["CN35"], "CN35-117-70123454.pdf")
    assert ["loose items" in text for text in texts(pdf)] == [True, True]


def test_bags_without_parcels_are_documented_by_what_was_declared(client: Client) -> None:
    bag = {"destinationCountryCode": "SE", "mailType": "NotRegistered", "serviceCode": "LTPO"}
    body = {
        "type": "AWB",
        "shipmentNr": "117-70123454",
        "bags": [{**bag, "bagNr": FI, "totalWeight": 7.25, "tareWeight": 0.5, "totalItems": 31}],
    }
    shipment = client.ok("POST", "/shipments/bag-level-shipments", json=body)["id"]
    submit(client, shipment)
    client.workspace.advance("5m")
    documents = documents_of(client, shipment)
    [text] = texts(document(client, documents["CN38"], "CN38-117-70123454.pdf"))
    assert f"{outbound(client, shipment)[FI]} {FI} 31 0 7.25" in text


def test_documents_of_a_bag_level_shipment_have_its_bags_labels(client: Client) -> None:
    bag = {"bagNr": "B 1", "destinationCountryCode": "SE", "totalWeight": 1, "totalItems": 3}
    body = {"type": "AWB", "shipmentNr": "117-70123454", "bags": [bag]}
    shipment = client.ok("POST", "/shipments/bag-level-shipments", json=body)["id"]
    answer = client.get("/documents/bag-labels/generate", ShipmentId=shipment)
    pdf = client.http.get(answer["url"]).content
    assert scan_pdf(pdf) == [[("Code128", "B 1")]]


def test_documents_are_there_five_minutes_after_the_submission(client: Client) -> None:
    shipment, _ = shipment_of(client, bagged("ORD-1", FI))
    archive = f"/documents/shipments/{shipment}/all-documents"
    client.refused(404, "GET", archive)
    assert "shipment 117-70123454 has documents once it is submitted" in why(client)
    submit(client, shipment)
    client.workspace.advance("4m59s")
    assert documents_of(client, shipment) == {}
    client.refused(404, "GET", archive)
    assert "shipment 117-70123454 has documents from 2026-03-02T09:20:00.000Z on" in why(client)
    client.workspace.advance("1s")
    assert list(documents_of(client, shipment)) == ["CN38", "CN35", "CN33", "CN31"]
    assert client.http.get(archive).status_code == 200


def test_a_clock_that_was_set_back_takes_them_away_again(client: Client) -> None:
    _, _, documents = submitted(client)
    client.workspace.freeze("2026-03-02T10:16:00+01:00")
    client.refused(404, "GET", f"/documents/shipment-documents/{documents['CN38']}")
    assert "CN38 of shipment 117-70123454 is there from 2026-03-02T09:20:00.000Z on" in why(client)


def test_how_long_they_take_is_a_quirk(client: Client) -> None:
    client.workspace.quirk("postplus.documents_delay", 0)
    shipment, _ = shipment_of(client, bagged("ORD-1", FI))
    submit(client, shipment)
    documents = documents_of(client, shipment)
    assert document(client, documents["CN31"], "CN31-117-70123454.pdf").startswith(b"%PDF-1.4")


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("awb.pdf", b"%PDF-1.4 not really", "application/pdf"),
        ("awb.jpg", b"\xff\xd8\xff\x00\x80", "application/octet-stream"),
        ("list.csv", "Größe;1\n".encode("latin-1"), "text/csv"),
    ],
)
def test_what_was_attached_comes_back_as_it_came(
    client: Client, name: str, content: bytes, media_type: str
) -> None:
    shipment, _ = shipment_of(client, bagged("ORD-1", FI))
    path = f"/shipments/{shipment}/shipment-documents"
    sent = client.ok("POST", path, params={"Type": "AWB"}, files={"file": (name, content)})
    answer = client.http.get(f"/documents/shipment-documents/{sent['fileId']}")
    assert file_of(answer, name, media_type) == content


def test_a_name_in_other_letters_is_told_in_full(client: Client) -> None:
    shipment, _ = shipment_of(client, bagged("ORD-1", FI))
    path = f"/shipments/{shipment}/shipment-documents"
    query = {"FileName": 'Lufträchtbrief "7"/\r\nä.pdf'}
    sent = client.ok("POST", path, params=query, files={"file": ("x.pdf", b"%PDF")})
    answer = client.http.get(f"/documents/shipment-documents/{sent['fileId']}")
    assert answer.headers["content-disposition"] == (
        'attachment; filename="Luftr_chtbrief _7_____.pdf"; '
        "filename*=UTF-8''Luftr%C3%A4chtbrief%20%227%22___%C3%A4.pdf"
    )


def test_the_archive_has_all_documents_with_names_that_differ(client: Client) -> None:
    shipment, _, documents = submitted(client)
    path = f"/shipments/{shipment}/shipment-documents"
    for content in (b"one", b"two"):
        client.ok("POST", path, params={"Type": "AWB"}, files={"file": ("awb.pdf", content)})
    answer = client.http.get(f"/documents/shipments/{shipment}/all-documents")
    archive = file_of(answer, "117-70123454-documents.zip", "application/zip")
    files = unpack(archive)
    assert list(files) == [
        "CN38-117-70123454.pdf",
        "CN35-117-70123454.pdf",
        "CN33-117-70123454.pdf",
        "CN31-117-70123454.pdf",
        "awb.pdf",
        "awb (2).pdf",
    ]
    assert (files["awb.pdf"], files["awb (2).pdf"]) == (b"one", b"two")
    bill = document(client, documents["CN38"], "CN38-117-70123454.pdf")
    assert files["CN38-117-70123454.pdf"] == bill


def test_the_archive_has_manifest_files_too(client: Client) -> None:
    shipment, _ = shipment_of(client, bagged("ORD-1", FI))
    manifest = {"file": ("manifest.csv", b"way bill,package id,parcel number,client id\n")}
    client.ok("POST", f"/shipments/{shipment}/manifest-files", files=manifest)
    answer = client.http.get(f"/documents/shipments/{shipment}/all-documents")
    assert list(unpack(answer.content)) == ["manifest.csv"]


@pytest.mark.parametrize("id", ["70001", "x", "0"])
def test_an_unknown_document_is_not_found(client: Client, id: str) -> None:
    problem = client.refused(404, "GET", f"/documents/shipment-documents/{id}")
    assert problem["detail"] == "Document not found"
    client.refused(404, "GET", f"/documents/shipments/{id}/all-documents")


def test_documents_of_another_account_are_not_found(client: Client) -> None:
    shipment, _, documents = submitted(client)
    other = client.with_key(SHIPMENTS_ONLY_KEY)
    for id in documents.values():
        other.refused(404, "GET", f"/documents/shipment-documents/{id}")
    other.refused(404, "GET", f"/documents/shipments/{shipment}/all-documents")
    other.refused(404, "GET", "/documents/bag-labels/generate", params={"ShipmentId": shipment})


def test_the_same_shipment_is_the_same_bytes(client: Client) -> None:
    shipment, _, documents = submitted(client)
    first = {
        id: client.http.get(f"/documents/shipment-documents/{id}").content
        for id in documents.values()
    }
    archive = client.http.get(f"/documents/shipments/{shipment}/all-documents").content
    client.workspace.advance("3d")
    again = {
        id: client.http.get(f"/documents/shipment-documents/{id}").content
        for id in documents.values()
    }
    assert again == first
    assert client.http.get(f"/documents/shipments/{shipment}/all-documents").content == archive
