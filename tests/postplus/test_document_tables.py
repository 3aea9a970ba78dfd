"""Tables to download: the resulting file of a shipment, and manifest files."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from typing import Any

import pytest

from simulator.carriers.postplus.documents import tables
from tests.postplus.client import MUG, SHIPMENTS_ONLY_KEY, Client, Json, parcel
from tests.postplus.printing import cancel, file_of, items, shipment_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

COLUMNS = [
    "ShipmentNr",
    "BagNr",
    "ParcelId",
    "ParcelNr",
    "SenderParcelNr",
    "Result",
    "Status",
    "ErrorDetails",
    "WarningDetails",
    "Type",
    "TransactionType",
    "TaxType",
    "TaxIdentification",
    "ServiceCode",
    "Carrier",
    "ReceiverName",
    "ReceiverCity",
    "ReceiverZipCode",
    "ReceiverCountryCode",
    "ParcelValue",
    "Currency",
    "ParcelGrossWeight",
    "ItemDescription",
    "ItemSkuCode",
    "ItemHsCode",
    "ItemQuantity",
    "ItemValue",
    "ItemWeight",
]


def rows(content: bytes) -> list[dict[str, str]]:
    """A CSV by the names of its columns."""
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def resulting(client: Client, shipment: int, **query: Any) -> list[dict[str, str]]:
    """The resulting file of a shipment."""
    path = f"/documents/shipments/{shipment}/resulting-file"
    response = client.http.get(path, params=query)
    return rows(file_of(response, "117-70123454-result.csv", "text/csv"))


def names(found: list[dict[str, str]]) -> list[str]:
    """The sender's numbers of the parcels in a file, without the suffix of cancelled ones."""
    return list(dict.fromkeys(row["SenderParcelNr"].partition("-C")[0] for row in found))


@pytest.fixture
def shipment(client: Client) -> int:
    """A shipment with parcels of all kinds: accepted, with a warning, with an error, cancelled."""
    number, made = shipment_of(
        client,
        parcel("FINE", references={"bagNr": "BAG-FI-001"}),
        parcel(
            "WARNED", additionalInfo={"taxType": "DDU"}, parcel={"items": [MUG | {"hsCode": ""}]}
        ),
        parcel("WRONG", parcel={"parcelGrossWeight": 0.1, "type": "EMS"}),
        parcel("GONE", receiver={"countryCode": "SE"}),
    )
    cancel(client, made[3])
    assert made[1]["status"]["hasWarnings"]
    assert made[2]["status"]["hasErrors"]
    return number


def test_the_resulting_file_tells_what_became_of_each_parcel(client: Client, shipment: int) -> None:
    found = resulting(client, shipment)
    assert [(row["SenderParcelNr"][:4], row["Result"]) for row in found] == [
        ("FINE", "Accepted"),
        ("WARN", "WithWarnings"),
        ("WRON", "WithErrors"),
        ("GONE", "Cancelled"),
    ]
    assert found[0] == {
        "ShipmentNr": "117-70123454",
        "BagNr": "BAG-FI-001",
        "ParcelId": "90001",
        "ParcelNr": "RR000070015LT",
        "SenderParcelNr": "FINE",
        "Result": "Accepted",
        "Status": "Created",
        "ErrorDetails": "",
        "WarningDetails": "",
        "Type": "Registered",
        "TransactionType": "B2C",
        "TaxType": "DDP",
        "TaxIdentification": "IM3720001234",
        "ServiceCode": "LTPO",
        "Carrier": "Lithuania Post",
        "ReceiverName": "Aino Laine",
        "ReceiverCity": "Helsinki",
        "ReceiverZipCode": "00100",
        "ReceiverCountryCode": "FI",
        "ParcelValue": "15",
        "Currency": "EUR",
        "ParcelGrossWeight": "0.42",
        "ItemDescription": "Ceramic mug",
        "ItemSkuCode": "MUG-01",
        "ItemHsCode": "691200",
        "ItemQuantity": "2",
        "ItemValue": "7.5",
        "ItemWeight": "0.2",
    }
    assert found[1]["WarningDetails"]
    assert found[2]["ErrorDetails"]


