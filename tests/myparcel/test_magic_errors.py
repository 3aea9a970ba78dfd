"""Magic values are answered in MyParcel's own words and shapes; the journal says what they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from simulator.carriers.myparcel.magic import STATUSES
from tests.myparcel.bodies import DUTCH, shipment
from tests.myparcel.client import Shop, faults

CHECKOUT = ("/delivery_options", "/pickup_locations")
REFUSED = [code for code, status in STATUSES.items() if status >= 400]
MAGIC = "5500AA"


@pytest.fixture(params=["2017", "today"])
def spoken(request: pytest.FixtureRequest, shop: Shop) -> Shop:
    """A shop whose workspace speaks the one edition or the other."""
    shop.workspace.quirk("myparcel.edition", request.param)
    return shop


def to(**address: str) -> dict[str, Any]:
    return shipment({**DUTCH, **address})


def asked(shop: Shop, path: str, code: str, carrier: str) -> httpx2.Response:
    query = {"cc": "NL", "postal_code": code, "number": "8", "carrier": carrier}
    return shop.client.get(path, params=query)


def ways(shop: Shop, code: str) -> Iterator[tuple[str, httpx2.Response]]:
    """Each request of the edition that may be about a postcode."""
    today = shop.workspace.quirks_set["myparcel.edition"] == "today"
    for path in CHECKOUT if today else CHECKOUT[:1]:
        yield path, asked(shop, path, code, "1" if today else "2")
    yield "/shipments", shop.post_shipments([to(postal_code=code)])


def without_id(response: httpx2.Response) -> dict[str, Any]:
    body: dict[str, Any] = response.json()
    if "request_id" in body:
        body["message"] = body["message"].replace(body.pop("request_id"), "")
    return body


def test_a_postcode_that_answers_500_is_a_carrier_that_fails(spoken: Shop) -> None:
    played = {way: without_id(response) for way, response in ways(spoken, MAGIC)}
    spoken.workspace.quirk("myparcel.failing_carrier", "postnl")
    assert played == {way: without_id(response) for way, response in ways(spoken, "3584CS")}


def test_today_delivery_options_fail_as_recorded_and_pickup_locations_too(today: Shop) -> None:
    told = "DHL For You API call failed"
    assert asked(today, "/delivery_options", MAGIC, "dhlforyou").json() == {
        "data": {"delivery": [], "pickup": [], "message": "No results"},
        "errors": [{"status": 500, "code": 0, "title": told, "message": told}],
    }
    points = asked(today, "/pickup_locations", MAGIC, "dhlforyou").json()
    assert points == {
        "message": f"Internal Server Error (request_id: {points['request_id']})",
        "request_id": points["request_id"],
        "errors": [{"code": 0}],
    }


@pytest.mark.parametrize("code", REFUSED)
def test_no_body_says_that_it_is_magic(spoken: Shop, code: str) -> None:
    for _, response in ways(spoken, code):
        assert response.status_code == STATUSES[code]
        assert "magic" not in response.text
        assert "simulator" not in response.text
        [entry] = spoken.workspace.journal(limit=1)
        assert f"recipient.postal_code {code}" in " ".join(
            spoken.workspace.control.get(f"/journal/{entry['id']}").json()["why"]
        )


@pytest.mark.parametrize("code", ["4422AA", "4400AA", "4403AA", "4404AA", "5503AA"])
def test_delivery_options_of_today_have_the_shape_of_all_other_errors(
    today: Shop, code: str
) -> None:
    for path in CHECKOUT:
        body = asked(today, path, code, "postnl").json()
        [error] = body["errors"]
        assert error["status"] == body["status_code"] == STATUSES[code]
        assert "data" not in body


def test_a_postcode_that_is_refused_is_told_as_any_that_nobody_has(spoken: Shop) -> None:
    for [_, played], [_, met] in zip(ways(spoken, "4422AA"), ways(spoken, "4422A"), strict=True):
        assert without_id(played) == _replaced(without_id(met))


def _replaced(body: Any) -> Any:
    if isinstance(body, dict):
        return {name: _replaced(value) for name, value in body.items()}
    if isinstance(body, list):
        return [_replaced(value) for value in body]
    return body.replace("4422A", "4422AA") if isinstance(body, str) else body


def test_the_place_of_a_refused_postcode_is_its_own(spoken: Shop) -> None:
    response = spoken.post_shipments([shipment(), to(postal_code="4422AA")])
    [found] = faults(response)
    assert (found.code, found.field) == (3505, "data.shipments[1].recipient.postal_code")


@pytest.mark.parametrize("name", ["not-active", "daily-maximum", "carrier-fails", "unserved-area"])
def test_what_an_address_plays_is_about_the_carrier_of_its_shipment(today: Shop, name: str) -> None:
    sent = {**to(email=f"{name}@sim.test"), "carrier": "DHL_FOR_YOU"}
    response = today.post_shipments([{**sent, "options": {"package_type": 2}}])
    assert "DHL For You" in response.text
    if name in ("not-active", "daily-maximum"):
        assert "DHL For You mailbox shipments" in response.text
    assert "magic" not in response.text
