"""What shows which edition of MyParcel's API a client was written for, and how long it holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

import httpx2
import pytest

from tests.myparcel.bodies import (
    CUSTOMS,
    DROP_OFF_POINT,
    DUTCH,
    PICKUP,
    SWISS,
    dutch,
    shipment,
    swiss,
)
from tests.myparcel.client import Shop, basic
from tests.support.server import START

PLAIN = {"Content-Type": "application/vnd.shipment+json;charset=utf-8"}
OPTIONS = "/delivery_options?cc=NL&postal_code=3584CS&number=8"
AGENT = {"User-Agent": "MyParcelNL-SDK/9.1"}


class Row(NamedTuple):
    """A request, and what its explanation says told the edition."""

    because: str
    path: str = "/shipments"
    headers: Mapping[str, str] = {}
    body: Any = None
    method: str | None = None


LIST = Row("")
"""A list of shipments, which shows nothing."""


def created(because: str, each: Any, **more: Any) -> Row:
    return Row(because, headers=PLAIN, body={"data": {"shipments": [each], **more}})


def with_hs_code(code: Any) -> dict[str, Any]:
    items = [{**CUSTOMS["items"][0], "classification": code}]
    return swiss(customs_declaration={**CUSTOMS, "items": items})


TODAY = [
    # Whose client it is.
    Row("MyParcelNL-SDK", headers={"User-Agent": "MyParcelNL-SDK/9.1 php/8.2"}),
    Row("MyParcelNL-PDK", headers={"User-Agent": "WooCommerce/9.1 MyParcelNL-PDK/3.2 php/8.2"}),
    Row(
        "MyParcelNL-WooCommerce",
        headers={"User-Agent": "Wordpress 4.9WooCommerce/3.3MyParcelNL-WooCommerce/3.1.6"},
    ),
    Row("MyParcelBE-PrestaShop", headers={"User-Agent": "PrestaShop/1.7 MyParcelBE-PrestaShop/1"}),
    Row("MyParcel-WooCommerce", headers={"User-Agent": "MyParcel-WooCommerce/6.5 WordPress/7.0"}),
    Row("CustomApiCall", headers={"User-Agent": "CustomApiCall/2"}),
    Row("X-User-Agent", OPTIONS, {"X-User-Agent": "MyParcelDeliveryOptions/6.21.1"}),
    # Versions and types that it speaks.
    Row(
        "version=1.1",
        headers={"Content-Type": "application/vnd.shipment+json;charset=utf-8;version=1.1"},
        body={"data": {"shipments": [{**shipment(), "carrier": 1}]}},
    ),
    Row("version=2.0", OPTIONS, {"Accept": "application/json;version=2.0"}),
    Row("charset", headers={"Accept": "application/json; charset=utf8charset=utf-8"}),
    Row(
        "shipment_label_link+json",
        "/shipment_labels/1",
        {"Accept": "application/vnd.shipment_label_link+json"},
    ),
    Row(
        "vnd.shipment_label+json",
        headers={"Accept": "application/vnd.shipment_label+json+print;printer-group-id=1"},
    ),
    # Where it goes.
    Row("PUT /shipments", headers=PLAIN, body={"data": {"shipments": []}}, method="PUT"),
    Row("/v2/shipment_labels", "/v2/shipment_labels/1"),
    Row("/pickup_locations", OPTIONS.replace("delivery_options", "pickup_locations")),
    Row("/drop_off_points", "/drop_off_points?postal_code=3584CS"),
    # What it asks.
    Row("carrier=postnl, a name", f"{OPTIONS}&carrier=postnl"),
    Row("carrier=9 in the query, which came after 2017", f"{OPTIONS}&carrier=9"),
    Row("platform", f"{OPTIONS}&carrier=1&platform=myparcel"),
    Row("reference_identifier", "/shipments?reference_identifier=order-1"),
    Row("extra_info in the query", "/tracktraces/1?extra_info=delivery_moment"),
    Row("transaction_status", "/shipments?transaction_status=unpaid"),
    # What it sends.
    created("reference_identifier", {**shipment(), "reference_identifier": "order-1"}),
    created("secondary_shipments", {**shipment(), "secondary_shipments": [{}]}),
    created("carrier=9 in the body, which came after 2017", {**shipment(), "carrier": 9}),
    created("carrier=9 in the body, which came after 2017", {**shipment(), "carrier": "9"}),
    created("carrier=POSTNL, a name, in the body", {**shipment(), "carrier": "POSTNL"}),
    created("package_type=4 in the body, which came after 2017", dutch(package_type=4)),
    created("delivery_type=7 in the body, which came after 2017", dutch(delivery_type=7)),
    created("HS code", with_hs_code("62142000")),
    created("HS code", with_hs_code(621420)),
    created("drop_off_point", {**shipment(), "drop_off_point": DROP_OFF_POINT}),
    created("the option same_day_delivery", dutch(same_day_delivery=1)),
    created("the option age_check", dutch(age_check=1)),
    created("the option saturday_delivery", dutch(saturday_delivery=1)),
    created("recipient.box_number", shipment({**DUTCH, "box_number": "3"})),
    created("pickup.retail_network_id", shipment(pickup={**PICKUP, "retail_network_id": ""})),
    created("user_agent", shipment(), user_agent="shop/1"),
]

OF_2017 = [
    Row("nothing"),
    Row("nothing", headers={"User-Agent": "python-requests/2.32"}),
    Row("nothing", headers={"User-Agent": "OpenAPI-Generator/1.0.0/PHP"}),
    Row("nothing", headers={"User-Agent": "MyParcel.com-SDK/3.0"}),
    Row("nothing", headers={"Accept": "application/pdf"}, path="/shipment_labels/1"),
    Row("nothing", headers={"Accept": "application/json;version=1"}),
    Row("nothing", f"{OPTIONS}&carrier=2"),
    Row("nothing", "/shipments?q=Visser&status=1&page=1&size=30"),
    created("nothing", shipment()),
    created("nothing", with_hs_code("1439")),
    created("nothing", shipment({**SWISS, "street_additional_info": "2. Stock"})),
    # What no edition has says nothing of the edition.
    created("nothing", dutch(package_type=99)),
    created("nothing", dutch(package_type="crate")),
    created("nothing", dutch(delivery_type=99)),
    created("nothing", {**shipment(), "carrier": 99}),
    created("nothing", {**shipment(), "carrier": "post nl"}),
    created("nothing", with_hs_code("clothing")),
    created("nothing", with_hs_code("12345678901")),
    Row("nothing", f"{OPTIONS}&carrier=99"),
    Row("nothing", f"{OPTIONS}&carrier=pigeon"),
    Row("nothing", headers={"Accept": "application/json;version=9"}),
    # What only the document of 2017 has neither.
    created("nothing", dutch(delivery_type=5)),
    created("nothing", {**shipment(), "carrier": 5}),
    Row("nothing", f"{OPTIONS}&carrier=hermes"),
    Row("the host api.myparcel.com", headers={"Host": "api.myparcel.com", **AGENT}),
]


def asked(shop: Shop, row: Row) -> httpx2.Response:
    method = row.method or ("GET" if row.body is None else "POST")
    body = None if row.body is None else json.dumps(row.body)
    if "Host" not in row.headers:
        return shop.client.request(method, row.path, content=body, headers=row.headers)
    url = f"{shop.workspace.base_url}/w/{shop.workspace.name}{row.path}"
    return shop.client.request(method, url, content=body, headers=row.headers)


def told(shop: Shop) -> tuple[str, str]:
    """The edition that answered last, and what told it."""
    last = shop.workspace.journal(limit=1)[0]
    entry = shop.workspace.control.get(f"/journal/{last['id']}").json()
    edition = entry["edition"]
    assert any(f"The edition {edition['name']} answered" in line for line in entry["why"])
    return edition["name"], edition["because"]


def heard(shop: Shop, row: Row = LIST) -> tuple[str, str]:
    asked(shop, row)
    return told(shop)


@pytest.mark.parametrize("row", TODAY, ids=lambda row: f"{row.because} {row.path}")
def test_a_sign_of_today_gets_the_edition_of_today(shop: Shop, row: Row) -> None:
    answer = asked(shop, row)
    assert answer.status_code < 500, answer.text
    edition, because = told(shop)
    assert edition == "today"
    assert row.because in because


def shown(row: Row) -> str:
    """What of a row is no more than it says of itself."""
    return f"{row.headers} {row.path} {row.body}"


@pytest.mark.parametrize("row", OF_2017, ids=shown)
def test_what_shows_nothing_gets_the_document_of_2017(shop: Shop, row: Row) -> None:
    asked(shop, row)
    edition, because = told(shop)
    assert edition == "2017"
    assert row.because in because


@pytest.mark.parametrize(
    ("base", "edition"),
    [("api.myparcel.nl", "today"), ("api.sendmyparcel.be", "today"), ("api.myparcel.com", "2017")],
)
def test_a_base_url_may_have_the_host_as_its_path(shop: Shop, base: str, edition: str) -> None:
    url = f"{shop.workspace.base_url}/w/{shop.workspace.name}/{base}/shipments"
    assert shop.client.get(url, headers=AGENT).status_code == 200
    assert told(shop) == (edition, f"the host {base}")


def test_what_a_key_showed_once_holds_for_its_later_requests(shop: Shop) -> None:
    assert heard(shop) == ("2017", "nothing that the request shows")
    assert heard(shop, Row("", headers=AGENT))[0] == "today"
    assert heard(shop) == (
        "today",
        "an earlier request of this key: User-Agent: MyParcelNL-SDK/9.1",
    )
    other = shop.with_key("sim-myparcel-prepaid")
    assert heard(other)[0] == "2017"
    assert heard(shop.with_key(None), Row("", OPTIONS))[0] == "2017"


def test_another_sign_of_the_same_key_counts_from_then_on(shop: Shop) -> None:
    heard(shop, Row("", headers=AGENT))
    there = Row("", headers={"Host": "api.myparcel.com"})
    assert heard(shop, there) == ("2017", "the host api.myparcel.com")
    assert heard(shop)[0] == "2017"
    assert heard(shop, Row("", "/shipments?reference_identifier=a"))[0] == "today"
    assert heard(shop)[0] == "today"


def test_a_sign_in_a_body_holds_too_even_if_it_is_refused(shop: Shop) -> None:
    refused = {**dutch(package_type=99), "reference_identifier": "order-1"}
    assert asked(shop, created("", refused)).status_code == 422
    assert told(shop)[0] == "today"
    assert heard(shop)[0] == "today"


@pytest.mark.parametrize(
    "wrong",
    [dutch(package_type=99), dutch(delivery_type=99), {**shipment(), "carrier": "post nl"}],
)
def test_a_value_that_no_edition_has_leaves_a_key_as_it_was(shop: Shop, wrong: Any) -> None:
    assert asked(shop, created("", wrong)).status_code == 422
    assert heard(shop) == ("2017", "nothing that the request shows")


def test_a_key_that_is_none_leaves_no_trace(shop: Shop) -> None:
    nobody = shop.with_key("somebody")
    assert asked(nobody, Row("", headers=AGENT)).status_code == 401
    shop.workspace.do("myparcel.add_key", key="somebody", shop=77)
    assert heard(nobody)[0] == "2017"


def test_a_checkout_without_a_key_shows_itself_every_time(shop: Shop) -> None:
    checkout = shop.with_key(None)
    widget = Row("", OPTIONS, {"X-User-Agent": "MyParcelDeliveryOptions/6.21.1"})
    assert heard(checkout, widget)[0] == "today"
    assert heard(checkout, Row("", OPTIONS))[0] == "2017"
    assert heard(checkout, widget)[0] == "today"


def test_a_reset_forgets_what_keys_showed(shop: Shop) -> None:
    heard(shop, Row("", headers=AGENT))
    began = {"clock": {"mode": "frozen", "at": START}}
    assert shop.workspace.control.post("/reset", json=began).status_code == 200
    assert heard(shop)[0] == "2017"


@pytest.mark.parametrize("edition", ["2017", "today"])
@pytest.mark.parametrize("headers", [{}, AGENT, {"Host": "api.myparcel.nl"}])
def test_a_fixed_edition_answers_whatever_shows(
    shop: Shop, edition: str, headers: Mapping[str, str]
) -> None:
    shop.workspace.quirk("myparcel.edition", edition)
    assert heard(shop, Row("", headers=headers)) == (edition, "the quirk myparcel.edition")


def test_an_edition_that_is_none_is_refused_with_those_that_are(shop: Shop) -> None:
    refused = shop.workspace.control.put("/quirks", json={"myparcel.edition": "2018"})
    assert refused.status_code == 422
    assert all(each in refused.text for each in ("auto", "2017", "today"))


def test_the_documented_profile_is_the_document_of_2017(shop: Shop) -> None:
    began = {"profile": "documented", "clock": {"mode": "frozen", "at": START}}
    assert shop.workspace.control.post("/reset", json=began).status_code == 200
    there = Row("", headers={"Host": "api.myparcel.nl", **AGENT})
    assert heard(shop, there) == ("2017", "the quirk myparcel.edition")


def test_a_browser_is_let_ask_with_its_own_name(shop: Shop) -> None:
    preflight = {
        "Origin": "https://shop.example.test",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "x-user-agent",
    }
    path = OPTIONS.replace("delivery_options", "pickup_locations")
    let_in = shop.with_key(None).client.options(path, headers=preflight)
    assert let_in.status_code in (200, 204), let_in.text
    allowed = let_in.headers["access-control-allow-headers"].lower()
    assert "x-user-agent" in allowed or "*" in allowed


@pytest.mark.parametrize("carrier", [[1], {"id": 1}, 1.5, True, None, "²", "1e3", "", -1, 10**30])
def test_a_carrier_of_no_kind_is_refused_in_any_edition(shop: Shop, carrier: Any) -> None:
    answer = asked(shop, created("", {**shipment(), "carrier": carrier}))
    assert answer.status_code in (400, 422), answer.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"options": [1]},
        {"recipient": ["box_number"], "pickup": "retail_network_id"},
        {"options": {"package_type": [4]}},
        {"options": {"package_type": 1, "delivery_type": {"id": 7}}},
        {"customs_declaration": [1]},
        {"customs_declaration": {"items": [1, None, {"classification": [1, 2, 3, 4, 5]}]}},
    ],
)
def test_what_is_of_the_wrong_kind_is_no_sign_and_is_refused(
    shop: Shop, wrong: Mapping[str, Any]
) -> None:
    answer = asked(shop, created("", {**shipment(), **wrong}))
    assert answer.status_code in (400, 422), answer.text
    assert basic("sim-myparcel-postpaid") == shop.client.headers["Authorization"]
