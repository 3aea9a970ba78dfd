"""GET /shipments and GET /shipments/{ids}: filters, pages, order, counts."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from dirty_equals import IsPartialDict, IsStr

from tests.myparcel.client import Shop
from tests.myparcel.listed import ids, listed, shipment


def test_a_shop_without_shipments_has_an_empty_list(shop: Shop) -> None:
    assert listed(shop) == {"shipments": [], "page": 1, "size": 0, "results": 0}


def test_shipments_come_by_ascending_id_with_true_counts(shop: Shop) -> None:
    first = shop.create(shipment(), shipment())
    second = shop.create(shipment())
    data = listed(shop)
    assert [item["id"] for item in data["shipments"]] == first + second
    assert (data["page"], data["size"], data["results"]) == (1, 3, 3)
    assert data["shipments"][0] == shop.read(first[0])[0]


def test_a_slash_before_the_query_is_tolerated(shop: Shop) -> None:
    created = shop.create(shipment())
    response = shop.client.get("/shipments/?page=1")
    assert [item["id"] for item in response.json()["data"]["shipments"]] == created


def test_other_shops_shipments_are_not_listed(shop: Shop) -> None:
    [other] = shop.with_key("sim-myparcel-prepaid").create(shipment())
    [own] = shop.create(shipment())
    assert ids(shop) == [own]
    assert [item["id"] for item in shop.read(other, own)] == [own]


def test_reading_by_ids_keeps_their_order_and_leaves_unknown_ones_out(shop: Shop) -> None:
    first, second, third = shop.create(*[shipment()] * 3)
    response = shop.client.get(f"/shipments/{third};99;{first}%3B{second};4294967296123;")
    data = response.json()["data"]
    assert [item["id"] for item in data["shipments"]] == [third, first, second]
    assert (data["page"], data["size"], data["results"]) == (1, 3, 3)


def test_an_unknown_id_gives_an_empty_list(shop: Shop) -> None:
    response = shop.client.get("/shipments/1234")
    assert response.status_code == 200
    assert response.json() == {"data": {"shipments": [], "page": 1, "size": 0, "results": 0}}


def test_reading_by_ids_gives_all_of_them_whatever_the_size_of_a_page(shop: Shop) -> None:
    many = shop.create(*[shipment()] * 40)
    assert [item["id"] for item in shop.read(*many)] == many


@pytest.mark.parametrize(
    "sought",
    [
        "niels",
        "Blauwgras",
        "9711lm",
        "order 7781",
        "gift",
        "77",
        "Voorbeeld",
        "2026-03-02",
        "585",
        "eur",
    ],
)
def test_a_search_reads_every_field_and_embedded_object(shop: Shop, sought: str) -> None:
    shop.create(
        shipment(
            {"label_description": "Order 7781, GIFT"},
            person="Niels Bakker",
            street="Blauwgras",
            postal_code="9711LM",
        )
    )
    assert listed(shop, f"q={sought}")["results"] == 1


@pytest.mark.parametrize(("sought", "found"), [("true", 1), ("TRUE", 1), ("false", 0)])
def test_a_search_reads_switches_as_json_has_them(shop: Shop, sought: str, found: int) -> None:
    shop.create({**shipment(), "general_settings": {"own_switch": True}})
    assert listed(shop, f"q={sought}")["results"] == found


def test_a_search_does_not_find_the_names_of_fields(shop: Shop) -> None:
    shop.create(shipment())
    assert listed(shop, "q=postal_code")["results"] == 0


def test_a_search_finds_text_in_any_script_and_a_plus_is_a_space(shop: Shop) -> None:
    [wanted] = shop.create(shipment(city="さいたま市", person="Jan Peter"))
    shop.create(shipment())
    assert ids(shop, "q=さいたま") == [wanted]
    assert ids(shop, "q=jan+peter") == [wanted]


def test_a_search_comes_newest_first_unless_the_query_orders_it(shop: Shop) -> None:
    first, second = shop.create(shipment(), shipment())
    assert ids(shop, "q=noor") == [second, first]
    assert ids(shop, "q=noor&order=ASC") == [first, second]


def test_a_search_can_show_its_list_a_second_time(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.search_results", True)
    shop.create(shipment())
    data = listed(shop, "q=noor&status=1")
    assert data["search_results"] == {
        name: data[name] for name in ("shipments", "page", "size", "results")
    }
    assert "search_results" not in listed(shop)


def test_a_search_text_has_at_most_255_characters(shop: Shop) -> None:
    refused(shop, "q=" + "x" * 256, 3208)


def test_statuses_are_a_list_separated_by_semicolons(shop: Shop) -> None:
    concept, registered = shop.create(shipment(), shipment())
    shop.workspace.do("myparcel.move", shipment=registered, to=2)
    assert ids(shop, "status=1") == [concept]
    assert ids(shop, "status=2") == [registered]
    assert ids(shop, "status=1;2") == [concept, registered]
    assert ids(shop, "status=1%3B101") == [concept]
    assert ids(shop, "status=7") == []


def test_from_and_to_bound_the_day_of_creation_both_included(shop: Shop) -> None:
    shop.workspace.freeze("2026-03-02T23:30:00+01:00")
    [monday] = shop.create(shipment())
    shop.workspace.freeze("2026-03-03T00:30:00+01:00")
    [tuesday] = shop.create(shipment())
    assert ids(shop, "to=2026-03-02") == [monday]
    assert ids(shop, "from=2026-03-03") == [tuesday]
    assert ids(shop, "from=2026-03-02&to=2026-03-03") == [monday, tuesday]
    assert ids(shop, "from=2026-03-02 23:30:01") == [tuesday]
    assert ids(shop, "to=2026-03-03 00:30:00") == [monday, tuesday]
    assert ids(shop, "to=9999-12-31") == [monday, tuesday]


def test_dropoff_today_finds_what_is_to_be_brought_today(shop: Shop) -> None:
    tomorrow = {"delivery_type": 2, "delivery_date": "2026-03-03 00:00:00"}
    later = {"delivery_type": 2, "delivery_date": "2026-03-05 00:00:00"}
    at_once, today, thursday, gone = shop.create(
        shipment(), shipment(tomorrow), shipment(later), shipment()
    )
    shop.workspace.do("myparcel.move", shipment=gone, to=2)
    shop.workspace.do("myparcel.move", shipment=gone, to=3)
    assert ids(shop, "dropoff_today=1") == [at_once, today]
    assert ids(shop, "dropoff_today=0") == [at_once, today, thursday, gone]


def test_what_is_delivered_on_monday_is_brought_on_friday(shop: Shop) -> None:
    monday = {"delivery_type": 2, "delivery_date": "2026-03-09 00:00:00"}
    created = shop.create(shipment(monday))
    shop.workspace.freeze("2026-03-06T10:00:00+01:00")
    assert ids(shop, "dropoff_today=1") == created
    shop.workspace.freeze("2026-03-07T10:00:00+01:00")
    assert ids(shop, "dropoff_today=1") == []


def test_pages_follow_one_another_and_count_all(shop: Shop) -> None:
    created = shop.create(*[shipment()] * 65)
    assert ids(shop) == created[:30]
    assert ids(shop, "page=2&size=30") == created[30:60]
    third = listed(shop, "page=3")
    assert [item["id"] for item in third["shipments"]] == created[60:]
    assert (third["page"], third["size"], third["results"]) == (3, 5, 65)
    assert listed(shop, "page=1000") == {"shipments": [], "page": 1000, "size": 0, "results": 65}


@pytest.mark.parametrize(
    ("size", "shown"), [(1, 30), (0, 30), (31, 31), (200, 200), (300, 200), (10**30, 200)]
)
def test_a_size_out_of_bounds_becomes_the_nearest(shop: Shop, size: int, shown: int) -> None:
    shop.create(*[shipment()] * 205)
    assert listed(shop, f"size={size}")["size"] == shown


def test_sizes_that_clients_ask_for_are_taken(shop: Shop) -> None:
    for size in (300, 800):
        assert shop.client.get(f"/shipments?size={size}").status_code == 200


@pytest.mark.parametrize(("size", "shown"), [(300, 300), (800, 320), (900, 320)])
def test_the_twin_gives_the_sizes_that_its_clients_ask_for(
    shop: Shop, size: int, shown: int
) -> None:
    shop.workspace.quirk("myparcel.edition", "today")
    for _ in range(4):
        shop.create(*[shipment()] * 80)
    assert listed(shop, f"size={size}")["size"] == shown


def test_results_can_be_the_recorded_number(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.list_results", "recorded")
    shop.create(shipment())
    assert listed(shop)["results"] == 5000
    assert listed(shop, "q=noor")["results"] == 1


@pytest.mark.parametrize(
    "sort",
    ["id", "created", "modified", "recipient", "options", "price", "region", "status"],
)
def test_any_field_sorts_in_both_directions(shop: Shop, sort: str) -> None:
    shop.create(shipment(city="Baarn"))
    shop.workspace.advance("1h")
    shop.create(shipment({"signature": 1}, city="Almere"))
    ascending = ids(shop, f"sort={sort}")
    assert ids(shop, f"sort={sort}&order=DESC") == ascending[::-1]
    assert ids(shop, f"sort={sort}&order=asc") == ascending


def test_sorting_puts_missing_values_first(shop: Shop) -> None:
    first, second = shop.create(shipment(), shipment())
    shop.workspace.do("myparcel.move", shipment=first, to=2)
    assert ids(shop, "sort=barcode") == [second, first]


def test_reading_by_ids_can_be_sorted_too(shop: Shop) -> None:
    first, second = shop.create(shipment(city="Baarn"), shipment(city="Almere"))
    response = shop.client.get(f"/shipments/{first};{second}?sort=recipient&size=30&page=2")
    assert [item["id"] for item in response.json()["data"]["shipments"]] == [second, first]
    assert shop.client.get(f"/shipments/{first}?sort=colour").status_code == 422


def test_reading_by_ids_can_be_filtered_too(shop: Shop) -> None:
    first, second = shop.create(shipment(), shipment(person="Niels Bakker"))
    shop.workspace.do("myparcel.move", shipment=first, to=2)
    for query, found in (("status=2", [first]), ("q=niels", [second]), ("to=2026-03-01", [])):
        response = shop.client.get(f"/shipments/{second};{first}?{query}")
        data = response.json()["data"]
        assert [item["id"] for item in data["shipments"]] == found
        assert data["results"] == len(found)
    assert shop.client.get(f"/shipments/{first}?status=concept").status_code == 422


def test_without_a_field_the_order_is_that_of_ids(shop: Shop) -> None:
    created = shop.create(shipment(), shipment())
    assert ids(shop, "order=DESC") == created[::-1]


def test_parameters_without_a_value_are_not_given(shop: Shop) -> None:
    created = shop.create(shipment())
    assert ids(shop, "q=&status=&from=&to=&page=&size=&sort=&order=&dropoff_today=") == created


def refused(shop: Shop, query: str, code: int, path: str = "/shipments") -> None:
    """The query is refused with that code, and the body says why."""
    response = shop.client.get(f"{path}?{query}")
    assert response.status_code == 422, response.text
    assert response.json() == IsPartialDict(
        message=IsStr(regex=r".+ \(request_id: \S+\)"),
        errors=[IsPartialDict(status=422, code=code, message=IsStr(min_length=10))],
    )


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("page=0", 3200),
        ("page=1001", 3200),
        ("page=two", 3200),
        ("page=1.5", 3200),
        ("size=many", 3201),
        ("size=1e2", 3201),
        ("sort=colour", 3202),
        ("sort=_encoded", 3202),
        ("order=UP", 3203),
        ("status=concept", 3205),
        ("status=1;20", 3205),
        ("status=0", 3205),
        ("status=;", 3205),
        ("from=yesterday", 3206),
        ("from=2026-02-30", 3206),
        ("from=0001-01-01", 3206),
        ("from=2026-W10", 3206),
        ("from=20260302", 3206),
        ("to=31-12-2026", 3207),
        ("dropoff_today=perhaps", 0),
    ],
)
def test_a_parameter_that_cannot_be_taken_is_named(shop: Shop, query: str, code: int) -> None:
    refused(shop, query, code)


@pytest.mark.parametrize(
    ("edition", "path", "largest"),
    [
        ("2017", "/shipments", 200),
        ("today", "/shipments", 800),
        ("today", "/accounts", 800),
        ("today", "/shops", 800),
    ],
)
@pytest.mark.parametrize("size", ["0", "-1", "29", "801", "100000"])
def test_a_size_that_is_read_as_another_is_told(
    shop: Shop, edition: str, path: str, largest: int, size: str
) -> None:
    shop.workspace.quirk("myparcel.edition", edition)
    assert shop.client.get(path, params={"size": size}).status_code == 200
    taken = min(max(int(size), 30), largest)
    told = f"size {size} was read as {taken}, since pages have 30 to {largest}"
    assert told in explained(shop)
    assert shop.client.get(path, params={"size": str(taken)}).status_code == 200
    assert "was read as" not in explained(shop)
    shop.workspace.quirk("myparcel.page_size", "refuse")
    refused(shop, f"size={size}", 3201, path)


def explained(shop: Shop) -> str:
    """The reasons of the newest exchange."""
    [newest] = shop.workspace.journal(limit=1)
    why: Any = shop.workspace.control.get(f"/journal/{newest['id']}").json()["why"]
    return str(why)


@pytest.mark.parametrize("edition", ["2017", "today"])
def test_shipments_have_no_history_to_sort_by(shop: Shop, edition: str) -> None:
    """It is a field of tracktraces (documented), and none that today's description lists."""
    shop.workspace.quirk("myparcel.edition", edition)
    refused(shop, "sort=history", 3202)
    [id] = shop.create(shipment())
    refused(shop, "sort=history", 3202, f"/shipments/{id}")


