"""PUT /parcels: parcels made, corrected and updated one by one, and their labels."""

from __future__ import annotations

import base64

from tests.postplus.client import MUG, Client, Json, parcel
from tests.postplus.reading import notes
from tests.support.server import Workspace

DOCUMENTED: Json = {
    "identifiers": {"senderParcelNr": "ORD-20250-1"},
    "references": {"bagNr": ""},
    "parcel": {
        "transactionType": "B2C",
        "type": "Registered",
        "currency": "EUR",
        "parcelGrossWeight": 0.42,
        "items": [
            {
                "description": "Ceramic mug",
                "skuCode": "MUG-01",
                "hsCode": "691200",
                "quantity": 2,
                "valuePerItem": 7.5,
                "weightPerItem": 0.2,
            }
        ],
    },
    "additionalInfo": {
        "serviceCode": "LTPO",
        "taxType": "DDP",
        "taxIdentification": "IM3720001234",
    },
    "receiver": {
        "name": "Aino Laine",
        "phone": "+358401234567",
        "email": "aino@example.test",
        "address": "Mannerheimintie 5",
        "zipCode": "00100",
        "city": "Helsinki",
        "countryCode": "FI",
    },
}


def test_the_documented_parcel_gets_a_number_and_a_label(client: Client) -> None:
    answer = client.ok("PUT", "/parcels", json=DOCUMENTED)
    assert answer == {
        "identifiers": {
            "id": 90001,
            "parcelNr": "RR000070015LT",
            "senderParcelNr": "ORD-20250-1",
        },
        "references": {
            "shipmentId": None,
            "shipmentNr": None,
            "bagNr": None,
            "carrier": "Lithuania Post",
            "carrierServiceCode": "LTPO",
            "carrierParcelNr": "RR000070015LT",
            "manifestParcelNr": None,
            "printId": 50001,
            "externalIds": None,
        },
        "status": {
            "status": "Created",
            "hasErrors": False,
            "hasWarnings": False,
            "isCancelled": False,
            "createdOn": "2026-03-02T09:15:00.000Z",
            "errorDetails": [],
            "warningDetails": [],
        },
        "parcel": {
            "type": "Registered",
            "transactionType": "B2C",
            "destinationCountryCode": "FI",
            "parcelItems": 1,
            "parcelValue": 15.0,
            "currency": "EUR",
            "parcelGrossWeight": 0.42,
            "height": 0,
            "width": 0,
            "length": 0,
            "items": [],
        },
        "receiver": None,
        "sender": None,
        "additionalInfo": {
            "taxType": "DDP",
            "taxIdentification": "IM3720001234",
            "routeInfo": None,
            "shipDate": None,
            "serviceCode": "LTPO",
            "ordinal": None,
            "parameters": None,
        },
        "prints": [
            {
                "id": 50001,
                "format": "Pdf",
                "type": "PostalLabel",
                "labelSize": "Default",
                "provider": "Postal",
                "bytes": None,
                "content": None,
                "hasErrors": False,
                "subTypes": [],
                "barcodes": ["RR000070015LT"],
                "errorDetails": [],
            }
        ],
    }


def test_the_documented_error_is_a_200_without_number_and_label(client: Client) -> None:
    client.put_parcel()
    answer = client.put_parcel(
        identifiers={"senderParcelNr": "ORD-20250-2"}, parcel={"parcelGrossWeight": 0.1}
    )
    assert answer["identifiers"] == {
        "id": 90002,
        "parcelNr": None,
        "senderParcelNr": "ORD-20250-2",
    }
    assert (answer["references"]["printId"], answer["prints"]) == (None, [])
    assert answer["status"] == {
        "status": "Created",
        "hasErrors": True,
        "hasWarnings": False,
        "isCancelled": False,
        "createdOn": "2026-03-02T09:15:00.000Z",
        "errorDetails": ["Gross weight 0.1 is less than the total weight of items 0.4"],
        "warningDetails": [],
    }


def test_corrected_data_clear_the_errors_of_the_same_parcel(
    client: Client, workspace: Workspace
) -> None:
    wrong = client.put_parcel(parcel={"parcelGrossWeight": 0.1}, receiver={"city": ""})
    assert wrong["status"]["errorDetails"] == [
        "Gross weight 0.1 is less than the total weight of items 0.4",
        "Receiver city is required",
    ]
    workspace.advance("5m")
    right = client.put_parcel()
    assert right["identifiers"] == {
        "id": wrong["identifiers"]["id"],
        "parcelNr": "RR000070015LT",
        "senderParcelNr": "ORD-20250-1",
    }
    assert right["status"]["errorDetails"] == []
    assert right["status"]["createdOn"] == wrong["status"]["createdOn"]


