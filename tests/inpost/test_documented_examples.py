"""The examples of the carrier's own documents, as they stand there."""

from __future__ import annotations

import json
from typing import Any

import pytest
from dirty_equals import IsInt, IsStr

from tests.inpost.shipx import Json, bought, create, get, listed, locker
from tests.support.server import Workspace

pytestmark = pytest.mark.usefixtures("nothing_unread")

SHIPMENT: Json = json.loads("""
{
    "href": "https://api-shipx-pl.easypack24.net/v1/organizations/1/shipments/1234567890",
    "id": "1234567890",
    "status": "offers_prepared",
    "parcels": [
        {
            "id": "small package",
            "template": "small",
            "dimensions": {"length": "80", "width": "360", "height": "640", "unit": "mm"},
            "weight": {"amount": "25", "unit": "kg"},
            "tracking_number": null,
            "is_non_standard": false
        }
    ],
    "custom_attributes": {
        "target_point": "KRA010",
        "dropoff_point": null,
        "sending_method": "parcel_locker",
        "dispatch_order_id": 1
    },
    "sender": {
        "id": "123",
        "name": "Nazwa",
        "company_name": "InPost S.A.",
        "first_name": "Jan",
        "last_name": "Nowak",
        "email": "sender@email.com",
        "phone": "888000000",
        "address": {
            "id": "123",
            "street": "Malborska",
            "building_number": "130",
            "city": "Kraków",
            "post_code": "30-624",
            "country_code": "PL"
        }
    },
    "receiver": {
        "id": "123",
        "name": "Nazwa",
        "company_name": null,
        "first_name": null,
        "last_name": null,
        "email": "sender@email.com",
        "phone": "888000000",
        "address": null
    },
    "created_at": "2015-09-06T19:21:00.000+02:00",
    "cod": {"amount": 12.50, "currency": "PLN"},
    "insurance": {"amount": 25, "currency": "PLN"},
    "additional_services": [],
    "reference": "Order No. 12345",
    "is_return": false,
    "tracking_number": null,
    "created_by_id": 3,
    "offers": [
        {
            "id": 1278,
            "carrier": {
                "id": "inpost_locker",
                "name": "InPost Paczkomaty",
                "description": "InPost Paczkomaty - Przesyłki paczkomatowe."
            },
            "service": {
                "id": "inpost_locker_standard",
                "name": "Paczkomatowa Standardowa",
                "description": "Przesyłka paczkomatowa standardowa."
            },
            "status": "available",
            "expires_at": "2015-09-06T19:21:00.000+02:00",
            "rate": 2.02,
            "currency": "PLN",
            "unavailability_reasons": null
        }
    ],
    "selected_offer": null,
    "transactions": [],
    "sending_method": "parcel_locker",
    "external_customer_id": "8877xxx"
}
""")

WRITABLE = (
    "parcels",
    "custom_attributes",
    "sender",
    "receiver",
    "cod",
    "insurance",
    "additional_services",
    "reference",
    "is_return",
    "external_customer_id",
)


def request_of(example: Json, **custom: Any) -> Json:
    """What a client would send to get the documented shipment."""
    body = {name: example[name] for name in WRITABLE}
    return {**body, "custom_attributes": {**example["custom_attributes"], **custom}}


def test_the_documented_shipment_is_taken_and_read_back_as_it_stands(
    workspace: Workspace,
) -> None:
    shipment = create(workspace, request_of(SHIPMENT))
    # Observed: what has no value is left out.
    given = {"sending_method": "parcel_locker", "target_point": "KRA010"}
    assert shipment["custom_attributes"] == given
    workspace.quirk("inpost.locker_dropoff_point", "required")
    assert get(workspace, shipment["id"])["custom_attributes"] == given


def test_by_the_documents_it_lacks_the_point_that_its_sending_method_requires(
    workspace: Workspace,
) -> None:
    workspace.quirk("inpost.locker_dropoff_point", "required")
    response = workspace.client.post("/v1/organizations/1/shipments", json=request_of(SHIPMENT))
    assert response.status_code == 400
    details = {"custom_attributes": [{"dropoff_point": ["required"]}]}
    assert response.json()["details"] == details


