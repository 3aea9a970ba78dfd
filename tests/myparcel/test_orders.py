"""Orders: made, read, changed and deleted."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from dirty_equals import IsStr

from tests.myparcel.client import Shop
from tests.myparcel.orders import ADDRESS, line, order, ordered, post, read

Json = dict[str, Any]


UUID = IsStr(regex=r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


NOBODYS = "59a285d7-7321-4d2e-b4b1-7f5dd5869609"


def test_an_order_is_answered_whole_with_its_uuids(today: Shop) -> None:
    wrapped = line("Mug", 2, price=1653, vat=347, price_after_vat=2000, instructions="gift wrap")
    [made] = ordered(today, order(line("Kettle"), wrapped, price=100, language="NL"))
    assert made == {
        "uuid": UUID,
        "fulfilment_partner_identifier": None,
        "external_identifier": "1025",
        "account_id": 501,
        "shop_id": 77,
        "reference_identifier": None,
        "has_notes": False,
        "invoice_address": ADDRESS,
        "language": "NL",
        "type": None,
        "price": 100,
        "vat": None,
        "price_after_vat": None,
        "status": "open",
        "origin": None,
        "payment_method": None,
        "shipment": {
            "recipient": ADDRESS,
            "pickup": None,
            "drop_off_point": None,
            "options": {"package_type": 1, "label_description": "#1025"},
            "physical_properties": {"weight": 1000},
            "customs_declaration": None,
            "carrier": 1,
            "contract_id": None,
        },
        "order_lines": [
            {
                "uuid": UUID,
                "quantity": 1,
                "shippable": True,
                "external_identifier": None,
                "price": None,
                "vat": None,
                "price_after_vat": None,
                "vat_percentage": None,
                "instructions": None,
                "product": {"sku": "kettle", "name": "Kettle"},
            },
            {
                "uuid": UUID,
                "quantity": 2,
                "shippable": True,
                "external_identifier": None,
                "price": 1653,
                "vat": 347,
                "price_after_vat": 2000,
                "vat_percentage": None,
                "instructions": "gift wrap",
                "product": {"sku": "mug", "name": "Mug"},
            },
        ],
        "order_shipments": [],
        "order_date": "2026-03-02 09:58:11",
        "created_at": "2026-03-02 10:15:00",
        "updated_at": "2026-03-02 10:15:00",
    }
    assert uuid.UUID(made["uuid"]).version == 4
    assert read(today, made["uuid"]) == [made]


def test_plugins_send_the_media_type_of_shipments_and_empty_lists(today: Shop) -> None:
    empty: Json = {
        "pickup": None,
        "customs_declaration": [],
        "drop_off_point": {"location_code": None},
    }
    posted = order(invoice_address=[])
    posted["shipment"] |= empty
    media = "application/vnd.shipment+json;charset=utf-8;version=1.1"
    response = post(today, posted, media=media)
    assert response.status_code == 200, response.text
    [made] = response.json()["data"]["orders"]
    assert made["invoice_address"] is None
    assert made["shipment"]["customs_declaration"] is None


@pytest.mark.parametrize("carrier", ["POSTNL", "postnl", "1", 1])
def test_a_carrier_may_be_named(today: Shop, carrier: Any) -> None:
    posted = order()
    posted["shipment"]["carrier"] = carrier
    assert ordered(today, posted)[0]["shipment"]["carrier"] == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"order_date": "soon"}, "data.orders[1].order_date"),
        ({"shipment": {"carrier": 99}}, "data.orders[1].shipment.carrier"),
        (
            {"shipment": {"options": {"package_type": 8}}},
            "data.orders[1].shipment.options.package_type",
        ),
        ({"order_lines": [{"quantity": 0}]}, "data.orders[1].order_lines[0].quantity"),
        ({"order_lines": [{"quantity": 1}]}, "data.orders[1].order_lines[0].product"),
        ({"shipment": 7}, "data.orders[1].shipment"),
        ({"shipment": None}, "data.orders[1].shipment NULL value found"),
    ],
)
def test_one_wrong_order_refuses_all(today: Shop, change: Json, field: str) -> None:
    response = post(today, order(), order(**change))
    assert response.status_code == 422, response.text
    assert field in response.text
    assert today.client.get("/fulfilment/orders").json()["data"]["results"] == 0


@pytest.mark.parametrize("value", [True, 0, "", "here", [7]])
@pytest.mark.parametrize(
    "place",
    [
        "invoice_address",
        *("shipment.pickup", "shipment.drop_off_point", "shipment.customs_declaration"),
        "shipment.physical_properties",
    ],
)
def test_what_is_no_object_is_refused_where_one_belongs(
    today: Shop, place: str, value: Any
) -> None:
    whole: Json = {"shipment": {}}
    name = place.removeprefix("shipment.")
    (whole if name == place else whole["shipment"])[name] = value
    made = ordered(today)[0]
    changed = {"data": {"orders": [{"uuid": made["uuid"], **whole}]}}
    for response in (
        post(today, order(**whole)),
        today.client.put("/fulfilment/orders", json=changed),
    ):
        assert response.status_code == 422, response.text
        assert f"data.orders[0].{place}" in response.text
    assert read(today, made["uuid"]) == [made]


@pytest.mark.parametrize("orders", [[], None, {}, [7]])
def test_a_body_without_orders(today: Shop, orders: Any) -> None:
    response = today.client.post("/fulfilment/orders", json={"data": {"orders": orders}})
    assert response.status_code == 422, response.text


@pytest.mark.parametrize("name", ["account_id", "shop_id"])
def test_an_order_of_another_shop_is_refused(today: Shop, name: str) -> None:
    response = post(today, order(**{name: 78}))
    assert response.status_code == 403, response.text
    assert response.json()["errors"][0]["code"] == 3001
    assert ordered(today, order(account_id=501, shop_id=77))


def test_the_journal_tells_what_stands_in_the_way_of_a_shipment(today: Shop) -> None:
    posted = order(colour="red")
    posted["shipment"]["recipient"] = {"city": "Hoofddorp", "postal_code": "2132 JE"}
    [made] = ordered(today, posted)
    assert made["shipment"]["recipient"] == {"city": "Hoofddorp", "postal_code": "2132 JE"}
    entry = today.workspace.journal()[-1]
    told = today.workspace.control.get(f"/journal/{entry['id']}").text
    assert "cannot be shipped as it is: shipment.recipient" in told
    assert "body.data.orders.0.colour" in told


def test_a_filter_that_is_not_known_is_told(today: Shop) -> None:
    today.client.get("/fulfilment/orders?statuss=open")
    entry = today.workspace.journal()[-1]
    explained = today.workspace.control.get(f"/journal/{entry['id']}").json()
    [unread] = explained["unread"]
    assert (unread["place"], unread["did_you_mean"]) == ("query.statuss", "status")


def test_what_a_change_leaves_out_stays(today: Shop) -> None:
    [made] = ordered(today)
    today.workspace.advance("1h")
    change = {"uuid": made["uuid"], "external_identifier": "1025-b"}
    response = today.client.put("/fulfilment/orders", json={"data": {"orders": [change]}})
    assert response.status_code == 200, response.text
    expected = {
        **made,
        "external_identifier": "1025-b",
        "updated_at": "2026-03-02 11:15:00",
    }
    assert response.json()["data"]["orders"] == [expected]
    assert read(today, made["uuid"]) == [expected]


def test_lines_that_are_sent_again_get_new_uuids(today: Shop) -> None:
    [made] = ordered(today)
    change = {"uuid": made["uuid"], "order_lines": [line("Kettle"), line("Mug", 3)]}
    response = today.client.put("/fulfilment/orders", json={"data": {"orders": [change]}})
    [changed] = response.json()["data"]["orders"]
    assert [each["quantity"] for each in changed["order_lines"]] == [1, 3]
    before, after = ({each["uuid"] for each in shown["order_lines"]} for shown in (made, changed))
    assert before.isdisjoint(after)


def test_all_changes_are_made_or_none(today: Shop) -> None:
    [made] = ordered(today)
    changes = [{"uuid": made["uuid"], "price": 7}, {"uuid": NOBODYS, "price": 7}]
    response = today.client.put("/fulfilment/orders", json={"data": {"orders": changes}})
    assert response.status_code == 404, response.text
    assert [error["code"] for error in response.json()["errors"]] == [3105]
    assert "JSON-SCHEMA" not in response.text
    [newest] = today.workspace.journal(limit=1)
    why = today.workspace.control.get(f"/journal/{newest['id']}").json()["why"]
    assert f"data.orders[1].uuid: there is no order {NOBODYS}" in str(why)
    assert read(today, made["uuid"]) == [made]


def test_only_open_orders_are_changed_and_deleted(today: Shop) -> None:
    [made] = ordered(today)
    today.workspace.do("myparcel.set_order_status", order=made["uuid"], status="cancelled")
    change = {"uuid": made["uuid"], "price": 7}
    response = today.client.put("/fulfilment/orders", json={"data": {"orders": [change]}})
    assert (response.status_code, "cancelled" in response.text) == (422, True)
    assert "JSON-SCHEMA" not in response.text
    response = today.client.delete(f"/fulfilment/orders/{made['uuid']}")
    assert (response.status_code, "cancelled" in response.text) == (422, True)
    assert read(today, made["uuid"])[0]["status"] == "cancelled"


def test_orders_are_deleted_together_or_not_at_all(today: Shop) -> None:
    first, second = (each["uuid"] for each in ordered(today, order(), order()))
    assert today.client.delete(f"/fulfilment/orders/{first};{NOBODYS}").status_code == 422
    assert len(read(today, first, second)) == 2
    response = today.client.delete(f"/fulfilment/orders/{first};{second}")
    assert (response.status_code, response.content) == (204, b"")
    assert today.client.get(f"/fulfilment/orders/{first}").status_code == 404


@pytest.mark.parametrize("wanted", [NOBODYS, "1", "%20", ";", f"{NOBODYS};{NOBODYS}"])
def test_an_order_that_there_is_not(today: Shop, wanted: str) -> None:
    response = today.client.get(f"/fulfilment/orders/{wanted}")
    assert response.status_code == 404, response.text
    assert response.json()["errors"][0]["code"] == 3105


def test_shops_do_not_see_each_others_orders(today: Shop) -> None:
    [made] = ordered(today)
    other = today.with_key("sim-myparcel-no-returns")
    assert other.client.get("/fulfilment/orders").json()["data"]["results"] == 0
    assert other.client.get(f"/fulfilment/orders/{made['uuid']}").status_code == 404
    assert other.client.delete(f"/fulfilment/orders/{made['uuid']}").status_code == 422
    change = {"uuid": made["uuid"], "price": 7}
    refused = other.client.put("/fulfilment/orders", json={"data": {"orders": [change]}})
    assert refused.status_code == 404
    assert other.client.get(f"/fulfilment/orders/{made['uuid']}/notes").status_code == 404
    assert read(today, made["uuid"]) == [made]


def test_there_are_no_orders_in_2017(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    assert shop.client.get("/fulfilment/orders").status_code == 404
    assert post(shop, order()).status_code == 404


def test_a_rule_looks_at_the_order_that_a_request_is_about(today: Shop) -> None:
    first, second = ordered(today, order(), order(external_identifier="1026"))
    about = {"external_identifier": "1026"}
    for operation in ("create_orders", "get_orders", "list_order_notes"):
        rule = {
            "when": {"operation": f"myparcel.{operation}", "resource": about},
            "fault": {"kind": "status", "status": 503},
        }
        made = today.workspace.control.post("/rules", json=rule)
        assert made.status_code == 201, made.text
    assert read(today, first["uuid"]) == [first]
    assert today.client.get(f"/fulfilment/orders/{second['uuid']}").status_code == 503
    assert today.client.get(f"/fulfilment/orders/{second['uuid']}/notes").status_code == 503
    assert post(today, order(external_identifier="1026")).status_code == 503
    assert ordered(today)


def test_an_order_needs_a_shipment_and_nothing_else(today: Shop) -> None:
    """Documented: shipments are required, lines and identifiers are not."""
    posted = {"shipment": order()["shipment"]}
    [made] = ordered(today, posted)
    assert (made["external_identifier"], made["order_lines"]) == (None, [])
    assert f"order {made['uuid']} has no lines" in explained(today)
    response = post(today, {"order_lines": [line("Mug")]})
    assert response.status_code == 422
    [error] = response.json()["errors"]
    assert error["human"] == ["data.orders[0].shipment The property shipment is required"]


def test_the_shipment_of_an_order_cannot_be_taken_away(today: Shop) -> None:
    [made] = ordered(today)
    body = {"data": {"orders": [{"uuid": made["uuid"], "shipment": None}]}}
    response = today.client.put("/fulfilment/orders", json=body)
    assert response.status_code == 422
    assert read(today, made["uuid"]) == [made]


def test_orders_with_one_identifier_are_told_in_the_journal(today: Shop) -> None:
    [first] = ordered(today)
    assert "as well" not in explained(today)
    [second] = ordered(today)
    assert first["external_identifier"] == second["external_identifier"]
    told = f"external_identifier '1025' is that of order {first['uuid']} as well"
    assert told in explained(today)
    [third] = ordered(today, order(external_identifier="1026"))
    assert "as well" not in explained(today)
    body = {"data": {"orders": [{"uuid": third["uuid"], "external_identifier": "1025"}]}}
    assert today.client.put("/fulfilment/orders", json=body).status_code == 200
    assert f"{first['uuid']}, {second['uuid']} as well" in explained(today)


def explained(shop: Shop) -> str:
    """The reasons of the newest exchange."""
    [newest] = shop.workspace.journal(limit=1)
    why: Any = shop.workspace.control.get(f"/journal/{newest['id']}").json()["why"]
    return str(why)


@pytest.mark.parametrize(
    "name", ["pickup", "drop_off_point", "customs_declaration", "physical_properties"]
)
@pytest.mark.parametrize("value", ["x", 5, True])
def test_what_of_an_ordered_shipment_is_an_object_is_nothing_else(
    today: Shop, name: str, value: Any
) -> None:
    def posted(value: Any) -> Any:
        order = {"shipment": {"recipient": ADDRESS, "carrier": 1, name: value}, "order_lines": []}
        return today.client.post("/fulfilment/orders", json={"data": {"orders": [order]}})

    assert [each.status_code for each in map(posted, ({}, [], None))] == [200, 200, 200]
    refused = posted(value)
    assert refused.status_code == 422
    assert f"data.orders[0].shipment.{name}" in refused.text
    assert "but an object is required" in refused.text
