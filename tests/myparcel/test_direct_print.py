"""Direct print: labels go to the printers of a shop, whose inbox can be looked into."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.labels.samples import scan, scan_pdf
from tests.myparcel.client import SHIPMENT, Shop, codes
from tests.myparcel.parcels import package, to_japan
from tests.support.printer_raster import print_zpl

GROUP = "7f3b1c52-9d40-4e86-8a17-000000000501"
PRINT = "application/vnd.shipment_label+json+print"
NAMES = (
    "application/vnd.shipment_label+json+print",
    "application/vnd.shipment_label_link+json+print",
    "application/vnd.shipment_label+pdf+print",
    "application/vnd.shipment_label+zpl+print",
    "application/vnd.zpl+print",
    "application/vnd.shipment+json+print",
    "application/json+print",
    "application/pdf+print",
)


def accept(name: str = PRINT, group: str = GROUP) -> dict[str, str]:
    return {"Accept": f"{name};printer-group-id={group}"}


def post(shop: Shop, *shipments: Any, query: str = "", **headers: str) -> httpx2.Response:
    body = {"data": {"shipments": list(shipments)}}
    sent = {"Content-Type": SHIPMENT, **headers}
    return shop.client.post(f"/shipments{query}", json=body, headers=sent)


def printed(shop: Shop, **arguments: Any) -> list[Any]:
    """What came out of the printers until a moment from now."""
    shop.workspace.advance("1s")
    items: list[Any] = shop.workspace.do("myparcel.collect_prints", **arguments)["items"]
    return items


def content(shop: Shop, item: Any) -> httpx2.Response:
    """The bytes that a printer got."""
    return httpx2.get(f"{shop.workspace.base_url}{item['path']}", trust_env=False, verify=False)


def test_a_label_of_a_new_shipment_comes_out_of_the_printer(today: Shop) -> None:
    response = post(today, package(carrier=1), query="?format=A6", **accept())
    assert response.status_code == 200, response.text
    data = response.json()["data"]
    [made] = data["ids"]
    assert set(data) == {"ids", "pdf"}
    assert today.workspace.do("myparcel.collect_prints")["items"] == []
    [item] = printed(today)
    assert (item["printer_group"], item["shipments"]) == (GROUP, [made["id"]])
    assert (item["kind"], item["media_type"]) == ("pdf", "application/pdf")
    [shown] = today.read(made["id"])
    assert (shown["status"], shown["barcode"] is None) == (2, False)
    assert scan_pdf(content(today, item).content) == [[("Code128", shown["barcode"])]]


@pytest.mark.parametrize("name", NAMES)
def test_labels_of_shipments_that_are_there_come_out_of_the_printer(today: Shop, name: str) -> None:
    ids = today.create(package(carrier=1), package(carrier=1))
    path = f"/shipment_labels/{';'.join(map(str, ids))}?format=A4&positions=4"
    response = today.client.get(path, headers=accept(name))
    assert (response.status_code, response.content) == (204, b"")
    barcodes = [("Code128", each["barcode"]) for each in today.read(*ids)]
    [item] = printed(today)
    sent = content(today, item)
    assert sent.headers["content-type"].partition(";")[0] == item["media_type"]
    if item["kind"] == "zpl":
        assert [scan(label.image()) for label in print_zpl(sent.content)] == [
            [barcode] for barcode in barcodes
        ]
    else:
        assert scan_pdf(sent.content) == [[barcodes[0]], [barcodes[1]]]


def test_all_colli_come_out_of_the_printer(today: Shop) -> None:
    response = post(today, {**package(carrier=1), "secondary_shipments": [{}, {}]}, **accept())
    [made] = response.json()["data"]["ids"]
    [item] = printed(today)
    assert item["shipments"][0] == made["id"]
    [sheet] = scan_pdf(content(today, item).content)
    assert len(sheet) == 3


def test_a_changed_concept_may_be_printed_at_once(today: Shop) -> None:
    [number] = today.create(package(carrier=1))
    body = {"data": {"shipments": [{"id": number, "reference_identifier": "B-2"}]}}
    headers = {"Content-Type": SHIPMENT, **accept()}
    assert today.client.put("/shipments", json=body, headers=headers).status_code == 204
    [item] = printed(today)
    assert item["shipments"] == [number]


def test_a_version_asks_for_whole_shipments_beside_the_print(today: Shop) -> None:
    response = post(today, package(carrier=1), Accept=f"{accept()['Accept']};version=1.2")
    data = response.json()["data"]
    assert set(data) == {"shipments", "pdf"}
    assert printed(today)[0]["shipments"] == [data["shipments"][0]["id"]]


def test_what_was_collected_is_not_told_again(today: Shop) -> None:
    post(today, package(carrier=1), **accept())
    [first] = printed(today)
    post(today, package(carrier=1), **accept())
    [second] = printed(today, after=first["id"])
    assert first["shipments"] != second["shipments"]
    assert len(printed(today, printer_group=GROUP)) == 2


def test_the_shop_is_told_which_printer_it_was(today: Shop) -> None:
    post(today, package(carrier=1), **accept())
    named = {**package(carrier=1), "general_settings": {"printer_identifier": "desk 12"}}
    post(today, named, **accept())
    today.workspace.advance("1s")
    news = [each for each in today.workspace.webhooks() if each["event"].endswith("_created")]
    hooks = [each["body"]["data"]["hooks"][0] for each in news]
    assert [hook["printer_identifier"] for hook in hooks] == [GROUP, "desk 12"]
    assert [hook["status"] for hook in hooks] == ["success", "success"]


@pytest.mark.parametrize(
    ("parameter", "code"),
    [(";printer-group-id=nobody", 3210), (";printer-group-id=", 3212), ("", 3212)],
)
def test_a_printer_group_that_the_shop_does_not_have(
    today: Shop, parameter: str, code: int
) -> None:
    refused = post(today, package(carrier=1), Accept=f"{PRINT}{parameter}")
    assert (refused.status_code, codes(refused)) == (422, [code])
    assert today.workspace.records("myparcel", "shipments") == []
    [entry] = today.workspace.journal(operation="myparcel.create_shipments")
    assert GROUP in today.workspace.control.get(f"journal/{entry['id']}").text


def test_a_printer_group_of_another_account_is_not_there(today: Shop) -> None:
    other = today.with_key("sim-myparcel-no-returns")
    [number] = other.create(package(carrier=1))
    refused = other.client.get(f"/shipment_labels/{number}", headers=accept())
    assert (refused.status_code, codes(refused)) == (422, [3210])
    assert other.read(number)[0]["status"] == 1


def test_without_any_printer_group_direct_print_is_not_subscribed_to(today: Shop) -> None:
    today.workspace.do("myparcel.add_key", key="new-shop")
    new = today.with_key("new-shop")
    refused = post(new, package(carrier=1), **accept())
    assert (refused.status_code, codes(refused)) == (406, [3102])
    group = today.workspace.do("myparcel.add_printer_group", key="new-shop", name="Balie")
    assert post(new, package(carrier=1), **accept(group=group["id"])).status_code == 200
    assert [item["printer_group"] for item in printed(new)] == [group["id"]]


def test_a_customs_form_is_printed_as_a_pdf(today: Shop) -> None:
    ids = today.create(to_japan())
    path = f"/shipment_labels/{ids[0]}"
    headers = accept("application/vnd.zpl+print")
    assert today.client.get(path, headers=headers).status_code == 204
    [item] = printed(today)
    assert item["kind"] == "pdf"


def test_a_prepaid_shop_pays_before_anything_is_printed(today: Shop) -> None:
    prepaid = today.with_key("sim-myparcel-prepaid")
    group = GROUP.replace("501", "502")
    response = post(prepaid, package(carrier=1), **accept(group=group))
    assert set(response.json()["data"]) == {"ids"}
    assert printed(prepaid) == []
    number = response.json()["data"]["ids"][0]["id"]
    path = f"/shipment_labels/{number}"
    assert prepaid.client.get(path, headers=accept(group=group)).status_code == 402
    today.workspace.do("myparcel.pay", shipment=number)
    assert prepaid.client.get(path, headers=accept(group=group)).status_code == 204
    assert len(printed(prepaid)) == 1


def test_a_rule_may_keep_labels_from_the_printer(today: Shop) -> None:
    rule = {"hold": {"step": "myparcel.print", "for": "1s", "then": "fail"}}
    assert today.workspace.control.post("rules", json=rule).status_code in (200, 201)
    post(today, package(carrier=1), **accept())
    assert printed(today) == []


def test_the_document_of_2017_prints_nothing(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    assert post(shop, package(), **accept()).status_code == 406
