"""Offers come, one is chosen and bought: the timing, the choice, and what stands in the way."""

from __future__ import annotations

from typing import Any

from dirty_equals import IsInt, IsStr

from tests.inpost.shipx import (
    POSTPAID,
    PREPAID,
    bought,
    box,
    courier,
    create,
    get,
    locker,
    not_now,
    offer,
    offer_mode,
    prepared,
    reasons,
    refusal,
    wrong,
)
from tests.support.server import Workspace

STANDARD = {
    "id": "inpost_locker_standard",
    "name": "Paczkomatowa standardowa",
    "description": "Przesyłka paczkomatowa standardowa",
}
LOCKER_CARRIER = {
    "id": "inpost_locker",
    "name": "InPost Paczkomaty",
    "description": "InPost Paczkomaty - Przesyłki paczkomatowe",
}
EXPIRED = refusal("offer_expired", "Offer has expired.", {})
UNAVAILABLE = refusal("offer_unavailable", "Offer is unavailable.", {})


def buy(workspace: Workspace, number: Any, offer_id: Any, token: str = PREPAID) -> Any:
    body = {"offer_id": offer_id}
    return workspace.inpost(token).post(f"/v1/shipments/{number}/buy", json=body)


def select(workspace: Workspace, number: Any, offer_id: Any) -> Any:
    body = {"offer_id": offer_id}
    return workspace.client.post(f"/v1/shipments/{number}/select_offer", json=body)


def balance(workspace: Workspace, organization: int) -> int:
    records = workspace.records("inpost", "organizations")
    amounts = {record["id"]: record["balance"] for record in records}
    return int(amounts[organization])


def test_the_simplified_mode_follows_the_recorded_clock(workspace: Workspace) -> None:
    number = create(workspace, locker())["id"]
    seen = []
    for _ in range(13):
        workspace.advance("100ms")
        shipment = get(workspace, number)
        payments = [transaction["status"] for transaction in shipment["transactions"]]
        seen.append((shipment["status"], payments, shipment["tracking_number"] is not None))
    assert seen == [
        *[("created", [], False)] * 2,
        ("offers_prepared", [], False),
        ("offer_selected", [], False),
        *[("offer_selected", ["initiated"], False)] * 6,
        *[("confirmed", ["success"], True)] * 3,
    ]


def test_a_bought_shipment(workspace: Workspace) -> None:
    shipment = bought(workspace)
    paid = {
        "id": IsInt,
        "status": "bought",
        "expires_at": None,
        "rate": 16.99,
        "currency": "PLN",
        "additional_services": [],
        "carrier": LOCKER_CARRIER,
        "service": STANDARD,
        "unavailability_reasons": None,
    }
    assert shipment["selected_offer"] == paid
    assert shipment["offers"] == [shipment["selected_offer"]]
    assert shipment["transactions"] == [
        {
            "id": IsInt,
            "status": "success",
            "offer_id": shipment["selected_offer"]["id"],
            "details": {},
            "created_at": IsStr(regex=r"2026-03-02T10:15:00\.4\d\d\+01:00"),
            "updated_at": IsStr(regex=r"2026-03-02T10:15:01\.[01]\d\d\+01:00"),
        }
    ]
    assert shipment["tracking_number"] == IsStr(regex=r"6[012368]\d{22}")
    assert shipment["parcels"][0]["tracking_number"] == shipment["tracking_number"]
    assert shipment["custom_attributes"]["customer_delivering_code"] == IsStr(regex=r"\d{6}")
    assert balance(workspace, 1) == 100_000 - 1699


def test_every_parcel_of_a_courier_has_a_number_of_its_own(workspace: Workspace) -> None:
    shipment = bought(workspace, courier(), POSTPAID)
    numbers = [parcel["tracking_number"] for parcel in shipment["parcels"]]
    assert numbers[0] == shipment["tracking_number"]
    assert numbers == [IsStr(regex=r"52\d{22}")] * 2
    assert len(set(numbers)) == 2


def test_postpaid_organizations_see_no_rate_and_pay_nothing(workspace: Workspace) -> None:
    shipment = bought(workspace, token=POSTPAID)
    assert (shipment["offers"][0]["rate"], shipment["offers"][0]["currency"]) == (None, "PLN")
    assert balance(workspace, 2) == 0


