"""What the tests of labels and documents share: files of answers, and shipments to make them of."""

from __future__ import annotations

from typing import Any

import httpx2

from tests.labels.samples import pages_of, text_of
from tests.postplus.client import MUG, Client, Json, parcel

SMALL, MEDIUM, LARGE = (104, 152), (147, 213), (213, 275)
"""Page sizes of labels in millimetres."""

SHIPMENT: Json = {
    "type": "AWB",
    "terminalCode": "AMS",
    "shipmentNr": "117-70123454",
    "arrivalInfo": {"transportNr": "AY831"},
}


def file_of(response: httpx2.Response, name: str, media_type: str = "application/pdf") -> bytes:
    """The file of an answer, which has that name."""
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == media_type
    assert response.headers["content-disposition"] == f'attachment; filename="{name}"'
    return response.content


def millimetres(pdf: bytes) -> list[tuple[int, int]]:
    """The sizes of a PDF's pages in whole millimetres."""
    sizes = [page.get_size() for page in pages_of(pdf)]
    return [(round(width / 72 * 25.4), round(height / 72 * 25.4)) for width, height in sizes]


def texts(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [text_of(page) for page in pages_of(pdf)]


def items(count: int, **changes: Any) -> list[Json]:
    """So many kinds of mugs, which have numbers of their own."""
    return [
        {**MUG, "description": f"Ceramic mug no. {place}", **changes}
        for place in range(1, count + 1)
    ]


def label_of(client: Client, made: Json) -> bytes:
    """The label of a parcel."""
    response = client.http.get(f"/documents/parcel-prints/{made['references']['printId']}")
    assert response.status_code == 200, response.text
    return response.content


def shipment_of(client: Client, *bodies: Json, **changes: Any) -> tuple[int, list[Json]]:
    """A shipment with these parcels, not submitted yet: its id and the answers for the parcels."""
    shipment = client.ok("POST", "/shipments", json={**SHIPMENT, **changes})
    if not bodies:
        return shipment["id"], []
    many = {"shipmentId": shipment["id"], "parcels": list(bodies)}
    made = client.ok("POST", "/parcels/create-or-update-many", json=many)["parcels"]
    return shipment["id"], made


def submit(client: Client, shipment: int) -> None:
    """Submit a shipment; its documents come five minutes later."""
    prepared = client.ok("POST", f"/shipments/{shipment}/prepare", json={})
    token = {"shipmentSubmitToken": prepared["shipmentSubmitToken"]}
    client.ok("POST", f"/shipments/{shipment}/submit", json=token)


def bagged(nr: str, bag: str | None, country: str = "FI", **changes: Any) -> Json:
    """A parcel in a bag, for a country."""
    references = {} if bag is None else {"references": {"bagNr": bag}}
    return parcel(nr, receiver={"countryCode": country}, **references, **changes)


def cancel(client: Client, made: Json) -> None:
    """Cancel a parcel."""
    body = {"identifiers": made["identifiers"], "status": {"isCancelled": True}}
    assert client.ok("PUT", "/parcels", json=body)["status"]["isCancelled"]


def why(client: Client) -> str:
    """Why the last request was answered so, as the journal tells it."""
    last = client.workspace.journal()[0]
    entry = client.workspace.control.get(f"/journal/{last['id']}").json()
    return " ".join(entry["why"])
