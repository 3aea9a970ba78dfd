"""Failures that people need to play: the account, the day's maximum, the carrier, the balance."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.bodies import shipment
from tests.myparcel.client import Shop, Told, faults
from tests.myparcel.tracked import refused, returned

KEY = "sim-myparcel-postpaid"
ONE = {**shipment(), "carrier": 1}
CARRIER = "data.shipments[0].carrier"
FAILED = [
    {
        "status": 500,
        "code": 0,
        "title": "PostNL API call failed",
        "message": "PostNL API call failed",
    }
]


def beyond(most: int, field: str = CARRIER, kind: str = "package") -> Told:
    """What is told of a shipment beyond a maximum."""
    return Told(3716, field, f"Maximum amount of {most} PostNL {kind} shipments per day exceeded")


def advice(shop: Shop) -> str:
    [entry] = shop.workspace.journal(limit=1)
    told: str = shop.workspace.control.get(f"/journal/{entry['id']}").json()["advice"]
    return told


def test_an_account_that_is_not_activated_makes_nothing(today: Shop) -> None:
    told = today.workspace.do("myparcel.set_account", key=KEY, active=False)
    assert told == {"account": 501, "active": False, "shops": [77]}
    response = today.post_shipments([ONE])
    assert response.status_code == 422
    body = response.json()
    assert body == {
        "message": f"Shipment validation error (request_id: {body['request_id']})",
        "request_id": body["request_id"],
        "status_code": 422,
        "errors": [
            {
                "3716": {
                    "fields": [CARRIER],
                    "human": [
                        f"{CARRIER} Maximum amount of 0 PostNL package shipments per day exceeded"
                    ],
                }
            }
        ],
    }
    assert advice(today) == "activate account 501 with the action myparcel.set_account"
    assert today.workspace.records("myparcel", "shipments") == []
    today.workspace.do("myparcel.set_account", key=KEY, active=True)
    assert len(today.create(ONE)) == 1


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/csv", b"cc,postalcode,city,street,number,person\nnl,3584CS,Utrecht,Kade,8,Noor"),
        ("application/vnd.shipment_recipients+json", None),
        ("application/vnd.unrelated_return_shipment+json", None),
    ],
)
def test_no_way_in_is_open_to_it(shop: Shop, content_type: str, body: bytes | None) -> None:
    shop.workspace.do("myparcel.set_account", key=KEY, active=False)
    if body is not None:
        response = shop.client.post(
            "/shipments", content=body, headers={"Content-Type": content_type}
        )
    elif "recipients" in content_type:
        many = {"carrier": 2, "options": {"package_type": 1}, "recipients": [ONE["recipient"]]}
        response = shop.post({"data": {"shipments": [many]}}, content_type)
    else:
        one = {"carrier": 2, "name": "Sem", "email": "sem@example.com"}
        response = shop.post({"data": {"return_shipments": [one]}}, content_type)
    assert response.status_code == 422, response.text
    assert [each.code for each in faults(response)] == [3716]
    assert shop.workspace.records("myparcel", "shipments") == []


def test_the_day_s_maximum_counts_the_days_of_amsterdam(today: Shop) -> None:
    today.workspace.do("myparcel.set_daily_maximum", key=KEY, shipments=3)
    today.create(ONE, ONE)
    response = today.post_shipments([ONE, {**ONE, "options": {"package_type": 2}}])
    assert response.status_code == 422
    assert faults(response) == [beyond(3, "data.shipments[1].carrier", "mailbox")]
    assert len(today.workspace.records("myparcel", "shipments")) == 2
    today.create(ONE)
    assert faults(today.post_shipments([ONE])) == [beyond(3)]
    assert advice(today).endswith("with the action myparcel.set_daily_maximum")
    today.workspace.advance("13h45m")  # midnight
    today.create(ONE)
    today.workspace.do("myparcel.set_daily_maximum", key=KEY, shipments=None)
    today.create(*[ONE] * 5)


def test_other_shops_make_what_they_like(today: Shop) -> None:
    today.workspace.do("myparcel.set_daily_maximum", key=KEY, shipments=0)
    assert faults(today.post_shipments([ONE])) == [beyond(0)]
    today.with_key("sim-myparcel-prepaid").create(ONE)


@pytest.mark.parametrize(
    ("action", "arguments", "said"),
    [
        ("set_account", {"key": "nobody", "active": False}, "there is no key 'nobody'"),
        ("set_daily_maximum", {"key": KEY, "shipments": -1}, "shipments has to be from 0"),
        (
            "set_daily_maximum",
            {"key": "sim-myparcel-intermediary", "shipments": 1},
            "has no shop that could make shipments",
        ),
    ],
)
def test_an_action_that_cannot_be_is_refused(
    shop: Shop, action: str, arguments: dict[str, Any], said: str
) -> None:
    assert said in refused(shop, action, **arguments)


def test_a_carrier_that_does_not_answer_fails_what_needs_it(today: Shop) -> None:
    [made] = today.create(ONE)
    [printed] = today.create(ONE)
    assert today.client.get(f"/shipment_labels/{printed}").status_code == 200
    today.workspace.quirk("myparcel.failing_carrier", "postnl")
    asked = "cc=NL&postal_code=3584CS&number=8&carrier=postnl"
    options = today.client.get(f"/delivery_options?{asked}")
    assert options.status_code == 500
    assert options.json() == {
        "data": {"delivery": [], "pickup": [], "message": "No results"},
        "errors": FAILED,
    }
    points = today.client.get(f"/pickup_locations?{asked}")
    assert points.status_code == 500
    assert points.json()["message"].startswith("Internal Server Error (request_id: ")
    for response in (today.post_shipments([ONE]), today.client.get(f"/shipment_labels/{made}")):
        assert response.status_code == 500
        assert response.json()["message"].startswith("PostNL API call failed (request_id: ")
        assert response.json()["errors"] == FAILED
    assert len(today.workspace.records("myparcel", "shipments")) == 2
    # What is printed already and what another carrier takes goes on.
    assert today.client.get(f"/shipment_labels/{printed}").status_code == 200
    today.create({**ONE, "carrier": 4})
    today.workspace.quirk("myparcel.failing_carrier", "none")
    assert today.client.get(f"/delivery_options?{asked}").status_code == 200
    assert today.client.get(f"/shipment_labels/{made}").status_code == 200


def test_in_the_edition_of_2017_a_failing_carrier_has_the_form_of_its_options(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.failing_carrier", "all")
    response = shop.client.get("/delivery_options?cc=NL&postal_code=3584CS&number=8&carrier=2")
    assert response.status_code == 500
    told = "PostNL API call failed"
    assert response.json()["errors"] == [{"code": 0, "message": told, "human": told}]


def test_a_shop_without_balance_has_to_pay_for_its_label(today: Shop) -> None:
    today.workspace.do("myparcel.set_key", key=KEY, role="prepaid")
    [made] = today.create(ONE)
    response = today.client.get(f"/shipment_labels/{made}")
    assert response.status_code == 402
    assert response.json()["data"]["payment_instructions"]
    today.workspace.do("myparcel.pay", shipment=made)
    assert today.client.get(f"/shipment_labels/{made}").status_code == 200


def test_a_return_counts_as_well(shop: Shop) -> None:
    shop.workspace.do("myparcel.set_daily_maximum", key=KEY, shipments=1)
    returned(shop)
    assert faults(shop.post_shipments([shipment()])) == [beyond(1)]
