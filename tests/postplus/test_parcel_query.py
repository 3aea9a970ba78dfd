"""GET /parcels/query: filters, and pages by the last id."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.postplus.client import MUG, Client, Json, parcel
from tests.support.server import Workspace

QUERY = "/parcels/query"


def ids(page: Json) -> list[int]:
    """The ids of the parcels on a page."""
    return [each["identifiers"]["id"] for each in page["details"]]


def make(client: Client, count: int, **changes: Any) -> None:
    """Make so many parcels in one request."""
    elements = [parcel(f"ORD-{number}", **changes) for number in range(count)]
    client.ok("POST", "/parcels/create-or-update-many", json={"parcels": elements})


def test_pages_follow_one_another_by_the_last_id_until_an_empty_one(client: Client) -> None:
    make(client, 5)
    after, seen, pages = 90000, [], 0
    while True:
        page = client.get(QUERY, AfterId=after, Count=2)
        assert list(page) == ["lastId", "details"]
        if not page["details"]:
            break
        seen += ids(page)
        after, pages = page["lastId"], pages + 1
    assert page == {"lastId": 90005, "details": []}
    assert seen == [90001, 90002, 90003, 90004, 90005]
    assert pages == 3


def test_without_parameters_it_is_everything_of_the_account(client: Client) -> None:
    make(client, 3)
    other = client.with_key("sim-postplus-shipments-only")
    other.put_parcel()
    page = client.get(QUERY)
    assert ids(page)[-3:] == [90001, 90002, 90003]
    assert page["lastId"] == 90003
    assert ids(other.get(QUERY)) == [90004]
    assert client.with_key("sim-postplus-documents-first").get(QUERY) == {
        "lastId": 0,
        "details": [],
    }


def test_a_parcel_made_in_mid_walk_is_on_a_later_page(client: Client) -> None:
    make(client, 2)
    first = client.get(QUERY, AfterId=90000, Count=2)
    client.ok("DELETE", "/parcels/90001")
    client.put_parcel(nr="LATE")
    assert ids(client.get(QUERY, AfterId=first["lastId"], Count=2)) == [90003]


def test_500_parcels_are_on_a_page_at_most(client: Client) -> None:
    for part in range(3):
        elements = [parcel(f"{part}-{number}") for number in range(200)]
        client.ok("POST", "/parcels", json={"parcels": elements})
    page = client.get(QUERY, AfterId=90000)
    assert (len(page["details"]), page["lastId"]) == (500, 90500)
    assert len(client.get(QUERY, AfterId=90500)["details"]) == 100
    assert len(client.get(QUERY, AfterId=90000, Count=500)["details"]) == 500
    for count in (0, -1, 501):
        problem = client.refused(400, "GET", QUERY, params={"Count": count})
        assert problem["detail"] == f"Count is from 1 to 500, not {count}"


def test_times_of_creation_bound_the_parcels(client: Client, workspace: Workspace) -> None:
    client.put_parcel(nr="FIRST")
    workspace.advance("1h")
    client.put_parcel(nr="SECOND")
    bounds = {
        ("2026-03-02T09:15:00Z", ""): [90001, 90002],
        ("2026-03-02T09:15:01", ""): [90002],
        ("2026-03-02T11:15:00+01:00", ""): [90002],
        ("", "2026-03-02T10:15:00Z"): [90001],
        ("2026-03-02", "2026-03-03"): [90001, 90002],
        ("2026-03-03", ""): [],
        ("", "2026-03-02"): [],
    }
    for (after, before), expected in bounds.items():
        page = client.get(QUERY, AfterId=90000, CreatedAfter=after, CreatedBefore=before)
        assert ids(page) == expected, (after, before)


def test_type_and_status_filter_in_any_letter_case(client: Client, workspace: Workspace) -> None:
    client.put_parcel(nr="A", parcel={"type": "Prime"})
    client.put_parcel(nr="B", parcel={"type": "EMS"})
    delivered = client.put_parcel(nr="C", parcel={"type": "EMS"})["identifiers"]["parcelNr"]
    workspace.do("postplus.scan", parcel=delivered, code="DELIVERED")
    assert ids(client.get(QUERY, AfterId=90000, Type="Prime")) == [90001]
    assert ids(client.get(QUERY, AfterId=90000, type="ems")) == [90002, 90003]
    assert ids(client.get(QUERY, AfterId=90000, Status="created")) == [90001, 90002]
    assert ids(client.get(QUERY, AfterId=90000, Status="Delivered", Type="EMS")) == [90003]
    assert ids(client.get(QUERY, AfterId=90000, Status="Returned")) == []


def test_shipments_filter_by_id_type_and_status(client: Client) -> None:
    shipments = [
        client.ok("POST", "/shipments", json={"type": kind, "terminalCode": "AMS"})["id"]
        for kind in ("Courier", "CMR")
    ]
    client.put_parcel(nr="A", shipmentId=shipments[0])
    client.put_parcel(nr="B", shipmentId=shipments[1])
    client.put_parcel(nr="C")
    client.put_parcel(nr="D", shipmentId=shipments[1])
    assert ids(client.get(QUERY, ShipmentId=shipments[1])) == [90002, 90004]
    assert ids(client.get(QUERY, ShipmentId=shipments[1], AfterId=90002)) == [90004]
    assert ids(client.get(QUERY, ShipmentId=4711)) == []
    assert ids(client.get(QUERY, ShipmentType="courier")) == [90001]
    assert ids(client.get(QUERY, ShipmentStatus="Created")) == [90001, 90002, 90004]
    assert ids(client.get(QUERY, ShipmentStatus="Manifested")) == []
    other = client.with_key("sim-postplus-shipments-only")
    assert ids(other.get(QUERY, ShipmentId=shipments[1])) == []


def test_a_manifest_file_filters_the_parcels_that_it_brought(
    client: Client, workspace: Workspace
) -> None:
    make(client, 2)
    snapshot = workspace.control.get("/snapshot").json()
    [record] = [each for each in snapshot["tables"]["postplus.parcels"] if each["id"] == 90002]
    record["manifest_file_id"] = 7001
    workspace.control.put("/snapshot", json=snapshot)
    assert ids(client.get(QUERY, ManifestFileId=7001)) == [90002]
    assert ids(client.get(QUERY, ManifestFileId=7002)) == []


def test_include_flags_show_their_sections(client: Client) -> None:
    client.put_parcel()
    [bare] = client.get(QUERY, AfterId=90000)["details"]
    assert [bare["parcel"]["items"], bare["receiver"], bare["sender"], bare["prints"]] == [None] * 4
    flags = ("IncludeItems", "IncludeReceiver", "IncludeSender", "IncludePrints")
    [full] = client.get(QUERY, AfterId=90000, **dict.fromkeys(flags, True))["details"]
    assert full["parcel"]["items"] == [MUG]
    assert full["receiver"]["city"] == "Helsinki"
    assert full["prints"][0]["content"] is None
    assert full == client.get("/parcels/90001", **dict.fromkeys(flags, True))


def test_contents_of_labels_come_on_demand_and_by_size(client: Client) -> None:
    client.put_parcel(nr="A")
    client.put_parcel(nr="B", receiver={"city": ""})
    client.put_parcel(nr="C", parcel={"type": "EMS"})
    page = client.get(QUERY, AfterId=90000, IncludePrintContents=True)
    first, second, third = (each["prints"] for each in page["details"])
    assert base64.b64decode(first[0]["content"]).startswith(b"%PDF-")
    assert second == []
    assert third[0]["labelSize"] == "Medium"
    page = client.get(
        QUERY, AfterId=90000, IncludePrintContents=True, IncludePrintSizes="Medium,Large"
    )
    assert [len(each["prints"]) for each in page["details"]] == [0, 0, 1]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"AfterId": "x"}, 'AfterId "x" is not a whole number'),
        ({"Count": "ten"}, 'Count "ten" is not a whole number'),
        ({"ShipmentId": "SH1"}, 'ShipmentId "SH1" is not a whole number'),
        ({"ManifestFileId": "1.5"}, 'ManifestFileId "1.5" is not a whole number'),
        ({"IncludeItems": "2"}, 'IncludeItems "2" is not true or false'),
        (
            {"CreatedAfter": "yesterday"},
            "CreatedAfter 'yesterday' is not a date or a time such as 2026-03-02T09:00:00Z",
        ),
        (
            {"CreatedBefore": "2026-02-30"},
            "CreatedBefore '2026-02-30' is not a date or a time such as 2026-03-02T09:00:00Z",
        ),
        (
            {"Status": "Gone"},
            "Status 'Gone' is not one of Created, Manifested, Departed, Delivered, Returned",
        ),
        (
            {"Type": "Letter"},
            "Type 'Letter' is not one of EMS, NonPostal, NotRegistered, ParcelUPU, Premium, "
            "Prime, Registered, SRM",
        ),
        (
            {"ShipmentType": "Rail"},
            "ShipmentType 'Rail' is not one of AWB, CMR, Courier, Labels, MailTransit, "
            "PostalLastMile, Transport, VirtualDespatch",
        ),
        (
            {"ShipmentStatus": "Lost"},
            "ShipmentStatus 'Lost' is not one of Imported, Created, Pending, Planned, "
            "Manifested, Arrived, Completed",
        ),
        ({"AfterId": "-1"}, "AfterId is an id, not -1"),
    ],
)
def test_a_value_that_cannot_be_is_refused(client: Client, query: Json, sentence: str) -> None:
    assert client.refused(400, "GET", QUERY, params=query)["detail"] == sentence


def test_empty_values_are_none(client: Client) -> None:
    client.put_parcel()
    names = ("AfterId", "Count", "ShipmentId", "Type", "Status", "CreatedAfter", "IncludeItems")
    assert ids(client.get(QUERY, **dict.fromkeys(names, "")))[-1] == 90001
