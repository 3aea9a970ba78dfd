"""Shipments: made, read, changed, deleted."""

from __future__ import annotations

from typing import Any

import pytest

from tests.postplus import shipping
from tests.postplus.client import SHIPMENTS_ONLY_KEY, Client, Json
from tests.postplus.shipping import ARRIVAL, AWB, details, link, put, read, shipment, submit


def test_a_shipment_is_made_and_read_by_id_and_by_number(client: Client) -> None:
    made = client.ok(
        "POST",
        "/shipments",
        json={
            "type": "AWB",
            "terminalCode": "AMS",
            "shipmentNr": AWB,
            "updateIfExists": True,
            "masterNr": "M-1",
            "arrivalInfo": {
                "arrivalGateway": "AMS-1",
                "transportNr": "AY831",
                "originCountryCode": "lv",
                "totalWeight": "12.50",
                "totalBags": 1,
                "arrivalOn": "2025-03-04T00:00:00Z",
                "notes": "Fragile",
            },
        },
    )
    arrival = {
        "arrivalGateway": "AMS-1",
        "transportNr": "AY831",
        "originCountryCode": "LV",
        "totalWeight": 12.5,
        "totalBags": 1,
        "arrivalOn": "2025-03-04T00:00:00.000Z",
        "notes": "Fragile",
    }
    assert made == details(masterNr="M-1", arrivalInfo=arrival)
    assert client.get("/shipments/3001") == made
    assert client.get(f"/shipments/shipment-nrs/{AWB}") == made


def test_what_is_not_told_is_the_accounts_default(client: Client) -> None:
    made = client.ok(
        "POST",
        "/shipments",
        json={
            "type": "cmr",
            "shipmentNr": "TRUCK 7",
            "terminalCode": "",
            "arrivalInfo": {"transportNr": "", "notes": "", "originCountryCode": ""},
        },
    )
    assert made == details(type="CMR", shipmentNr="TRUCK 7")


@pytest.mark.parametrize(
    "kind", ["CMR", "Courier", "Labels", "MailTransit", "PostalLastMile", "Transport"]
)
def test_a_number_is_generated_where_none_is_given(client: Client, kind: str) -> None:
    assert shipment(client, "", type=kind)["shipmentNr"] == "SH003001"
    assert shipment(client, None, type=kind)["shipmentNr"] == "SH003002"


def test_a_generated_number_is_one_that_no_other_shipment_has(client: Client) -> None:
    shipment(client, "SH003002", type="CMR")
    assert shipment(client, None, type="CMR")["shipmentNr"] == "SH003003"


def test_a_generated_air_waybill_is_valid_in_every_reading(client: Client) -> None:
    client.workspace.quirk("postplus.air_waybill", "check_digit")
    generated = shipment(client, None)["shipmentNr"]
    assert generated == "999-00030015"
    client.ok("DELETE", "/shipments/3001")
    assert shipment(client, generated)["shipmentNr"] == generated


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2023-03-02 08:00:00", "2023-03-02T08:00:00.000Z"),
        ("2023-03-02T08:00:00.1234567Z", "2023-03-02T08:00:00.123Z"),
        ("2023-03-02T08:00:00+02:00", "2023-03-02T06:00:00.000Z"),
        ("2023-03-02", "2023-03-02T00:00:00.000Z"),
    ],
)
def test_the_arrival_may_be_written_as_clients_do(client: Client, written: str, shown: str) -> None:
    made = shipment(client, arrivalInfo={"arrivalOn": written})
    assert made["arrivalInfo"] == {**ARRIVAL, "arrivalOn": shown}


@pytest.mark.parametrize("number", ["117-7012345", "117-701234567", "11770123454", "ABC", "7"])
def test_the_number_of_an_air_waybill_has_its_form(client: Client, number: str) -> None:
    problem = client.refused(400, "POST", "/shipments", json={"type": "AWB", "shipmentNr": number})
    detail = f"shipmentNr {number!r} is not the number of an air waybill, as 123-12345678"
    assert problem == {
        "type": "https://tools.ietf.org/html/rfc7231#section-6.5.1",
        "title": "One or more validation errors occurred.",
        "status": 400,
        "detail": detail,
        "errors": {"shipmentNr": [detail]},
        "errorDetails": [{"code": "InvalidRequest", "detail": detail}],
        "traceId": problem["traceId"],
    }
    assert client.get("/shipments/query")["shipments"] == []


