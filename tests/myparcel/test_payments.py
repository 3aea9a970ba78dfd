"""Prepaid shops: 402 until the payment is made, on the page or by an action."""

from __future__ import annotations

import re
from typing import Any

import httpx2
import pytest
from dirty_equals import IsInt, IsPartialDict, IsStr

from tests.labels.samples import scan_pdf
from tests.myparcel.client import Shop
from tests.myparcel.parcels import letter, package

HASH = IsStr(regex="[0-9a-f]{40}")


def ask(shop: Shop, ids: list[int]) -> httpx2.Response:
    return shop.client.get(f"/shipment_labels/{';'.join(map(str, ids))}")


def instruction(shop: Shop, ids: list[int]) -> dict[str, Any]:
    response = ask(shop, ids)
    assert response.status_code == 402, response.text
    [found] = response.json()["data"]["payment_instructions"]
    assert isinstance(found, dict)
    return found


def test_a_label_has_to_be_paid_for_first(prepaid: Shop) -> None:
    ids = prepaid.create(package(signature=1))
    response = ask(prepaid, ids)
    assert response.status_code == 402
    assert response.headers["content-type"] == "application/json;charset=utf-8"
    found = response.json()
    [given] = found["data"]["payment_instructions"]
    assert found == {
        "data": {
            "payment_instructions": [
                {
                    "id": given["hash"],
                    "hash": HASH,
                    "invoices": {
                        "id": IsInt(),
                        "number": IsStr(regex=r"1026\d{8}"),
                        "status": 102,
                    },
                    "type": 1,
                    "notification_hash": HASH,
                    "original_notification_hash": given["notification_hash"],
                    "payment_url": f"{prepaid.base_url}/_pay/{given['hash']}",
                    "paid": 0,
                    "price": {"amount": 620, "currency": "EUR"},
                }
            ]
        }
    }
    assert list(given) == [
        "id",
        "hash",
        "invoices",
        "type",
        "notification_hash",
        "original_notification_hash",
        "payment_url",
        "paid",
        "price",
    ]
    assert prepaid.read(*ids)[0] == IsPartialDict(status=1, barcode=None)


def test_asking_again_gives_the_same_instruction(prepaid: Shop) -> None:
    ids = prepaid.create(package())
    first = instruction(prepaid, ids)
    prepaid.workspace.advance("3h")
    assert instruction(prepaid, ids) == first


def test_the_order_of_the_ids_makes_no_difference(prepaid: Shop) -> None:
    ids = prepaid.create(package(), package())
    assert instruction(prepaid, ids[::-1]) == instruction(prepaid, ids)


def test_one_instruction_covers_all_that_is_unpaid(prepaid: Shop) -> None:
    ids = prepaid.create(package(), package(signature=1), package())
    prepaid.workspace.do("myparcel.pay", shipment=ids[0])
    asked = instruction(prepaid, ids)
    assert asked["price"]["amount"] == 585 + 620
    paid = prepaid.workspace.do("myparcel.pay", hash=asked["hash"])
    assert paid == {
        "hash": asked["hash"],
        "status": "paid",
        "amount": 1205,
        "shipments": ids[1:],
    }
    assert len(scan_pdf(ask(prepaid, ids).content)) == 3


def test_paying_releases_the_label(prepaid: Shop) -> None:
    ids = prepaid.create(package())
    instruction(prepaid, ids)
    prepaid.workspace.do("myparcel.pay", shipment=ids[0])
    response = ask(prepaid, ids)
    assert response.status_code == 200
    assert scan_pdf(response.content) == [[("Code128", prepaid.read(*ids)[0]["barcode"])]]


def test_a_shop_that_pays_later_is_not_asked(shop: Shop) -> None:
    assert ask(shop, shop.create(package(), package())).status_code == 200


def test_what_costs_nothing_needs_no_payment(prepaid: Shop) -> None:
    assert ask(prepaid, prepaid.create(letter())).status_code == 200


@pytest.mark.parametrize("action", ["fail_payment", "expire_payment"])
def test_after_a_payment_that_came_to_nothing_there_is_a_new_one(
    prepaid: Shop, action: str
) -> None:
    ids = prepaid.create(package())
    first = instruction(prepaid, ids)
    ended = prepaid.workspace.do(f"myparcel.{action}", shipment=ids[0])
    assert ended["status"] in ("failed", "expired")
    second = instruction(prepaid, ids)
    assert second["hash"] != first["hash"]
    assert second["invoices"]["id"] == first["invoices"]["id"] + 1


