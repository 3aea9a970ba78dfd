"""Lists of orders: pages and filters."""

from __future__ import annotations

import pytest

from tests.myparcel.client import Shop
from tests.myparcel.orders import ADDRESS, order, ordered


def test_the_list_goes_page_by_page(today: Shop) -> None:
    ordered(today, *(order(external_identifier=str(number)) for number in range(12)))
    data = today.client.get("/fulfilment/orders").json()["data"]
    assert [each["external_identifier"] for each in data["orders"]] == [
        str(number) for number in range(10)
    ]
    assert (data["page"], data["size"], data["results"]) == (1, 10, 12)
    data = today.client.get("/fulfilment/orders?page=3&per_page=5").json()["data"]
    assert [each["external_identifier"] for each in data["orders"]] == ["10", "11"]
    assert (data["page"], data["size"], data["results"]) == (3, 5, 12)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=kettle", ["1", "2"]),
        ("q=UTRECHT", ["2"]),
        ("q=nothing", []),
        ("q=tru", ["1", "2"]),
        ("q=2026-03-02 10:15:00", ["1", "2"]),
        ("status=open", ["2"]),
        ("status=open;cancelled", ["1", "2"]),
        ("status=processed", []),
        ("from=2026-03-02&to=2026-03-02", ["1", "2"]),
        ("from=2026-03-03", []),
        ("to=2026-03-01", []),
        ("to=2026-03-02 10:15:00", ["1", "2"]),
        ("barcode=3SMYPA000000001", []),
    ],
)
def test_the_list_is_filtered(today: Shop, query: str, found: list[str]) -> None:
    elsewhere = order(external_identifier="2", invoice_address={**ADDRESS, "city": "Utrecht"})
    ordered(today, order(external_identifier="1"), elsewhere)
    today.workspace.do("myparcel.set_order_status", order="1", status="cancelled")
    orders = today.client.get(f"/fulfilment/orders?{query}").json()["data"]["orders"]
    assert [each["external_identifier"] for each in orders] == found


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("page=0", 3200),
        ("page=a", 3200),
        ("per_page=0", 3201),
        ("per_page=1001", 3201),
        ("status=lost", 3205),
        ("from=soon", 3206),
        ("to=2026-02-30", 3207),
        (f"q={'a' * 256}", 3208),
    ],
)
def test_a_filter_that_cannot_be_taken(today: Shop, query: str, code: int) -> None:
    response = today.client.get(f"/fulfilment/orders?{query}")
    assert response.status_code == 422, response.text
    assert response.json()["errors"][0]["code"] == code
