"""The document's examples of reading, deleting, labels and subscriptions: request and answer.

What differs is named: ids and hashes are the simulator's own, and some examples are slips.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from dirty_equals import IsPartialDict, IsStr

from tests.myparcel.bodies import shipment
from tests.myparcel.client import Shop
from tests.myparcel.documented import HOOFDDORP, NATIONAL
from tests.myparcel.tracked import home, move

pytestmark = pytest.mark.usefixtures("nothing_unread")

SERVICES = Path(__file__).parent / "documented_carrier_services.json"
JSON = "application/json;charset=utf-8"


def test_the_root_says_that_the_api_is_there(shop: Shop) -> None:
    response = shop.with_key(None).client.get("/")
    assert (response.status_code, response.headers["content-type"]) == (200, JSON)
    assert response.json() == {"title": "MyParcel API", "status": "OK"}


def test_a_create_gives_the_ids_in_order(shop: Shop) -> None:
    response = shop.post_shipments(NATIONAL)
    assert (response.status_code, response.headers["content-type"]) == (200, JSON)
    first, second = (item["id"] for item in response.json()["data"]["ids"])
    assert response.json() == {"data": {"ids": [{"id": first}, {"id": second}]}}
    assert first < second


def test_a_delete_is_201_although_it_is_called_no_content(shop: Shop) -> None:
    [number] = shop.create(NATIONAL[0])
    response = shop.client.delete(f"/shipments/{number}")
    assert (response.status_code, response.content) == (201, b"")


def test_a_return_link_stands_below_the_address_of_the_api(shop: Shop) -> None:
    response = shop.client.post("/return_shipments")
    assert response.status_code == 200
    link = IsStr(regex=rf"{shop.base_url}/return_shipment_labels/[0-9a-f]{{32}}")
    assert response.json() == {"data": {"download_url": {"link": link}}}


def test_a_search_finds_who_is_sought_among_the_concepts(shop: Shop) -> None:
    niels, _, printed = shop.create(
        shipment({**HOOFDDORP, "person": "Niels Parcel"}, options=NATIONAL[0]["options"]),
        shipment(HOOFDDORP),
        shipment({**HOOFDDORP, "person": "Niels Later"}),
    )
    move(shop, printed, 2)
    response = shop.client.get("/shipments?q=Niels&status=1")
    assert (response.status_code, response.headers["content-type"]) == (200, JSON)
    data = response.json()["data"]
    [shown] = data.pop("shipments")
    # The example's size is that of the query, and a concept of it has a barcode already.
    assert data == {"page": 1, "size": 1, "results": 1}
    assert shown == IsPartialDict(
        id=niels,
        options=NATIONAL[0]["options"],
        carrier=2,
        status=1,
        price=IsPartialDict(currency="EUR"),
        barcode=None,
        created="2026-03-02 10:15:00",
        modified="2026-03-02 10:15:00",
    )
    assert {"cc", "city", "street", "number", "postal_code", "person"} <= set(shown["sender"])


def test_a_label_is_a_file_and_a_download_link(shop: Shop) -> None:
    [number] = shop.create(NATIONAL[0])
    path = f"/shipment_labels/{number}"
    for query in ("", "?format=A4&positions=3;4"):
        file = shop.client.get(f"{path}{query}")
        assert (file.status_code, file.headers["content-type"]) == (200, "application/pdf")
        attachment = IsStr(regex=r'attachment; filename="\d+\.pdf"')
        assert file.headers["content-disposition"] == attachment
    linked = shop.client.get(path, headers={"Accept": JSON})
    assert (linked.status_code, linked.headers["content-type"]) == (200, JSON)
    url = linked.json()["data"]["pdfs"]["url"]
    assert linked.json() == {"data": {"pdfs": {"url": url}}}
    assert url == IsStr(regex=rf"{shop.base_url}/pdfs/[0-9a-f]{{40}}")
    assert shop.with_key(None).client.get(url).content.startswith(b"%PDF-")


def test_two_tracktraces_have_the_documents_form(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.tracktrace_ids", "string")
    first, second = shop.create(home(), home())
    move(shop, first, 2, 3, 4, 5)
    move(shop, second, 2, 3, 4)
    response = shop.client.get(f"/tracktraces/{first};{second}")
    assert (response.status_code, response.headers["content-type"]) == (200, JSON)
    far, near = response.json()["data"]["tracktraces"]
    assert list(far) == ["shipment_id", "code", "final", "description", "time", "history"]
    assert far == IsPartialDict(
        shipment_id=str(first),
        code="D3",
        final=False,
        description="The package is in distribution",
    )
    assert far["history"][0] == {
        "code": "C3",
        "description": "The package is at the sorting center",
        "time": "2026-03-02 10:15:00",
    }
    # The example gives the sorting centre two codes; its second item also lacks `final`.
    assert near == IsPartialDict(
        code="C3", final=False, description="The package is at the sorting center"
    )


def test_a_subscription_is_added_shown_and_deleted(shop: Shop) -> None:
    wanted = {"hook": "shipment_status_change", "url": "https://seoshop.nl/myparcel/notifications"}
    added = shop.client.post(
        "/webhook_subscriptions",
        json={"data": {"webhook_subscriptions": [wanted]}},
        headers={"Content-Type": "application/json; charset=utf-8"},
    )
    assert (added.status_code, added.headers["content-type"]) == (200, JSON)
    [item] = added.json()["data"]["ids"]
    assert added.json() == {"data": {"ids": [{"id": item["id"]}]}}
    read = shop.client.get(f"/webhook_subscriptions/{item['id']}")
    assert (read.status_code, read.headers["content-type"]) == (200, JSON)
    shown = {"id": item["id"], "account_id": 501, "shop_id": 77, **wanted}
    assert read.json() == {"data": {"webhook_subscriptions": [shown]}}
    deleted = shop.client.delete(f"/webhook_subscriptions/{item['id']}")
    assert (deleted.status_code, deleted.content) == (204, b"")


def test_the_services_are_the_documents_word_for_word(shop: Shop) -> None:
    expected: Any = json.loads(SERVICES.read_text(encoding="utf-8"))
    response = shop.client.get("/carrier_services")
    assert response.json() == {"data": expected}