def test_other_types_number_as_they_like(client: Client) -> None:
    assert shipment(client, "117-7012345", type="CMR")["shipmentNr"] == "117-7012345"


def test_the_check_digit_of_an_air_waybill_counts_by_quirk_only(client: Client) -> None:
    shipment(client, "117-70123450")
    client.workspace.quirk("postplus.air_waybill", "check_digit")
    body = {"type": "AWB", "shipmentNr": "117-70123451"}
    problem = client.refused(400, "POST", "/shipments", json=body)
    assert problem["detail"] == (
        "shipmentNr '117-70123451' is not the number of an air waybill: its last digit should be 4"
    )
    shipment(client, "999-68495221")


def test_the_samples_odd_number_is_taken_by_quirk(client: Client) -> None:
    client.workspace.quirk("postplus.air_waybill", "any")
    assert shipment(client, "123-000000123")["shipmentNr"] == "123-000000123"


@pytest.mark.parametrize(
    ("body", "place", "message"),
    [
        ({}, "type", "is required"),
        (
            {"type": "Ship"},
            "type",
            "'Ship' is none of AWB, CMR, Courier, Labels, MailTransit, PostalLastMile, Transport, "
            "VirtualDespatch",
        ),
        (
            {"type": "AWB", "terminalCode": "LHR"},
            "terminalCode",
            "'LHR' is none of AMS, NDL, PDL, HKT, MNL, BKK, TLL",
        ),
        ({"type": "CMR", "shipmentNr": "N" * 101}, "shipmentNr", "has more than 100 characters"),
        ({"type": "CMR", "masterNr": "N" * 101}, "masterNr", "has more than 100 characters"),
        (
            {"type": "CMR", "arrivalInfo": {"originCountryCode": "XX"}},
            "arrivalInfo.originCountryCode",
            "'XX' is not a country code of two letters",
        ),
        (
            {"type": "CMR", "arrivalInfo": {"totalWeight": -1}},
            "arrivalInfo.totalWeight",
            "is from 0 to 1000000 kilograms, not -1",
        ),
        (
            {"type": "CMR", "arrivalInfo": {"totalBags": "-2"}},
            "arrivalInfo.totalBags",
            "is from 0 to 2147483647, not -2",
        ),
        (
            {"type": "CMR", "arrivalInfo": {"totalBags": 10**15}},
            "arrivalInfo.totalBags",
            "is from 0 to 2147483647, not 1000000000000000",
        ),
        (
            {"type": "CMR", "arrivalInfo": {"totalBags": 10**30}},
            "arrivalInfo.totalBags",
            "is from 0 to 2147483647, not 1000000000000000000000000000000",
        ),
        (
            {"type": "CMR", "arrivalInfo": {"totalWeight": 1e300}},
            "arrivalInfo.totalWeight",
            "is from 0 to 1000000 kilograms, not 1e+300",
        ),
        (
            {"type": "CMR", "arrivalInfo": {"totalWeight": "1" * 200}},
            "arrivalInfo.totalWeight",
            f"is a number, not {'1' * 40}…",
        ),
        (
            {"type": "CMR", "arrivalInfo": {"arrivalOn": "tomorrow"}},
            "arrivalInfo.arrivalOn",
            "'tomorrow' is not a day or a time, as 2026-03-04T08:00Z",
        ),
    ],
)
def test_values_that_are_none_are_refused_with_their_place(
    client: Client, body: Json, place: str, message: str
) -> None:
    problem = client.refused(400, "POST", "/shipments", json=body)
    assert problem["errors"] == {place: [f"{place} {message}"]}


def test_a_number_that_is_there_already_is_a_conflict(client: Client) -> None:
    shipment(client)
    problem = client.refused(409, "POST", "/shipments", json={"type": "AWB", "shipmentNr": AWB})
    assert problem["detail"] == (f"Shipment {AWB} already exists, and updateIfExists is not true")


