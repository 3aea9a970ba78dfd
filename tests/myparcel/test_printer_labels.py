"""Labels for label printers and labels asked for along with shipments, which came after 2017."""

from __future__ import annotations

import re
from typing import Any

import httpx2
import pytest

from tests.labels.samples import pages_of, scan, scan_pdf
from tests.myparcel.client import SHIPMENT, Shop
from tests.myparcel.parcels import letter, package, to_japan
from tests.support.printer_raster import print_zpl

ZPL = pytest.mark.parametrize(
    "media_type", ["application/vnd.shipment_label+zpl", "application/vnd.zpl"]
)


def labels(shop: Shop, ids: list[int], accept: str, query: str = "") -> httpx2.Response:
    path = f"/shipment_labels/{';'.join(map(str, ids))}{query}"
    return shop.client.get(path, headers={"Accept": accept})


@ZPL
def test_a_printer_draws_a_label_of_each_shipment_that_scans(later: Shop, media_type: str) -> None:
    ids = later.create(package(label_description="Order ^FS 7781"), package())
    response = labels(later, ids, f"{media_type};charset=utf-8")
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == f"{media_type};charset=utf-8"
    assert re.fullmatch(
        r'attachment; filename="\d{12}\.zpl"', response.headers["content-disposition"]
    )
    shown = later.read(*ids)
    assert [each["status"] for each in shown] == [2, 2]
    assert [scan(printed.image()) for printed in print_zpl(response.content)] == [
        [("Code128", each["barcode"])] for each in shown
    ]
    assert "^FDOrder _5EFS 7781^FS" in response.text


@ZPL
def test_in_the_edition_of_2017_there_are_none(shop: Shop, media_type: str) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    ids = shop.create(package())
    assert labels(shop, ids, media_type).status_code == 406
    assert shop.read(*ids)[0]["status"] == 1


def test_the_pdf_of_the_same_shipment_has_the_same_barcode(later: Shop) -> None:
    ids = later.create(package())
    labels(later, ids, "application/pdf")
    [barcode] = [each["barcode"] for each in later.read(*ids)]
    [printed] = print_zpl(labels(later, ids, "application/vnd.zpl").content)
    assert scan(printed.image()) == [("Code128", barcode)]


def test_positions_mean_nothing_to_a_label_printer(later: Shop) -> None:
    ids = later.create(package(), package())
    plain = labels(later, ids, "application/vnd.zpl")
    placed = labels(later, ids, "application/vnd.zpl", "?format=A4&positions=3")
    assert placed.content == plain.content


def test_a_letter_has_words_where_its_barcode_would_be(later: Shop) -> None:
    response = labels(later, later.create(letter()), "application/vnd.zpl")
    assert "Postzegel hier" in response.text
    assert "^BC" not in response.text


@pytest.mark.parametrize(
    ("other", "why"),
    [(to_japan(), "has a customs form"), (package(carrier=4), "is carried by DPD")],
)
def test_what_no_label_printer_takes_is_a_pdf(later: Shop, other: dict[str, Any], why: str) -> None:
    ids = later.create(package(), other)
    response = labels(later, ids, "application/vnd.zpl")
    assert response.headers["content-type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    asked = later.workspace.journal(operation="myparcel.get_labels")[-1]
    assert why in later.workspace.control.get(f"journal/{asked['id']}").text


def test_a_prepaid_shop_pays_first(later: Shop) -> None:
    prepaid = later.with_key("sim-myparcel-prepaid")
    ids = prepaid.create(package())
    response = labels(prepaid, ids, "application/vnd.zpl")
    assert response.status_code == 402
    assert response.headers["content-type"] == "application/json;charset=utf-8"
    later.workspace.do("myparcel.pay", shipment=ids[0])
    assert len(print_zpl(labels(prepaid, ids, "application/vnd.zpl").content)) == 1


def order(shop: Shop, shipment: dict[str, Any], query: str = "") -> httpx2.Response:
    headers = {"Content-Type": SHIPMENT, "Accept": "application/vnd.shipment_label+json"}
    body = {"data": {"shipments": [shipment]}}
    numbered = shop.numbered(body, headers)
    return shop.client.post(f"/shipments{query}", json=numbered, headers=headers)


def test_labels_of_new_shipments_come_on_the_paper_asked_for(later: Shop) -> None:
    response = order(later, package(), "?format=A4&positions=4")
    assert response.status_code == 200, response.text
    later.workspace.advance("1s")
    url = response.json()["data"]["pdf"]["url"]
    pdf = later.client.get(url).content
    [page] = pages_of(pdf)
    assert page.get_size() == (595, 842)
    [shown] = later.read(response.json()["data"]["ids"][0]["id"])
    assert scan_pdf(pdf) == [[("Code128", shown["barcode"])]]


@pytest.mark.parametrize(
    ("shipment", "query", "code"),
    [(to_japan(), "?format=A6", 3709), (package(), "?format=A4&positions=5", 3708)],
)
def test_nothing_is_stored_when_its_label_cannot_be_printed(
    later: Shop, shipment: dict[str, Any], query: str, code: int
) -> None:
    response = order(later, shipment, query)
    assert response.status_code == 422
    assert response.json()["errors"][0]["code"] == code
    assert later.workspace.records("myparcel", "shipments") == []


def test_the_news_of_a_label_names_the_printer(later: Shop) -> None:
    order(later, {**package(), "general_settings": {"printer_identifier": "desk 12"}})
    later.workspace.advance("1s")
    [news] = [hook for hook in later.workspace.webhooks() if hook["event"].endswith("_created")]
    assert news["body"]["data"]["hooks"][0]["printer_identifier"] == "desk 12"