def test_rates_can_be_hidden_from_everybody(workspace: Workspace) -> None:
    workspace.quirk("inpost.rate", "hidden")
    assert bought(workspace)["offers"][0]["rate"] is None
    assert balance(workspace, 1) < 100_000


def test_prices_follow_size_cod_and_insurance(workspace: Workspace) -> None:
    rates = [
        bought(workspace, body)["selected_offer"]["rate"]
        for body in (
            locker(),
            locker(parcels={"template": "medium"}),
            locker(parcels={"template": "large"}),
            locker(cod={"amount": 50}),
            locker(insurance={"amount": 5000}),
        )
    ]
    assert rates[0] < rates[1] < rates[2]
    assert rates[3] > rates[0]
    assert rates[4] > rates[0]


def test_an_unavailable_offer_ends_at_offers_prepared(workspace: Workspace) -> None:
    giant = box(dimensions={"length": 5000, "width": 5000, "height": 5000})
    number = create(workspace, locker(parcels=giant))["id"]
    workspace.advance("1h")
    shipment = get(workspace, number)
    assert shipment["status"] == "offers_prepared"
    assert shipment["selected_offer"] is None
    assert shipment["transactions"] == []
    assert shipment["offers"] == [
        {
            "id": IsInt,
            "status": "unavailable",
            "expires_at": None,
            "rate": None,
            "currency": None,
            "additional_services": [],
            "carrier": LOCKER_CARRIER,
            "service": STANDARD,
            "unavailability_reasons": [
                {"key": "parcels_size_invalid", "message": "Parcel is too large or too heavy."}
            ],
        }
    ]
    refused = buy(workspace, number, shipment["offers"][0]["id"])
    assert (refused.status_code, refused.json()) == (400, UNAVAILABLE)
    workspace.quirk("inpost.offer_currency_when_unavailable", True)
    assert get(workspace, number)["offers"][0]["currency"] == "PLN"


def test_only_choice_of_offer_waits_for_the_caller(workspace: Workspace) -> None:
    number = create(workspace, locker(only_choice_of_offer=True))["id"]
    workspace.advance("4m")
    shipment = get(workspace, number)
    assert shipment["status"] == "offer_selected"
    assert shipment["selected_offer"]["status"] == "selected"
    assert shipment["selected_offer"]["expires_at"] == IsStr(regex=r"2026-03-02T10:20:00\.2.*")
    assert buy(workspace, number, shipment["selected_offer"]["id"]).status_code == 200
    workspace.advance("2s")
    assert get(workspace, number)["status"] == "confirmed"


def test_the_offer_mode_prepares_every_contracted_service(workspace: Workspace) -> None:
    number = create(workspace, offer_mode())["id"]
    workspace.advance("490ms")
    assert get(workspace, number)["status"] == "created"
    workspace.advance("40ms")
    shipment = get(workspace, number)
    assert shipment["status"] == "offers_prepared"
    assert shipment["service"] is None
    states = {o["service"]["id"]: o["status"] for o in shipment["offers"]}
    assert states == {
        "inpost_locker_standard": "available",
        "inpost_locker_economy": "unavailable",
        "inpost_locker_allegro": "available",
        "inpost_locker_pass_thru": "unavailable",
        "inpost_locker_standard_smart": "available",
        "inpost_locker_allegro_smart": "available",
        "inpost_courier_allegro": "unavailable",
        "inpost_courier_c2c": "unavailable",
        "inpost_letter_allegro": "unavailable",
    }
    assert offer(shipment, "inpost_locker_pass_thru")["unavailability_reasons"] == [
        {
            "key": "dropoff_and_target_points_must_be_equal",
            "message": "Dropoff point and target point must be equal for selected service.",
        }
    ]
    assert reasons(shipment, "inpost_courier_c2c") == ["receiver_address_required"]


def test_select_and_buy(workspace: Workspace) -> None:
    shipment = prepared(workspace)
    number, chosen = shipment["id"], offer(shipment, "inpost_locker_standard")
    answer = select(workspace, number, chosen["id"])
    assert answer.status_code == 200
    assert answer.json()["status"] == "offer_selected"
    assert answer.json()["selected_offer"] == {**chosen, "status": "selected"}
    assert answer.json()["offers"] == [answer.json()["selected_offer"]]
    before = get(workspace, number)
    answer = buy(workspace, number, str(chosen["id"]))
    assert (answer.status_code, answer.json()) == (200, before)
    workspace.advance("1s")
    shipment = get(workspace, number)
    assert (shipment["status"], shipment["service"]) == ("confirmed", "inpost_locker_standard")


