"""The shipment list: filters, sorting, paging, and what it hides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.inpost.shipx import (
    ADDRESS,
    POSTPAID,
    RECEIVER,
    Json,
    bought,
    c2c,
    courier,
    create,
    get,
    ids,
    listed,
    locker,
    prepared,
    refusal,
    wrong,
)
from tests.support.server import Workspace

LIST = "/v1/organizations/1/shipments"


def test_the_envelope_and_its_links(workspace: Workspace) -> None:
    made = [create(workspace, locker())["id"] for _ in range(3)]
    response = workspace.client.get(f"{LIST}?per_page=2&reference=x&foo=1")
    page = response.json()
    base = f"{workspace.inpost_url}{LIST}?owner_id=701"
    tail = "per_page=2&sort_by=id&sort_order=desc"
    assert list(page) == ["href", "count", "page", "per_page", "items"]
    assert page["href"] == f"{base}&page=1&{tail}"
    assert (page["count"], page["page"], page["per_page"]) == (3, 1, 2)
    assert ids(page) == made[:0:-1]
    assert page["items"][0] == get(workspace, made[2])
    assert response.headers["link"] == ", ".join(
        [
            f'<{base}&page=2&{tail}>; rel="next"',
            f'<{base}&page=2&{tail}>; rel="last"',
            f'<{base}&{tail}>; rel="previous"',
            f'<{base}&page=1&{tail}>; rel="first"',
        ]
    )


def test_an_empty_list_ends_with_page_nought(workspace: Workspace) -> None:
    response = workspace.client.get(LIST)
    assert (response.json()["count"], response.json()["items"]) == (0, [])
    assert "page=0&" in response.headers["link"].split(", ")[1]


def test_paging_is_lenient(workspace: Workspace) -> None:
    create(workspace, locker())
    for query, page, per_page, shown in (
        ("", 1, 100, 1),
        ("?page=0", 1, 100, 1),
        ("?page=abc", 1, 100, 1),
        ("?per_page=500", 1, 100, 1),
        ("?page=7", 7, 100, 0),
        ("/?page=1", 1, 100, 1),
    ):
        found = listed(workspace, query)
        assert (found["page"], found["per_page"], len(found["items"])) == (page, per_page, shown)
        assert found["count"] == 1


def test_the_documented_profile(workspace: Workspace) -> None:
    for name, value in (
        ("inpost.default_per_page", 30),
        ("inpost.default_sort", "created_at"),
        ("inpost.list_envelope_order", "per_page_first"),
    ):
        workspace.quirk(name, value)
    page = listed(workspace)
    assert list(page) == ["href", "count", "per_page", "page", "items"]
    assert page["per_page"] == 30
    assert "sort_by=created_at" in page["href"]


def test_a_foreign_list(workspace: Workspace) -> None:
    for number in ("2", "99", "wrong_id", "0"):
        response = workspace.client.get(f"/v1/organizations/{number}/shipments")
        assert (response.status_code, response.json()["error"]) == (403, "forbidden")
    workspace.quirk("inpost.foreign_organization", 404)
    response = workspace.client.get("/v1/organizations/2/shipments")
    missing = refusal("resource_not_found", "Resource not found.", {}, 404)
    assert (response.status_code, response.json()) == (404, missing)
    assert workspace.inpost("nonsense").get(LIST).status_code == 401


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=confirmed", True),
        ("status=created,confirmed", True),
        ("status=created", False),
        ("service=inpost_locker_standard", True),
        ("service=inpost_courier_c2c", False),
        ("carrier=inpost_locker", True),
        ("carrier=inpost_courier", False),
        ("tracking_number={tracking_number}", True),
        ("tracking_number=123", False),
        ("tracking_number_cont=15000001", True),
        ("tracking_number_cont=77777777777", False),
        ("created_at=2026-03-02T10:15:00%2B01:00", True),
        ("created_at=1772442900", True),
        ("created_at=2026-03-02T10:15:01%2B01:00", False),
        ("created_at_gteq=2026-03-02T10:15:00%2B01:00", True),
        ("created_at_gteq=2026-03-02T10:15:00+01:00", True),
        ("created_at_gteq=1772442900", True),
        ("created_at_gteq=1772442901", False),
        ("created_at_gteq=2026-03-03", False),
        ("created_at_lteq=1772442900", True),
        ("created_at_lteq=2026-03-02T09:15:00Z", True),
        ("created_at_lteq=1772442899", False),
        ("created_at_gteq=sometime", True),
        ("insurance_amount_gteq=100", True),
        ("insurance_amount_gteq=100.01", False),
        ("insurance_amount_lteq=100", True),
        ("insurance_amount_lteq=99,99", False),
        ("cod_amount_gteq=50", True),
        ("cod_amount_gteq=51", False),
        ("cod_amount_lteq=50", True),
        ("cod_amount_lteq=49.99", False),
        ("cod_amount_lteq=much", True),
        ("receiver_name=malinowska", True),
        ("receiver_name=Ewa%20Mal", True),
        ("receiver_name=Nowak", False),
        ("receiver_address=d%C5%82uga", True),
        ("receiver_address=Prosta", False),
        ("receiver_city=Krak%C3%B3w", True),
        ("receiver_city=Gda%C5%84sk", False),
        ("receiver_post_code=31-147", True),
        ("receiver_post_code=00-001", False),
        ("receiver_country_code=PL", True),
        ("receiver_country_code=DE", False),
        ("receiver_phone=501502503", True),
        ("receiver_phone=600", False),
        ("receiver_email=ewa@example.com", True),
        ("receiver_email=adam", False),
        ("sender_name=sklep", True),
        ("sender_name=ewa", False),
        ("sender_address=prosta%201", True),
        ("sender_city=Warszawa", True),
        ("sender_city=Krak%C3%B3w", False),
        ("sender_post_code=00-838", True),
        ("sender_country_code=PL", True),
        ("sender_phone=600700800", True),
        ("sender_email=biuro1", True),
        ("monitoring=true", True),
        ("monitoring=false", True),
        ("external_customer_id=shop-7", True),
        ("external_customer_id=shop", False),
        ("sending_method=parcel_locker", True),
        ("sending_method=pop", False),
        ("only_choice_active_offers=true", False),
        ("only_choice_active_offers=false", True),
        ("offers_status=bought", True),
        ("offers_status=available", False),
        ("reference=NOTHING", True),
        ("status=", True),
        ("status=confirmed&receiver_city=Gda%C5%84sk", False),
    ],
)
def test_a_filter(workspace: Workspace, query: str, found: bool) -> None:
    shipment = bought(
        workspace,
        locker(
            receiver={**RECEIVER, "address": ADDRESS},
            cod={"amount": 50},
            insurance={"amount": 100},
            external_customer_id="shop-7",
        ),
    )
    page = listed(workspace, f"?{query.format(**shipment)}")
    assert page["count"] == (1 if found else 0)


def test_filters_that_make_no_sense_vanish_from_the_echo(workspace: Workspace) -> None:
    href = listed(workspace, "?created_at_gteq=sometime&reference=x&status=created")["href"]
    assert href.endswith(
        "?owner_id=701&page=1&per_page=100&sort_by=id&sort_order=desc&status=created"
    )


def test_one_find_by_a_later_parcels_number(workspace: Workspace) -> None:
    shipment = bought(workspace, courier(), POSTPAID)
    query = f"?tracking_number={shipment['parcels'][1]['tracking_number']}"
    assert ids(listed(workspace, query, POSTPAID)) == [shipment["id"]]


def test_a_receiver_without_an_address_is_not_found_by_one(workspace: Workspace) -> None:
    create(workspace, locker())
    for name in ("address", "city", "post_code", "country_code"):
        assert listed(workspace, f"?receiver_{name}=a")["count"] == 0
    assert listed(workspace, "?created_at=sometime&created_at_lteq=sometime")["count"] == 1


def test_shipments_that_wait_for_a_choice(workspace: Workspace) -> None:
    shipment = prepared(workspace)
    assert ids(listed(workspace, "?only_choice_active_offers=true")) == [shipment["id"]]
    assert ids(listed(workspace, "?offers_status=available")) == [shipment["id"]]
    assert ids(listed(workspace, "?monitoring=1")) == []
    workspace.advance("10m")
    assert ids(listed(workspace, "?only_choice_active_offers=true")) == []


Value = Callable[[Json], Any]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", lambda item: item["id"]),
        ("created_at", lambda item: item["created_at"]),
        ("tracking_number", lambda item: item["tracking_number"] or ""),
        ("service", lambda item: item["service"]),
        ("status", lambda item: item["status"]),
        ("insurance_amount", lambda item: item["insurance"]["amount"] or 0),
        ("cod_amount", lambda item: item["cod"]["amount"] or 0),
        ("external_customer_id", lambda item: item["external_customer_id"] or ""),
    ],
)
def test_sorting(workspace: Workspace, name: str, value: Value) -> None:
    create(workspace, locker(cod={"amount": 30}, external_customer_id="b"))
    workspace.advance("2s")
    create(workspace, c2c(insurance={"amount": 20}, external_customer_id="c"))
    workspace.advance("2s")
    create(workspace, locker(cod={"amount": 10}, insurance={"amount": 10}))
    for order, reverse in (("asc", False), ("DESC", True), ("sideways", True)):
        page = listed(workspace, f"?sort_by={name}&sort_order={order}")
        values = [value(item) for item in page["items"]]
        assert values == sorted(values, reverse=reverse)
        assert (
            f"sort_by={name}&sort_order={order.lower() if order != 'sideways' else 'desc'}"
            in (page["href"])
        )


def test_an_unknown_sort_key_counts_as_not_given(workspace: Workspace) -> None:
    assert "sort_by=id&" in listed(workspace, "?sort_by=reference")["href"]


def test_lists_of_ids(workspace: Workspace) -> None:
    first, second = create(workspace, locker())["id"], create(workspace, locker())["id"]
    foreign = create(workspace, courier(), POSTPAID)["id"]
    for text in (
        f"{first},{second}",
        f"{first},{first}, {second} ,,00{first},-1,1.5,99,{foreign}",
    ):
        page = listed(workspace, f"?id={text}")
        assert ids(page) == [second, first]
        assert "owner_id" not in page["href"]
    assert "id=15000001%2C15000002&page=1" in listed(workspace, f"?id={first},{second}")["href"]
    assert ids(listed(workspace, "?id=99")) == []
    assert len(ids(listed(workspace, "?id="))) == 2


@pytest.mark.parametrize("text", ["abc", "0", "9223372036854775807", "9223372036854775808"])
def test_ids_that_fail_the_whole_call(workspace: Workspace, text: str) -> None:
    number = create(workspace, locker())["id"]
    response = workspace.client.get(f"{LIST}?id={number},{text}")
    expected = wrong({"shipment": [f"id_{text}_does_not_exist"]})
    assert (response.status_code, response.json()) == (400, expected)


def test_a_list_of_ids_does_not_obey_paging(workspace: Workspace) -> None:
    made = ",".join(str(create(workspace, locker())["id"]) for _ in range(7))
    pages = [listed(workspace, f"?id={made}&per_page=3&page={page}") for page in (1, 2)]
    assert [(page["count"], page["per_page"]) for page in pages] == [(7, 3), (7, 3)]
    # As recorded: seven are served where three were asked for, and three of them again.
    assert ids(pages[1]) == ids(pages[0])[3:6]
    assert len(ids(pages[0])) == 7
    workspace.quirk("inpost.id_filter_ignores_paging", False)
    assert len(listed(workspace, f"?id={made}&per_page=3")["items"]) == 3


@pytest.mark.parametrize("name", ["created_at", "created_at_gteq", "created_at_lteq"])
def test_the_time_that_a_shipment_shows_finds_it(workspace: Workspace, name: str) -> None:
    workspace.freeze("2026-03-02T10:15:00.120789+01:00")
    shipment = create(workspace, locker())
    assert shipment["created_at"] == "2026-03-02T10:15:00.120+01:00"
    assert ids(listed(workspace, f"?{name}={shipment['created_at']}")) == [shipment["id"]]


@pytest.mark.parametrize("amount", ["1e999999", "-1e999999", "1e-999999", "9" * 500])
def test_amounts_beyond_all_measure_break_nothing(workspace: Workspace, amount: str) -> None:
    assert listed(workspace, f"?cod_amount_gteq={amount}")["items"] == []
    assert listed(workspace, f"?insurance_amount_lteq={amount}")["items"] == []


def test_cancelled_shipments_hide(workspace: Workspace) -> None:
    number = create(workspace, locker())["id"]
    workspace.client.delete(f"/v1/shipments/{number}")
    assert listed(workspace)["count"] == 0
    assert listed(workspace, "?status=canceled")["count"] == 0
    assert ids(listed(workspace, f"?id={number}")) == [number]
    assert get(workspace, number)["status"] == "canceled"
    workspace.quirk("inpost.hide_cancelled", False)
    assert ids(listed(workspace, "?status=canceled")) == [number]


def test_the_listing_lag(workspace: Workspace) -> None:
    workspace.quirk("inpost.listing_lag", 5)
    number = create(workspace, locker())["id"]
    assert listed(workspace)["count"] == 0
    assert listed(workspace, f"?id={number}")["count"] == 1
    workspace.advance("4900ms")
    assert listed(workspace)["count"] == 0
    workspace.advance("100ms")
    assert listed(workspace)["count"] == 1


def test_weekend_parcels_can_be_searched(workspace: Workspace) -> None:
    workspace.freeze("2026-03-06T10:00:00+01:00")
    weekend = create(workspace, locker(end_of_week_collection=True))["id"]
    plain = create(workspace, locker())["id"]
    for text, found in (("true", [weekend]), ("false", [plain]), ("maybe", [plain, weekend])):
        page = listed(workspace, f"?end_of_week_collection={text}")
        assert ids(page) == found
        assert (f"end_of_week_collection={text}" in page["href"]) is (text != "maybe")
