"""What a shipment is once its service is known, and what its offers say before."""

from __future__ import annotations

import pytest

from tests.inpost.shipx import (
    POSTPAID,
    SANDBOX,
    Json,
    box,
    c2c,
    courier,
    create,
    get,
    locker,
    offer,
    offer_mode,
    post,
    prepared,
    wrong,
)
from tests.support.server import Workspace

AT_LOCKER = {"sending_method": "dispatch_order", "target_point": "KRA010"}


def test_a_courier_shipment_has_no_target_point(workspace: Workspace) -> None:
    shipment = create(workspace, c2c(custom_attributes=AT_LOCKER))
    assert shipment["custom_attributes"] == {"sending_method": "dispatch_order"}
    [entry] = workspace.journal(operation="inpost.create_shipment")
    told = workspace.control.get(f"/journal/{entry['id']}").text
    assert "target_point KRA010 is dropped" in told


def test_it_loses_it_when_a_courier_is_chosen_among_the_offers(workspace: Workspace) -> None:
    receiver = c2c()["receiver"]
    body = offer_mode(receiver=receiver, custom_attributes=AT_LOCKER)
    shipment = prepared(workspace, body)
    assert shipment["custom_attributes"] == AT_LOCKER
    paying = {"offer_id": offer(shipment, "inpost_courier_c2c")["id"]}
    workspace.client.post(f"/v1/shipments/{shipment['id']}/buy", json=paying)
    workspace.advance("3s")
    bought = get(workspace, shipment["id"])
    assert bought["status"] == "confirmed"
    assert bought["custom_attributes"] == {"sending_method": "dispatch_order"}


def test_the_documents_refuse_it(workspace: Workspace) -> None:
    workspace.quirk("inpost.courier_target_point", "refuse")
    response = post(workspace, c2c(custom_attributes=AT_LOCKER))
    assert response.json() == wrong({"custom_attributes": [{"target_point": ["unavailable"]}]})
    receiver = c2c()["receiver"]
    shipment = prepared(workspace, offer_mode(receiver=receiver, custom_attributes=AT_LOCKER))
    [reason] = offer(shipment, "inpost_courier_c2c")["unavailability_reasons"]
    assert reason["key"] == "target_point_unavailable"


@pytest.mark.parametrize(
    ("sides", "expected"),
    [((1200, 500, 500), False), ((1201, 10, 10), True), ((1000, 1000, 201), True)],
)
def test_the_sides_make_a_courier_parcel_non_standard(
    workspace: Workspace, sides: tuple[int, int, int], expected: bool
) -> None:
    length, width, height = sides
    dimensions = {"length": length, "width": width, "height": height}
    parcel = box("A", dimensions=dimensions)
    shipment = create(workspace, courier(parcels=parcel), POSTPAID)
    assert shipment["parcels"][0]["is_non_standard"] is expected
    declared = create(workspace, courier(parcels=box("A", is_non_standard=True)), POSTPAID)
    assert declared["parcels"][0]["is_non_standard"] is True


def test_they_do_so_once_the_service_is_known(workspace: Workspace) -> None:
    dimensions = {"length": 1300, "width": 100, "height": 100}
    body = offer_mode(
        receiver=c2c()["receiver"],
        parcels=box(dimensions=dimensions),
        custom_attributes={"sending_method": "dispatch_order"},
    )
    shipment = prepared(workspace, body, SANDBOX)
    paying = {"offer_id": offer(shipment, "inpost_courier_standard")["id"]}
    workspace.inpost(SANDBOX).post(f"/v1/shipments/{shipment['id']}/buy", json=paying)
    workspace.advance("3s")
    assert get(workspace, shipment["id"], SANDBOX)["parcels"][0]["is_non_standard"] is True


def test_a_smaller_parcel_is_standard_again(workspace: Workspace) -> None:
    dimensions = {"length": 1300, "width": 100, "height": 100}
    body = courier(parcels=box(dimensions=dimensions), only_choice_of_offer=True)
    number = create(workspace, body, POSTPAID)["id"]
    workspace.advance("1s")
    client = workspace.inpost(POSTPAID)
    kept = client.put(f"/v1/shipments/{number}", json={"reference": "ORDER-2"}).json()
    assert kept["parcels"][0]["is_non_standard"] is True
    workspace.advance("1s")
    changed = client.put(f"/v1/shipments/{number}", json={"parcels": box()}).json()
    assert changed["parcels"][0]["is_non_standard"] is False