def test_it_has_a_row_for_each_item_with_the_parcels_data_repeated(client: Client) -> None:
    shipment, _ = shipment_of(client, parcel("FINE", parcel={"items": items(3)}))
    found = resulting(client, shipment)
    assert [row["ItemDescription"] for row in found] == [f"Ceramic mug no. {n}" for n in (1, 2, 3)]
    assert names(found) == ["FINE"]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({}, ["FINE", "WARNED", "WRONG", "GONE"]),
        ({"includeAccepted": True}, ["FINE"]),
        ({"includeWithWarnings": True}, ["WARNED"]),
        ({"includeWithErrors": True}, ["WRONG"]),
        ({"includeCancelled": True}, ["GONE"]),
        ({"IncludeAccepted": True, "IncludeWithWarnings": True}, ["FINE", "WARNED"]),
        ({"includeCancelled": False}, ["FINE", "WARNED", "WRONG"]),
        ({"includeCancelled": False, "includeWithErrors": False}, ["FINE", "WARNED"]),
        ({"includeAccepted": True, "includeCancelled": False}, ["FINE"]),
        (
            {
                "includeAccepted": False,
                "includeWithWarnings": False,
                "includeWithErrors": False,
                "includeCancelled": False,
            },
            [],
        ),
        ({"parcelType": "Registered"}, ["FINE", "WARNED", "GONE"]),
        ({"parcelType": "ems"}, ["WRONG"]),
        ({"parcelTaxType": "ddu"}, ["WARNED"]),
        ({"parcelTransactionType": "B2C"}, ["FINE", "WARNED", "WRONG", "GONE"]),
        ({"parcelTransactionType": "C2C"}, []),
        ({"parcelCountryCodes": "se,NO"}, ["GONE"]),
        (
            {"parcelCountryCodes": "FI", "parcelType": "Registered", "parcelTaxType": "DDP"},
            ["FINE"],
        ),
    ],
)
def test_filters_choose_parcels(
    client: Client, shipment: int, query: dict[str, Any], wanted: list[str]
) -> None:
    assert names(resulting(client, shipment, fileFormat="Csv", **query)) == wanted


def test_a_file_without_parcels_has_its_columns(client: Client) -> None:
    shipment, _ = shipment_of(client)
    response = client.http.get(f"/documents/shipments/{shipment}/resulting-file")
    assert response.content.decode() == f"{','.join(COLUMNS)}\r\n"


