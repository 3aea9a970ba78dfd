"""Shipments, and lists of them, as today's clients read them."""

from __future__ import annotations

from typing import Any

import pytest
from dirty_equals import IsStr

from tests.myparcel.bodies import DROP_OFF_POINT, DUTCH, PICKUP, shipment
from tests.myparcel.client import Shop
from tests.myparcel.tracked import move

Json = dict[str, Any]


def dutch(**changes: Any) -> Json:
    return {**shipment(), "carrier": 1, **changes}


def listed(today: Shop, **query: Any) -> list[int]:
    response = today.client.get("/shipments", params=query)
    assert response.status_code == 200, response.text
    return [each["id"] for each in response.json()["data"]["shipments"]]


def test_a_shipment_has_the_members_of_today(today: Shop) -> None:
    today.client.headers["User-Agent"] = "MyParcelNL-SDK/11.2 Magento/2.4"
    point = DROP_OFF_POINT
    [id] = today.create(dutch(reference_identifier="order-7", drop_off_point=point))
    [shown] = today.read(id)
    assert shown == {
        "id": id,
        "parent_id": None,
        "account_id": 501,
        "shop_id": 77,
        "shipment_type": 1,
        "recipient": DUTCH,
        "sender": shown["sender"],
        "status": 1,
        "options": {"package_type": 1},
        "general_settings": {"save_recipient_address": 0},
        "pickup": None,
        "customs_declaration": None,
        "physical_properties": None,
        "created": "2026-03-02 10:15:00",
        "modified": "2026-03-02 10:15:00",
        "reference_identifier": "order-7",
        "created_by": 501,
        "modified_by": 501,
        "transaction_status": "unpaid",
        "drop_off_point": point,
        "hidden": 0,
        "price": {"amount": shown["price"]["amount"], "currency": "EUR"},
        "barcode": None,
        "region": "NL",
        "external_provider": None,
        "external_provider_id": None,
        "payment_status": "unpaid",
        "carrier_id": 1,
        "contract_id": None,
        "platform_id": 1,
        "origin": None,
        "user_agent": "MyParcelNL-SDK/11.2 Magento/2.4",
        "secondary_shipments": [],
        "collection_contact": None,
        "multi_collo_main_shipment_id": None,
        "external_identifier": None,
        "delayed": False,
        "delivered": False,
        "link_consumer_portal": None,
        "partner_tracktraces": [],
        "pickup_request_number": None,
    }


def test_pages_are_shown_to_those_who_ask(today: Shop) -> None:
    [id] = today.create(dutch())
    barcode = move(today, id, 2)["barcode"]
    pages = {"link_consumer_portal": "1", "link_tracktrace": "true"}
    for path in (f"/shipments/{id}", "/shipments"):
        [shown] = today.client.get(path, params=pages).json()["data"]["shipments"]
        assert shown["link_consumer_portal"] == (
            f"https://myparcel.me/track-trace/{barcode}/3584CS/NL"
        )
        assert shown["link_tracktrace"] == IsStr(regex=rf"https://postnl\.nl/.*{barcode}.*")
    [shown] = today.read(id)
    assert (shown["link_consumer_portal"], "link_tracktrace" in shown) == (None, False)


def test_several_colli_are_whole_and_of_the_type_multi_collo(today: Shop) -> None:
    [main] = today.create(dutch(secondary_shipments=[{"reference_identifier": "second"}, {}]))
    [shown] = today.read(main)
    second, third = shown["secondary_shipments"]
    assert [each["shipment_type"] for each in (shown, second, third)] == [3, 3, 3]
    assert [each["multi_collo_main_shipment_id"] for each in (shown, second, third)] == [main] * 3
    assert (second["reference_identifier"], second["recipient"]) == ("second", DUTCH)
    beside = {"link_consumer_portal", "partner_tracktraces", "pickup_request_number"}
    assert set(shown) - set(second) == beside
    assert second["secondary_shipments"] == []
    [alone] = today.read(second["id"])
    assert alone == {**second, **{name: alone[name] for name in beside}}


def test_a_list_is_filtered_by_what_shipments_are(today: Shop) -> None:
    small, package, collo = today.create(
        dutch(options={"package_type": 2}, carrier=1),
        dutch(recipient={**DUTCH, "region": "Utrecht"}),
        dutch(secondary_shipments=[{}]),
    )
    barcode = move(today, package, 2, 3, 4, 5, 7)["barcode"]
    second = collo + 1
    everything = [small, package, collo, second]
    cases: list[tuple[Json, list[int]]] = [
        ({"barcode": barcode}, [package]),
        ({"barcode": f"3SMYPA000000000;{barcode}"}, [package]),
        ({"carrier_id": "1"}, everything),
        ({"carrier_id": "postnl;DPD"}, everything),
        ({"carrier_id": "bpost"}, []),
        ({"package_type": "mailbox"}, [small]),
        ({"package_type": "2;UNFRANKED"}, [small]),
        ({"shipment_type": "3"}, [collo, second]),
        ({"shipment_type": "1;2"}, [small, package]),
        ({"delivered": "1"}, [package]),
        ({"delivered": "false"}, [small, collo, second]),
        ({"delayed": "1"}, []),
        ({"hidden": "0"}, everything),
        ({"hidden": "true"}, []),
        ({"transaction_status": "unpaid"}, everything),
        ({"transaction_status": "paid;pending"}, []),
        ({"region": "utrecht"}, [package]),
        ({"region": "NL", "shop_id": "77"}, everything),
        ({"shop_id": "78"}, []),
        ({"created": "2026-03-02 10:15:00"}, everything),
        ({"created": "2026-03-03"}, []),
        ({"status": "7", "package_type": "1"}, [package]),
    ]
    for query, expected in cases:
        assert listed(today, **query) == expected, query
        assert listed(today, **query, sort="transaction_status") == expected, query


