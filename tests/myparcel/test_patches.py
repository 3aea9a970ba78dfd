"""Changing members of shipments one by one."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.myparcel.bodies import DUTCH, shipment
from tests.myparcel.client import SHIPMENT, Shop, faults


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
