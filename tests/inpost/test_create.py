"""Creating shipments: what the answer holds, and what the body may leave out."""

from __future__ import annotations

import pytest
from dirty_equals import IsInt, IsStr

from tests.inpost.shipx import (
    ADDRESS,
    FRIDAY,
    POSTPAID,
    RECEIVER,
    bought,
    box,
    c2c,
    courier,
    create,
    get,
    listed,
    locker,
    offer_mode,
    post,
    refusal,
)
from tests.support.server import Workspace

KEYS = [
    "href",
    "id",
    "status",
    "tracking_number",
    "return_tracking_number",
    "service",
    "reference",
    "is_return",
    "application_id",
    "created_by_id",
    "external_customer_id",
    "sending_method",
    "end_of_week_collection",
    "comments",
    "mpk",
    "additional_services",
    "custom_attributes",
    "cod",
    "insurance",
    "sender",
    "receiver",
    "selected_offer",
    "offers",
    "transactions",
    "parcels",
    "created_at",
    "updated_at",
]


def test_a_locker_parcel_is_created_with_everything_in_the_recorded_order(
    workspace: Workspace,
) -> None:
    body = locker(
        cod={"amount": 49.9, "currency": "PLN"},
        insurance={"amount": "49,90"},
        external_customer_id="shop-7",
    )
    response = post(workspace, body)
    shipment = response.json()
    number = shipment["id"]
    assert response.status_code == 201
    assert response.headers["location"].endswith(f"/v1/shipments/{number}")
    assert response.headers["location"].startswith("http://")
    assert list(shipment) == KEYS
    assert shipment == {
        "href": f"{workspace.inpost_url}/v1/shipments/{number}",
        "id": IsInt(ge=15_000_001),
        "status": "created",
        "tracking_number": None,
        "return_tracking_number": None,
        "service": "inpost_locker_standard",
        "reference": "ORDER-1001",
        "is_return": False,
        "application_id": 1,
        "created_by_id": None,
        "external_customer_id": "shop-7",
        "sending_method": "parcel_locker",
        "end_of_week_collection": False,
        "comments": None,
        "mpk": None,
        "additional_services": [],
        "custom_attributes": {
            "target_point": "KRA010",
            "dropoff_point": "WAW478M",
            "sending_method": "parcel_locker",
        },
        "cod": {"amount": 49.9, "currency": "PLN"},
        "insurance": {"amount": 49.9, "currency": "PLN"},
        "sender": {
            "id": IsInt,
            "name": None,
            "company_name": "Sklep Przedpłacony",
            "first_name": "Adam",
            "last_name": "Lis",
            "email": "biuro1@example.com",
            "phone": "600700800",
            "address": {
                "id": IsInt,
                "street": "Prosta",
                "building_number": "1",
                "line1": None,
                "line2": None,
                "city": "Warszawa",
                "post_code": "00-838",
                "country_code": "PL",
            },
        },
        "receiver": {
            "id": IsInt,
            "name": None,
            "company_name": None,
            **{name: RECEIVER[name] for name in ("first_name", "last_name", "email", "phone")},
            "address": None,
        },
        "selected_offer": None,
        "offers": [],
        "transactions": [],
        "parcels": [
            {
                "id": IsInt,
                "identify_number": None,
                "tracking_number": None,
                "is_non_standard": False,
                "template": "small",
                "dimensions": {"length": 380.0, "width": 640.0, "height": 80.0, "unit": "mm"},
                "weight": {"amount": 25.0, "unit": "kg"},
            }
        ],
        "created_at": "2026-03-02T10:15:00.000+01:00",
        "updated_at": "2026-03-02T10:15:00.000+01:00",
    }


def test_amounts_that_are_absent_are_objects_of_nulls(workspace: Workspace) -> None:
    shipment = create(workspace, locker(cod={"amount": None}))
    nothing = {"amount": None, "currency": None}
    assert (shipment["cod"], shipment["insurance"]) == (nothing, nothing)


