"""Why an offer is unavailable, and what stands in its place."""

from __future__ import annotations

import pytest

from tests.inpost.shipx import (
    ADDRESS,
    FRIDAY,
    RECEIVER,
    Json,
    box,
    get,
    offer,
    offer_mode,
    prepared,
    reasons,
)
from tests.support.server import Workspace


@pytest.mark.parametrize(
    ("changes", "service", "expected"),
    [
        (
            {"parcels": [box("a"), box("b")]},
            "inpost_locker_standard",
            "multiple_parcels_unavailable",
        ),
        ({"custom_attributes": {}}, "inpost_locker_standard", "target_point_required"),
        ({"custom_attributes": {}}, "inpost_locker_allegro", "sending_method_required"),
        (
            {"custom_attributes": {"sending_method": "branch"}},
            "inpost_courier_c2c",
            "sending_method_unavailable",
        ),
        (
            {"receiver": {"phone": "501502503", "address": ADDRESS}},
            "inpost_locker_standard",
            "receiver_email_required",
        ),
        (
            {"additional_services": ["email"]},
            "inpost_locker_standard",
            "additional_service_email_unavailable",
        ),
        (
            {"additional_services": ["sms"]},
            "inpost_locker_standard",
            "additional_service_sms_unavailable",
        ),
        (
            {"cod": {"amount": 100}},
            "inpost_locker_standard_smart",
            "additional_service_cod_unavailable",
        ),
        ({"cod": {"amount": 9000}}, "inpost_locker_standard", "cod_amount_too_big"),
        (
            {"cod": {"amount": 100}, "receiver": {**RECEIVER, "address": ADDRESS}},
            "inpost_courier_c2c",
            "insurance_required",
        ),
        (
            {"end_of_week_collection": True},
            "inpost_locker_allegro",
            "additional_service_end_of_week_collection_unavailable",
        ),
        ({}, "inpost_locker_economy", "commercial_product_identifier_required"),
    ],
)
def test_why_an_offer_is_unavailable(
    workspace: Workspace, changes: Json, service: str, expected: str
) -> None:
    workspace.freeze(FRIDAY)
    assert expected in reasons(prepared(workspace, offer_mode(**changes)), service)


def test_a_return_without_a_receiver_can_be_offered(workspace: Workspace) -> None:
    shipment = prepared(workspace, offer_mode(receiver=None, is_return=True))
    assert offer(shipment, "inpost_locker_standard")["status"] == "available"


def test_only_contracted_carriers_make_offers(workspace: Workspace) -> None:
    workspace.do("inpost.set_contracts", organization=1, carriers=["inpost_letter"])
    services = [o["service"]["id"] for o in prepared(workspace)["offers"]]
    assert services == ["inpost_letter_allegro"]


def test_a_target_that_cannot_receive(workspace: Workspace) -> None:
    workspace.do("inpost.close_point", name="KRA010")
    shipment = prepared(workspace)
    assert reasons(shipment, "inpost_locker_standard") == ["invalid_target_point_function"]


def test_allegro_checks_the_buyers_address_when_the_quirk_says_so(workspace: Workspace) -> None:
    workspace.quirk("inpost.allegro_email_check", True)
    assert reasons(prepared(workspace), "inpost_locker_allegro") == ["allegro_email_invalid"]
    receiver = {**RECEIVER, "email": "a1b2@allegromail.pl"}
    shipment = prepared(workspace, offer_mode(receiver=receiver))
    assert reasons(shipment, "inpost_locker_allegro") == []


def test_translations_that_the_carrier_lacks(workspace: Workspace) -> None:
    number = prepared(workspace, offer_mode(additional_services=["sms"]))["id"]
    key = "additional_service_sms_unavailable"

    def message() -> str:
        found = offer(get(workspace, number), "inpost_locker_standard")
        return str(found["unavailability_reasons"][0]["message"])

    assert message() == f"translation missing: keys.errors.messages.{key}"
    workspace.quirk("inpost.translation_holes", False)
    assert message() == "Additional service sms is unavailable."


def test_a_service_point_is_offered_in_place_of_a_locker(workspace: Workspace) -> None:
    custom = {"target_point": "POP-WAW364", "sending_method": "any_point"}
    shipment = prepared(workspace, offer_mode(custom_attributes=custom))
    found = offer(shipment, "inpost_locker_customer_service_point")
    assert found["status"] == "available"
    paying = {"offer_id": found["id"]}
    path = f"/v1/shipments/{shipment['id']}/buy"
    assert workspace.client.post(path, json=paying).status_code == 200
    workspace.advance("2s")
    assert get(workspace, shipment["id"])["service"] == "inpost_locker_customer_service_point"