def test_the_documented_shipment_in_the_offer_mode(workspace: Workspace) -> None:
    body = request_of(SHIPMENT, dropoff_point="WAW478M")
    number = create(workspace, body)["id"]
    workspace.advance("1s")
    shipment = get(workspace, number)
    for name in ("status", "cod", "insurance", "additional_services", "reference", "is_return"):
        assert shipment[name] == SHIPMENT[name]
    for name in ("tracking_number", "selected_offer", "transactions", "sending_method"):
        assert shipment[name] == SHIPMENT[name]
    assert shipment["external_customer_id"] == "8877xxx"
    assert shipment["receiver"] == {**SHIPMENT["receiver"], "id": IsInt}
    address = {**SHIPMENT["sender"]["address"], "id": IsInt, "line1": None, "line2": None}
    assert shipment["sender"] == {**SHIPMENT["sender"], "id": IsInt, "address": address}
    assert shipment["parcels"][0]["identify_number"] == "small package"
    assert shipment["parcels"][0]["template"] == "small"
    documented = SHIPMENT["offers"][0]
    offer = shipment["offers"][0]
    assert offer.keys() - {"additional_services"} == documented.keys()
    assert offer["service"]["id"] == documented["service"]["id"]
    assert offer["carrier"]["id"] == documented["carrier"]["id"]
    assert (offer["status"], offer["currency"]) == ("available", "PLN")
    assert offer["rate"] > 0
    assert SHIPMENT.keys() <= shipment.keys()


def test_the_documented_shipment_with_the_documented_quirks(workspace: Workspace) -> None:
    for name, value in (
        ("inpost.id_type", "string"),
        ("inpost.shipment_href", "organization"),
        ("inpost.identify_number", False),
    ):
        workspace.quirk(name, value)
    shipment = create(workspace, request_of(SHIPMENT, dropoff_point="WAW478M"))
    assert shipment["id"] == IsStr(regex=r"\d+")
    assert shipment["href"].endswith(f"/v1/organizations/1/shipments/{shipment['id']}")


def test_the_documented_list_request(workspace: Workspace) -> None:
    """curl -X GET .../v1/organizations/1/shipments -H 'Authorization: Bearer token' ..."""
    create(workspace, locker())
    response = workspace.inpost(None).get(
        "/v1/organizations/1/shipments",
        headers={
            "Authorization": "Bearer token",
            "Content-Type": "application/json",
        },
    )
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("application/json")
    assert response.json().keys() == {"href", "count", "per_page", "page", "items"}


@pytest.mark.parametrize("token", ["token", "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzUxMiJ9..."])
def test_the_tokens_of_the_documented_requests_open_organization_1(
    workspace: Workspace, token: str
) -> None:
    number = create(workspace, locker())["id"]
    shipments = workspace.inpost(token).get("/v1/organizations/1/shipments")
    assert shipments.status_code == 200
    assert [shipment["id"] for shipment in shipments.json()["items"]] == [number]
    assert workspace.inpost(token).get("/v1/shipments/ID_Shipments").status_code == 404


def test_the_documented_status_request(workspace: Workspace) -> None:
    """GET /v1/shipments/ID_Shipments, with the Host of the carrier."""
    number = bought(workspace)["id"]
    root = workspace.base_url
    response = workspace.client.get(
        f"{root}/v1/shipments/{number}",
        headers={
            "Host": "api-shipx-pl.easypack24.net",
            "Authorization": f"Bearer sim-inpost-prepaid@{workspace.name}",
        },
    )
    assert response.status_code == 200
    assert response.json()["status"] == "confirmed"


def test_the_documented_target_that_changes_the_service(workspace: Workspace) -> None:
    custom = {"target_point": "POP-WAW364", "sending_method": "any_point"}
    shipment = create(workspace, locker(custom_attributes=custom))
    assert shipment["service"] == "inpost_locker_customer_service_point"