def test_several_courier_parcels_keep_the_callers_ids(workspace: Workspace) -> None:
    shipment = create(workspace, courier(), POSTPAID)
    assert [parcel["identify_number"] for parcel in shipment["parcels"]] == ["box-1", "box-2"]
    assert shipment["parcels"][0]["dimensions"] == {
        "length": 400.0,
        "width": 300.0,
        "height": 150.0,
        "unit": "mm",
    }
    assert shipment["parcels"][0]["weight"] == {"amount": 2.5, "unit": "kg"}


def test_one_parcel_as_an_item_without_an_id_and_with_fractions_passes(
    workspace: Workspace,
) -> None:
    sides = {"length": 21.5, "width": 1.7, "height": "2,1"}
    shipment = create(workspace, locker(parcels=[{"dimensions": sides, "weight": {"amount": 1}}]))
    assert shipment["parcels"][0]["dimensions"] == {
        "length": 21.5,
        "width": 1.7,
        "height": 2.1,
        "unit": "mm",
    }


def test_a_service_point_as_target_changes_the_service(workspace: Workspace) -> None:
    custom = {"sending_method": "any_point", "target_point": "POP-WAW364"}
    shipment = create(workspace, locker(custom_attributes=custom))
    assert shipment["service"] == "inpost_locker_customer_service_point"
    again = create(workspace, locker(custom_attributes=custom, service=shipment["service"]))
    assert again["service"] == shipment["service"]


def test_a_sender_is_taken_as_given(workspace: Workspace) -> None:
    sender = {"company_name": "Nadawca", "phone": 600700801, "address": ADDRESS}
    shipment = create(workspace, locker(sender=sender))
    assert shipment["sender"]["company_name"] == "Nadawca"
    assert shipment["sender"]["phone"] == "600700801"
    assert shipment["sender"]["first_name"] is None
    assert shipment["sender"]["address"]["city"] == "Kraków"


def test_a_sender_without_an_address_gets_the_organizations(workspace: Workspace) -> None:
    shipment = create(workspace, locker(sender={"company_name": "Nadawca"}))
    assert shipment["sender"]["address"]["city"] == "Warszawa"


def test_a_cost_centre_that_is_new_is_made_and_used_again(workspace: Workspace) -> None:
    first = create(workspace, locker(mpk="Sklep A"))
    second = create(workspace, locker(mpk="Sklep A"))
    assert first["mpk"] == {"id": IsInt, "name": "Sklep A"}
    assert second["mpk"] == first["mpk"]


def test_an_unknown_cost_centre_is_refused_when_the_quirk_says_so(workspace: Workspace) -> None:
    workspace.quirk("inpost.unknown_mpk", "refuse")
    response = post(workspace, locker(mpk="Sklep A"))
    assert response.json()["details"] == {"mpk": ["does_not_exist"]}


def test_a_return_needs_no_receiver(workspace: Workspace) -> None:
    shipment = create(workspace, locker(receiver=None, is_return=True))
    assert shipment["is_return"] is True
    assert shipment["receiver"] is None


def test_everything_else_that_may_be_said_comes_back(workspace: Workspace) -> None:
    custom = {
        "sending_method": "parcel_locker",
        "target_point": "KRA010",
        "dropoff_point": "WAW478M",
        "allegro_transaction_id": 77,
        "allegro_user_id": "88",
    }
    workspace.freeze(FRIDAY)
    shipment = create(
        workspace,
        locker(
            custom_attributes=custom,
            comments="ostrożnie",
            end_of_week_collection=True,
            reference=1001,
            unknown_field={"a": 1},
        ),
    )
    assert shipment["comments"] == "ostrożnie"
    assert shipment["end_of_week_collection"] is True
    assert shipment["reference"] == "1001"
    assert shipment["custom_attributes"] == {
        **custom,
        "allegro_transaction_id": "77",
    }


def test_the_same_request_twice_is_two_shipments(workspace: Workspace) -> None:
    assert create(workspace, locker())["id"] != create(workspace, locker())["id"]