def test_nothing_is_in_preparation_once_the_shipment_is_cancelled(workspace: Workspace) -> None:
    number = create(workspace, offer_mode())["id"]
    workspace.advance("100ms")
    assert get(workspace, number)["offers"] != []
    assert workspace.client.delete(f"/v1/shipments/{number}").status_code == 204
    assert get(workspace, number)["offers"] == []


def test_offers_are_in_preparation_while_they_are_fetched(workspace: Workspace) -> None:
    created = create(workspace, offer_mode())
    assert created["offers"] == []
    workspace.advance("100ms")
    fetched = get(workspace, created["id"])
    assert fetched["status"] == "created"
    assert {each["status"] for each in fetched["offers"]} == {"in_preparation"}
    for each in fetched["offers"]:
        assert (each["rate"], each["expires_at"], each["unavailability_reasons"]) == (None,) * 3
    early = {"offer_id": fetched["offers"][0]["id"]}
    buying = workspace.client.post(f"/v1/shipments/{created['id']}/buy", json=early)
    assert buying.json()["error"] == "offer_unavailable"
    workspace.advance("1s")
    prepared = get(workspace, created["id"])
    assert prepared["status"] == "offers_prepared"
    assert [each["id"] for each in prepared["offers"]] == [each["id"] for each in fetched["offers"]]
    assert {each["status"] for each in prepared["offers"]} == {"available", "unavailable"}


def test_the_simplified_mode_fetches_no_other_offers(workspace: Workspace) -> None:
    created = create(workspace, locker())
    workspace.advance("150ms")
    assert get(workspace, created["id"])["offers"] == []


def asked(services: list[str]) -> Json:
    return offer_mode(
        receiver=c2c()["receiver"],
        parcels=box(),
        custom_attributes=AT_LOCKER,
        additional_services=services,
    )


def test_an_offer_lists_the_additional_services_that_it_has(workspace: Workspace) -> None:
    shipment = prepared(workspace, asked(["sms", "labelless"]), SANDBOX)
    had = {each["service"]["id"]: each["additional_services"] for each in shipment["offers"]}
    assert had["inpost_courier_standard"] == ["sms"]
    assert had["inpost_locker_standard"] == ["labelless"]
    assert had["inpost_locker_allegro"] == []
    assert shipment["additional_services"] == ["sms", "labelless"]


def test_reasons_name_the_value_and_what_is_taken(workspace: Workspace) -> None:
    body = offer_mode(parcels=[box("a"), box("b")], cod={"amount": 6000})
    [*reasons] = offer(prepared(workspace, body), "inpost_locker_standard")[
        "unavailability_reasons"
    ]
    assert [(each["key"], each["message"]) for each in reasons] == [
        (
            "multiple_parcels_unavailable",
            "inpost_locker_standard takes 1 parcel in a shipment, not 2",
        ),
        (
            "cod_amount_too_big",
            "cod 6000.00 is above the 5000 PLN that inpost_locker_standard collects at most",
        ),
    ]


def test_the_carriers_own_sentences_stay_and_the_explanation_says_more(
    workspace: Workspace,
) -> None:
    large = box(dimensions={"length": 900, "width": 300, "height": 150})
    shipment = prepared(workspace, offer_mode(parcels=large))
    [reason] = offer(shipment, "inpost_locker_standard")["unavailability_reasons"]
    assert reason["message"] == "Parcel is too large or too heavy."
    [entry, *_] = workspace.journal(operation="inpost.get_shipment")
    told = workspace.control.get(f"/journal/{entry['id']}").text
    assert "900 x 300 x 150 mm and 2.5 kg does not go by inpost_locker_standard" in told
    assert "parcels of class C, 380 x 410 x 640 mm, up to 25 kg" in told
