"""Creating shipments: media types, what is kept, prices, and the later features."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.bodies import (
    BELGIAN,
    DUTCH,
    TUESDAY,
    belgian,
    changed,
    dutch,
    shipment,
    swiss,
)
from tests.myparcel.client import Shop

RECIPIENTS = "application/vnd.shipment_recipients+json;charset=utf-8"
SHOWN = {
    "barcode": None,
    "id": 20000001,
    "parent_id": None,
    "account_id": 501,
    "shop_id": 77,
    "shipment_type": 1,
    "recipient": DUTCH,
    "sender": {
        "cc": "NL",
        "postal_code": "1012AB",
        "city": "Amsterdam",
        "street": "Damrak",
        "number": "1",
        "person": "Magazijn",
        "company": "Voorbeeld BV",
        "email": "shop77@example.com",
        "phone": "0201234567",
    },
    "status": 1,
    "options": {"package_type": 1},
    "general_settings": {"save_recipient_address": 0},
    "pickup": None,
    "customs_declaration": None,
    "physical_properties": None,
    "created": "2017-06-01 10:00:00",
    "modified": "2017-06-01 10:00:00",
    "carrier": 2,
    "carrier_id": 2,
    "price": {"currency": "EUR", "amount": 585},
    "region": "NL",
}


def test_a_shipment_is_kept_as_it_was_posted(shop: Shop) -> None:
    shop.workspace.freeze("2017-06-01T10:00:00+02:00")
    response = shop.post_shipments([shipment()])
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json;charset=utf-8"
    assert response.json() == {"data": {"ids": [{"id": 20000001}]}}
    [shown] = shop.read(20000001)
    assert shown == SHOWN
    assert list(shown) == list(SHOWN)


def test_ids_come_in_the_order_of_the_request(shop: Shop) -> None:
    names = ["Ada", "Bea", "Cas"]
    bodies = [changed(shipment(), "recipient.person", name) for name in names]
    ids = shop.create(*bodies)
    assert ids == sorted(ids)
    assert [each["recipient"]["person"] for each in shop.read(*ids)] == names


def test_what_nobody_knows_is_ignored_and_a_status_is_not_obeyed(shop: Shop) -> None:
    [number] = shop.create(shipment(status=7, colour="red", id=5, sender={"cc": "BE"}))
    [shown] = shop.read(number)
    assert (shown["status"], shown["sender"]["cc"]) == (1, "NL")
    assert "colour" not in shown


def test_digits_and_words_become_numbers(shop: Shop) -> None:
    form = changed(dutch(package_type="1", signature="0", only_recipient=True), "carrier", "2")
    [number] = shop.create(form)
    [shown] = shop.read(number)
    assert shown["options"] == {"package_type": 1, "signature": 0, "only_recipient": 1}
    assert shown["carrier"] == 2


@pytest.mark.parametrize(
    ("body", "price"),
    [
        (dutch(), 585),
        (dutch(only_recipient=1, delivery_type=3, delivery_date=TUESDAY), 612),
        (belgian(), 685),
        (shipment(physical_properties={"weight": 12_000}), 650),
    ],
    ids=["base", "only_recipient", "EU, insured by itself", "heavier"],
)
def test_the_price_follows_the_table_of_services(
    shop: Shop, body: dict[str, Any], price: int
) -> None:
    [number] = shop.create(body)
    assert shop.read(number)[0]["price"] == {"currency": "EUR", "amount": price}


def test_the_region_is_the_country_of_the_recipient(shop: Shop) -> None:
    ids = shop.create(shipment(), belgian(), swiss())
    assert [each["region"] for each in shop.read(*ids)] == ["NL", "BE", "CH"]


def test_one_description_for_several_recipients(shop: Shop) -> None:
    several = [
        {"carrier": 2, "options": {"package_type": 1}, "recipients": [DUTCH, BELGIAN]},
        {"carrier": 2, "options": {"package_type": 3}, "recipients": [DUTCH]},
    ]
    response = shop.post_shipments(several, RECIPIENTS)
    assert response.status_code == 200, response.text
    ids = [item["id"] for item in response.json()["data"]["ids"]]
    shown = shop.read(*ids)
    assert [each["recipient"]["cc"] for each in shown] == ["NL", "BE", "NL"]
    assert [each["options"]["package_type"] for each in shown] == [1, 1, 3]


def test_each_recipient_is_judged_at_its_place(shop: Shop) -> None:
    several = {"carrier": 2, "options": {"package_type": 2}, "recipients": [DUTCH, BELGIAN, {}]}
    response = shop.post_shipments([several, {"carrier": 2}], RECIPIENTS)
    assert response.status_code == 422
    fields = {field for error in response.json()["errors"] for field in error["fields"]}
    assert {
        "data.shipments[0].options.package_type",
        "data.shipments[0].recipients[2].cc",
        "data.shipments[0].recipients[2].city",
        "data.shipments[1].recipients",
    } <= fields


def test_a_hundred_recipients_get_a_shipment_each(shop: Shop) -> None:
    several = [{**DUTCH, "person": f"Reader {number}"} for number in range(100)]
    body = {"carrier": 2, "options": {"package_type": 1}, "recipients": several}
    response = shop.post_shipments([body], RECIPIENTS)
    ids = [item["id"] for item in response.json()["data"]["ids"]]
    assert [each["recipient"] for each in shop.read(*ids)] == several


def test_blank_fields_of_a_form_are_not_kept(shop: Shop) -> None:
    blank = dutch(
        signature="",
        delivery_type="",
        delivery_date="",
        insurance={"amount": "", "currency": "EUR"},
    )
    [number] = shop.create(blank)
    assert shop.read(number)[0]["options"] == {"package_type": 1}


def test_a_saved_address_can_be_named(shop: Shop) -> None:
    [plain] = shop.read(*shop.create(shipment()))
    assert "recipient_address_id" not in plain
    [saving] = shop.create(shipment(general_settings={"save_recipient_address": 1}))
    [shown] = shop.read(saving)
    saved = {"id": shown["recipient_address_id"]}
    several = {"carrier": 2, "options": {"package_type": 1}, "recipients": [saved["id"], 9]}
    refused = shop.post_shipments([several], RECIPIENTS)
    assert refused.json()["errors"][0]["fields"] == ["data.shipments[0].recipients[1]"]
    several["recipients"] = [saved["id"]]
    response = shop.post_shipments([several], RECIPIENTS)
    [number] = [item["id"] for item in response.json()["data"]["ids"]]
    assert shop.read(number)[0]["recipient"] == DUTCH


@pytest.mark.parametrize(
    "quirk", [("myparcel.recipient_ids", False), ("myparcel.strict", True)], ids=repr
)
def test_a_saved_address_cannot_be_named_where_addresses_are_asked_for(
    shop: Shop, quirk: tuple[str, bool]
) -> None:
    shop.create(shipment(general_settings={"save_recipient_address": 1}))
    [saved] = shop.workspace.records("myparcel", "addresses")
    shop.workspace.quirk(*quirk)
    several = {"carrier": 2, "options": {"package_type": 1}, "recipients": [saved["id"]]}
    [error] = shop.post_shipments([several], RECIPIENTS).json()["errors"]
    assert error["human"] == [
        "data.shipments[0].recipients[0] Integer value found, but an object is required"
    ]


def test_an_address_is_saved_once_for_each_shop(shop: Shop) -> None:
    saving = shipment(general_settings={"save_recipient_address": 1})
    made = shop.create(saving, saving, changed(saving, "recipient.person", "Sem Kuiper"))
    first, second, other = (each["recipient_address_id"] for each in shop.read(*made))
    assert first == second != other
    shop.create(saving)
    shop.with_key("sim-myparcel-prepaid").create(saving)
    saved = shop.workspace.records("myparcel", "addresses")
    assert [(each["shop_id"], each["address"]["person"]) for each in saved] == [
        (77, "Noor Visser"),
        (77, "Sem Kuiper"),
        (78, "Noor Visser"),
    ]


@pytest.mark.parametrize(
    "content_type",
    [
        "application/vnd.shipment+json",
        "application/vnd.shipment+json; charset=utf-8",
        "application/vnd.shipment+json;charset=UTF-8",
        "application/vnd.shipment+json;charset=utf8",
        'Application/Vnd.Shipment+JSON ; Charset="utf-8"',
        "application/vnd.shipment+json;version=1.1;charset=utf-8",
    ],
)
def test_spellings_of_the_media_type(shop: Shop, content_type: str) -> None:
    assert shop.post_shipments([shipment()], content_type).status_code == 200


@pytest.mark.parametrize("quirk", [("myparcel.charset", "required"), ("myparcel.strict", True)])
def test_the_charset_may_have_to_be_told(shop: Shop, quirk: tuple[str, Any]) -> None:
    bare = "application/vnd.shipment+json"
    assert shop.post_shipments([shipment()], bare).status_code == 200
    shop.workspace.quirk(*quirk)
    refused = shop.post_shipments([shipment()], bare)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (415, 3101)
    assert shop.post_shipments([shipment()], f"{bare}; charset=utf-8").status_code == 200


@pytest.mark.parametrize(
    "body",
    [{}, {"data": None}, {"data": []}, {"data": {}}, {"data": {"shipments": []}}, []],
    ids=repr,
)
def test_a_body_without_shipments(shop: Shop, body: Any) -> None:
    response = shop.post(body)
    assert response.status_code == 422
    assert {error["code"] for error in response.json()["errors"]} == {0}


def test_the_type_of_the_answer_is_a_quirk(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.create_content_type", "shipment_ids")
    response = shop.post_shipments([shipment()])
    assert response.headers["content-type"] == "application/vnd.shipment_ids+json; charset=utf-8"


def test_references_are_the_twins(shop: Shop) -> None:
    named = shipment(reference_identifier="A-1")
    answer = shop.post_shipments([named, shipment()]).json()["data"]["ids"]
    assert [item["reference_identifier"] for item in answer] == ["A-1", None]
    shop.workspace.quirk("myparcel.edition", "2017")
    assert list(shop.post_shipments([named]).json()["data"]["ids"][0]) == ["id"]
    shop.workspace.quirk("myparcel.edition", "today")
    [item] = shop.post_shipments([shipment(carrier=1)]).json()["data"]["ids"]
    assert item["reference_identifier"] is None


def test_carriers_have_other_numbers_and_names_at_the_twin(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "today")
    assert shop.post_shipments([shipment(carrier=21)]).status_code == 422
    [number] = shop.create(shipment(carrier="postnl"))
    assert shop.read(number)[0]["carrier_id"] == 1


LABELS = "application/vnd.shipment_label+json"


def test_labels_can_be_asked_for_along_with_the_shipments(shop: Shop) -> None:
    body = {"data": {"shipments": [shipment()]}}
    shop.workspace.quirk("myparcel.edition", "2017")
    assert shop.post(body, Accept=LABELS).status_code == 406
    shop.workspace.quirk("myparcel.edition", "today")
    response = shop.post(body, Accept=LABELS)
    assert response.headers["content-type"] == f"{LABELS};charset=utf-8"
    data = response.json()["data"]
    [number] = [item["id"] for item in data["ids"]]
    assert shop.client.get(data["pdf"]["url"]).status_code == 404
    assert shop.read(number)[0]["status"] == 1
    shop.workspace.advance("2s")
    assert shop.client.get(data["pdf"]["url"]).content.startswith(b"%PDF-1.")
    assert shop.read(number)[0]["status"] == 2
    assert "shipment_label_created" in [hook["event"] for hook in shop.workspace.webhooks()]


def test_labels_of_a_prepaid_shop_fail_until_they_are_paid(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "today")
    prepaid = shop.with_key("sim-myparcel-prepaid")
    data = prepaid.post({"data": {"shipments": [shipment()]}}, Accept=LABELS).json()["data"]
    assert "pdf" not in data
    shop.workspace.advance("2s")
    assert prepaid.read(data["ids"][0]["id"])[0]["status"] == 1
    [event] = [hook for hook in shop.workspace.webhooks() if hook["event"].endswith("created")]
    assert event["body"]["data"]["hooks"][0]["reason"] == "payment required"
