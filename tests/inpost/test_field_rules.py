"""The rules of a create, row by row, and the shapes in which their findings come."""

from __future__ import annotations

from typing import Any

import pytest

from tests.inpost.shipx import (
    POSTPAID,
    RECEIVER,
    Json,
    box,
    c2c,
    courier,
    create,
    locker,
    offer_mode,
    post,
    refusal,
    wrong,
)
from tests.inpost.wrong_fields import (
    REFUSED,
    allegro,
    at_door,
    handed,
    letter,
    person,
    sized,
    weighing,
)
from tests.support.server import Workspace


def told(details: Json, *path: str) -> list[str]:
    """Findings as ``receiver.email required``; fails for a shape that the carrier does not have."""
    found = []
    for name, value in details.items():
        place = (*path, name)
        if path == ("parcels",):  # members of a list are bare objects
            found += told(value, *place)
        elif isinstance(value[0], dict):
            [form] = value
            found += told(form, *place)
        else:
            found += [f"{'.'.join(place)} {key}" for key in value]
    return found


@pytest.mark.parametrize(
    ("body", "expected"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_what_is_refused(workspace: Workspace, body: Any, expected: str) -> None:
    response = post(workspace, body, POSTPAID)
    assert (response.status_code, response.json()) == (400, wrong(response.json()["details"]))
    assert sorted(told(response.json()["details"])) == sorted(expected.split("; "))
    findings = explained(workspace)
    assert len(findings) >= expected.count(";") + 1
    assert all(finding["message"] for finding in findings)


def explained(workspace: Workspace) -> list[Json]:
    """The findings of the last create, as the explanation tells them."""
    entry, *_ = workspace.journal(operation="inpost.create_shipment")
    found: list[Json] = workspace.control.get(f"/journal/{entry['id']}").json()["findings"]
    return found


def test_a_rule_names_the_value_what_is_allowed_and_its_clause(workspace: Workspace) -> None:
    workspace.quirk("inpost.weight_minimum", "form")
    custom = handed(sending_method="branch", target_point="X", dropoff_point=None)
    parcel = box("A", weight={"amount": "0.5"}, is_non_standard=True)
    body = locker(
        parcels=[parcel], custom_attributes=custom, cod={"amount": 10}, insurance={"amount": 5}
    )
    body |= {"receiver": person(phone="221234567"), "additional_services": ["sms"]}
    assert post(workspace, body).status_code == 400
    findings = {".".join(map(str, each["path"])): each for each in explained(workspace)}
    assert findings["parcels.A.weight.amount"]["message"] == (
        "weight 0.5 kg is below 1 kg, the least that is accepted"
    )
    assert findings["custom_attributes.sending_method"]["message"] == (
        "inpost_locker_standard is not handed over by branch; it takes parcel_locker, pok, pop, "
        "dispatch_order, any_point"
    )
    assert findings.keys() == {
        "parcels.A.weight.amount",
        "parcels.A.is_non_standard",
        "custom_attributes.target_point",
        "custom_attributes.sending_method",
        "receiver.phone",
        "insurance",
        "additional_services.sms",
    }
    assert all(each["message"] and each["source"] for each in findings.values())


def test_the_shape_of_the_documented_answer(workspace: Workspace) -> None:
    body = locker(receiver=person(email=None, phone="x"), custom_attributes={}, parcels=None)
    assert post(workspace, body).json() == wrong(
        {
            "receiver": [{"email": ["required"], "phone": ["invalid"]}],
            "custom_attributes": [{"target_point": ["required"]}],
            "parcels": ["required"],
        }
    )


def test_parcels_are_told_apart_by_the_callers_ids(workspace: Workspace) -> None:
    parcels = [box("a", weight={"amount": 0}), box("b", dimensions={"length": 1})]
    assert post(workspace, courier(parcels=parcels), POSTPAID).json()["details"] == {
        "parcels": [
            {
                "a": {"weight": [{"amount": ["too_small"]}]},
                "b": {"dimensions": [{"width": ["required"], "height": ["required"]}]},
            }
        ]
    }


ACCEPTED: list[tuple[str, Json]] = [
    ("phone with a prefix", locker(receiver=person(phone="+48501502503"))),
    ("phone with spaces", locker(receiver=person(phone="0048 501-502-503"))),
    ("phone as a number", locker(receiver=person(phone=501502503))),
    ("phone from abroad", locker(receiver=person(phone="+49 1512 3456789"))),
    ("a courier calls a landline", c2c(receiver={**at_door(), "phone": "221234567"})),
    ("a landline abroad", locker(receiver=person(phone="+49 221 1234567"))),
    ("99 parcels", courier(parcels=[box(str(number)) for number in range(99)])),
    ("a receiver with an id", locker(receiver={**person(), "id": 5})),
    (
        "a company needs no name",
        c2c(receiver={**at_door(), "first_name": None, "company_name": "A"}),
    ),
    ("the older lines", c2c(receiver=at_door(street=None, building_number=None, line1="Długa 1"))),
    ("a number as a number", c2c(receiver=at_door(building_number=12))),
    ("abroad", c2c(receiver=at_door(country_code="DE", post_code="10115"))),
    ("a parcel in text", locker(parcels=box())),
    ("a parcel of 1 mm and 10 g", locker(parcels={**sized(width=1), "weight": {"amount": "0,01"}})),
    ("xlarge by c2c", c2c(parcels={"template": "xlarge"})),
    ("non-standard by courier", courier(parcels=box(is_non_standard=True))),
    ("cod without insurance in a locker", locker(cod={"amount": 1})),
    ("insurance up to the bound", locker(insurance={"amount": "9999999.99"})),
    ("cod with as much insurance", c2c(cod={"amount": 10}, insurance={"amount": 10})),
    ("nulls", {**locker(), "cod": None, "insurance": {}, "sender": None, "comments": None}),
    ("sms by courier", courier(additional_services=["sms", "saturday", "sms"])),
    (
        "economy",
        locker(
            service="inpost_locker_economy",
            commercial_product_identifier="ABC",
            custom_attributes=handed(sending_method="dispatch_order"),
        ),
    ),
    ("any point", locker(custom_attributes=handed(sending_method="any_point", dropoff_point=None))),
    ("pok", locker(custom_attributes=handed(sending_method="pok", dropoff_point="POP-WAW364"))),
    ("no sending method", locker(custom_attributes={"target_point": "KRA010"})),
    (
        "pass thru",
        locker(service="inpost_locker_pass_thru", custom_attributes=handed(dropoff_point="KRA010")),
    ),
    (
        "allegro with its pair",
        allegro(custom_attributes=handed(allegro_user_id="1", allegro_transaction_id=2)),
    ),
    ("miniKurier24 without a target point", letter()),
    ("reference of 3", locker(reference="abc")),
]


@pytest.mark.parametrize("body", [row[1] for row in ACCEPTED], ids=[row[0] for row in ACCEPTED])
def test_what_is_accepted(workspace: Workspace, body: Json) -> None:
    create(workspace, body, POSTPAID)


def test_the_smallest_weight_of_the_form_rules(workspace: Workspace) -> None:
    workspace.quirk("inpost.weight_minimum", "form")
    response = post(workspace, locker(parcels=weighing(0.99)))
    details = {"parcels": [{"0": {"weight": [{"amount": ["too_small"]}]}}]}
    assert (response.status_code, response.json()) == (400, wrong(details))
    create(workspace, locker(parcels=weighing(1)))


def test_the_documented_target_point_of_mini_kurier(workspace: Workspace) -> None:
    workspace.quirk("inpost.letter_target_point", "required")
    response = post(workspace, letter())
    assert response.json()["details"] == {"custom_attributes": [{"target_point": ["required"]}]}


def test_a_closed_point(workspace: Workspace) -> None:
    workspace.do("inpost.close_point", name="KRA010")
    key = ["invalid_box_machine_function"]
    response = post(workspace, locker())
    assert response.json() == wrong({"custom_attributes": [{"target_point": key}]})
    workspace.quirk("inpost.target_point_error_shape", "flat")
    assert post(workspace, locker()).json() == wrong({"target_point": key})


def test_what_an_organization_has_not_contracted(workspace: Workspace) -> None:
    workspace.do("inpost.set_contracts", organization=1, services=["inpost_courier_c2c"])
    text = "No contracted carrier has the requested service."
    missing = refusal("carrier_unavailable", text, {})
    assert post(workspace, locker()).json() == missing
    create(workspace, c2c())
    workspace.do(
        "inpost.set_contracts",
        organization=1,
        carriers=["inpost_letter"],
        services=["inpost_locker_standard"],
    )
    assert post(workspace, locker()).json() == missing
    workspace.do("inpost.set_contracts", organization=1, carriers=[])
    nobody = refusal("no_carriers", "Organization has no contracted carrier.", {})
    assert post(workspace, offer_mode()).json() == nobody
    refused = workspace.control.post(
        "/actions/inpost.set_contracts", json={"organization": 1, "carriers": ["owl"]}
    )
    assert refused.status_code == 409


def test_a_courier_address_needs_all_its_parts(workspace: Workspace) -> None:
    receiver = {**RECEIVER, "address": {"country_code": "PL", "line2": "m. 3"}}
    needed = ("street", "building_number", "city", "post_code")
    address = {name: ["required"] for name in needed}
    assert post(workspace, c2c(receiver=receiver)).json()["details"] == {
        "receiver": [{"address": [address]}]
    }


def test_a_service_that_nobody_contracted(workspace: Workspace) -> None:
    # A prepaid organization has no contract for the local courier, a postpaid one has.
    response = post(workspace, courier(service="inpost_courier_local_standard", parcels=box()))
    expected = refusal("missing_trucker_id", "trucker_ID_is_not_set_for_organization", None)
    assert (response.status_code, response.json()) == (400, expected)


def test_fields_come_before_contracts(workspace: Workspace) -> None:
    assert post(workspace, courier(receiver=None)).json()["error"] == "validation_failed"


def test_what_the_schema_finds_has_its_unit_and_its_clause(workspace: Workspace) -> None:
    body = locker(parcels=weighing(0.001), cod={"amount": 0.5})
    assert post(workspace, body).status_code == 400
    assert [(each["message"], each["source"]) for each in explained(workspace)] == [
        (
            "cod 0.5 PLN is below 1 PLN, the least that is accepted",
            "ShipX documentation, Creating a shipment: cod, insurance",
        ),
        (
            "weight 0.001 kg is below 0.01 kg, the least that is accepted",
            "ShipX documentation, Shipment sizes and services",
        ),
    ]


def test_the_documents_reading_of_cod_without_cover(workspace: Workspace) -> None:
    workspace.quirk("inpost.insurance_below_cod", "amount")
    none, less = c2c(cod={"amount": 10}), {"cod": {"amount": 10}, "insurance": {"amount": 9}}
    assert told(post(workspace, none).json()["details"]) == ["insurance.amount required"]
    assert told(post(workspace, c2c(**less)).json()["details"]) == ["insurance.amount too_small"]
    create(workspace, locker(**less))


def test_the_documents_know_no_landlines(workspace: Workspace) -> None:
    workspace.quirk("inpost.locker_landlines", "accept")
    create(workspace, locker(receiver=person(phone="221234567")))


def test_older_documents_allow_a_thousand_parcels(workspace: Workspace) -> None:
    workspace.quirk("inpost.most_parcels", 1000)
    many = [box(str(number)) for number in range(100)]
    create(workspace, courier(parcels=many), POSTPAID)
    assert post(workspace, locker(parcels=many)).json()["details"] == {"parcels": ["too_long"]}


@pytest.mark.parametrize("parcel", [1, None, {"id": False}, {"weight": {}}])
def test_of_more_parcels_than_are_read_only_their_number_is_told(
    workspace: Workspace, parcel: Any
) -> None:
    response = post(workspace, locker(parcels=[parcel] * 1001))
    assert response.status_code == 400
    assert response.json()["details"] == {"parcels": ["too_long"]}


def test_a_prepaid_account_has_six_services_by_the_documents(workspace: Workspace) -> None:
    def services() -> set[str]:
        return set(workspace.client.get("/v1/organizations/1").json()["services"])

    recorded = services()
    workspace.control.post("reset", json={"profile": "documented"})
    assert services() == {
        "inpost_locker_standard",
        "inpost_locker_allegro",
        "inpost_locker_pass_thru",
        "inpost_letter_allegro",
        "inpost_courier_allegro",
        "inpost_courier_c2c",
    }
    assert len(recorded) == 9
