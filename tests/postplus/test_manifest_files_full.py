"""Manifest files in the full form: parcels of rows, an item each."""

from __future__ import annotations

from tests.postplus import shipping
from tests.postplus.client import Client
from tests.postplus.manifests import FULL, csv, processed, row, uploaded
from tests.postplus.shipping import AWB, parcel_of, put, read, shipment, submit, upload


def test_a_full_file_makes_parcels_of_its_rows(client: Client) -> None:
    shipment(client)
    rows = [
        row("ORD-1", item="Ceramic mug"),
        row("ORD-1", item="Saucer", quantity=3),
        row("ORD-2", "BAG-2"),
    ]
    answer = upload(client, 3001, csv(rows))
    assert (answer["hasErrors"], answer["errorDetails"]) == (False, [])
    assert read(client, 3001)["status"]["status"] == "Imported"
    made = client.get("/parcels/query", ManifestFileId=80001, IncludeItems="true")["details"]
    assert [
        (each["identifiers"]["senderParcelNr"], each["references"]["bagNr"]) for each in made
    ] == [("ORD-1", "BAG-1"), ("ORD-2", "BAG-2")]
    assert made[0]["references"]["printId"]
    mug = {
        "description": "Ceramic mug",
        "skuCode": "MUG-01",
        "hsCode": "691200",
        "quantity": 2,
        "valuePerItem": 7.5,
        "weightPerItem": 0.2,
    }
    assert made[0]["parcel"] == {
        "type": "Registered",
        "transactionType": "B2C",
        "destinationCountryCode": "FI",
        "parcelItems": 2,
        "parcelValue": 37.5,
        "currency": "EUR",
        "parcelGrossWeight": 1.42,
        "height": 0,
        "width": 0,
        "length": 0,
        "items": [mug, {**mug, "description": "Saucer", "quantity": 3}],
    }
    kept = uploaded(client)
    assert (kept["rows"], kept["parsedRows"]) == (3, 3)


def test_an_imported_shipment_is_as_good_as_a_created_one(client: Client) -> None:
    shipment(client)
    upload(client, 3001, csv([row()]))
    imported = read(client, 3001)["status"]
    assert imported == shipping.status(status="Imported")
    again = shipment(client, updateIfExists=True, masterNr="M-1")
    assert (again["masterNr"], again["status"]) == ("M-1", imported)
    prepared = shipping.prepare(client, 3001)
    assert prepared["status"] == shipping.status(canSubmit=True)
    assert submit(client, 3001)["status"] == shipping.locked("Manifested")


def test_an_imported_shipment_that_cannot_be_prepared_stays_imported(client: Client) -> None:
    shipment(client)
    upload(client, 3001, csv([row(weight=0.1)]))
    prepared = shipping.prepare(client, 3001)
    assert (prepared["status"]["status"], prepared["status"]["hasWarnings"]) == ("Imported", True)


def test_rows_of_a_parcel_need_not_follow_each_other(client: Client) -> None:
    shipment(client)
    rows = [row("ORD-1", item="Mug"), row("ORD-2"), row("ORD-1", item="Saucer", weight="")]
    upload(client, 3001, csv(rows))
    items = parcel_of(client, "ORD-1")["parcel"]["items"]
    assert [each["description"] for each in items] == ["Mug", "Saucer"]
    # The same file again says the same again.
    upload(client, 3001, csv(rows))
    items = parcel_of(client, "ORD-1")["parcel"]["items"]
    assert [each["description"] for each in items] == ["Mug", "Saucer"]
    assert read(client, 3001)["totalItems"] == 2


def test_errors_in_a_parcels_data_are_told_with_the_line(client: Client) -> None:
    shipment(client)
    rows = [row("ORD-1", weight=0.1), row("ORD-2", name=""), row("ORD-3")]
    answer = upload(client, 3001, csv(rows))
    fault = "Gross weight 0.1 is less than the total weight of items 0.4"
    [first, second] = answer["errorDetails"]
    assert first == f"line 2: {fault}"
    assert second.startswith("line 3: ")
    assert read(client, 3001)["parcelErrors"] == 2
    kept = uploaded(client)
    assert (kept["rows"], kept["parsedRows"], kept["hasErrors"]) == (3, 3, True)
    assert processed(client)[1] == f"2,{AWB},BAG-1,,ORD-1,Error,{fault}"
    # Corrected rows in another file mend it.
    assert upload(client, 3001, csv([row("ORD-1")]))["hasErrors"] is False
    assert read(client, 3001)["parcelErrors"] == 1


