"""Documents that are attached to shipments, and shipments that wait for theirs."""

from __future__ import annotations

import pytest

from tests.postplus import shipping
from tests.postplus.client import DOCUMENTS_FIRST_KEY, Client
from tests.postplus.shipping import AWB, locked, read, status, submit, upload

PDF = b"%PDF-1.4 a way bill"


@pytest.fixture
def planner(client: Client) -> Client:
    """A client of an account whose shipments to Amsterdam and Tallinn wait for a document."""
    return client.with_key(DOCUMENTS_FIRST_KEY)


def attach(client: Client, shipment_id: int = 3001, name: str = "awb.pdf", **query: str) -> int:
    """The id of a document that is attached."""
    answer = upload(client, shipment_id, PDF, name, to="shipment-documents", **query)
    file_id: int = answer["fileId"]
    return file_id


def waiting(sentence: str, **changes: object) -> dict[str, object]:
    """The status of a shipment that waits."""
    return locked(
        "Pending",
        canUpdateArrivalInfoAndShipmentNr=True,
        hasErrors=True,
        errorDetails=[sentence],
        **changes,
    )


def test_a_document_is_attached_and_listed(client: Client) -> None:
    shipping.shipment(client)
    answer = upload(
        client,
        3001,
        PDF,
        "C:\\scans\\way bill.PDF",
        to="shipment-documents",
        Notes="signed",
        Type="Invoice",
    )
    assert answer == {
        "fileId": 70001,
        "fileName": "way bill.PDF",
        "bytes": len(PDF),
        "hasErrors": False,
        "errorDetails": [],
    }
    named = upload(client, 3001, b"{}", to="shipment-documents", FileName="awb", ContentType="")
    assert named["fileName"] == "awb"
    assert read(client, 3001, "Documents")["documents"] == [
        {"id": 70001, "fileType": "Invoice", "fileFormat": "Pdf", "status": "Created"},
        {"id": 70002, "fileType": "AWB", "fileFormat": "Csv", "status": "Created"},
    ]
    kept = client.workspace.records("postplus", "shipment_documents")[0]
    assert kept["notes"] == "signed"


@pytest.mark.parametrize(
    ("kind", "name", "query", "shown"),
    [
        ("AWB", "a.jpeg", {}, ("AWB", "Jpg")),
        ("CMR", "a.png", {"Type": ""}, ("CMR", "Png")),
        ("Courier", "a", {"ContentType": "application/pdf"}, ("Other", "Pdf")),
        ("Courier", "a.7z", {"Type": "Air way-bill"}, ("AWB", "Binary")),
    ],
)
def test_type_and_format_of_a_document(
    client: Client, kind: str, name: str, query: dict[str, str], shown: tuple[str, str]
) -> None:
    shipping.shipment(client, None, type=kind)
    attach(client, 3001, name, **query)
    [document] = read(client, 3001, "Documents")["documents"]
    assert (document["fileType"], document["fileFormat"]) == shown


def test_what_is_not_honoured_is_told(client: Client) -> None:
    shipping.shipment(client)
    attach(client, IsInternal="true", EffectiveDate="2026-03-03", EffectiveBags="BAG-1")
    told = shipping.why(client)
    for name in ("IsInternal", "EffectiveDate", "EffectiveBags"):
        assert f"{name} was not honoured" in told
    attach(client, IsInternal="false", EffectiveDate="", EffectiveBags="")
    assert "not honoured" not in shipping.why(client)


def test_forms_that_cannot_be_read_are_refused(client: Client) -> None:
    shipping.shipment(client)
    path = "/shipments/3001/shipment-documents"
    file = {"file": ("a.pdf", PDF)}
    form = {"Content-Type": "multipart/form-data; boundary=x"}
    for options, detail in (
        ({"files": {"file": ("a.pdf", b"")}}, "The file is empty"),
        (
            {"files": [("file", ("a", b"1")), ("file", ("b", b"2"))]},
            "The request cannot be read: the form has 2 files, send one as 'file'",
        ),
        (
            {"files": {"note": (None, b"hello")}},
            "The request cannot be read: the form has no files, send one as 'file'",
        ),
        (
            {"content": b"hello", "headers": form},
            "The request cannot be read: the form does not keep to the boundary that its "
            "Content-Type names",
        ),
        (
            {"content": b"hello", "headers": {"Content-Type": "multipart/form-data"}},
            "The request cannot be read: the Content-Type of the form names no boundary",
        ),
        ({"headers": form}, "The request cannot be read: the body is missing"),
        (
            {"files": file, "params": {"EffectiveDate": "soon"}},
            "EffectiveDate 'soon' is not a day or a time",
        ),
        ({"files": file, "params": {"IsInternal": "no"}}, 'IsInternal "no" is not true or false'),
    ):
        assert client.refused(400, "POST", path, **options)["detail"] == detail
    client.refused(415, "POST", path, json={"file": "x"})
    client.refused(404, "POST", "/shipments/4711/shipment-documents", files=file)
    assert client.workspace.records("postplus", "shipment_documents") == []