def test_paying_for_a_shipment_ends_other_payments_for_it(prepaid: Shop) -> None:
    ids = prepaid.create(package(), package())
    alone = instruction(prepaid, ids[:1])
    together = instruction(prepaid, ids)
    assert together["hash"] != alone["hash"]
    prepaid.workspace.do("myparcel.pay", hash=alone["hash"])
    rest = instruction(prepaid, ids)
    assert rest["price"]["amount"] == 585
    assert rest["hash"] != together["hash"]
    states = {
        item["hash"]: item["status"] for item in prepaid.workspace.records("myparcel", "payments")
    }
    assert states == {alone["hash"]: "paid", together["hash"]: "expired", rest["hash"]: "open"}


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({}, "Give either hash or shipment."),
        ({"hash": "a", "shipment": 1}, "Give either hash or shipment."),
        ({"hash": "nothing"}, "There is no payment nothing."),
        ({"shipment": 99}, "There is no shipment 99."),
    ],
)
def test_actions_on_payments_that_are_not_there_are_refused(
    prepaid: Shop, arguments: dict[str, Any], complaint: str
) -> None:
    response = prepaid.workspace.control.post("/actions/myparcel.pay", json=arguments)
    assert response.status_code == 409
    assert complaint in response.text


def test_a_payment_is_made_once(prepaid: Shop) -> None:
    ids = prepaid.create(package())
    asked = instruction(prepaid, ids)
    prepaid.workspace.do("myparcel.pay", hash=asked["hash"])
    control = prepaid.workspace.control
    again = control.post("/actions/myparcel.pay", json={"hash": asked["hash"]})
    assert again.status_code == 409
    assert "was paid already" in again.text
    again = control.post("/actions/myparcel.pay", json={"shipment": ids[0]})
    assert "has nothing to pay" in again.text


def test_what_was_deleted_meanwhile_is_not_paid_for(prepaid: Shop) -> None:
    ids = prepaid.create(package(), package(signature=1))
    asked = instruction(prepaid, ids)
    assert prepaid.client.delete(f"/shipments/{ids[1]}").status_code == 201
    paid = prepaid.workspace.do("myparcel.pay", hash=asked["hash"])
    assert (asked["price"]["amount"], paid["amount"]) == (585 + 620, 585)
    assert paid["shipments"] == ids[:1]
    assert ask(prepaid, ids[:1]).status_code == 200


def test_a_letter_has_nothing_to_pay(prepaid: Shop) -> None:
    [number] = prepaid.create(letter())
    answer = prepaid.workspace.control.post("/actions/myparcel.pay", json={"shipment": number})
    assert answer.status_code == 409
    assert "has nothing to pay" in answer.text
    assert prepaid.workspace.records("myparcel", "payments") == []


def test_a_payment_that_expired_cannot_be_made(prepaid: Shop) -> None:
    ids = prepaid.create(package())
    asked = instruction(prepaid, ids)
    prepaid.workspace.do("myparcel.expire_payment", hash=asked["hash"])
    again = prepaid.workspace.control.post("/actions/myparcel.pay", json={"hash": asked["hash"]})
    assert again.status_code == 409
    assert re.search("is expired; ask for the labels again", again.text)


def test_there_is_nothing_to_pay_for_what_was_deleted(prepaid: Shop) -> None:
    ids = prepaid.create(package(), package())
    told = instruction(prepaid, ids)
    assert prepaid.client.delete(f"/shipments/{ids[0]};{ids[1]}").status_code == 201
    response = prepaid.workspace.control.post("/actions/myparcel.pay", json={"hash": told["hash"]})
    assert response.status_code == 409
    assert "its shipments were deleted" in response.json()["detail"]
    page = prepaid.client.post(told["payment_url"], data={"decision": "pay"})
    assert page.status_code == 303
    [payment] = prepaid.workspace.records("myparcel", "payments")
    assert payment["status"] == "open"


def test_the_id_of_an_instruction_may_be_a_number(prepaid: Shop) -> None:
    prepaid.workspace.quirk("myparcel.payment_ids", "integer")
    told = instruction(prepaid, prepaid.create(package()))
    assert (told["id"], told["hash"]) == (IsInt(), HASH)
    assert told["id"] != told["invoices"]["id"]
    assert str(told["id"]) != told["invoices"]["number"]
