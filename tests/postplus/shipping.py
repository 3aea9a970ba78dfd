"""Shipments as a client makes, fills and submits them."""

from __future__ import annotations

from typing import Any

from dirty_equals import IsInt

from tests.postplus.client import Client, Json

AWB = "117-70123454"
MOMENT = "2026-03-02T09:15:00.000Z"
"""The clock of a fresh workspace, as the carrier shows it."""

ARRIVAL: Json = {
    "arrivalGateway": None,
    "transportNr": None,
    "originCountryCode": "EE",
    "totalWeight": None,
    "totalBags": None,
    "arrivalOn": None,
    "notes": None,
}


def shipment(client: Client, nr: str | None = AWB, **changes: Any) -> Json:
    """A new shipment: an AWB unless `changes` say otherwise."""
    body = {"type": "AWB", "shipmentNr": nr, **changes}
    made: Json = client.ok("POST", "/shipments", json=body)
    return made


def status(**changes: Any) -> Json:
    """The `status` of a fresh shipment, with changes."""
    return {
        "status": "Created",
        "hasErrors": False,
        "hasWarnings": False,
        "canUpdate": True,
        "canUpdateArrivalInfoAndShipmentNr": True,
        "canPrepare": True,
        "canSubmit": False,
        "createdOn": MOMENT,
        "submittedOn": None,
        "errorDetails": [],
        "warningDetails": [],
        **changes,
    }


def locked(state: str, **changes: Any) -> Json:
    """The `status` of a submitted shipment."""
    locks = {"canUpdate": False, "canUpdateArrivalInfoAndShipmentNr": False, "canPrepare": False}
    return status(**{"status": state, "submittedOn": MOMENT, **locks, **changes})


def head(**changes: Any) -> Json:
    """The head of a fresh, empty AWB shipment, with changes."""
    return {
        "id": 3001,
        "type": "AWB",
        "transactionType": "B2C",
        "manifestLevel": "Parcel",
        "shipmentNr": AWB,
        "masterNr": None,
        "terminalCode": "AMS",
        "status": status(),
        "arrivalInfo": dict(ARRIVAL),
        "totalItems": 0,
        "totalItemsCancelled": 0,
        "totalWeight": 0,
        "totalWeightCancelled": 0,
        "totalBags": 0,
        "parcelWarnings": 0,
        "parcelErrors": 0,
        **changes,
    }


def details(**changes: Any) -> Json:
    """A fresh, empty AWB shipment without its sections, with changes."""
    tail = dict.fromkeys(("shipmentSubmitToken", "bags", "manifestFiles", "documents"))
    return head(**{"isProcessing": False, **tail, **changes})


def bag(number: str, **changes: object) -> Json:
    """A bag with one registered parcel for Finland, as a shipment shows it."""
    return {
        "id": IsInt(gt=0),
        "bagNr": number,
        "type": "Registered",
        "transactionType": "B2C",
        "manifestLevel": "Parcel",
        "status": "Created",
        "destinationCountryCode": "FI",
        "outboundBagNrs": None,
        "totalItems": 1,
        "totalItemsCancelled": 0,
        "totalWeight": 0.42,
        "totalWeightCancelled": 0,
        "netWeight": 0.42,
        "netWeightCancelled": 0,
        "tareWeight": 0,
        "routeInfo": None,
        "taxTypes": ["DDP"],
        "parcelWarnings": 0,
        "parcelErrors": 0,
        "hasErrors": False,
        "hasWarnings": False,
        "errorDetails": [],
        "warningDetails": [],
        **changes,
    }


def put(client: Client, nr: str, bag: str | None = None, **changes: Any) -> Json:
    """A parcel with that sender's number, in that bag."""
    return client.put_parcel(
        identifiers={"senderParcelNr": nr}, references={"bagNr": bag}, **changes
    )


def too_light(client: Client, nr: str, bag: str | None = None) -> Json:
    """A parcel with an error: it weighs less than what is in it."""
    made = put(client, nr, bag, parcel={"parcelGrossWeight": 0.1})
    assert made["status"]["hasErrors"]
    return made


def swedish() -> Json:
    """The address of a receiver in Sweden, to be laid over that of a parcel."""
    return {"countryCode": "SE", "city": "Stockholm", "zipCode": "11120"}


def update_references(client: Client, **body: Any) -> Json:
    """The answer of update-references-many."""
    answer: Json = client.ok("POST", "/parcels/update-references-many", json=body)
    return answer


def link(client: Client, shipment_id: int, **body: Any) -> Json:
    """The answer of link-bags."""
    answer: Json = client.ok("POST", f"/shipments/{shipment_id}/link-bags", json=body)
    return answer


def filled(client: Client, nr: str = AWB, sender: str = "ORD-1", **changes: Any) -> Json:
    """A shipment with one parcel in the bag BAG-1."""
    made = shipment(client, nr, **changes)
    put(client, sender, "BAG-1")
    update_references(client, senderParcelNrs=sender, linkShipmentId=made["id"])
    return made


def prepare(client: Client, shipment_id: int) -> Json:
    """The answer of prepare."""
    answer: Json = client.ok("POST", f"/shipments/{shipment_id}/prepare", json={})
    return answer


def submit(client: Client, shipment_id: int) -> Json:
    """The answer of submit, after a prepare that gives a token."""
    token = prepare(client, shipment_id)["shipmentSubmitToken"]
    assert token
    body = {"shipmentSubmitToken": token}
    answer: Json = client.ok("POST", f"/shipments/{shipment_id}/submit", json=body)
    return answer


def read(client: Client, shipment_id: int, *sections: str) -> Json:
    """A shipment with sections such as `Bags`."""
    flags = {f"Include{section}": "true" for section in sections}
    shown: Json = client.get(f"/shipments/{shipment_id}", **flags)
    return shown


def upload(
    client: Client,
    shipment_id: int,
    content: bytes | str,
    name: str = "manifest.csv",
    to: str = "manifest-files",
    **query: Any,
) -> Json:
    """The answer to a file."""
    data = content.encode() if isinstance(content, str) else content
    answer: Json = client.ok(
        "POST", f"/shipments/{shipment_id}/{to}", params=query, files={"file": (name, data)}
    )
    return answer


def why(client: Client) -> str:
    """What the journal says of the last request."""
    entry = client.workspace.journal(limit=1)[0]
    lines: list[str] = client.workspace.control.get(f"/journal/{entry['id']}").json()["why"]
    return "\n".join(lines)


def parcel_of(client: Client, nr: str) -> Json:
    """The parcel with that sender's number."""
    found: Json = client.get(f"/parcels/sender-parcel-nrs/{nr}", IncludeItems="true")
    return found
