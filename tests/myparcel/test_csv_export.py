"""Shipments as CSV, by the Accept header."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx2
import pytest

from tests.myparcel.client import Shop
from tests.myparcel.listed import shipment

COLUMNS = [
    "id",
    "barcode",
    "status",
    "created",
    "modified",
    "cc",
    "postal_code",
    "city",
    "street",
    "number",
    "person",
    "company",
    "email",
    "phone",
    "package_type",
    "price",
]


def export(shop: Shop, path: str, name: str = "shipments") -> httpx2.Response:
    """A CSV answer, whose file has this name."""
    response = shop.client.get(path, headers={"Accept": "text/csv"})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/csv;charset=utf-8"
    assert response.headers["content-disposition"] == f'attachment; filename="{name}.csv"'
    return response


def rows(response: httpx2.Response) -> list[dict[str, Any]]:
    """The lines of a CSV answer by its columns."""
    reader = csv.DictReader(io.StringIO(response.content.decode(), newline=""))
    assert reader.fieldnames == COLUMNS
    return list(reader)


def test_an_export_has_a_line_for_each_shipment_with_its_present_status(shop: Shop) -> None:
    [created] = shop.create(shipment(person='Visser, "Noor"', city="さいたま市"))
    shop.workspace.advance("1h")
    shop.workspace.do("myparcel.move", shipment=created, to=2)
    [shown] = shop.read(created)
    assert rows(export(shop, "/shipments")) == [
        {
            "id": str(created),
            "barcode": shown["barcode"],
            "status": "2",
            "created": "2026-03-02 10:15:00",
            "modified": "2026-03-02 11:15:00",
            "cc": "NL",
            "postal_code": "3584CS",
            "city": "さいたま市",
            "street": "Kruytgebouw",
            "number": "8",
            "person": 'Visser, "Noor"',
            "company": "",
            "email": "noor@example.test",
            "phone": "0301234567",
            "package_type": "1",
            "price": str(shown["price"]["amount"]),
        }
    ]


def test_an_export_without_shipments_has_its_header(shop: Shop) -> None:
    assert export(shop, "/shipments").text == ",".join(COLUMNS) + "\r\n"


@pytest.mark.parametrize("accept", ["text/csv; charset=utf8", "TEXT/CSV", "text/csv, */*;q=0.1"])
def test_the_accept_header_is_read_as_tokens(shop: Shop, accept: str) -> None:
    response = shop.client.get("/shipments", headers={"Accept": accept})
    assert response.headers["content-type"] == "text/csv;charset=utf-8"


def test_filters_pages_and_order_hold_for_an_export(shop: Shop) -> None:
    created = shop.create(*[shipment(person=f"Person {number:02}") for number in range(35)])
    second = export(shop, "/shipments?q=person&sort=id&order=ASC&page=2", "shipments-page-2")
    assert [int(row["id"]) for row in rows(second)] == created[30:]


def test_an_export_says_that_it_holds_one_page(shop: Shop) -> None:
    shop.create(*[shipment() for _ in range(35)])
    export(shop, "/shipments", "shipments-page-1")
    [listed] = shop.workspace.journal(operation="myparcel.list_shipments")
    said = shop.workspace.control.get(f"journal/{listed['id']}").json()["why"]
    assert "page 1, 30 of 35 shipments" in str(said)
    export(shop, "/shipments?size=50")


def test_shipments_by_their_ids_are_exported_too(shop: Shop) -> None:
    first, second = shop.create(shipment(), shipment())
    assert [row["id"] for row in rows(export(shop, f"/shipments/{second};{first};99"))] == [
        str(second),
        str(first),
    ]


def test_an_export_can_be_imported(shop: Shop) -> None:
    shop.create(shipment(person="Jan; Peter", company='De "Brug"'))
    exported = export(shop, "/shipments").content
    response = shop.client.post(
        "/shipments", content=exported, headers={"Content-Type": "text/csv; charset=utf-8"}
    )
    assert response.status_code == 204, response.text
    first, second = shop.client.get("/shipments").json()["data"]["shipments"]
    assert first["id"] != second["id"]
    assert first["recipient"] == second["recipient"]
