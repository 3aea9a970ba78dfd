"""Manifest files: the short form that links parcels, and the full one that makes them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.postplus import shipping
from tests.postplus.client import SHIPMENTS_ONLY_KEY, Client
from tests.postplus.manifests import FULL, csv, processed, row, uploaded
from tests.postplus.shipping import AWB, MOMENT, parcel_of, put, read, shipment, submit, upload

SHORT = ("Way bill", "Package ID", "Parcel number", "Client ID")


def test_a_short_file_links_parcels_that_are_there(client: Client) -> None:
    shipment(client)
    numbers = [put(client, f"ORD-{n}")["identifiers"]["parcelNr"] for n in (1, 2, 3)]
    content = csv([[AWB, "BAG-1", numbers[0], "ORD-1"], [AWB, "BAG-1", "", "ORD-2"]], SHORT)
    answer = upload(client, 3001, content, FileName="monday.csv", FileFormat="Generic")
    assert answer == {
        "fileId": 80001,
        "fileName": "monday.csv",
        "bytes": len(content),
        "hasErrors": False,
        "errorDetails": [],
    }
    assert uploaded(client) == {
        "id": 80001,
        "fileType": "AutoDetect",
        "fileFormat": "Generic",
        "status": "Saved",
        "fileName": "monday.csv",
        "bytes": len(content),
        "rows": 2,
        "parsedRows": 2,
        "hasErrors": False,
        "createdOn": MOMENT,
        "errorDetails": [],
    }
    linked = client.get("/parcels/query", ManifestFileId=80001)["details"]
    assert [each["identifiers"]["parcelNr"] for each in linked] == numbers[:2]
    for each in linked:
        references = each["references"]
        assert (references["shipmentId"], references["bagNr"]) == (3001, "BAG-1")
    # It only links: the shipment stays as it was made.
    assert read(client, 3001)["status"]["status"] == "Created"
    assert processed(client) == [
        "line,shipmentNr,bagNr,parcelNr,senderParcelNr,status,details",
        f"2,{AWB},BAG-1,{numbers[0]},ORD-1,Accepted,",
        f"3,{AWB},BAG-1,{numbers[1]},ORD-2,Accepted,",
    ]


def test_a_short_file_needs_no_first_line_with_names(client: Client) -> None:
    shipment(client)
    put(client, "REF HD-123")
    upload(client, 3001, f"{AWB};BAG-1;;REF HD-123\n")
    assert parcel_of(client, "REF HD-123")["references"]["bagNr"] == "BAG-1"


def test_rows_of_a_short_file_that_link_nothing_are_processed(client: Client) -> None:
    shipping.filled(client, "SH001", "ORD-9", type="CMR")
    submit(client, 3001)
    shipment(client)
    made = [put(client, f"ORD-{n}")["identifiers"]["parcelNr"] for n in (1, 2)]
    put(client, "ORD-3", receiver=shipping.swedish())
    foreign = put(client.with_key(SHIPMENTS_ONLY_KEY), "ORD-4")["identifiers"]["parcelNr"]
    rows = [
        [AWB, "BAG-1", "", "ORD-1"],
        ["", "BAG-1", "", "ORD-2"],
        ["117-00000000", "BAG-1", "", "ORD-2"],
        [AWB, "BAG-1", "", ""],
        [AWB, "BAG-1", "NOPE", ""],
        [AWB, "BAG-1", foreign, ""],
        [AWB, "BAG-1", made[0], "ORD-2"],
        [AWB, "BAG-2", made[0], ""],
        [AWB, "BAG-1", "", "ORD-9"],
        [AWB, "BAG-1", "", "ORD-3"],
        [AWB, "", "", "ORD-3", "and", "more"],
    ]
    answer = upload(client, 3002, csv(rows, SHORT))
    swedish = parcel_of(client, "ORD-3")["identifiers"]["parcelNr"]
    assert answer["errorDetails"] == [
        f"line 4: way bill 117-00000000 is not that of shipment {AWB}",
        "line 5: there is neither a parcel number nor a client id",
        "line 6: Parcel not found",
        "line 7: Parcel not found",
        "line 8: Parcel not found",
        "line 9: the parcel is in line 2 already",
        "line 10: Parcel is already linked to manifested shipment SH001",
        f"line 11: Bag BAG-1 holds Registered for FI, parcel {swedish} is Registered for SE",
        "line 12: 2 values more than there are columns",
    ]
    kept = uploaded(client, 3002)
    assert (kept["rows"], kept["parsedRows"], kept["hasErrors"]) == (11, 2, True)
    assert kept["errorDetails"] == answer["errorDetails"]
    assert read(client, 3002)["totalItems"] == 2
    assert processed(client)[3] == (
        f"4,117-00000000,BAG-1,,ORD-2,Error,way bill 117-00000000 is not that of shipment {AWB}"
    )


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_commas_semicolons_and_tabs_separate(client: Client, sign: str) -> None:
    shipment(client)
    upload(client, 3001, csv([row()], sign=sign))
    assert parcel_of(client, "ORD-1")["parcel"]["parcelItems"] == 1


def test_quotes_byte_order_mark_blank_lines_and_line_ends(client: Client) -> None:
    shipment(client)
    line = [f'"{each}"' for each in row(name='Aino ""Ai"" Laine, Ms')]
    text = "\r\n\r\n" + csv([line]).replace("\n", "\r\n") + "\r\n,,,\r\n"
    upload(client, 3001, b"\xef\xbb\xbf" + text.encode())
    found = client.get("/parcels/sender-parcel-nrs/ORD-1", IncludeReceiver="true")
    assert found["receiver"]["name"] == 'Aino "Ai" Laine, Ms'
    assert processed(client)[1].startswith("4,")


def test_a_comma_may_stand_for_the_point(client: Client) -> None:
    shipment(client)
    upload(client, 3001, csv([row(weight="1,42")], sign=";"))
    assert parcel_of(client, "ORD-1")["parcel"]["parcelGrossWeight"] == 1.42


def test_columns_that_mean_nothing_are_noted(client: Client) -> None:
    shipment(client)
    upload(client, 3001, csv([[*row(), "blue"]], (*FULL, "Colour")))
    assert "the column Colour was not honoured, it is not known" in shipping.why(client)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"\n\n", "the file is empty"),
        (csv([], SHORT).encode(), "the file has no rows"),
        (
            b"a,b,c\n1,2,3\n",
            "line 1 names no columns, and has not the four of way bill, package, parcel and client "
            "either",
        ),
        (
            b"\nreceiverName,receiverCity\nA,B\n",
            "line 2 names no column with parcel numbers or client ids",
        ),
        (
            b"parcelNr,Tracking number,clientId\n",
            "line 1 names the column 'parcelNr' more than once",
        ),
        (
            b'"clientId"x,bag\n',
            "line 1 is not CSV: something follows the quotation mark that ends a cell",
        ),
        (b"clientId,bag\nORD-1,\xff\n", "line 2 is not text in UTF-8"),
        (b"clientId,bag\nORD-1,\x00\n", "line 2 has a NUL character"),
    ],
)
def test_files_that_say_nothing_are_kept_with_the_reason(
    client: Client, content: bytes, fault: str
) -> None:
    shipment(client)
    answer = upload(client, 3001, content)
    assert (answer["hasErrors"], answer["errorDetails"]) == (True, [fault])
    kept = uploaded(client)
    assert (kept["rows"], kept["parsedRows"], kept["errorDetails"]) == (0, 0, [fault])
    assert read(client, 3001)["status"]["status"] == "Created"


def test_a_file_that_breaks_off_is_taken_as_far_as_it_goes(client: Client) -> None:
    shipment(client)
    put(client, "ORD-1")
    answer = upload(client, 3001, 'clientId,bag\nORD-1,BAG-1\nORD-2,"x"y\n')
    [fault] = answer["errorDetails"]
    assert fault.startswith("line 3 is not CSV")
    assert parcel_of(client, "ORD-1")["references"]["shipmentId"] == 3001
    assert (uploaded(client)["rows"], uploaded(client)["parsedRows"]) == (1, 1)


def test_errors_beyond_a_hundred_are_counted(client: Client) -> None:
    shipment(client)
    rows = [[AWB, "B", "", f"ORD-{n}"] for n in range(104)]
    answer = upload(client, 3001, csv(rows, SHORT))
    assert (len(answer["errorDetails"]), answer["errorDetails"][-1]) == (101, "and 4 more errors")
    assert len(processed(client)) == 105


def test_requests_that_cannot_be_taken(client: Client) -> None:
    shipping.filled(client)
    path = "/shipments/3001/manifest-files"
    files: dict[str, Any] = {"file": ("m.csv", f"{AWB},B,,ORD-1".encode())}
    problem = client.refused(400, "POST", path, files=files, params={"FileFormat": "Word"})
    assert problem["detail"] == ("FileFormat 'Word' is none of Generic, AutoDetect, Csv, Xlsx")
    assert client.refused(400, "POST", path, files={"file": ("m.csv", b"")})["detail"] == (
        "The file is empty"
    )
    client.refused(415, "POST", path, content=b"a,b", headers={"Content-Type": "text/csv"})
    client.refused(404, "POST", "/shipments/4711/manifest-files", files=files)
    bags = [{"bagNr": "B", "destinationCountryCode": "FI", "totalWeight": 1, "totalItems": 1}]
    body = {"type": "CMR", "shipmentNr": "T", "bags": bags}
    client.ok("POST", "/shipments/bag-level-shipments", json=body)
    problem = client.refused(409, "POST", "/shipments/3002/manifest-files", files=files)
    assert problem["detail"] == "Shipment T is manifested by bags and takes no parcels"
    assert client.workspace.records("postplus", "manifest_files") == []


def test_a_file_beyond_the_bounds_is_refused_and_nothing_is_done(client: Client) -> None:
    shipment(client)
    put(client, "ORD-1")
    path = "/shipments/3001/manifest-files"
    long = "clientId,bag\nORD-1,B\n" + "x,\n" * 20_000
    problem = client.refused(400, "POST", path, files={"file": ("m.csv", long.encode())})
    assert problem["detail"] == "Up to 20000 rows are allowed"
    assert problem["errorDetails"][0]["code"] == "TooManyElements"
    wide = ",".join(["clientId", *map(str, range(200))])
    problem = client.refused(400, "POST", path, files={"file": ("m.csv", wide.encode())})
    assert problem["detail"] == "Up to 200 columns are allowed"
    assert parcel_of(client, "ORD-1")["references"]["shipmentId"] is None
    assert client.workspace.records("postplus", "manifest_files") == []
    huge = {"file": ("m.csv", b"x" * (2 * 1024**2))}
    client.refused(413, "POST", path, files=huge)


def test_deleting_a_file_leaves_its_parcels(client: Client) -> None:
    shipment(client)
    upload(client, 3001, csv([row()]))
    response = client.http.delete("/shipments/manifest-files/80001")
    assert (response.status_code, response.content) == (200, b"")
    assert read(client, 3001, "ManifestFiles")["manifestFiles"] == []
    assert read(client, 3001)["totalItems"] == 1
    assert client.get("/parcels/query", ManifestFileId=80001)["details"] == []
    client.refused(404, "DELETE", "/shipments/manifest-files/80001")


def test_deleting_a_file_may_take_its_parcels_with_it(client: Client) -> None:
    shipment(client)
    put(client, "ORD-0")
    upload(client, 3001, csv([row("ORD-1"), row("ORD-2")]))
    upload(client, 3001, csv([row("ORD-3")]))
    # A parcel that is in another shipment by now is not the file's any more.
    shipment(client, "117-70123465")
    shipping.update_references(client, senderParcelNrs="ORD-2", linkShipmentId=3002)
    client.ok("DELETE", "/shipments/manifest-files/80001?DeleteAllIncludedParcels=true")
    left = client.get("/parcels/query", AfterId=90_000)["details"]
    assert [each["identifiers"]["senderParcelNr"] for each in left] == ["ORD-0", "ORD-2", "ORD-3"]
    assert [each["id"] for each in read(client, 3001, "ManifestFiles")["manifestFiles"]] == [80002]


def test_files_that_cannot_be_deleted(client: Client) -> None:
    shipment(client)
    upload(client, 3001, csv([row()]))
    path = "/shipments/manifest-files/80001"
    client.with_key(SHIPMENTS_ONLY_KEY).refused(404, "DELETE", path)
    problem = client.refused(404, "DELETE", "/shipments/manifest-files/x")
    assert problem["detail"] == "Manifest file not found"
    client.refused(400, "DELETE", f"{path}?DeleteAllIncludedParcels=perhaps")
    submit(client, 3001)
    problem = client.refused(409, "DELETE", path)
    assert problem["detail"] == f"Shipment {AWB} is Manifested"
