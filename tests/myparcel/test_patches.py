"""Changing members of shipments one by one."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.myparcel.bodies import DUTCH, shipment
from tests.myparcel.client import SHIPMENT, Shop, faults
from tests.myparcel.tracked import move


def patch(shop: Shop, *items: Any) -> httpx2.Response:
    body = {"data": {"shipments": list(items)}}
    return shop.client.patch("/shipments", json=body, headers={"Content-Type": SHIPMENT})


def refused(response: httpx2.Response) -> list[tuple[int, str]]:
    assert response.status_code == 422, response.text
    return [(each.code, each.field.removeprefix("data.shipments[0].")) for each in faults(response)]


def concept(shop: Shop, **more: Any) -> int:
    [number] = shop.create({**shipment(), "carrier": 1, **more})
    return number


def registered(shop: Shop) -> int:
    number = concept(shop)
    assert shop.client.get(f"/shipment_labels/{number}").status_code == 200
    return number


def test_only_what_is_named_changes(today: Shop) -> None:
    number = concept(today, physical_properties={"weight": 700, "height": 10})
    [before] = today.read(number)
    changes = {
        "recipient": {"city": "Zeist"},
        "options": {"label_description": "B"},
        "physical_properties": {"weight": 800, "height": None},
        "reference_identifier": "B-2",
    }
    response = patch(today, {"id": number, **changes})
    assert (response.status_code, response.content) == (204, b"")
    [after] = today.read(number)
    assert after["recipient"] == {**before["recipient"], "city": "Zeist"}
    assert after["options"] == {**before["options"], "label_description": "B"}
    assert after["physical_properties"] == {"weight": 800}
    assert after["reference_identifier"] == "B-2"


@pytest.mark.parametrize(
    ("whole", "member", "value"),
    [
        ("recipient", "email", "noor@example.test"),
        ("recipient", "phone", "0301234567"),
        ("recipient", "number_suffix", "bis"),
        ("recipient", "company", "Noor BV"),
        ("recipient", "street_additional_info", "Aan de achterkant"),
        ("options", "label_description", "Kettle"),
        ("options", "signature", 1),
        ("options", "delivery_type", 2),
        ("physical_properties", "height", 10),
    ],
)
def test_null_takes_a_member_away(today: Shop, whole: str, member: str, value: Any) -> None:
    number = concept(today)
    put = {"weight": 500} if whole == "physical_properties" else {}
    assert patch(today, {"id": number, whole: {**put, member: value}}).status_code == 204
    assert today.read(number)[0][whole][member] == value
    response = patch(today, {"id": number, whole: {member: None}})
    assert response.status_code == 204, response.text
    assert member not in today.read(number)[0][whole]


def test_null_does_not_take_away_what_a_recipient_has_to_have(today: Shop) -> None:
    number = concept(today)
    [before] = today.read(number)
    for member in ("street", "city", "cc"):
        response = patch(today, {"id": number, "recipient": {member: None}})
        assert f"data.shipments[0].recipient.{member}" in {e.field for e in faults(response)}
    assert today.read(number) == [before]


@pytest.mark.parametrize("member", ["hidden", "delivered"])
def test_a_shop_may_hide_a_shipment_and_say_that_it_was_delivered(today: Shop, member: str) -> None:
    number = registered(today)
    assert patch(today, {"id": number, member: 1}).status_code == 204
    [kept] = today.workspace.records("myparcel", "shipments")
    assert kept[{"hidden": "hidden", "delivered": "said_delivered"}[member]] is True
    assert refused(patch(today, {"id": number, member: 7})) == [(0, member)]


def test_what_the_label_says_stays_once_there_is_one(today: Shop) -> None:
    number = registered(today)
    settings = {"printer_identifier": "desk 12"}
    kept = {"id": number, "reference_identifier": "B", "general_settings": settings}
    assert patch(today, kept).status_code == 204
    [shown] = today.read(number)
    assert (shown["reference_identifier"], shown["status"]) == ("B", 2)
    assert shown["general_settings"] == settings
    late = {"id": number, "recipient": DUTCH, "options": {"package_type": 1}}
    assert refused(patch(today, late)) == [(3717, "recipient"), (3717, "options")]


def test_a_status_is_one_that_the_shipment_can_come_to(today: Shop) -> None:
    number = concept(today)
    assert patch(today, {"id": number, "status": 2}).status_code == 204
    assert today.read(number)[0]["status"] == 2
    assert refused(patch(today, {"id": number, "status": 1})) == [(3713, "status")]


def test_a_status_further_on_is_come_to_through_those_between(today: Shop) -> None:
    number = registered(today)
    assert patch(today, {"id": number, "status": 7}).status_code == 204
    [shown] = today.read(number)
    assert (shown["status"], shown["delivered"]) == (7, True)
    [tracked] = today.client.get(f"/tracktraces/{number}").json()["data"]["tracktraces"]
    assert [event["status"] for event in tracked["history"]] == [5, 4, 3, 2]


@pytest.mark.parametrize(
    ("come_to", "asked"),
    [
        ((), 1000),
        ((), 0),
        ((), -1),
        ((), 12),
        ((3, 4, 5), 3),
        ((3, 4, 5), 2),
        ((3, 4, 5), 1),
        ((3, 4, 5, 7), 5),
        ((3, 4, 5, 7), 9),
        ((3, 4, 5), 12),
    ],
)
def test_a_status_that_cannot_come_next_is_refused(
    today: Shop, come_to: tuple[int, ...], asked: int
) -> None:
    number = registered(today)
    move(today, number, *come_to)
    before = today.read(number)
    wanted = {"id": number, "status": asked, "reference_identifier": "B"}
    assert refused(patch(today, wanted)) == [(3713, "status")]
    assert today.read(number) == before


@pytest.mark.parametrize("asked", ["delivered", [7], 2.5, True])
def test_a_status_is_a_number(today: Shop, asked: Any) -> None:
    number = registered(today)
    assert refused(patch(today, {"id": number, "status": asked})) == [(0, "status")]
    assert today.read(number)[0]["status"] == 2


def test_a_shipment_that_is_not_paid_for_cannot_leave_by_its_status(today: Shop) -> None:
    prepaid = today.with_key("sim-myparcel-prepaid")
    number = concept(prepaid)
    assert refused(patch(prepaid, {"id": number, "status": 2})) == [(3713, "status")]


def test_one_bad_change_leaves_everything_as_it_was(today: Shop) -> None:
    number = concept(today)
    response = patch(today, {"id": number, "reference_identifier": "B"}, {"id": 5})
    assert [each.code for each in faults(response)] == [3717]
    assert today.read(number)[0]["reference_identifier"] is None


def test_a_client_may_leave_out_what_it_sends(today: Shop) -> None:
    number = concept(today)
    body = f'{{"data": {{"shipments": [{{"id": {number}, "reference_identifier": "B"}}]}}}}'
    assert today.client.patch("/shipments", content=body).status_code == 204
    assert today.read(number)[0]["reference_identifier"] == "B"


def test_the_rules_of_a_create_hold(today: Shop) -> None:
    number = concept(today)
    abroad = {"id": number, "recipient": {"cc": "BE", "postal_code": "2000"}}
    assert (3711, "recipient.cc") in refused(patch(today, abroad))


def test_a_shipment_of_somebody_else_is_not_there(today: Shop) -> None:
    number = concept(today)
    other = today.with_key("sim-myparcel-prepaid")
    assert refused(patch(other, {"id": number, "hidden": 1})) == [(3717, "id")]


def test_the_document_of_2017_has_no_such_method(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    assert patch(shop, {"id": 1}).status_code == 405