def test_the_documented_webhook(workspace: Workspace) -> None:
    sample = json.loads("""
        {
        "event_ts": "2018-07-17 12:57:29 +0200",
        "event": "shipment_confirmed",
        "organization_id": 35,
        "created_by_id": null,
        "payload": {
        "shipment_id": 87235,
        "tracking_number": "633300208831612315289193"
        }
        }
    """)
    workspace.quirk("inpost.created_by_id_in_webhooks", True)
    workspace.freeze("2026-07-17T12:57:29+02:00")
    bought(workspace)
    response = workspace.control.get("/webhooks?limit=10")
    told = [hook for hook in response.json()["items"] if hook["event"] == "shipment_confirmed"]
    full = workspace.control.get(f"/webhooks/{told[0]['id']}").json()
    body = full["body"]
    notification = json.loads(body) if isinstance(body, str) else body
    assert list(notification) == list(sample)
    assert notification == {
        "event_ts": "2026-07-17 12:57:30 +0200",
        "event": "shipment_confirmed",
        "organization_id": 1,
        "created_by_id": None,
        "payload": {"shipment_id": IsInt, "tracking_number": IsStr(regex=r"6\d{23}")},
    }


@pytest.mark.parametrize(
    ("service", "token", "status"),
    [
        ("inpost_locker_standard", "sim-inpost-prepaid", 201),
        ("inpost_locker_allegro", "sim-inpost-prepaid", 201),
        ("inpost_locker_pass_thru", "sim-inpost-prepaid", 201),
        ("inpost_letter_allegro", "sim-inpost-prepaid", 201),
        ("inpost_courier_allegro", "sim-inpost-prepaid", 201),
        ("inpost_courier_c2c", "sim-inpost-prepaid", 201),
        ("inpost_courier_standard", "sim-inpost-prepaid", 400),
        ("inpost_courier_express_1000", "sim-inpost-prepaid", 400),
        ("inpost_courier_express_1200", "sim-inpost-prepaid", 400),
        ("inpost_courier_express_1700", "sim-inpost-prepaid", 400),
        ("inpost_courier_palette", "sim-inpost-prepaid", 400),
        ("inpost_locker_standard", "sim-inpost-postpaid", 201),
        ("inpost_locker_allegro", "sim-inpost-postpaid", 201),
        ("inpost_locker_pass_thru", "sim-inpost-postpaid", 201),
        ("inpost_letter_allegro", "sim-inpost-postpaid", 201),
        ("inpost_courier_allegro", "sim-inpost-postpaid", 201),
        ("inpost_courier_c2c", "sim-inpost-postpaid", 201),
        ("inpost_courier_standard", "sim-inpost-postpaid", 201),
        ("inpost_courier_express_1000", "sim-inpost-postpaid", 201),
        ("inpost_courier_express_1200", "sim-inpost-postpaid", 201),
        ("inpost_courier_express_1700", "sim-inpost-postpaid", 201),
        ("inpost_courier_palette", "sim-inpost-postpaid", 201),
    ],
)
def test_the_documented_services_of_each_account(
    workspace: Workspace, service: str, token: str, status: int
) -> None:
    custom = {"sending_method": "dispatch_order", "target_point": "KRA010"}
    if service == "inpost_locker_pass_thru":
        custom = {"sending_method": "parcel_locker", "target_point": "KRA010"}
    body = {
        "receiver": SHIPMENT["receiver"]
        | {"first_name": "Jan", "last_name": "Nowak", "address": SHIPMENT["sender"]["address"]},
        "parcels": {
            "dimensions": {"length": 300, "width": 200, "height": 50, "unit": "mm"},
            "weight": {"amount": 2, "unit": "kg"},
        },
        "custom_attributes": {**custom, "dropoff_point": "KRA010"},
        "service": service,
    }
    organization = 1 if "prepaid" in token else 2
    client = workspace.inpost(token)
    response = client.post(f"/v1/organizations/{organization}/shipments", json=body)
    assert response.status_code == status, response.text
    if status == 201:
        workspace.advance("2s")
        shipment = get(workspace, response.json()["id"], token)
        assert (shipment["status"], shipment["service"]) == ("confirmed", service)
        assert listed(workspace, "", token)["count"] == 1