def test_created_is_the_first_moment_that_is_listed(today: Shop) -> None:
    """Documented: only what was created after this date, inclusive."""
    ids = []
    for at in ("2026-03-02T23:59:59", "2026-03-03T00:00:00", "2026-03-04T12:00:00"):
        today.workspace.freeze(f"{at}+01:00")
        ids += today.create(dutch())
    assert listed(today, created="2026-03-02") == ids
    assert listed(today, created="2026-03-03") == ids[1:]
    assert listed(today, created="2026-03-04 12:00:00") == ids[2:]
    assert listed(today, created="2026-03-04T12:00:01+01:00") == []
    assert listed(today, created="2026-03-03", to="2026-03-03") == ids[1:2]


def test_a_paid_shipment_of_a_prepaid_shop_is_told_as_paid(today: Shop) -> None:
    prepaid = today.with_key("sim-myparcel-prepaid")
    [id] = prepaid.create(dutch())
    states = [prepaid.read(id)[0]["transaction_status"]]
    assert prepaid.client.get(f"/shipment_labels/{id}").status_code == 402
    states.append(prepaid.read(id)[0]["payment_status"])
    today.workspace.do("myparcel.pay", shipment=id)
    states.append(prepaid.read(id)[0]["transaction_status"])
    assert states == ["unpaid", "pending", "paid"]
    assert listed(prepaid, transaction_status="paid") == [id]


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("carrier_id", "pigeon", 3222),
        ("carrier_id", ";", 3222),
        ("package_type", "9", 3223),
        ("shipment_type", "9", 3707),
        ("shop_id", "mine", 0),
        ("delivered", "perhaps", 0),
        ("hidden", "2", 0),
        ("transaction_status", "free", 0),
        ("created", "lately", 5000),
        ("link_tracktrace", "perhaps", 0),
        ("sort", "weight", 3202),
    ],
)
def test_a_filter_that_cannot_be_read_is_refused(
    today: Shop, name: str, value: str, code: int
) -> None:
    response = today.client.get("/shipments", params={name: value})
    assert response.status_code == 422
    [error] = response.json()["errors"]
    assert (error["code"], name in error["message"]) == (code, True)


def test_a_filter_or_field_that_nobody_knows_is_told_in_the_journal(today: Shop) -> None:
    listed(today, deliverd="1", bar_code="3SMYPA000000000")
    assert unread(today) == ["query.deliverd", "query.bar_code"]
    today.create(dutch(gift_wrap=1, physical_properties={"weigth": 100}))
    assert unread(today) == [
        "body.data.shipments.0.gift_wrap",
        "body.data.shipments.0.physical_properties.weigth",
    ]


def test_what_came_after_2017_is_unread_in_the_edition_of_2017(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    [id] = shop.create(shipment())
    assert listed(shop, delivered="1", link_tracktrace="1") == [id]
    assert unread(shop) == ["query.delivered", "query.link_tracktrace"]
    for path in ("/shipments", f"/shipments/{id}"):
        shop.client.get(path, params={"reference_identifier": "order-1"})
        assert unread(shop) == ["query.reference_identifier"]
    shop.client.get(f"/tracktraces/{id}", params={"extra_info": "delivery_moment"})
    assert unread(shop) == ["query.extra_info"]
    shop.create(shipment(drop_off_point={"location_code": "173187"}))
    assert unread(shop) == ["body.data.shipments.0.drop_off_point"]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (shipment(options={"package_type": 1, "age_check": 1}), "options.age_check"),
        (
            shipment(options={"package_type": 1, "saturday_delivery": 1}),
            "options.saturday_delivery",
        ),
        (shipment(options={"package_type": 1, "collect": 1}), "options.collect"),
        (shipment({**DUTCH, "box_number": "3"}), "recipient.box_number"),
        (shipment(pickup={**PICKUP, "retail_network_id": "LD-01"}), "pickup.retail_network_id"),
    ],
)
def test_a_member_that_came_after_2017_is_told_and_costs_nothing_there(
    shop: Shop, body: Any, place: str
) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    shop.create(shipment())
    shop.create(body)
    assert unread(shop) == [f"body.data.shipments.0.{place}"]
    plain, later = shop.workspace.records("myparcel", "shipments")
    assert later["price"] == plain["price"]


def unread(shop: Shop) -> list[str]:
    """What the newest exchange carried in vain."""
    [newest] = shop.workspace.journal(limit=1)
    entry = shop.workspace.control.get(f"/journal/{newest['id']}").json()
    return [each["place"] for each in entry["unread"]]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (True, "Boolean value found, but an object is required"),
        ("173187", "String value found, but an object is required"),
        ([7], "There must be a maximum of 0 items in the array"),
    ],
)
def test_a_drop_off_point_is_an_object(today: Shop, value: Any, told: str) -> None:
    [made] = today.create(dutch())
    for response in (
        today.post_shipments([dutch(drop_off_point=value)]),
        today.client.put(
            "/shipments",
            json={"data": {"shipments": [{"id": made, **dutch(drop_off_point=value)}]}},
        ),
    ):
        assert response.status_code == 422, response.text
        [error] = response.json()["errors"]
        assert error["human"] == [f"data.shipments[0].drop_off_point {told}"]


def test_an_empty_list_of_php_is_no_drop_off_point(today: Shop) -> None:
    [made] = today.create(dutch(drop_off_point=[]))
    [read] = today.read(made)
    assert read["drop_off_point"] is None
