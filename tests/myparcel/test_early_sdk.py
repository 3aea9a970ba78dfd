"""Whole conversations of the Dutch twin's PHP SDK as it was from 2016 to 2018."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from dirty_equals import IsStr

from tests.myparcel.bodies import BELGIAN, SWISS
from tests.myparcel.client import Shop, basic, codes
from tests.myparcel.dutch import (
    ADDRESS,
    EARLY_SDK,
    HOST,
    at_the_twin,
    early,
    sent,
)

pytestmark = pytest.mark.usefixtures("nothing_unread")


@pytest.fixture
def early_sdk(shop: Shop) -> Iterator[httpx2.Client]:
    with at_the_twin(shop, EARLY_SDK) as client:
        yield client


def test_the_early_sdk_creates_prints_and_reads(early_sdk: httpx2.Client) -> None:
    number = sent(early_sdk, early())
    label = early_sdk.get(
        f"/shipment_labels/{number}/?format=A4&positions=2;3;4",
        headers={"Accept": "application/pdfcharset=utf-8"},
    )
    assert label.content.startswith(b"%PDF-1.")
    # Tools that put labels onto other sheets read no compressed tables, and not all read ASCII85.
    assert b"\nxref\n" in label.content
    assert b"ASCII85" not in label.content
    latest = early_sdk.get(f"/shipments/{number}?size=300").json()["data"]["shipments"]
    assert [shipment["id"] for shipment in latest] == [number]
    # What the client reads of every shipment, whether it was sent or not.
    assert latest[0]["reference_identifier"] is None
    assert latest[0]["barcode"] == IsStr(regex="3SMYPA[0-9]{9}")
    assert (latest[0]["status"], latest[0]["pickup"]) == (2, None)
    assert latest[0]["recipient"] == ADDRESS
    assert latest[0]["options"]["label_description"] == "Order 7781"


def test_the_early_sdk_puts_the_base_url_before_the_link_of_a_label(
    shop: Shop, early_sdk: httpx2.Client
) -> None:
    number = sent(early_sdk, early())
    url = early_sdk.get(f"/shipment_labels/{number}").json()["data"]["pdfs"]["url"]
    assert re.fullmatch(r"/pdfs/[0-9a-f]{40}", url)
    base = f"{shop.workspace.base_url}/w/{shop.workspace.name}"
    fetched = httpx2.get(f"{base}{url}", headers={"Host": HOST}, trust_env=False, verify=False)
    assert fetched.content.startswith(b"%PDF-1.")


def test_a_relative_link_leads_into_the_workspace_that_the_key_names(shop: Shop) -> None:
    with at_the_twin(shop, EARLY_SDK) as client:
        number = sent(client, early())
    there = {"Host": HOST, "Accept": "application/json; charset=utf8"}
    key = basic(f"sim-myparcel-postpaid@{shop.workspace.name}")
    base = shop.workspace.base_url
    asked = httpx2.get(
        f"{base}/shipment_labels/{number}",
        headers={**there, "Authorization": key},
        trust_env=False,
        verify=False,
    )
    url = asked.json()["data"]["pdfs"]["url"]
    assert url.startswith("/")
    fetched = httpx2.get(f"{base}{url}", headers=there, trust_env=False, verify=False)
    assert fetched.content.startswith(b"%PDF-1.")


@pytest.mark.parametrize(
    ("setting", "marks", "start"),
    [
        ("auto", {"User-Agent": "MyParcelNL-SDK/9.1"}, "/pdfs/"),
        ("auto", {}, "http://"),
        ("absolute", {"User-Agent": "MyParcelNL-SDK/9.1"}, "http://"),
        ("relative", {}, "/pdfs/"),
    ],
)
def test_a_label_link_is_relative_for_the_twin_unless_it_is_set(
    shop: Shop, setting: str, marks: dict[str, str], start: str
) -> None:
    shop.workspace.quirk("myparcel.pdf_url", setting)
    [number] = shop.create(early())
    headers = {"Accept": "application/json", **marks}
    label = shop.client.get(f"/shipment_labels/{number}", headers=headers)
    assert label.json()["data"]["pdfs"]["url"].startswith(start)


def test_the_early_sdk_finds_by_reference_before_it_knows_ids(early_sdk: httpx2.Client) -> None:
    numbers = [
        sent(early_sdk, {**early(), "reference_identifier": name}) for name in ("a-1", "a-2", "a-3")
    ]
    found = early_sdk.get("/shipments/?reference_identifier=a-1;a-3&size=300")
    assert [
        (shipment["id"], shipment["reference_identifier"])
        for shipment in found.json()["data"]["shipments"]
    ] == [(numbers[0], "a-1"), (numbers[2], "a-3")]


@pytest.mark.parametrize(
    "options",
    [
        {"delivery_type": 1, "delivery_date": "2026-03-04 08:00:00", "only_recipient": 1},
        {"delivery_type": 3, "delivery_date": "2026-03-05 00:00:00", "only_recipient": 1},
        {"package_type": 2},
        {
            "signature": 1,
            "only_recipient": 1,
            "insurance": {"amount": 25000, "currency": "EUR"},
        },
    ],
)
def test_the_early_sdk_gets_back_the_options_that_it_sent(
    early_sdk: httpx2.Client, options: dict[str, Any]
) -> None:
    posted = early(**options)
    number = sent(early_sdk, posted)
    [shown] = early_sdk.get(f"/shipments/{number}?size=300").json()["data"]["shipments"]
    assert shown["options"] == posted["options"]


def test_the_early_sdk_sends_to_a_pickup_point(early_sdk: httpx2.Client) -> None:
    point = {
        "postal_code": "9711HX",
        "street": "Brugstraat",
        "city": "Groningen",
        "number": "2",
        "location_name": "Boekhandel De Pont",
    }
    agreed = early(delivery_type=4, signature=1, delivery_date="2026-03-04 16:00:00")
    number = sent(early_sdk, {**agreed, "pickup": point})
    [shown] = early_sdk.get(f"/shipments/{number}?size=300").json()["data"]["shipments"]
    assert shown["pickup"] == point


def test_the_early_sdk_sends_abroad_with_the_number_in_the_street(
    early_sdk: httpx2.Client,
) -> None:
    options = {"package_type": 1, "label_description": "Order 7781", "large_format": 0}
    to_belgium = {
        "recipient": {**BELGIAN, "email": "", "phone": "", "street_additional_info": ""},
        "options": options,
        "carrier": 1,
    }
    item = {
        "description": "Boek",
        "amount": 2,
        "weight": 1000,
        "classification": 2008,
        "country": "NL",
        "item_value": {"amount": 2000, "currency": "EUR"},
    }
    to_switzerland = {
        "recipient": {**SWISS, "email": "", "phone": ""},
        "options": {"package_type": 1, "label_description": "Order 7782"},
        "carrier": 1,
        "customs_declaration": {
            "contents": 1,
            "weight": 1000,
            "items": [item],
            "invoice": "Order 7782",
        },
        "physical_properties": {"weight": 1000},
    }
    numbers = [sent(early_sdk, each) for each in (to_belgium, to_switzerland)]
    label = early_sdk.get(
        f"/shipment_labels/{numbers[1]}/?format=A4&positions=1;2;3;4",
        headers={"Accept": "application/pdfcharset=utf-8"},
    )
    assert label.content.startswith(b"%PDF-1.")


def test_the_early_sdk_mails_a_return(early_sdk: httpx2.Client) -> None:
    parent = sent(early_sdk, early())
    early_sdk.get(f"/shipment_labels/{parent}", headers={"Accept": "application/pdfcharset=utf-8"})
    posted = {"parent": parent, "carrier": 1, "email": "noor@example.test", "name": "Noor Visser"}
    early_sdk.headers["Content-Type"] = (
        "application/vnd.return_shipment+json; charset=utf-8charset=utf-8"
    )
    assert sent(early_sdk, posted, "return_shipments") > parent


@pytest.mark.parametrize(
    ("key", "status", "code", "said"),
    [
        ("nobody", 401, 3000, "Access Denied."),
        ("sim-myparcel-disabled", 401, 3000, "Access Denied, token is not active."),
        ("sim-myparcel-intermediary", 403, 3001, "Permission Denied."),
    ],
)
def test_the_sdk_tells_a_wrong_key_by_the_words_access_denied(
    shop: Shop, key: str, status: int, code: int, said: str
) -> None:
    with at_the_twin(shop, {**EARLY_SDK, "Authorization": basic(key)}) as client:
        refused = client.get("/shipments")
    assert refused.status_code == status
    body = refused.json()
    assert (body["errors"][0]["code"], body["message"].startswith(said)) == (code, True)


def test_the_sdk_shows_a_finding_by_code_human_and_message(early_sdk: httpx2.Client) -> None:
    wrong = {**early(), "recipient": {**ADDRESS, "postal_code": "xx"}}
    refused = early_sdk.post("/shipments", content=json.dumps({"data": {"shipments": [wrong]}}))
    assert (refused.status_code, codes(refused)) == (422, [3505])
    assert refused.json()["message"].startswith("Shipment validation error")


def test_a_prepaid_sdk_is_told_to_pay_for_a_label_and_for_a_link(shop: Shop) -> None:
    key = {"Authorization": basic("sim-myparcel-prepaid")}
    with at_the_twin(shop, {**EARLY_SDK, **key}) as client:
        number = sent(client, early())
        for accept in ("application/pdfcharset=utf-8", EARLY_SDK["Accept"]):
            asked = client.get(f"/shipment_labels/{number}", headers={"Accept": accept})
            assert asked.status_code == 402
            [told] = asked.json()["data"]["payment_instructions"]
            assert told["payment_url"] == IsStr(regex=f"https?://{HOST}/.*")