def test_a_parcel_has_two_hundred_items_at_most(client: Client) -> None:
    shipment(client)
    rows = [row("ORD-1", weight=100, item=f"Mug {place}") for place in range(201)]
    answer = upload(client, 3001, csv([*rows, row("ORD-2"), row("ORD-1")]))
    fault = "up to 200 items of a parcel are allowed"
    assert answer["errorDetails"] == [f"line 202: {fault}", f"line 204: {fault}"]
    assert parcel_of(client, "ORD-1")["parcel"]["parcelItems"] == 200


def test_a_parcel_with_warnings_is_accepted(client: Client) -> None:
    shipment(client)
    without_tax = [*row()[:7], "", *row()[8:]]
    assert upload(client, 3001, csv([without_tax]))["hasErrors"] is False
    line = processed(client)[1].split(",")
    assert (line[0], line[4], line[5]) == ("2", "ORD-1", "Warning")


def test_rows_that_say_two_things_of_a_parcel_are_processed(client: Client) -> None:
    shipment(client)
    rows = [row("ORD-1"), row("ORD-1", "BAG-2", name="Elsa", item="Saucer")]
    answer = upload(client, 3001, csv(rows))
    assert answer["errorDetails"] == [
        "line 3: bagNr differs from that of line 2; name differs from that of line 2"
    ]
    made = parcel_of(client, "ORD-1")
    assert (made["references"]["bagNr"], made["parcel"]["parcelItems"]) == ("BAG-1", 2)


def test_a_row_cannot_change_what_is_manifested(client: Client) -> None:
    shipping.filled(client, "SH001", "ORD-1", type="CMR")
    submit(client, 3001)
    shipment(client)
    answer = upload(client, 3002, csv([row("ORD-1"), row("ORD-2")]))
    assert answer["errorDetails"] == [
        "line 2: Parcel is already linked to manifested shipment SH001"
    ]
    kept = uploaded(client, 3002)
    assert (kept["rows"], kept["parsedRows"]) == (2, 1)
    assert parcel_of(client, "ORD-1")["references"]["shipmentId"] == 3001


def test_a_file_may_bring_numbers_of_the_manifest(client: Client) -> None:
    shipment(client)
    put(client, "ORD-2")
    header = (*FULL, "Manifest nr")
    upload(client, 3001, csv([[*row("ORD-1"), "MF-1"]], header))
    upload(client, 3001, csv([["ORD-2", "MF-2"]], ("clientId", "manifestParcelNr")))
    for place in (1, 2):
        found = client.get(f"/parcels/manifest-parcel-nrs/MF-{place}")
        assert found["identifiers"]["senderParcelNr"] == f"ORD-{place}"


def test_numbers_of_an_offline_range_may_come_in_a_uploaded(client: Client) -> None:
    shipment(client)
    header = ("parcelNr", *FULL[2:])
    rows = [["RF000000028LT", *row()[2:]], ["RF000000031LT", *row(weight=0.1)[2:]]]
    answer = upload(client, 3001, csv([*rows, ["RF000000031LT", *row(weight=0.1)[2:]]], header))
    fault = "Gross weight 0.1 is less than the total weight of items 0.8"
    assert answer["errorDetails"] == [f"line 3: {fault}", f"line 4: {fault}"]
    assert client.get("/parcels/parcel-nrs/RF000000028LT")["references"]["shipmentId"] == 3001


def test_ten_thousand_rows(client: Client) -> None:
    shipment(client)
    rows = [row(f"ORD-{n // 2:05d}", f"BAG-{n // 1000:02d}") for n in range(10_000)]
    answer = upload(client, 3001, csv(rows))
    assert (answer["hasErrors"], answer["errorDetails"]) == (False, [])
    shown = read(client, 3001, "ManifestFiles")
    assert (shown["totalItems"], shown["totalBags"], shown["totalWeight"]) == (5000, 10, 7100)
    assert shown["manifestFiles"][0]["parsedRows"] == 10_000
    assert submit(client, 3001)["status"]["status"] == "Manifested"