def test_the_documented_profile_echoes_templates_lengthwise(workspace: Workspace) -> None:
    workspace.quirk("inpost.template_dimensions", "documented")
    [parcel] = create(workspace, locker())["parcels"]
    assert parcel["dimensions"] == {"length": 640.0, "width": 380.0, "height": 80.0, "unit": "mm"}


def test_ids_are_texts_when_the_quirk_says_so(workspace: Workspace) -> None:
    workspace.quirk("inpost.id_type", "string")
    shipment = bought(workspace)
    assert shipment["id"] == IsStr(regex=r"\d+")
    assert shipment["sender"]["address"]["id"] == IsStr(regex=r"\d+")
    assert shipment["transactions"][0]["id"] == IsStr(regex=r"\d+")


def test_the_longer_href_of_the_documents(workspace: Workspace) -> None:
    workspace.quirk("inpost.shipment_href", "organization")
    shipment = create(workspace, locker())
    path = f"/v1/organizations/1/shipments/{shipment['id']}"
    assert shipment["href"] == workspace.inpost_url + path


def test_older_answers_have_no_identify_number(workspace: Workspace) -> None:
    workspace.quirk("inpost.identify_number", False)
    assert "identify_number" not in create(workspace, locker())["parcels"][0]


def test_a_courier_service_without_the_contract(workspace: Workspace) -> None:
    expected = refusal("missing_trucker_id", "trucker_ID_is_not_set_for_organization", None)
    prepaid = post(workspace, courier())
    assert (prepaid.status_code, prepaid.json()) == (400, expected)
    workspace.do("inpost.set_courier_contract", organization=2, contract=False)
    assert post(workspace, courier(), POSTPAID).json() == expected
    workspace.do("inpost.set_courier_contract", organization=2, contract=True)
    assert post(workspace, courier(), POSTPAID).status_code == 201


def test_a_refused_create_leaves_nothing_behind(workspace: Workspace) -> None:
    assert post(workspace, locker(receiver=None)).status_code == 400
    assert workspace.records("inpost", "shipments") == []
    assert create(workspace, locker())["id"] == 15_000_001


def test_get_finds_ones_own_shipments_only(workspace: Workspace) -> None:
    number = create(workspace, locker())["id"]
    missing = refusal("resource_not_found", "Resource not found.", {}, 404)
    response = workspace.inpost(POSTPAID).get(f"/v1/shipments/{number}")
    assert (response.status_code, response.json()) == (404, missing)
    for wanted in ("wrong_id", 0, 99, 2**63, "-1"):
        response = workspace.client.get(f"/v1/shipments/{wanted}")
        assert (response.status_code, response.json()) == (404, missing)
    assert get(workspace, number)["id"] == number


def test_creating_in_the_name_of_another_organization(workspace: Workspace) -> None:
    response = workspace.client.post("/v1/organizations/2/shipments", json=locker())
    expected = refusal("forbidden", "Access forbidden for this token.", {}, 403)
    assert (response.status_code, response.json()) == (403, expected)


def test_the_offer_mode_has_no_service(workspace: Workspace) -> None:
    assert create(workspace, offer_mode())["service"] is None


def test_a_c2c_parcel_goes_to_a_door(workspace: Workspace) -> None:
    shipment = bought(workspace, c2c(parcels=box()))
    assert shipment["tracking_number"].startswith("52")
    assert "customer_delivering_code" not in shipment["custom_attributes"]


@pytest.mark.parametrize("identifier", ["2D", "FF", "DI"])
def test_economy_shipments_show_their_product_identifier(
    workspace: Workspace, identifier: str
) -> None:
    body = locker(
        service="inpost_locker_economy",
        commercial_product_identifier=identifier,
        custom_attributes={"sending_method": "dispatch_order", "target_point": "KRA010"},
    )
    made = create(workspace, body)
    assert made["commercial_product_identifier"] == identifier
    assert get(workspace, made["id"])["commercial_product_identifier"] == identifier
    assert listed(workspace)["items"][0]["commercial_product_identifier"] == identifier


def test_other_shipments_have_none(workspace: Workspace) -> None:
    assert "commercial_product_identifier" not in create(workspace, locker())