def test_failed_attempts_use_up_no_numbers(client: Client) -> None:
    for _ in range(3):
        assert client.put_parcel(receiver={"city": None})["identifiers"]["parcelNr"] is None
    assert client.put_parcel(nr="ORD-2")["identifiers"]["parcelNr"] == "RR000070015LT"
    assert client.put_parcel()["identifiers"]["parcelNr"] == "RR000070029LT"


def test_the_same_numbers_again_update_the_parcel_and_keep_its_label(client: Client) -> None:
    made = client.put_parcel()
    changed = client.put_parcel(
        receiver={"name": "Aino Virtanen"},
        parcel={"items": [{**MUG, "quantity": 1}], "parcelGrossWeight": 0.3},
    )
    assert changed["identifiers"] == made["identifiers"]
    assert changed["references"] == made["references"]
    shown = client.get(
        f"/parcels/{made['identifiers']['id']}", IncludeItems=True, IncludeReceiver=True
    )
    assert shown["receiver"]["name"] == "Aino Virtanen"
    assert shown["parcel"] == {
        **changed["parcel"],
        "parcelValue": 7.5,
        "parcelGrossWeight": 0.3,
        "items": [{**MUG, "quantity": 1}],
    }


def test_a_section_that_is_not_sent_stays_and_one_that_is_sent_takes_its_place(
    client: Client,
) -> None:
    client.put_parcel(parcel={"height": 10, "width": 20.5, "length": 30})
    only_weight = parcel(receiver=None, additionalInfo=None)
    only_weight["parcel"] = {"parcelGrossWeight": 0.5}
    client.ok("PUT", "/parcels", json=only_weight)
    shown = client.get("/parcels/90001", IncludeItems=True, IncludeReceiver=True)
    assert shown["receiver"]["city"] == "Helsinki"
    assert shown["additionalInfo"]["taxIdentification"] == "IM3720001234"
    assert shown["parcel"]["items"] == [MUG]
    assert shown["parcel"]["type"] == "Registered"
    assert shown["parcel"]["parcelGrossWeight"] == 0.5
    assert [shown["parcel"][name] for name in ("height", "width", "length")] == [0, 0, 0]


def test_the_label_comes_in_base64_when_it_is_asked_for(client: Client) -> None:
    answer = client.put_parcel(includeLastPrintContents=True, includePrintSizes="Default")
    [label] = answer["prints"]
    content = base64.b64decode(label["content"])
    assert content.startswith(b"%PDF-")
    assert label["bytes"] == len(content)


def test_a_parcel_with_errors_has_no_label_to_give(client: Client) -> None:
    answer = client.put_parcel(includeLastPrintContents=True, receiver={"city": ""})
    assert answer["prints"] == []


def test_other_label_sizes_are_left_out_and_unknown_ones_are_told(
    client: Client, workspace: Workspace
) -> None:
    assert client.put_parcel(includePrintSizes="large")["prints"] == []
    assert len(client.put_parcel(includePrintSizes="Large, Default")["prints"]) == 1
    assert len(client.put_parcel(includePrintSizes="A6")["prints"]) == 1
    assert notes(workspace) == ["Label size A6 was not honoured, there are Default, Medium, Large."]


def test_parcels_need_a_key_with_their_scope(client: Client) -> None:
    body = parcel()
    assert client.with_key(None).refused(401, "PUT", "/parcels", json=body)["detail"] == (
        "API key is missing"
    )
    integrator = client.with_key("integration-api-key-12345")
    integrator.refused(403, "PUT", "/parcels", json=body)
    integrator.refused(403, "POST", "/parcels/create-or-update-many", json={"parcels": [body]})
    integrator.refused(403, "GET", "/parcels/query")


def test_the_journey_of_a_parcel_is_told_as_events(client: Client, workspace: Workspace) -> None:
    client.put_parcel(receiver={"city": ""})
    workspace.control.post("/clock/advance", json={"by": "1s"})
    answer = client.put_parcel()
    created = client.get("/tracking/sender-parcel-nrs/get-many", SenderParcelNrs="ORD-20250-1")
    assert [item["parcelNr"] for item in created] == [answer["identifiers"]["parcelNr"]]
    assert [event["eventCode"] for event in created[0]["events"]] == ["CREATE_OR_UPDATE"]
