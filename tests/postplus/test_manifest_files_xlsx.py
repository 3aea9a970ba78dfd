"""Manifest files as workbooks, within bounds."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest

from tests.postplus import shipping
from tests.postplus.client import Client
from tests.postplus.manifests import FULL, csv, row, xlsx
from tests.postplus.shipping import AWB, parcel_of, put, read, shipment, upload

UNREADABLE = "the file is not an XLSX workbook that can be read"


SHEET = "xl/worksheets/sheet1.xml"
TYPES = "[Content_Types].xml"


def unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of a workbook by their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """An archive of these parts."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return kept.getvalue()


def repacked(content: bytes, name: str, part: bytes) -> bytes:
    """A workbook in which a part is replaced."""
    return packed({**unpacked(content), name: part})


def sheet(rows: str) -> bytes:
    """The XML of a sheet with these rows."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def test_a_workbook_is_read_as_a_text_file_is(client: Client) -> None:
    shipment(client)
    rows = [row("ORD-1"), row("ORD-1", item="Saucer"), row("ORD-2", "BAG-2")]
    answer = upload(client, 3001, xlsx(rows), "monday.xlsx", FileFormat="xlsx")
    assert (answer["hasErrors"], answer["errorDetails"]) == (False, [])
    assert answer["fileName"] == "monday.xlsx"
    from_book = client.get(
        "/parcels/query", AfterId=90_000, IncludeItems="true", IncludeReceiver="true"
    )
    [kept] = read(client, 3001, "ManifestFiles")["manifestFiles"]
    assert (kept["rows"], kept["parsedRows"], kept["fileFormat"]) == (3, 3, "Xlsx")
    client.ok("DELETE", "/shipments/manifest-files/80001?DeleteAllIncludedParcels=true")
    upload(client, 3001, csv(rows))
    from_text = client.get(
        "/parcels/query", AfterId=90_000, IncludeItems="true", IncludeReceiver="true"
    )
    for one, other in zip(from_book["details"], from_text["details"], strict=True):
        for section in ("parcel", "receiver", "additionalInfo", "status"):
            assert one[section] == other[section]


def test_a_short_workbook_links_parcels(client: Client) -> None:
    shipment(client)
    put(client, "20250001")
    upload(client, 3001, xlsx([[AWB, "BAG-1", None, 20250001]], ()), "m.xlsx")
    assert parcel_of(client, "20250001")["references"]["bagNr"] == "BAG-1"


def test_cells_are_written_as_people_would(client: Client) -> None:
    shipment(client)
    header = (*FULL, "shipDate", "routeInfo")
    upload(client, 3001, xlsx([[*row("ORD-1"), date(2026, 3, 4), 7.0]], header), "m.xlsx")
    upload(
        client, 3001, xlsx([[*row("ORD-2"), datetime(2026, 3, 4, 8, 30), True]], header), "m.xlsx"
    )
    upload(client, 3001, xlsx([[*row("ORD-3"), datetime(2026, 3, 4), 7.25]], header), "m.xlsx")
    said = [parcel_of(client, f"ORD-{place}")["additionalInfo"] for place in (1, 2, 3)]
    assert [(each["shipDate"], each["routeInfo"]) for each in said] == [
        ("2026-03-04", "7"),
        ("2026-03-04T08:30:00", "true"),
        ("2026-03-04", "7.25"),
    ]


def test_texts_may_lie_in_a_part_of_their_own(client: Client) -> None:
    shipment(client)
    put(client, "ORD-1")
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    texts = "".join(f"<si><t>{each}</t></si>" for each in ("clientId", "bag", "ORD-1", "BAG-7"))
    cells = "".join(
        f'<row r="{line}"><c r="A{line}" t="s"><v>{2 * line - 2}</v></c>'
        f'<c r="B{line}" t="s"><v>{2 * line - 1}</v></c></row>'
        for line in (1, 2)
    )
    parts = unpacked(repacked(xlsx([]), SHEET, sheet(cells)))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}" /></Types>'
    parts[TYPES] = parts[TYPES].replace(b"</Types>", override.encode())
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{space}">{texts}</sst>'.encode()
    upload(client, 3001, packed(parts), "excel.xlsx")
    assert parcel_of(client, "ORD-1")["references"]["bagNr"] == "BAG-7"


def test_lines_are_those_that_people_see(client: Client) -> None:
    shipment(client)
    put(client, "ORD-1")
    rows = [[], ["clientId", "bag"], [], ["ORD-1", "B"], [], ["ORD-9", "B"]]
    answer = upload(client, 3001, xlsx(rows, ()), "m.xlsx")
    assert answer["errorDetails"] == ["line 6: Parcel not found"]


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 is how they begin",
        repacked(xlsx([row()]), "xl/workbook.xml", b"<no"),
        repacked(xlsx([row()]), SHEET, b""),
    ],
)
def test_what_is_no_workbook_is_kept_with_the_reason(client: Client, content: bytes) -> None:
    shipment(client)
    [fault] = upload(client, 3001, content, "m.xlsx")["errorDetails"]
    assert fault.startswith(UNREADABLE)


def test_an_archive_that_is_no_workbook(client: Client) -> None:
    shipment(client)
    archive = packed({"readme.txt": b"hello"})
    [fault] = upload(client, 3001, archive, "m.xlsx")["errorDetails"]
    assert fault.startswith(UNREADABLE)


def test_a_workbook_that_breaks_off_is_taken_as_far_as_it_goes(client: Client) -> None:
    shipment(client)
    put(client, "ORD-1")
    rows = '<row r="1"><c r="A1" t="str"><v>clientId</v></c></row>'
    rows += '<row r="2"><c r="A2" t="str"><v>ORD-1</v></c></row>' + "<row" + " " * 200_000
    content = repacked(xlsx([]), SHEET, sheet(rows))
    answer = upload(client, 3001, content, "m.xlsx")
    assert answer["hasErrors"]
    assert UNREADABLE in answer["errorDetails"][-1]


def test_a_workbook_that_unpacks_to_too_much_is_refused(client: Client) -> None:
    shipment(client)
    path = "/shipments/3001/manifest-files"
    bomb = repacked(xlsx([row()]), "docProps/core.xml", b" " * (33 * 1024**2))
    assert len(bomb) < 100_000
    problem = client.refused(400, "POST", path, files={"file": ("m.xlsx", bomb)})
    assert problem["detail"] == "Up to 33554432 bytes of an unpacked workbook are allowed"
    assert problem["errorDetails"][0]["code"] == "TooManyElements"
    many = packed({f"{place}.xml": b"" for place in range(201)})
    problem = client.refused(400, "POST", path, files={"file": ("m.xlsx", many)})
    assert problem["detail"] == "Up to 200 parts of a workbook are allowed"


@pytest.mark.parametrize(
    ("rows", "detail"),
    [
        (
            '<row r="1"><c r="A1" t="str"><v>clientId</v></c></row>'
            '<row r="999999999"><c r="A999999999"><v>1</v></c></row>',
            "Up to 100000 lines of a sheet are allowed",
        ),
        (
            '<row r="1"><c r="A1" t="str"><v>clientId</v></c><c r="XFD1"><v>1</v></c></row>',
            "Up to 200 columns are allowed",
        ),
    ],
)
def test_a_sheet_that_names_places_far_away_is_refused(
    client: Client, rows: str, detail: str
) -> None:
    shipment(client)
    content = repacked(xlsx([row()]), SHEET, sheet(rows))
    files = {"file": ("m.xlsx", content)}
    problem = client.refused(400, "POST", "/shipments/3001/manifest-files", files=files)
    assert problem["detail"] == detail


def test_entities_that_multiply_are_not_expanded(client: Client) -> None:
    shipment(client)
    entities = "".join(f'<!ENTITY e{place} "{f"&e{place - 1};" * 20}">' for place in range(1, 12))
    text = (
        f'<!DOCTYPE x [<!ENTITY e0 "0123456789">{entities}]>'
        + sheet('<row r="1"><c r="A1" t="str"><v>&e11;</v></c></row>').decode()
    )
    content = repacked(xlsx([row()]), SHEET, text.encode())
    [fault] = upload(client, 3001, content, "m.xlsx")["errorDetails"]
    assert fault.startswith(UNREADABLE)


def test_a_sheet_that_lies_about_its_size_is_read_whole(client: Client) -> None:
    shipment(client)
    shipping.put(client, "ORD-1")
    content = xlsx([["ORD-1", "BAG-1"]], ("clientId", "bag"))
    xml = unpacked(content)[SHEET].replace(b"A1:B2", b"A1:A1")
    upload(client, 3001, repacked(content, SHEET, xml), "m.xlsx")
    assert parcel_of(client, "ORD-1")["references"]["bagNr"] == "BAG-1"
