"""The whole run of a shop, with requests as an old public client sends them."""

from __future__ import annotations

import pytest

from tests.postplus import shipping
from tests.postplus.client import Client, Json


def order(nr: str, service: str, kind: str, weight: float = 1.0) -> Json:
    """A parcel as that client sends it: no HS code, no currency, empty texts for what it lacks."""
    return {
        "identifiers": {"senderParcelNr": nr},
        "references": {"bagNr": ""},
        "parcel": {
            "type": kind,
            "parcelGrossWeight": weight,
            "items": [
                {"description": "Tea", "quantity": 2, "valuePerItem": 4, "weightPerItem": 0.25}
            ],
        },
        "additionalInfo": {"serviceCode": service, "taxIdentification": ""},
        "receiver": {
            "name": "Jane Doe",
            "phone": "",
            "email": "",
            "address": "Elm Street 1",
            "zipCode": "10001",
            "city": "New York",
            "state": "NY",
            "countryCode": "US",
        },
    }


@pytest.mark.parametrize(
    ("service", "kind"),
    [
        ("UZPO", "Registered"),
        ("UZPO", "EMS"),
        ("UZPO", "Prime"),
        ("UZPO", "ParcelUPU"),
        ("LTPO", "Prime"),
        ("LTPO", "Premium"),
    ],
)
def test_from_parcels_to_documents(client: Client, service: str, kind: str) -> None:
    made = [
        client.ok("PUT", "/parcels", json=order(f"REF HD-{place}", service, kind))
        for place in (1, 2)
    ]
    for parcel in made:
        assert not parcel["status"]["hasErrors"], parcel["status"]["errorDetails"]
        assert parcel["prints"][0]["id"] == parcel["references"]["printId"]
        label = client.http.get(f"/documents/parcel-prints/{parcel['references']['printId']}")
        assert label.content.startswith(b"%PDF")
    body = {
        "type": "AWB",
        "shipmentNr": "999-68495221",
        "arrivalInfo": {
            "transportNr": "UZ 201",
            "originCountryCode": "",
            "totalWeight": 2.5,
            "totalBags": 1,
            "arrivalOn": "2023-03-02 08:00:00",
            "notes": "",
        },
    }
    shipment = client.ok("POST", "/shipments", json=body)
    numbers = ",".join(parcel["identifiers"]["parcelNr"] for parcel in made)
    shipping.update_references(
        client,
        parcelNrs=numbers,
        updateBagNr="BAG-US-001",
        linkShipmentId=shipment["id"],
        allowPartialSuccess=True,
    )
    prepared = client.ok("POST", f"/shipments/{shipment['id']}/prepare", json={"": ""})
    submitted = client.ok(
        "POST",
        f"/shipments/{shipment['id']}/submit",
        json={"shipmentSubmitToken": prepared["shipmentSubmitToken"]},
    )
    assert submitted["status"]["status"] == "Manifested"
    client.workspace.advance("5m")
    shown = shipping.read(client, shipment["id"], "Bags", "Documents")
    assert shown["bags"][0]["outboundBagNrs"]
    assert [each["fileType"] for each in shown["documents"]] == ["CN38", "CN35", "CN33", "CN31"]
    for document in shown["documents"]:
        file = client.http.get(f"/documents/shipment-documents/{document['id']}")
        assert (file.status_code, file.content[:4]) == (200, b"%PDF")


def test_created_does_not_mean_free_of_errors(client: Client) -> None:
    bad = client.ok("PUT", "/parcels", json=order("REF HD-1", "UZPO", "Registered", 0.1))
    assert bad["status"]["status"] == "Created"
    assert bad["status"]["hasErrors"]
    assert (bad["references"]["printId"], bad["identifiers"]["parcelNr"]) == (None, None)
    shipment = shipping.shipment(client)
    path = f"/shipments/{shipment['id']}"
    shipping.update_references(
        client, senderParcelNrs="REF HD-1", updateBagNr="B", linkShipmentId=shipment["id"]
    )
    failed = client.ok("POST", f"{path}/prepare", json=[])
    assert failed["shipmentSubmitToken"] is None
    assert failed["status"]["warningDetails"]
    # Sent again in order it has a number and a label, and the shipment goes.
    good = client.ok("PUT", "/parcels", json=order("REF HD-1", "UZPO", "Registered"))
    assert good["identifiers"]["id"] == bad["identifiers"]["id"]
    assert good["identifiers"]["parcelNr"]
    assert good["references"]["printId"]
    assert client.ok("POST", f"{path}/prepare", json=[])["shipmentSubmitToken"]


def test_a_client_that_cannot_prepare_deletes_its_shipment_and_starts_anew(client: Client) -> None:
    client.ok("PUT", "/parcels", json=order("REF HD-1", "UZPO", "Registered", 0.1))
    for number in (3001, 3002):
        assert shipping.shipment(client)["id"] == number
        link = {"senderParcelNrs": "REF HD-1", "linkShipmentId": number}
        shipping.update_references(client, **link)
        assert shipping.prepare(client, number)["shipmentSubmitToken"] is None
        client.ok("DELETE", f"/shipments/{number}")