def test_with_the_switch_the_shipment_is_updated(client: Client) -> None:
    shipment(client, arrivalInfo={"transportNr": "AY831", "totalBags": 2})
    again = shipment(
        client, updateIfExists=True, masterNr="M-2", arrivalInfo={"transportNr": "AY833"}
    )
    arrival = {**ARRIVAL, "transportNr": "AY833", "totalBags": 2}
    assert again == details(masterNr="M-2", arrivalInfo=arrival)
    # Without a type it is the one that it has.
    body = {"shipmentNr": AWB, "updateIfExists": "true"}
    assert client.ok("POST", "/shipments", json=body) == again


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        ({"type": "CMR"}, f"Shipment {AWB} has the type AWB, not CMR"),
        ({"terminalCode": "NDL"}, f"Shipment {AWB} has the terminalCode AMS, not NDL"),
    ],
)
def test_an_update_has_to_be_of_the_same_type_and_terminal(
    client: Client, change: Json, detail: str
) -> None:
    shipment(client)
    body = {"type": "AWB", "shipmentNr": AWB, "updateIfExists": True, **change}
    assert client.refused(409, "POST", "/shipments", json=body)["detail"] == detail


def test_an_update_of_a_manifested_shipment_gives_it_back_as_it_is(client: Client) -> None:
    shipping.filled(client)
    submit(client, 3001)
    before = read(client, 3001)
    assert shipment(client, updateIfExists=True) == before
    assert "not honoured" not in shipping.why(client)
    assert shipment(client, updateIfExists=True, masterNr="M-3") == before
    assert f"the data were not honoured, shipment {AWB} is Manifested" in shipping.why(client)
    client.workspace.advance("1d")
    body = {"type": "AWB", "shipmentNr": AWB, "updateIfExists": True}
    problem = client.refused(409, "POST", "/shipments", json=body)
    assert problem["detail"] == f"Shipment {AWB} is Arrived"


def test_an_update_takes_numbers_and_arrival_and_nothing_else(client: Client) -> None:
    shipment(client, masterNr="M-1", arrivalInfo={"transportNr": "AY831"})
    changed = client.ok(
        "PUT",
        "/shipments/3001",
        json={
            "shipmentNr": "117-70123465",
            "masterNr": "",
            "arrivalInfo": {"arrivalOn": "2026-03-05"},
            "type": "CMR",
            "terminalCode": "",
        },
    )
    arrival = {**ARRIVAL, "transportNr": "AY831", "arrivalOn": "2026-03-05T00:00:00.000Z"}
    assert changed == details(shipmentNr="117-70123465", masterNr="M-1", arrivalInfo=arrival)
    assert "type was not honoured: it cannot be updated" in shipping.why(client)
    assert read(client, 3001) == changed


def test_an_update_cannot_take_a_number_that_is_none_or_that_is_taken(client: Client) -> None:
    shipment(client)
    shipment(client, "117-70123465")
    other = {"shipmentNr": "117-70123465"}
    problem = client.refused(409, "PUT", "/shipments/3001", json=other)
    assert problem["detail"] == "Shipment 117-70123465 already exists"
    client.refused(400, "PUT", "/shipments/3001", json={"shipmentNr": "117"})
    client.refused(400, "PUT", "/shipments/3001", json={"arrivalInfo": {"arrivalOn": "x"}})
    assert client.ok("PUT", "/shipments/3002", json=other)["shipmentNr"] == "117-70123465"


def test_a_submitted_shipment_cannot_be_updated(client: Client) -> None:
    shipping.filled(client)
    submit(client, 3001)
    problem = client.refused(409, "PUT", "/shipments/3001", json={"masterNr": "M-4"})
    assert problem["detail"] == f"Shipment {AWB} is Manifested"


def test_deleting_unlinks_the_parcels_and_takes_the_files_with_it(client: Client) -> None:
    shipping.filled(client)
    shipping.upload(client, 3001, f"{AWB},BAG-1,,ORD-1")
    shipping.upload(client, 3001, b"%PDF", "awb.pdf", to="shipment-documents")
    response = client.http.delete("/shipments/3001")
    assert (response.status_code, response.content) == (200, b"")
    client.refused(404, "GET", "/shipments/3001")
    kept = shipping.parcel_of(client, "ORD-1")["references"]
    assert (kept["shipmentId"], kept["shipmentNr"], kept["bagNr"]) == (None, None, "BAG-1")
    assert client.workspace.records("postplus", "manifest_files") == []
    assert client.workspace.records("postplus", "shipment_documents") == []
    # The number is free again.
    assert shipment(client)["id"] == 3002


