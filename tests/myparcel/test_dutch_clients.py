"""Whole conversations of the Dutch twin's later clients."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest
from dirty_equals import IsInt, IsStr

from tests.myparcel.client import Shop, faults
from tests.myparcel.dutch import (
    ADDRESS,
    BROWSER_SDK,
    LATER_SDK,
    PHP_CLIENT,
    at_the_twin,
    early,
    sent,
)
from tests.myparcel.tracked import move

pytestmark = pytest.mark.usefixtures("nothing_unread")


@pytest.fixture
def later_sdk(shop: Shop) -> Iterator[httpx2.Client]:
    with at_the_twin(shop, LATER_SDK) as client:
        yield client


@pytest.fixture
def php_client(shop: Shop) -> Iterator[httpx2.Client]:
    with at_the_twin(shop, PHP_CLIENT) as client:
        yield client


def test_the_later_sdk_matches_answers_by_reference(later_sdk: httpx2.Client) -> None:
    whole = {name: value for name, value in ADDRESS.items() if not name.startswith("number")}
    posted = [
        {
            **early(),
            "recipient": {**whole, "street": "Kruytgebouw 8"},
            "reference_identifier": f"order-{number}",
            "general_settings": {"disable_auto_detect_pickup": 1},
        }
        for number in (1, 2)
    ]
    made = later_sdk.post("/shipments", json={"data": {"shipments": posted}}).json()["data"]["ids"]
    assert made == [
        {"id": IsInt, "reference_identifier": "order-1"},
        {"id": IsInt, "reference_identifier": "order-2"},
    ]
    ids = ";".join(str(each["id"]) for each in made)
    listed = later_sdk.get(f"/shipments/{ids}?size=300").json()["data"]["shipments"]
    assert [shipment["carrier_id"] for shipment in listed] == [1, 1]
    assert later_sdk.delete(f"/shipments/{made[0]['id']}").status_code == 204


def test_the_browser_sdk_reads_what_it_wrote_without_showing_itself(shop: Shop) -> None:
    whole = {"data": {"shipments": [{**early(), "reference_identifier": "cart-5"}]}}
    made = shop.client.post("/shipments", json=whole, headers=BROWSER_SDK).json()["data"]["ids"]
    assert made == [{"id": IsInt, "reference_identifier": "cart-5"}]
    [shown] = shop.read(made[0]["id"])
    assert (shown["carrier_id"], shown["reference_identifier"]) == (1, "cart-5")


def test_the_browser_sdk_takes_the_text_of_an_error_from_its_message(shop: Shop) -> None:
    refused = shop.client.get(
        "/delivery_options?carrier=postnl&cc=NL&number=31",
        headers={"Accept": "application/json;version=2.0"},
    )
    assert refused.status_code == 422
    assert refused.json() == {
        "message": IsStr(regex=r"postal_code is required \(request_id: .+\)"),
        "request_id": IsStr,
        "status_code": 422,
        "errors": [
            {
                "status": 422,
                "code": 3224,
                "title": "postal_code is required",
                "message": "postal_code is required",
            }
        ],
    }


def test_the_browser_sdk_asks_for_pickup_locations_without_a_key(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "today")
    asked = shop.with_key(None).client.get(
        "/pickup_locations?carrier=postnl&cc=NL&postal_code=2132WT&number=66",
        headers={"Accept": "application/json"},
    )
    assert asked.status_code == 200, asked.text
    assert asked.json()["data"]["pickup_locations"]


def test_the_php_client_writes_true_and_false(php_client: httpx2.Client) -> None:
    parcel = {
        "carrier": 1,
        "options": {
            "large_format": False,
            "only_recipient": False,
            "package_type": 1,
            "return": False,
            "signature": True,
        },
        "recipient": {**ADDRESS, "number_suffix": "A", "region": "Utrecht"},
        "reference_identifier": "test-123",
    }
    number = sent(php_client, parcel)
    found = php_client.get("/shipments?reference_identifier=test-123").json()["data"]["shipments"]
    assert [(each["id"], each["reference_identifier"]) for each in found] == [(number, "test-123")]
    # An answer without a body has to be 204: the client reads a body of anything else.
    gone = php_client.delete(f"/shipments/{number}")
    assert (gone.status_code, gone.content) == (204, b"")
    missing = php_client.get("/shipments/9999999999").json()["data"]["shipments"]
    assert missing == []


def test_the_php_client_sends_a_list_where_an_object_belongs(php_client: httpx2.Client) -> None:
    empty = {"carrier": 1, "recipient": [], "options": {"package_type": 1}}
    refused = php_client.post("/shipments", json={"data": {"shipments": [empty]}})
    [fault] = faults(refused)
    assert (fault.code, fault.human) == (
        0,
        "data.shipments[0].recipient Array value found, but an object is required",
    )


def test_the_php_client_reads_every_member_of_a_pickup_point(php_client: httpx2.Client) -> None:
    asked = php_client.get(
        "/delivery_options?cc=NL&carrier=1&number=66&postal_code=2132WT&cutoff_time=15%3A30"
    )
    read = {
        *("location", "street", "postal_code", "number", "city", "cc", "phone_number"),
        *("distance", "latitude", "longitude", "opening_hours", "location_code"),
    }
    points = asked.json()["data"]["pickup"]
    assert points
    assert all(read <= set(point) for point in points)


def test_the_php_client_finds_no_scan_of_a_concept(php_client: httpx2.Client) -> None:
    number = sent(php_client, early())
    assert php_client.get(f"/tracktraces/{number}").json() == {"data": {"tracktraces": [[]]}}


@pytest.mark.parametrize("ids", ["abc", "undefined", "20000001;abc", "-1", ";", "%C2%B2"])
def test_a_client_that_has_no_id_is_told_so(shop: Shop, ids: str) -> None:
    refused = shop.client.get(f"/shipments/{ids}")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, 3210)


@pytest.mark.parametrize("ids", ["1", "0", "9" * 30])
def test_an_id_that_nobody_has_finds_nothing(shop: Shop, ids: str) -> None:
    assert shop.client.get(f"/shipments/{ids}").json()["data"]["shipments"] == []


def test_the_later_sdk_goes_through_the_colli_of_every_shipment(
    shop: Shop, later_sdk: httpx2.Client
) -> None:
    shop.workspace.quirk("myparcel.edition", "today")
    several = {
        "reference_identifier": "order-1",
        "secondary_shipments": [{"reference_identifier": "order-1"}],
    }
    main = sent(later_sdk, {**early(), **several})
    alone = sent(later_sdk, {**early(), "reference_identifier": "order-2"})
    later_sdk.get(f"/shipment_labels/{main}", headers={"Accept": "application/pdf"})
    read = later_sdk.get(f"/shipments/{main};{alone}?size=300").json()["data"]["shipments"]
    [further] = read[0]["secondary_shipments"]
    # Laid over the main shipment, it has to replace whatever differs.
    assert further == {
        **{name: read[0][name] for name in further},
        "id": IsInt(gt=main),
        "barcode": IsStr(regex="3SMYPA[0-9]{9}"),
        "external_identifier": further["barcode"],
        "secondary_shipments": [],
    }
    assert further["barcode"] != read[0]["barcode"]
    assert further["id"] != main
    assert further["barcode"] != read[0]["barcode"]
    assert read[1]["secondary_shipments"] == []


def test_a_collo_that_went_its_own_way_is_read_so(shop: Shop, later_sdk: httpx2.Client) -> None:
    shop.workspace.quirk("myparcel.edition", "today")
    main = sent(later_sdk, {**early(), "secondary_shipments": [{}]})
    later_sdk.get(f"/shipment_labels/{main}", headers={"Accept": "application/pdf"})
    [collo] = shop.read(main)[0]["secondary_shipments"]
    move(shop, collo["id"], 3)
    [shown] = shop.read(main)
    assert (shown["status"], shown["secondary_shipments"][0]["status"]) == (2, 3)


def test_the_later_sdk_fetches_many_labels_by_a_link(shop: Shop, later_sdk: httpx2.Client) -> None:
    shop.workspace.quirk("myparcel.edition", "today")
    numbers = [sent(later_sdk, early()) for _ in range(3)]
    asked = later_sdk.get(
        f"/v2/shipment_labels/{';'.join(map(str, numbers))}/?format=A4&positions=1;2;3;4"
    )
    url = asked.json()["data"]["pdf"]["url"]
    assert url.startswith("/pdfs/")
    assert later_sdk.get(url).status_code == 404
    shop.workspace.advance("2s")
    assert later_sdk.get(url).content.startswith(b"%PDF-1.")