@pytest.mark.parametrize(
    ("quirk", "value"), [("myparcel.strict", True), ("myparcel.page_size", "refuse")]
)
@pytest.mark.parametrize("size", [29, 201, 300, 0])
def test_a_strict_size_is_refused(shop: Shop, quirk: str, value: Any, size: int) -> None:
    shop.workspace.quirk(quirk, value)
    refused(shop, f"size={size}", 3201)
    assert shop.client.get("/shipments?size=200").status_code == 200


def test_all_faults_of_a_query_are_told_together(shop: Shop) -> None:
    response = shop.client.get("/shipments?page=0&sort=x&from=y")
    assert [item["code"] for item in response.json()["errors"]] == [3202, 3200, 3206]


def test_the_twin_finds_shipments_by_their_reference(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "today")
    wanted, _ = shop.create(
        {**shipment(), "reference_identifier": "2026-17"},
        {**shipment(), "reference_identifier": "2026-171"},
    )
    assert ids(shop, "reference_identifier=2026-17") == [wanted]
    shop.workspace.quirk("myparcel.edition", "2017")
    assert len(ids(shop, "reference_identifier=2026-17")) == 2


def test_a_list_needs_a_key(shop: Shop) -> None:
    nobody = shop.with_key(None)
    for path in ("/shipments", "/shipments/1"):
        assert nobody.client.get(path).status_code == 401


def test_what_the_client_has_already_is_not_sent_again(shop: Shop) -> None:
    shop.create(shipment())
    tag = shop.client.get("/shipments").headers["etag"]
    again = shop.client.get("/shipments", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    shop.create(shipment())
    assert shop.client.get("/shipments", headers={"If-None-Match": tag}).status_code == 200


def test_a_list_is_json_or_csv(shop: Shop) -> None:
    shop.create(shipment())
    for accept in ("application/json;charset=utf8", "*/*", "text/html, */*;q=0.8"):
        response = shop.client.get("/shipments", headers={"Accept": accept})
        assert response.headers["content-type"] == "application/json;charset=utf-8"
    exported = shop.client.get("/shipments", headers={"Accept": "text/csv"})
    assert len(list(csv.reader(io.StringIO(exported.text)))) == 2
    assert shop.client.get("/shipments", headers={"Accept": "text/xml"}).status_code == 406