def test_a_submitted_shipment_cannot_be_deleted(client: Client) -> None:
    shipping.filled(client)
    submit(client, 3001)
    problem = client.refused(409, "DELETE", "/shipments/3001")
    assert problem["detail"] == f"Shipment {AWB} is Manifested"


def test_totals_are_those_of_the_parcels(client: Client) -> None:
    shipment(client)
    for place, weight in enumerate((0.42, 0.51, 0.6), start=1):
        nr = f"ORD-{place}"
        put(client, nr, f"BAG-{place % 2}", parcel={"parcelGrossWeight": weight})
    shipping.too_light(client, "ORD-4", "BAG-1")
    put(client, "ORD-5", "BAG-1", additionalInfo={"taxIdentification": None})
    link(client, 3001, bagNrs="BAG-0,BAG-1")
    body = {"identifiers": {"senderParcelNr": "ORD-2"}, "status": {"isCancelled": True}}
    client.ok("PUT", "/parcels", json=body)
    assert read(client, 3001) == details(
        totalItems=4,
        totalItemsCancelled=1,
        totalWeight=1.54,
        totalWeightCancelled=0.51,
        totalBags=2,
        parcelErrors=1,
        parcelWarnings=1,
    )


def test_a_shipment_of_parcels_between_consumers_is_one_itself(client: Client) -> None:
    shipment(client)
    sender: dict[str, Any] = {"name": "A", "address": "B 1", "city": "Riga", "zipCode": "1010"}
    kind = {"transactionType": "C2C"}
    put(client, "ORD-1", "BAG-1", parcel=kind, sender={**sender, "countryCode": "LV"})
    link(client, 3001, bagNrs="BAG-1")
    assert read(client, 3001)["transactionType"] == "C2C"
    put(client, "ORD-2", "BAG-2")
    link(client, 3001, bagNrs="BAG-2")
    assert read(client, 3001)["transactionType"] == "B2C"


@pytest.mark.parametrize("path", ["/shipments/4711", "/shipments/abc", "/shipments/-1"])
def test_what_is_no_shipment_is_not_found(client: Client, path: str) -> None:
    for method in ("GET", "DELETE"):
        assert client.refused(404, method, path)["detail"] == "Shipment not found"
    assert client.refused(404, "PUT", path, json={})["detail"] == "Shipment not found"


def test_an_unknown_number_is_not_found(client: Client) -> None:
    client.refused(404, "GET", f"/shipments/shipment-nrs/{AWB}")


def test_another_accounts_shipment_is_not_there(client: Client) -> None:
    shipment(client)
    other = client.with_key(SHIPMENTS_ONLY_KEY)
    other.refused(404, "GET", "/shipments/3001")
    other.refused(404, "GET", f"/shipments/shipment-nrs/{AWB}")
    other.refused(404, "PUT", "/shipments/3001", json={})
    other.refused(404, "DELETE", "/shipments/3001")
    for action in ("link-bags", "prepare", "submit", "link-prepare-submit"):
        other.refused(404, "POST", f"/shipments/3001/{action}", json={})
    other.refused(404, "POST", "/shipments/3001/cancel-parcels-with-errors", json={})
    for kind in ("manifest-files", "shipment-documents"):
        other.refused(404, "POST", f"/shipments/3001/{kind}", files={"file": ("a", b"x")})
    assert other.get("/shipments/query")["shipments"] == []
    # Numbers are an account's own.
    assert shipment(other)["id"] == 3002


def test_bags_in_a_shipment_of_parcels_are_not_honoured(client: Client) -> None:
    assert shipment(client, bags=[{"bagNr": "B"}]) == details()
    assert "bags was not honoured: it is for bag-level-shipments" in shipping.why(client)


def test_keys_without_the_scope_see_no_shipments(client: Client) -> None:
    client.with_key("labelapitest1234567890").refused(403, "GET", "/shipments/3001")
    client.with_key(None).refused(401, "GET", "/shipments/3001")


def test_a_body_that_is_no_object_is_refused(client: Client) -> None:
    client.refused(400, "POST", "/shipments", json=[])
    client.refused(
        400, "POST", "/shipments", content=b"{", headers={"Content-Type": "application/json"}
    )
    client.refused(400, "POST", "/shipments")
    client.refused(
        415, "POST", "/shipments", content=b"a=b", headers={"Content-Type": "text/plain"}
    )
