"""What makers and changers of shipments are answered: ids, whole shipments, links to labels."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.labels.samples import scan_pdf
from tests.myparcel.bodies import shipment
from tests.myparcel.client import SHIPMENT, Shop
from tests.myparcel.held import is_held
from tests.support.printer_raster import print_zpl

WHOLE = "application/json;version=1.2"
SDK_11 = (
    "application/json;charset=utf-8;version=1.2,application/json,"
    "application/vnd.shipment_label+json;q=0.9,application/problem+json;q=0.9,application/*;q=0.8"
)


def send(shop: Shop, method: str, *items: Any, accept: str, query: str = "") -> httpx2.Response:
    body = {"data": {"shipments": list(items)}}
    headers = {"Content-Type": SHIPMENT, "Accept": accept}
    return shop.client.request(method, f"/shipments{query}", json=body, headers=headers)


def parcel(**more: Any) -> dict[str, Any]:
    return {**shipment(), "carrier": 1, **more}


@pytest.mark.parametrize("accept", [WHOLE, SDK_11, "application/json;charset=utf-8;version=1.2"])
def test_a_maker_of_shipments_gets_them_whole(today: Shop, accept: str) -> None:
    response = send(today, "POST", parcel(reference_identifier="A"), parcel(), accept=accept)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/json;charset=utf-8;version=1.2"
    shown = response.json()["data"]["shipments"]
    assert shown == today.read(*(each["id"] for each in shown))
    assert [each["reference_identifier"] for each in shown] == ["A", None]


def test_the_answer_of_version_1_2_is_the_held_one(today: Shop) -> None:
    colli = [{"reference_identifier": "ORDER-1", "physical_properties": {"weight": 500}}, {}]
    posted = parcel(
        reference_identifier="ORDER-1",
        physical_properties={"weight": 1000},
        secondary_shipments=colli,
    )
    accept = "application/vnd.shipment_label+json;version=1.2"
    answer = send(today, "POST", posted, accept=accept).json()
    [main] = answer["data"]["shipments"]
    for told in (main, *main["secondary_shipments"]):
        # What it costs is held elsewhere.
        told["user_agent"], told["price"]["amount"] = "client", 0
    assert is_held("shipments_made", answer)


@pytest.mark.parametrize(
    "accept", ["application/json", "application/json;version=1.1", "*/*", "application/*", ""]
)
def test_earlier_versions_get_ids(today: Shop, accept: str) -> None:
    response = send(today, "POST", parcel(reference_identifier="A"), accept=accept)
    [made] = response.json()["data"]["ids"]
    assert made == {"id": made["id"], "reference_identifier": "A"}


def test_colli_are_whole_within_their_main_shipment(today: Shop) -> None:
    colli = [{"reference_identifier": "B"}, {"physical_properties": {"weight": 700}}]
    response = send(today, "POST", parcel(secondary_shipments=colli), accept=WHOLE)
    [main] = response.json()["data"]["shipments"]
    assert [each["id"] for each in main["secondary_shipments"]] == [main["id"] + 1, main["id"] + 2]
    assert main["multi_collo_main_shipment_id"] == main["id"]
    for collo in main["secondary_shipments"]:
        [alone] = today.read(collo["id"])
        assert alone == {**alone, **collo}
        assert (collo["shipment_type"], collo["recipient"]) == (3, main["recipient"])


@pytest.mark.parametrize(
    ("name", "member"),
    [
        ("application/vnd.shipment_label+json", "pdf"),
        ("application/vnd.shipment_label+pdf", "pdf"),
        ("application/vnd.shipment_label+zpl", "zpl"),
        ("application/vnd.zpl", "zpl"),
    ],
)
@pytest.mark.parametrize(("version", "shown"), [("", "ids"), (";version=1.2", "shipments")])
def test_a_maker_of_shipments_may_ask_for_their_labels(
    today: Shop, name: str, member: str, version: str, shown: str
) -> None:
    response = send(today, "POST", parcel(), accept=f"{name}{version}", query="?format=A6")
    assert response.status_code == 200, response.text
    data = response.json()["data"]
    assert set(data) == {shown, member}
    url = data[member]["url"]
    assert today.client.get(url).status_code == 404
    today.workspace.advance("1s")
    [made] = today.read(data[shown][0]["id"])
    file = today.client.get(url).content
    if member == "pdf":
        assert scan_pdf(file) == [[("Code128", made["barcode"])]]
    else:
        assert len(print_zpl(file)) == 1
    [news] = [each for each in today.workspace.webhooks() if each["event"].endswith("_created")]
    assert news["body"]["data"]["hooks"][0][member] == url


def test_a_change_is_answered_without_a_body_or_whole(today: Shop) -> None:
    [number] = today.create(parcel())
    change = {"id": number, "reference_identifier": "B-2"}
    plain = send(today, "PUT", change, accept="application/json")
    assert (plain.status_code, plain.content) == (204, b"")
    response = send(today, "PUT", {**change, "reference_identifier": "B-3"}, accept=SDK_11)
    assert response.status_code == 200, response.text
    [shown] = response.json()["data"]["shipments"]
    assert shown == today.read(number)[0]
    assert shown["reference_identifier"] == "B-3"


def test_a_change_may_ask_for_labels(today: Shop) -> None:
    [number] = today.create(parcel())
    wanted = "application/vnd.shipment_label+json;version=1.2"
    response = send(today, "PUT", {"id": number}, accept=wanted)
    assert set(response.json()["data"]) == {"shipments", "pdf"}


def test_what_cannot_be_had_is_told_with_what_can(today: Shop) -> None:
    refused = send(today, "POST", parcel(), accept="image/png")
    assert refused.status_code == 406
    for name in ("application/json", "application/vnd.zpl", "shipment_label+json+print"):
        assert name in refused.json()["message"]
    assert today.workspace.records("myparcel", "shipments") == []


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "application/json;charset=utf-8",
        "application/vnd.shipment+json",
        "application/vnd.shipment+json;version=1.1",
        "application/vnd.shipment+json;charset=utf-8;version=1.1",
        "application/vnd.shipment+json; charset=UTF-8",
    ],
)
def test_every_spelling_of_the_type_of_shipments_is_taken(today: Shop, content_type: str) -> None:
    response = today.post_shipments([parcel()], content_type)
    assert response.status_code == 200, response.text
    number = response.json()["data"]["ids"][0]["id"]
    for method in ("PUT", "PATCH"):
        body = {"data": {"shipments": [{"id": number, "reference_identifier": method}]}}
        headers = {"Content-Type": content_type}
        assert today.client.request(method, "/shipments", json=body, headers=headers).is_success
        assert today.read(number)[0]["reference_identifier"] == method


def test_the_document_of_2017_takes_no_plain_json(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    assert shop.post_shipments([shipment()], "application/json").status_code == 415
