"""What came after 2017 is there for whoever speaks as the clients of the twin do."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.bodies import shipment, swiss
from tests.myparcel.client import SHIPMENT, Shop, codes, faults

SDK = {"User-Agent": "MyParcelNL-SDK/10.2 php/8.3"}
PLAIN: dict[str, str] = {}
COM = {"Host": "api.myparcel.com"}
SIGNS = [PLAIN, SDK, {"Host": "api.myparcel.nl"}]


def place(shop: Shop) -> str:
    """The workspace under hosts of the carrier's own, which take no prefix of the carrier."""
    return f"{shop.workspace.base_url}/w/{shop.workspace.name}"


def ask(shop: Shop, method: str, path: str, sign: dict[str, str], **more: Any) -> Any:
    base = place(shop) if "Host" in sign else shop.base_url
    headers = {**sign, **more.pop("headers", {})}
    return shop.client.request(method, f"{base}{path}", headers=headers, **more)


@pytest.mark.parametrize("sign", SIGNS, ids=["plain", "sdk", "host"])
def test_labels_of_many_by_a_link(shop: Shop, sign: dict[str, str]) -> None:
    [number] = shop.create(shipment())
    response = ask(shop, "GET", f"/v2/shipment_labels/{number}", sign)
    assert response.status_code == 200, response.text
    assert "url" in response.json()["data"]["pdf"]


@pytest.mark.parametrize("sign", SIGNS, ids=["plain", "sdk", "host"])
def test_a_concept_is_changed_by_put(shop: Shop, sign: dict[str, str]) -> None:
    [number] = shop.create(shipment())
    body = {"data": {"shipments": [{"id": number, "reference_identifier": "B-2"}]}}
    response = ask(shop, "PUT", "/shipments", sign, json=body, headers={"Content-Type": SHIPMENT})
    assert response.status_code == 204, response.text
    shown = ask(shop, "GET", f"/shipments/{number}", SDK).json()["data"]["shipments"][0]
    assert shown["reference_identifier"] == "B-2"


@pytest.mark.parametrize("sign", [PLAIN, SDK], ids=["plain", "sdk"])
def test_second_colli_are_made_and_shown(shop: Shop, sign: dict[str, str]) -> None:
    body = {"data": {"shipments": [{**shipment(), "carrier": 1, "secondary_shipments": [{}, {}]}]}}
    response = ask(shop, "POST", "/shipments", sign, json=body, headers={"Content-Type": SHIPMENT})
    assert response.status_code == 200, response.text
    [made] = response.json()["data"]["ids"]
    [shown] = shop.read(made["id"])
    assert len(shown["secondary_shipments"]) == 2
    assert len(shop.workspace.records("myparcel", "shipments")) == 3


@pytest.mark.parametrize(
    "accept",
    [
        "application/vnd.shipment_label_link+json",
        "application/vnd.shipment_label+zpl",
        "application/vnd.zpl",
    ],
)
def test_the_label_media_types_are_there_for_who_asks(shop: Shop, accept: str) -> None:
    [number] = shop.create(shipment())
    response = ask(shop, "GET", f"/shipment_labels/{number}", PLAIN, headers={"Accept": accept})
    assert response.status_code == 200, response.text


@pytest.mark.parametrize("path", ["/drop_off_points", "/pickup_locations"])
def test_points_are_there(shop: Shop, path: str) -> None:
    where = {"cc": "NL", "postal_code": "2132WT", "number": "1", "carrier": "postnl"}
    assert ask(shop, "GET", path, PLAIN, params=where).status_code == 200


def test_a_reader_of_the_twin_is_told_that_there_are_no_colli(shop: Shop) -> None:
    [number] = shop.create(shipment())
    assert "secondary_shipments" not in shop.read(number)[0]
    shown = ask(shop, "GET", f"/shipments/{number}", SDK).json()["data"]["shipments"][0]
    assert (shown["secondary_shipments"], shown["multi_collo_main_shipment_id"]) == ([], None)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("PUT", "/shipments", 405),
        ("GET", "/v2/shipment_labels/1", 404),
        ("GET", "/pickup_locations", 404),
    ],
)
@pytest.mark.parametrize("how", ["host", "quirk", "profile"])
def test_the_document_of_2017_knows_none_of_it(
    shop: Shop, method: str, path: str, status: int, how: str
) -> None:
    sign = COM if how == "host" else SDK
    if how == "quirk":
        shop.workspace.quirk("myparcel.edition", "2017")
    if how == "profile":
        shop.workspace.control.post("reset", json={"profile": "documented"})
    assert ask(shop, method, path, sign).status_code == status


def declared(classification: str) -> Any:
    body = swiss()
    [item] = body["customs_declaration"]["items"]
    declaration = {
        **body["customs_declaration"],
        "items": [{**item, "classification": classification}],
    }
    return {**body, "customs_declaration": declaration}


@pytest.mark.parametrize("classification", ["0181", "610910", "6109100010"])
def test_goods_are_classified_by_hs_codes_of_up_to_ten_digits(
    shop: Shop, classification: str
) -> None:
    [number] = shop.create(declared(classification))
    [item] = shop.read(number)[0]["customs_declaration"]["items"]
    assert item["classification"] == classification


@pytest.mark.parametrize("classification", ["61091000101", "6109.10", "wool"])
def test_what_is_no_hs_code(shop: Shop, classification: str) -> None:
    response = shop.post_shipments([declared(classification)])
    assert response.status_code == 422
    [fault] = faults(response)
    assert fault.human.removeprefix("classification ") == "is an HS code of 1 to 10 digits"


def test_by_the_document_a_classification_has_four_digits(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.classification", "isic")
    shop.workspace.quirk("myparcel.edition", "2017")
    response = shop.post_shipments([declared("610910")])
    assert codes(response) == [3702]