def test_buy_without_select(workspace: Workspace) -> None:
    shipment = prepared(workspace)
    answer = buy(workspace, shipment["id"], offer(shipment, "inpost_locker_standard")["id"])
    assert (answer.status_code, answer.json()) == (200, shipment)
    workspace.advance("900ms")
    assert get(workspace, shipment["id"])["status"] == "offer_selected"
    workspace.advance("100ms")
    assert get(workspace, shipment["id"])["status"] == "confirmed"


def test_what_cannot_be_selected(workspace: Workspace) -> None:
    shipment = prepared(workspace)
    number = shipment["id"]
    response = select(workspace, number, 1)
    assert (response.status_code, response.json()) == (400, wrong({"offer_id": ["does_not_exist"]}))
    response = select(workspace, number, offer(shipment, "inpost_locker_economy")["id"])
    assert (response.status_code, response.json()) == (400, UNAVAILABLE)
    response = workspace.client.post(f"/v1/shipments/{number}/select_offer", json={})
    assert (response.status_code, response.json()) == (400, wrong({"offer_id": ["required"]}))
    assert select(workspace, 99, 1).status_code == 404


def test_a_shipment_that_is_bought_cannot_be_bought_again(workspace: Workspace) -> None:
    shipment = bought(workspace)
    number, offer_id = shipment["id"], shipment["selected_offer"]["id"]
    assert buy(workspace, number, offer_id).json() == not_now("buy", "confirmed", number)
    assert select(workspace, number, offer_id).json() == not_now(
        "select_offer", "confirmed", number
    )


def test_a_second_buy_while_the_first_runs(workspace: Workspace) -> None:
    shipment = prepared(workspace)
    offer_id = offer(shipment, "inpost_locker_standard")["id"]
    assert buy(workspace, shipment["id"], offer_id).status_code == 200
    again = buy(workspace, shipment["id"], offer_id)
    assert (again.status_code, again.json()["error"]) == (400, "transaction_failed")
    assert select(workspace, shipment["id"], offer_id).json() == UNAVAILABLE


def test_offers_expire_after_five_minutes(workspace: Workspace) -> None:
    shipment = prepared(workspace)
    number, chosen = shipment["id"], offer(shipment, "inpost_locker_standard")
    workspace.advance("4m58s")
    assert offer(get(workspace, number), "inpost_locker_standard")["status"] == "available"
    workspace.advance("2s")
    shipment = get(workspace, number)
    assert offer(shipment, "inpost_locker_standard")["status"] == "expired"
    assert offer(shipment, "inpost_locker_economy")["status"] == "unavailable"
    for refused in (buy(workspace, number, chosen["id"]), select(workspace, number, chosen["id"])):
        assert (refused.status_code, refused.json()) == (400, EXPIRED)


def test_lenient_offers_can_be_bought_when_they_are_old(workspace: Workspace) -> None:
    workspace.quirk("inpost.expired_offers", "lenient")
    number = create(workspace, locker(only_choice_of_offer=True))["id"]
    workspace.advance("40m")
    selected = get(workspace, number)["selected_offer"]
    assert selected["status"] == "selected"
    assert buy(workspace, number, selected["id"]).status_code == 200
    workspace.advance("2s")
    assert get(workspace, number)["status"] == "confirmed"


def test_offers_can_be_let_expire_at_once(workspace: Workspace) -> None:
    shipment = prepared(workspace)
    told = workspace.do("inpost.expire_offers", shipment=shipment["id"])
    assert told == {"shipments": [shipment["id"]]}
    refused = buy(workspace, shipment["id"], offer(shipment, "inpost_locker_standard")["id"])
    assert refused.json() == EXPIRED
    assert workspace.do("inpost.expire_offers") == {"shipments": []}
    answer = workspace.control.post(
        "/actions/inpost.expire_offers", json={"shipment": shipment["id"]}
    )
    assert answer.status_code == 409