def test_a_file_may_be_in_a_field_of_any_name_and_have_any_name(client: Client) -> None:
    shipping.shipment(client)
    path = "/shipments/3001/shipment-documents"
    answer = client.ok("POST", path, files={"document": ("накладная ä.pdf", PDF)})
    assert answer["fileName"] == "накладная ä.pdf"
    answer = client.ok("POST", path, files={"File": (None, PDF)})
    assert answer["fileName"] == f"AWB-{AWB}"


def test_a_submitted_shipment_waits_for_its_document(planner: Client) -> None:
    shipping.filled(planner)
    answer = submit(planner, 3001)
    sentence = f"Attach the AWB document of shipment {AWB}"
    assert answer["status"] == waiting(sentence)
    # It is locked, but number and arrival may still change.
    assert shipping.parcel_of(planner, "ORD-1")["status"]["status"] == "Manifested"
    planner.refused(409, "POST", "/shipments/3001/prepare")
    planner.refused(409, "DELETE", "/shipments/3001")
    body = {"type": "AWB", "shipmentNr": AWB, "updateIfExists": True}
    problem = planner.refused(409, "POST", "/shipments", json=body)
    assert problem["detail"] == f"Shipment {AWB} is Pending"
    planner.workspace.advance("3d")
    arrival = {"shipmentNr": "117-70123465", "arrivalInfo": {"transportNr": "AY831"}}
    changed = planner.ok("PUT", "/shipments/3001", json=arrival)
    assert (changed["shipmentNr"], changed["status"]) == ("117-70123465", waiting(sentence))
    assert read(planner, 3001, "Documents")["documents"] == []


def test_the_document_makes_it_planned_and_it_goes_on_from_there(planner: Client) -> None:
    shipping.filled(planner)
    submit(planner, 3001)
    planner.workspace.advance("3d")
    attach(planner, name="photo.png", Type="Photo")
    assert read(planner, 3001)["status"]["status"] == "Pending"
    attach(planner)
    assert read(planner, 3001)["status"] == locked("Planned")
    planner.refused(409, "PUT", "/shipments/3001", json={"masterNr": "M"})
    planner.workspace.advance("5m")
    listed = [each["fileType"] for each in read(planner, 3001, "Documents")["documents"]]
    assert listed == ["CN38", "CN35", "CN33", "CN31", "Photo", "AWB"]
    planner.workspace.advance("1d")
    assert read(planner, 3001)["status"]["status"] == "Arrived"
    # Further documents change nothing any more.
    attach(planner)
    planner.workspace.advance("1d")
    assert read(planner, 3001)["status"]["status"] == "Completed"


def test_a_document_from_before_is_as_good(planner: Client) -> None:
    shipping.filled(planner)
    attach(planner)
    assert read(planner, 3001)["status"] == status()
    assert submit(planner, 3001)["status"] == locked("Planned")


@pytest.mark.parametrize(
    ("kind", "asked", "wrong", "right"),
    [
        ("CMR", "CMR", "AWB", "CMR"),
        ("Transport", "AWB or CMR", "Invoice", "AWB"),
        ("Transport", "AWB or CMR", "Other", "CMR"),
    ],
)
def test_which_document_is_asked_for(
    planner: Client, kind: str, asked: str, wrong: str, right: str
) -> None:
    shipping.filled(planner, "T-1", type=kind, terminalCode="TLL")
    assert submit(planner, 3001)["status"] == waiting(
        f"Attach the {asked} document of shipment T-1"
    )
    attach(planner, Type=wrong)
    assert read(planner, 3001)["status"]["status"] == "Pending"
    attach(planner, Type=right)
    assert read(planner, 3001)["status"]["status"] == "Planned"


def test_other_terminals_ask_for_nothing(planner: Client) -> None:
    shipping.filled(planner, terminalCode="NDL")
    assert submit(planner, 3001)["status"] == locked("Manifested")


def test_origin_is_the_country_of_the_account(planner: Client) -> None:
    assert shipping.shipment(planner)["arrivalInfo"]["originCountryCode"] == "NL"
