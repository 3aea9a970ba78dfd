"""Labels of shipments of several colli: one label and one barcode for each."""

from __future__ import annotations

import re

import pytest

from tests.labels.samples import scan_pdf
from tests.myparcel.client import SHIPMENT, Shop, codes
from tests.myparcel.parcels import package

NAMES_OTHERS = [{}, {"reference_identifier": "B"}]


def colli(shop: Shop) -> list[int]:
    """The ids of a main shipment and the two that belong to it."""
    [main] = shop.create({**package(), "secondary_shipments": NAMES_OTHERS})
    return [main, *(each["id"] for each in shop.read(main)[0]["secondary_shipments"])]


def test_a_label_of_the_main_shipment_is_one_of_each_collo(later: Shop) -> None:
    ids = colli(later)
    response = later.client.get(f"/shipment_labels/{ids[0]}?format=A6")
    assert response.status_code == 200, response.text
    shown = later.read(*ids)
    barcodes = [each["barcode"] for each in shown]
    assert len(set(barcodes)) == 3
    assert [each["status"] for each in shown] == [2, 2, 2]
    assert scan_pdf(response.content) == [[("Code128", barcode)] for barcode in barcodes]


def test_all_colli_fit_on_one_sheet_and_each_is_printed_once(later: Shop) -> None:
    ids = colli(later)
    path = f"/shipment_labels/{';'.join(map(str, ids))}?format=A4"
    [sheet] = scan_pdf(later.client.get(path).content)
    assert sorted(sheet) == sorted(("Code128", each["barcode"]) for each in later.read(*ids))


def test_a_further_collo_can_be_printed_alone(later: Shop) -> None:
    main, second, third = colli(later)
    assert later.client.get(f"/shipment_labels/{third}").status_code == 200
    assert [each["status"] for each in later.read(main, second, third)] == [1, 1, 2]


def test_each_label_says_which_collo_it_is_of(later: Shop) -> None:
    ids = colli(later)
    for wanted, numbers in ((ids[:1], ["1/3", "2/3", "3/3"]), (ids[2:], ["3/3"])):
        path = f"/shipment_labels/{wanted[0]}"
        text = later.client.get(path, headers={"Accept": "application/vnd.zpl"}).text
        assert re.findall(r"FD(\d/\d)", text) == numbers


def test_a_collo_may_have_a_description_of_its_own(later: Shop) -> None:
    described = {"options": {"label_description": "Box 2"}}
    body = {**package(label_description="Order"), "secondary_shipments": [described, {}]}
    [main] = later.create(body)
    second, third = later.read(main)[0]["secondary_shipments"]
    later.client.put(
        "/shipments",
        json={"data": {"shipments": [{"id": main, "options": package(signature=1)["options"]}]}},
        headers={"Content-Type": SHIPMENT},
    )
    shown = later.read(second["id"], third["id"])
    assert [each["options"].get("label_description") for each in shown] == ["Box 2", None]
    assert [each["options"]["signature"] for each in shown] == [1, 1]


def test_a_prepaid_shop_pays_for_all_colli_before_it_gets_a_label(later: Shop) -> None:
    prepaid = later.with_key("sim-myparcel-prepaid")
    ids = colli(prepaid)
    response = prepaid.client.get(f"/shipment_labels/{ids[0]}")
    assert response.status_code == 402
    [instruction] = response.json()["data"]["payment_instructions"]
    owed = sum(each["price"]["amount"] for each in prepaid.read(*ids))
    assert instruction["price"] == {"amount": owed, "currency": "EUR"}
    later.workspace.do("myparcel.pay", hash=instruction["hash"])
    assert prepaid.client.get(f"/shipment_labels/{ids[0]}").status_code == 200


@pytest.mark.parametrize("path", ["/shipment_labels", "/v2/shipment_labels"])
def test_a_link_leads_to_the_labels_of_all_colli(later: Shop, path: str) -> None:
    ids = colli(later)
    sheet = f"{path}/{ids[0]}?format=A6"
    response = later.client.get(sheet, headers={"Accept": "application/json"})
    data = response.json()["data"]
    later.workspace.advance("1h")
    pdf = later.client.get((data.get("pdf") or data["pdfs"])["url"])
    assert len(scan_pdf(pdf.content)) == 3


def test_a_collo_is_attached_once_and_only_if_it_has_none_itself(later: Shop) -> None:
    [free] = later.create(package())
    main, *_ = colli(later)
    for posted in ([{"id": free}, {"id": free}], [{"id": main}]):
        response = later.post_shipments([{**package(), "secondary_shipments": posted}])
        assert response.status_code == 422, response.text
        assert codes(response) == [3739]
