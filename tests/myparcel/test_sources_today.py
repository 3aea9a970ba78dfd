"""What explains an answer of today cites what is known of today, not the document of 2017."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from simulator.http.described.specification import load_editions
from simulator.resources import overlay_path, spec_path
from tests.myparcel.bodies import CUSTOMS, DUTCH, SWISS, dutch, shipment
from tests.myparcel.client import Shop

TODAY: dict[str, Any] = (
    load_editions(
        spec_path("myparcel"),
        {"2017": None, "today": overlay_path("myparcel", "today")},
        "today",
        {},
    )
    .each["today"]
    .spec
)
OLD = ("document of 2017", "documents of 2017", "MyParcel.com API document", "api.myparcel.com")
_ITEM = CUSTOMS["items"][0]
_POSTNL = {"carrier": 1}


def abroad(**declaration: Any) -> dict[str, Any]:
    return {
        **shipment(SWISS, physical_properties={"weight": 950}),
        "customs_declaration": {**CUSTOMS, **declaration},
    }


def item(**members: Any) -> dict[str, Any]:
    return abroad(items=[{**_ITEM, **members}])


CREATES = [
    shipment({**DUTCH, "postal_code": "2132"}),
    shipment({**DUTCH, "number": "x"}),
    shipment({**DUTCH, "cc": "XX"}),
    shipment({**DUTCH, "street": "x" * 41}),
    shipment({**DUTCH, "email": "x"}),
    shipment({**DUTCH, "postal_code": "5500AA"}),
    shipment({**DUTCH, "email": "not-active@sim.test"}),
    {**shipment(), "carrier": 99},
    {**shipment(), "options": None},
    dutch(package_type=9),
    dutch(signature="x"),
    dutch(delivery_type=5),
    dutch(delivery_type=9),
    dutch(delivery_type=3),
    dutch(delivery_type=3, delivery_date="x", only_recipient=1),
    dutch(delivery_type=4),
    dutch(insurance={"amount": "x", "currency": "EUR"}),
    dutch(insurance={"amount": 12345, "currency": "EUR"}),
    dutch(insurance={"amount": 10000, "currency": "USD"}),
    abroad(contents=9),
    abroad(invoice=""),
    abroad(items=[]),
    item(amount=0),
    item(weight=20_001),
    item(classification="x"),
    item(country="XX"),
    item(item_value={"amount": 1, "currency": "USD"}),
    item(item_value={"amount": 1, "currency": "x"}),
    shipment(SWISS),
]
QUERIES = [
    "/shipments?sort=x",
    "/shipments?order=x",
    "/shipments?page=0",
    "/shipments?size=x",
    "/shipments?status=x",
    "/shipments?from=x",
    "/shipments/1",
    "/shipments/x",
    "/shipment_labels/1",
    "/tracktraces/1",
    "/tracktraces/1?sort=x",
    "/delivery_options",
    "/delivery_options?cc=NL&postal_code=2132&number=8",
    "/delivery_options?cc=NL&postal_code=5500AA&number=8",
    "/delivery_options?cc=NL&postal_code=3584CS&number=8&cutoff_time=x",
    "/pickup_locations?cc=NL&postal_code=2132&number=8&limit=x",
    "/drop_off_points?cc=FR",
    "/webhook_subscriptions/1",
    "/carriers/none",
    "/pdfs/none",
    "/nowhere",
]


def refusals(shop: Shop) -> Iterator[Any]:
    """What the shop is refused, in turn."""
    for made in CREATES:
        yield shop.post_shipments([made])
    yield shop.post_shipments([shipment()], "text/plain")
    yield shop.post_shipments([shipment()], "application/vnd.shipment+json;charset=latin1")
    yield shop.client.post("/shipments", content="{")
    returned = {"parent": 1, "carrier": 1, "name": "", "email": "x"}
    yield shop.post(
        {"data": {"return_shipments": [returned]}}, "application/vnd.return_shipment+json"
    )
    for query in QUERIES:
        yield shop.client.get(query)
    yield shop.client.delete("/shipments/1")
    yield shop.client.delete("/webhook_subscriptions/1")
    yield shop.client.put("/shipments", json={"data": {"shipments": [{"id": 1}]}})
    hook = {"hook": "none", "url": "x"}
    yield shop.client.post(
        "/webhook_subscriptions", json={"data": {"webhook_subscriptions": [hook]}}
    )
    yield shop.with_key("none").client.get("/shipments")
    yield shop.with_key(None).client.get("/shipments")
    yield shop.client.get("/shipments", headers={"Accept": "image/png"})


@pytest.mark.parametrize("strict", [False, True])
def test_no_refusal_of_today_is_explained_by_what_was_documented_in_2017(
    today: Shop, strict: bool
) -> None:
    today.workspace.quirk("myparcel.strict", strict)
    refused = 0
    for response in refusals(today):
        [entry] = today.workspace.journal(limit=1)
        told = today.workspace.control.get(f"/journal/{entry['id']}").json()
        assert told["edition"]["name"] == "today", told["why"]
        explained = json.dumps([told["why"], told["findings"]])
        assert not any(old in explained for old in OLD), explained
        refused += response.status_code >= 400
    assert refused > 50


def test_no_operation_of_today_rests_on_the_document_of_2017() -> None:
    for path, operations in TODAY["paths"].items():
        for method, operation in operations.items():
            if isinstance(operation, dict) and "x-provenance" in operation:
                source = operation["x-provenance"].get("source", "")
                assert not any(old in source for old in OLD), (method, path, source)


def test_a_finding_names_the_clause_of_the_edition_that_answered(shop: Shop) -> None:
    shop.post_shipments([abroad(contents=9)])
    assert source_of(shop) == "MyParcel: document of 2017, 7.E"
    shop.workspace.quirk("myparcel.edition", "today")
    shop.post_shipments([abroad(contents=9)])
    assert source_of(shop) == "MyParcel: documents of 2026-01, 7.E"


def source_of(shop: Shop) -> Any:
    """The clause of the only finding of the latest exchange."""
    [entry] = shop.workspace.journal(limit=1)
    told = shop.workspace.control.get(f"/journal/{entry['id']}").json()
    [finding] = told["findings"]
    return finding["source"]
