"""Labels: files, links, papers and positions, and what printing does to shipments."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import httpx2
import pytest
from dirty_equals import IsPartialDict, IsStr

from tests.labels.samples import pages_of, picture_of, scan, scan_pdf, text_of
from tests.myparcel.client import Shop
from tests.myparcel.parcels import UTRECHT, letter, package, to_japan

JSON = {"Accept": "application/json;charset=utf8"}
RELATED_RETURN = "application/vnd.return_shipment+json;charset=utf-8"
OTHERS = "Permission Denied. (writeResourceOwnedByOthers)"


def labels(shop: Shop, ids: list[int], query: str = "", **headers: str) -> httpx2.Response:
    path = f"/shipment_labels/{';'.join(map(str, ids))}{query}"
    return shop.client.get(path, headers=headers)


def printed(response: httpx2.Response) -> list[Any]:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/pdf"
    return pages_of(response.content)


def barcodes(shop: Shop, ids: list[int]) -> list[tuple[str, str]]:
    return [("Code128", item["barcode"]) for item in shop.read(*ids)]


def test_a_label_is_a_pdf_and_registers_the_concept(shop: Shop) -> None:
    ids = shop.create(package(label_description="Order 7781"))
    shop.workspace.advance("1m")
    response = labels(shop, ids)
    pages = printed(response)
    assert re.fullmatch(r'attachment; filename="\d+\.pdf"', response.headers["content-disposition"])
    assert response.content.startswith(b"%PDF-1.4")
    assert b"\nxref" in response.content
    [shown] = shop.read(*ids)
    assert shown == IsPartialDict(
        status=2, barcode=IsStr(regex=r"3SMYPA\d{9}"), modified="2026-03-02 10:16:00"
    )
    assert [page.get_size() for page in pages] == [(297, 421)]
    assert scan_pdf(response.content) == [[("Code128", shown["barcode"])]]
    text = text_of(pages[0])
    for words in ("Noor Visser", "Kruytgebouw 8", "3584CS Utrecht", "Order 7781", "Voorbeeld BV"):
        assert words in text


@pytest.mark.parametrize(
    "words",
    [
        "Łódź Ελλάδα Ђорђе",
        "さいたま市 北京市",
        "\u05d3\u05d5\u05d3 \u05db\u05d4\u05df",
        "\u0623\u062d\u0645\u062f \u0627\u0644\u0639\u0631\u0628\u064a\u0629",
        "Zoe\u0308 n\u0303a",
    ],
    ids=["latin, greek, cyrillic", "japanese", "hebrew", "arabic", "combining marks"],
)
def test_names_and_descriptions_are_printed_in_their_own_script(shop: Shop, words: str) -> None:
    recipient = {**UTRECHT, "person": words, "street": words}
    ids = shop.create({**package(label_description=words), "recipient": recipient})
    text = text_of(printed(labels(shop, ids))[0])
    assert unicodedata.normalize("NFKC", text).count(unicodedata.normalize("NFKC", words)) == 3
    assert "?" not in text


@pytest.mark.parametrize(("carrier", "name"), [(2, "PostNL"), (3, "Bpost"), (4, "DPD")])
def test_a_label_names_the_carrier(shop: Shop, carrier: int, name: str) -> None:
    text = text_of(printed(labels(shop, shop.create(package(carrier))))[0])
    assert f"Vervoerder {name}" in text


def test_a_label_names_no_carrier_while_the_broker_chooses_one(shop: Shop) -> None:
    assert "Vervoerder" not in text_of(printed(labels(shop, shop.create(package(1))))[0])


def test_a_long_description_is_printed_whole(shop: Shop) -> None:
    words = "Order 7781, to be packed with care: " + "two scarves, lined; " * 10 + "end"
    ids = shop.create(package(label_description=words.replace(" lined", "\nlined")))
    assert words in text_of(printed(labels(shop, ids))[0])


def test_a_long_address_is_broken_into_lines(shop: Shop) -> None:
    street = "Burgemeester van der Voort van Zijplaan-Oost achter de kerk van Nieuw-Lekkerland"
    company = "Koninklijke Nederlandse Maatschappij tot bevordering der Geneeskunst en Pharmacie"
    ids = shop.create({**package(), "recipient": {**UTRECHT, "street": street, "company": company}})
    text = text_of(printed(labels(shop, ids))[0])
    assert f"{company} Noor Visser {street} 8 3584CS Utrecht" in text


def test_a_label_that_is_printed_again_is_the_same(shop: Shop) -> None:
    ids = shop.create(package())
    first = labels(shop, ids)
    shop.workspace.advance("2h")
    again = labels(shop, ids)
    assert again.content == first.content
    assert again.headers["content-disposition"] == first.headers["content-disposition"]
    assert shop.read(*ids)[0]["modified"] == "2026-03-02 10:15:00"


def test_a4_takes_the_positions_on_its_first_sheet_only(shop: Shop) -> None:
    ids = shop.create(*[package() for _ in range(6)])
    response = labels(shop, ids, "?format=A4&positions=3;4")
    pages = printed(response)
    assert [page.get_size() for page in pages] == [(595, 842), (595, 842)]
    assert [sorted(found) for found in scan_pdf(response.content)] == [
        sorted(barcodes(shop, ids[:2])),
        sorted(barcodes(shop, ids[2:])),
    ]
    picture = picture_of(pages[0])
    width, height = picture.size
    assert scan(picture.crop((0, 0, width, height // 2))) == []
    assert scan(picture.crop((0, height // 2, width // 2, height))) == barcodes(shop, ids[:1])


def test_a_slash_before_the_query_and_escaped_semicolons_are_taken(shop: Shop) -> None:
    ids = shop.create(package(), package())
    path = f"/shipment_labels/{ids[0]}%3B{ids[1]}/?format=A6&positions=9"
    assert len(printed(shop.client.get(path))) == 2


@pytest.mark.parametrize(
    ("query", "code"), [("?format=A5", 3709), ("?format=A4&positions=5", 3708)]
)
def test_other_papers_and_positions_are_refused(shop: Shop, query: str, code: int) -> None:
    ids = shop.create(package())
    response = labels(shop, ids, query)
    assert response.status_code == 422
    assert response.json()["errors"][0]["code"] == code
    assert shop.read(*ids)[0]["status"] == 1


def test_a_customs_form_is_printed_behind_the_label_on_a4(shop: Shop) -> None:
    ids = shop.create(to_japan())
    response = labels(shop, ids)
    pages = printed(response)
    assert [page.get_size() for page in pages] == [(595, 842), (595, 842)]
    assert scan_pdf(response.content) == [barcodes(shop, ids), barcodes(shop, ids)]
    label, form = map(text_of, pages)
    for words in ("さいたま市", "北澤 聡", "浦和区 常盤9-21-21", "JP"):
        assert words in label
        assert words in form
    for words in ("CUSTOMS DECLARATION", "Commercial goods", "Wool scarf", "950 g", "EUR 25.00"):
        assert words in form
    assert "?" not in label


def test_a_letter_with_a_declaration_has_its_customs_form_without_a_barcode(shop: Shop) -> None:
    abroad = {key: value for key, value in to_japan().items() if key != "options"}
    ids = shop.create({**abroad, "options": {"package_type": 3}})
    response = labels(shop, ids)
    label, form = map(text_of, printed(response))
    assert scan_pdf(response.content) == [[], []]
    for words in ("CUSTOMS DECLARATION", "Wool scarf", "EUR 25.00"):
        assert words in form
        assert words not in label


def test_a_customs_form_is_not_available_on_a6(shop: Shop) -> None:
    ids = shop.create(package(), to_japan())
    response = labels(shop, ids, "?format=A6")
    assert response.status_code == 422
    assert response.json()["errors"][0]["code"] == 3709
    assert [item["status"] for item in shop.read(*ids)] == [1, 1]


def test_a_letter_is_printed_without_a_barcode(shop: Shop) -> None:
    ids = shop.create(letter())
    response = labels(shop, ids)
    assert "Postzegel hier" in text_of(printed(response)[0])
    assert scan_pdf(response.content) == [[]]
    assert shop.read(*ids)[0] == IsPartialDict(status=12, barcode=None)


def test_a_return_label_says_what_it_brings_back(shop: Shop) -> None:
    ids = shop.create(package())
    labels(shop, ids)
    [(_, barcode)] = barcodes(shop, ids)
    item = {"parent": ids[0], "carrier": 2, "name": "Noor Visser", "email": "noor@example.test"}
    response = shop.post({"data": {"return_shipments": [item]}}, RELATED_RETURN)
    [made] = response.json()["data"]["ids"]
    text = text_of(printed(labels(shop, [made["id"]]))[0])
    assert f"Retour – {barcode}" in text  # noqa: RUF001


def test_json_gives_a_link_that_needs_no_key(shop: Shop) -> None:
    ids = shop.create(package())
    response = labels(shop, ids, "?format=A4", **JSON)
    assert response.headers["content-type"] == "application/json;charset=utf-8"
    [[kind, url]] = response.json()["data"]["pdfs"].items()
    assert kind == "url"
    assert re.fullmatch(re.escape(shop.base_url) + r"/pdfs/[0-9a-f]{40}", url)
    fetched = httpx2.get(url, trust_env=False, verify=False)
    assert len(printed(fetched)) == 1
    assert scan_pdf(fetched.content) == [barcodes(shop, ids)]
    assert labels(shop, ids, "?format=A4", **JSON).json()["data"]["pdfs"]["url"] == url
    assert labels(shop, ids, "?format=A6", **JSON).json()["data"]["pdfs"]["url"] != url


def test_a_link_leads_into_the_workspace_that_a_header_chose(shop: Shop) -> None:
    ids = shop.create(package())
    plain = shop.base_url.replace(f"/w/{shop.workspace.name}", "")
    headers = {**JSON, "X-Sim-Workspace": shop.workspace.name}
    headers["Authorization"] = shop.client.headers["authorization"]
    response = httpx2.get(
        f"{plain}/shipment_labels/{ids[0]}", headers=headers, trust_env=False, verify=False
    )
    url = response.json()["data"]["pdfs"]["url"]
    assert url.startswith(f"{shop.base_url}/pdfs/")
    assert httpx2.get(url, trust_env=False, verify=False).status_code == 200


def test_a_link_is_relative_for_clients_that_put_the_base_url_in_front(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.pdf_url", "relative")
    url = labels(shop, shop.create(package()), **JSON).json()["data"]["pdfs"]["url"]
    assert re.fullmatch(r"/pdfs/[0-9a-f]{40}", url)
    assert shop.client.get(url).status_code == 200


def test_an_unknown_link_is_not_there(shop: Shop) -> None:
    response = shop.client.get(f"/pdfs/{'0' * 40}")
    assert response.status_code == 404
    assert response.json()["errors"][0]["code"] == 3105


def test_labels_of_others_and_of_nobody_are_refused_alike(shop: Shop) -> None:
    ids = shop.create(package())
    other = shop.with_key("sim-myparcel-no-returns")
    for response in (labels(other, ids), labels(shop, [ids[0], 99])):
        assert response.status_code == 403
        assert response.json()["errors"] == [
            {"status": 403, "code": 3001, "title": OTHERS, "message": OTHERS}
        ]
    assert shop.read(*ids)[0]["status"] == 1


def test_what_is_no_id_is_refused(shop: Shop) -> None:
    response = shop.client.get("/shipment_labels/abc")
    assert response.status_code == 422
    assert response.json()["errors"][0]["code"] == 3210


def test_other_formats_are_not_acceptable(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    response = labels(
        shop, shop.create(package()), Accept="application/vnd.shipment_label_link+json"
    )
    assert response.status_code == 406


def test_later_links_are_ready_after_a_moment(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "today")
    ids = shop.create(package())
    link = "application/vnd.shipment_label_link+json;charset=utf8"
    url = labels(shop, ids, Accept=link).json()["data"]["pdfs"]["url"]
    assert shop.client.get(url).status_code == 404
    shop.workspace.advance("1s")
    assert len(printed(shop.client.get(url))) == 1


def test_the_later_batch_gives_a_link(shop: Shop) -> None:
    ids = shop.create(*[package() for _ in range(25)])
    path = f"/v2/shipment_labels/{';'.join(map(str, ids))}?format=A4"
    shop.workspace.quirk("myparcel.edition", "2017")
    assert shop.client.get(path).status_code == 404
    shop.workspace.quirk("myparcel.edition", "today")
    response = shop.client.get(path, headers=JSON)
    assert response.status_code == 200, response.text
    shop.workspace.advance("1s")
    fetched = shop.client.get(response.json()["data"]["pdf"]["url"])
    assert len(printed(fetched)) == 7


def test_a_link_asked_for_again_is_ready_after_a_moment_when_the_clock_was_set_back(
    shop: Shop,
) -> None:
    shop.workspace.quirk("myparcel.edition", "today")
    shop.workspace.quirk("myparcel.label_link_seconds", 3)
    [number] = shop.create(package())
    path = f"/v2/shipment_labels/{number}"
    link = shop.client.get(path).json()["data"]["pdf"]["url"]
    shop.workspace.freeze("2026-02-20T10:00:00+01:00")
    assert shop.client.get(path).json()["data"]["pdf"]["url"] == link
    shop.workspace.advance("3s")
    assert shop.client.get(link).status_code == 200
