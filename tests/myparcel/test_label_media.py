"""What labels of today can be had in, and on which paper."""

from __future__ import annotations

from typing import Any

import pytest

from tests.labels.samples import pages_of, scan_pdf
from tests.myparcel.client import Shop
from tests.myparcel.parcels import package
from tests.support.printer_raster import print_zpl

A4, A6 = (595, 842), (297, 421)
LINK = "application/vnd.shipment_label_link+json"


def parcels(shop: Shop, number: int = 1) -> str:
    return ";".join(map(str, shop.create(*[package(carrier=1)] * number)))


def ask(shop: Shop, path: str, accept: str = "*/*") -> Any:
    return shop.client.get(path, headers={"Accept": accept})


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    return [tuple(map(round, page.get_size())) for page in pages_of(pdf)]


@pytest.mark.parametrize(("query", "size"), [("", A4), ("?format=A4", A4), ("?format=A6", A6)])
def test_a_label_is_on_a4_unless_a6_is_asked_for(
    today: Shop, query: str, size: tuple[int, int]
) -> None:
    assert sizes(ask(today, f"/shipment_labels/{parcels(today)}{query}").content) == [size]


def test_by_the_document_of_2017_it_is_on_a6(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    assert sizes(ask(shop, f"/shipment_labels/{parcels(shop)}").content) == [A6]


@pytest.mark.parametrize("name", ["application/pdf", "application/vnd.shipment_label+pdf"])
def test_the_file_itself(today: Shop, name: str) -> None:
    response = ask(today, f"/shipment_labels/{parcels(today)}", name)
    assert response.headers["content-type"] == "application/pdf"
    assert len(scan_pdf(response.content)) == 1


@pytest.mark.parametrize(
    ("name", "at_once"),
    [("application/json", 200), ("application/vnd.shipment_label+json", 200), (LINK, 404)],
)
def test_a_link_to_it(today: Shop, name: str, at_once: int) -> None:
    response = ask(today, f"/shipment_labels/{parcels(today)}", name)
    url = response.json()["data"]["pdfs"]["url"]
    assert ask(today, url).status_code == at_once
    today.workspace.advance("1s")
    assert ask(today, url).status_code == 200


@pytest.mark.parametrize("path", ["/shipment_labels", "/v2/shipment_labels"])
def test_a_webhook_tells_once_that_a_later_link_is_ready(today: Shop, path: str) -> None:
    ids = parcels(today)
    first = ask(today, f"{path}/{ids}", LINK).json()
    assert ask(today, f"{path}/{ids}", LINK).json() == first
    today.workspace.advance("1s")
    [news] = [each for each in today.workspace.webhooks() if each["event"].endswith("_created")]
    [hook] = news["body"]["data"]["hooks"]
    assert hook["pdf"] in str(first)
    assert (hook["status"], hook["shipment_ids"]) == ("success", [int(ids)])


def test_a_batch_takes_paper_and_positions(today: Shop) -> None:
    path = f"/v2/shipment_labels/{parcels(today, 2)}?format=A4&positions=4"
    data = ask(today, path).json()["data"]
    today.workspace.advance("1s")
    first, second = scan_pdf(ask(today, data["pdf"]["url"]).content)
    assert (len(first), len(second)) == (1, 1)


@pytest.mark.parametrize("name", ["application/vnd.zpl", "application/vnd.shipment_label+zpl"])
def test_a_batch_may_be_for_label_printers(today: Shop, name: str) -> None:
    data = ask(today, f"/v2/shipment_labels/{parcels(today, 2)}", name).json()["data"]
    today.workspace.advance("1s")
    file = ask(today, data["zpl"]["url"])
    assert file.headers["content-type"].startswith("application/vnd.zpl")
    assert len(print_zpl(file.content)) == 2


@pytest.mark.parametrize(
    ("path", "offered"),
    [
        ("/shipment_labels", ["application/pdf", LINK, "application/vnd.zpl+print"]),
        ("/v2/shipment_labels", ["application/json", LINK, "application/vnd.zpl"]),
    ],
)
def test_what_cannot_be_had_is_told_with_what_can(
    today: Shop, path: str, offered: list[str]
) -> None:
    ids = parcels(today)
    refused = ask(today, f"{path}/{ids}", "image/png")
    assert refused.status_code == 406
    assert [name for name in offered if name not in refused.json()["message"]] == []
    assert today.read(int(ids))[0]["status"] == 1