def sheet_of(content: bytes) -> list[list[Any]]:
    """The cells of the only sheet of a workbook."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        [sheet] = load_workbook(io.BytesIO(content)).worksheets
        return [list(row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("wanted", ["Xlsx", "xlsx", "XLSX"])
def test_it_comes_as_a_workbook_too(client: Client, shipment: int, wanted: str) -> None:
    query = {"FileFormat": wanted}
    path = f"/documents/shipments/{shipment}/resulting-file"
    content = file_of(client.http.get(path, params=query), "117-70123454-result.xlsx", XLSX)
    found = resulting(client, shipment)
    cells = [[cell or "" for cell in row] for row in sheet_of(content)]
    assert cells == [COLUMNS, *([row[name] for name in COLUMNS] for row in found)]


def test_the_same_parcels_are_the_same_bytes(client: Client, shipment: int) -> None:
    path = f"/documents/shipments/{shipment}/resulting-file"
    query = {"fileFormat": "Xlsx"}
    first = client.http.get(path, params=query).content
    client.workspace.advance("400d")
    assert client.http.get(path, params=query).content == first


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ({"fileFormat": "Pdf"}, "FileFormat is Csv or Xlsx, not Pdf"),
        ({"parcelTransactionType": "B2B"}, "ParcelTransactionType is one of B2C, C2C, not B2B"),
        (
            {"parcelType": "Letter"},
            "ParcelType is one of EMS, NonPostal, NotRegistered, ParcelUPU, Premium, Prime, "
            "Registered, SRM, not Letter",
        ),
        ({"includeAccepted": "perhaps"}, 'IncludeAccepted "perhaps" is not true or false'),
    ],
)
def test_filters_that_cannot_be_read_are_refused(
    client: Client, query: dict[str, str], detail: str
) -> None:
    shipment, _ = shipment_of(client)
    path = f"/documents/shipments/{shipment}/resulting-file"
    assert client.refused(400, "GET", path, params=query)["detail"] == detail


def test_nothing_of_a_file_is_a_formula(client: Client) -> None:
    body = parcel("FINE", receiver={"name": "=HYPERLINK(1)", "city": "+1"})
    shipment, _ = shipment_of(client, body)
    [row] = resulting(client, shipment)
    assert (row["ReceiverName"], row["ReceiverCity"]) == ("'=HYPERLINK(1)", "'+1")
    path = f"/documents/shipments/{shipment}/resulting-file"
    book = client.http.get(path, params={"fileFormat": "Xlsx"}).content
    with zipfile.ZipFile(io.BytesIO(book)) as files:
        sheet = files.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "=HYPERLINK(1)" in sheet


def test_a_workbook_takes_any_text() -> None:
    texts = ["\x00\x0b\ud800a", "x" * 40_000, "<&>", "日本\nb"]
    [[nothing, long, marks, lines]] = sheet_of(tables.xlsx_of("Any", [texts]))
    assert (nothing, marks, lines) == ("a", "<&>", "日本\nb")
    assert long == "x" * 32_767


def test_a_csv_takes_any_text() -> None:
    assert tables.csv_of([['a"b', "c,d", "\ud800", "e\r\nf"]]) == b'"a""b","c,d",?,"e\r\nf"\r\n'


def test_resulting_files_of_other_accounts_and_unknown_shipments_are_not_found(
    client: Client, shipment: int
) -> None:
    path = "/documents/shipments/{}/resulting-file"
    for id in ("9", "x"):
        problem = client.refused(404, "GET", path.format(id))
        assert problem["detail"] == "Shipment not found"
    client.with_key(SHIPMENTS_ONLY_KEY).refused(404, "GET", path.format(shipment))
    client.with_key(None).refused(401, "GET", path.format(shipment))
    client.with_key("integration-api-key-12345").refused(403, "GET", path.format(shipment))


def uploaded(client: Client, content: bytes, name: str = "manifest.csv") -> tuple[int, Json]:
    """A manifest file of a new shipment: its id, and what its upload answered."""
    shipment, _ = shipment_of(client)
    path = f"/shipments/{shipment}/manifest-files"
    answer = client.ok("POST", path, files={"file": (name, content)})
    return answer["fileId"], answer


MINIMAL = (
    b"way bill,package id,parcel number,client id\r\n"
    b"117-70123454,BAG-FI-001,RR000070015LT,ORD-20250-1\r\n"
    b"117-70123454,BAG-FI-001,,NOBODY\r\n"
)


def test_a_manifest_file_comes_back_as_it_was_uploaded(client: Client) -> None:
    client.put_parcel()
    id, _ = uploaded(client, MINIMAL)
    answer = client.http.get(f"/documents/manifest-files/{id}")
    assert file_of(answer, "manifest.csv", "text/csv") == MINIMAL


def test_the_processed_file_tells_what_became_of_each_row(client: Client) -> None:
    client.put_parcel()
    id, _ = uploaded(client, MINIMAL)
    answer = client.http.get(f"/documents/manifest-files/{id}/processed")
    taken, lost = rows(file_of(answer, "manifest-processed.csv", "text/csv"))
    assert "Accepted" in taken.values()
    assert "RR000070015LT" in taken.values()
    assert "Error" in lost.values()


@pytest.mark.parametrize("id", ["80001", "x"])
def test_an_unknown_manifest_file_is_not_found(client: Client, id: str) -> None:
    for path in (f"/documents/manifest-files/{id}", f"/documents/manifest-files/{id}/processed"):
        assert client.refused(404, "GET", path)["detail"] == "Manifest file not found"


def test_another_accounts_manifest_file_is_not_found(client: Client) -> None:
    id, _ = uploaded(client, MINIMAL)
    other = client.with_key(SHIPMENTS_ONLY_KEY)
    other.refused(404, "GET", f"/documents/manifest-files/{id}")
    other.refused(404, "GET", f"/documents/manifest-files/{id}/processed")
