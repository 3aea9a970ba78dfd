"""Manifest files as clients write them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook

from tests.postplus.client import Client, Json
from tests.postplus.shipping import read

FULL = (
    "Bag",
    "senderParcelNr",
    "type",
    "currency",
    "Gross weight",
    "serviceCode",
    "taxType",
    "IOSS",
    "receiverName",
    "receiverPhone",
    "receiverAddress",
    "receiverCity",
    "receiverZipCode",
    "receiverCountryCode",
    "itemDescription",
    "skuCode",
    "hsCode",
    "quantity",
    "valuePerItem",
    "weightPerItem",
)
"""The columns of `row`."""


def row(
    nr: str = "ORD-1",
    bag: str = "BAG-1",
    *,
    weight: object = 1.42,
    name: str = "Aino Laine",
    item: str = "Ceramic mug",
    quantity: object = 2,
) -> list[object]:
    """An item of a parcel for Finland."""
    return [
        bag,
        nr,
        "Registered",
        "EUR",
        weight,
        "LTPO",
        "DDP",
        "IM3720001234",
        name,
        "+358401234567",
        "Mannerheimintie 5",
        "Helsinki",
        "00100",
        "FI",
        item,
        "MUG-01",
        "691200",
        quantity,
        7.5,
        0.2,
    ]


def csv(rows: Iterable[Sequence[object]], header: Sequence[str] = FULL, sign: str = ",") -> str:
    """A CSV file of these rows, without quotes."""
    lines = [header, *rows] if header else list(rows)
    return "".join(sign.join(map(str, each)) + "\n" for each in lines)


def xlsx(rows: Iterable[Sequence[object]], header: Sequence[str] = FULL) -> bytes:
    """An XLSX file of these rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for each in [header, *rows] if header else rows:
        sheet.append(list(each))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def processed(client: Client, file_id: int = 80001) -> list[str]:
    """The lines of a processed file."""
    response = client.http.get(f"/documents/manifest-files/{file_id}/processed")
    assert response.status_code == 200
    return response.text.splitlines()


def uploaded(client: Client, shipment_id: int = 3001) -> Json:
    """The newest manifest file of a shipment, as it is listed."""
    found: Json = read(client, shipment_id, "ManifestFiles")["manifestFiles"][-1]
    return found
