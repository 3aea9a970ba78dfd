"""Changing and cancelling, which end with the purchase."""

from __future__ import annotations

from typing import Any

import pytest

from tests.inpost.shipx import (
    ADDRESS,
    BROKE,
    BY_LOCKER,
    POSTPAID,
    Json,
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
    refusal,
    wrong,
)
from tests.support.server import Workspace


def put(workspace: Workspace, number: Any, body: Any) -> Any:
    return workspace.client.put(f"/v1/shipments/{number}", json=body)


def delete(workspace: Workspace, number: Any) -> Any:
    return workspace.client.delete(f"/v1/shipments/{number}")


def test_a_fresh_shipment_can_be_changed_until_its_offers_are_fetched(
    workspace: Workspace,
) -> None:
    number = create(workspace, locker())["id"]
    assert put(workspace, number, {"comments": "a"}).status_code == 200
    workspace.advance("120ms")
    response = put(workspace, number, {"comments": "b"})
    assert (response.status_code, response.json()) == (400, not_now("update", "created", number))
    workspace.advance("2s")
    assert get(workspace, number)["comments"] == "a"


def test_what_is_sent_changes_and_null_removes(workspace: Workspace) -> None:
    before = prepared(workspace, offer_mode(cod={"amount": 10}, comments="brama"))
    body = {
        "receiver": {"phone": "600100200", "address": ADDRESS},
        "custom_attributes": {"target_point": "KRA012"},
        "cod": None,
        "comments": None,
    }
    response = put(workspace, before["id"], body)
    after: Json = response.json()
    assert response.status_code == 200
    assert after["id"] == before["id"]
    assert after["receiver"]["phone"] == "600100200"
    assert after["receiver"]["email"] == before["receiver"]["email"]
    assert after["receiver"]["address"]["city"] == "Kraków"
    assert after["custom_attributes"] == {**BY_LOCKER, "target_point": "KRA012"}
    assert after["cod"] == {"amount": None, "currency": None}
    assert after["comments"] is None
    assert after["created_at"] == before["created_at"]
    assert after["updated_at"] > before["updated_at"]


def test_a_change_keeps_the_ids_of_what_stays(workspace: Workspace) -> None:
    body = courier(sender={"company_name": "Nadawca", "phone": "600700800", "address": ADDRESS})
    body["parcels"] = [box("box-1"), box("box-2")]
    before = create(workspace, body, POSTPAID)
    change = {
        "receiver": {"first_name": "Anna", "address": {"city": "Gdynia"}},
        "parcels": [box("box-1"), box("box-3")],
    }
    path = f"/v1/shipments/{before['id']}"
    response = workspace.inpost(POSTPAID).put(path, json=change)
    after = response.json()
    assert response.status_code == 200, response.text
    assert after["receiver"]["first_name"] == "Anna"
    for side in ("sender", "receiver"):
        assert after[side]["id"] == before[side]["id"]
        assert after[side]["address"]["id"] == before[side]["address"]["id"]
    assert after["parcels"][0] == before["parcels"][0]
    assert after["parcels"][1]["id"] != before["parcels"][1]["id"]


def test_offers_are_prepared_anew(workspace: Workspace) -> None:
    before = prepared(workspace)
    old = offer(before, "inpost_locker_standard")
    selecting = {"offer_id": old["id"]}
    workspace.client.post(f"/v1/shipments/{before['id']}/select_offer", json=selecting)
    changed = put(workspace, before["id"], {"parcels": {"template": "large"}}).json()
    assert changed["status"] == "created"  # who waits for offers must not find the old ones
    assert changed["selected_offer"] is None
    assert [o["status"] for o in changed["offers"]] == ["in_preparation"]
    path = f"/v1/shipments/{before['id']}/buy"
    assert workspace.client.post(path, json=selecting).json()["error"] == "offer_unavailable"
    workspace.advance("1s")
    after = get(workspace, before["id"])
    assert after["status"] == "offers_prepared"
    assert offer(after, "inpost_locker_standard")["rate"] > old["rate"]
    assert offer(after, "inpost_locker_standard")["id"] != old["id"]


def test_a_locker_that_becomes_a_service_point_and_back(workspace: Workspace) -> None:
    number = create(workspace, locker(only_choice_of_offer=True))["id"]
    workspace.advance("1s")
    custom = {"target_point": "POP-WAW364", "sending_method": "any_point"}
    changed = put(workspace, number, {"custom_attributes": custom}).json()
    assert changed["service"] == "inpost_locker_customer_service_point"
    workspace.advance("1s")
    changed = put(workspace, number, {"custom_attributes": {"target_point": "KRA010"}}).json()
    assert changed["service"] == "inpost_locker_standard"
    workspace.advance("1s")
    assert put(workspace, number, {"service": None}).json()["service"] is None


def test_a_change_keeps_the_rules_of_creating(workspace: Workspace) -> None:
    before = prepared(workspace)
    response = put(
        workspace,
        before["id"],
        {
            "receiver": {"phone": "12"},
            "parcels": [box("a", weight={"amount": 0}), box("b")],
            "custom_attributes": {"target_point": "NOWHERE"},
            "reference": "x",
        },
    )
    assert (response.status_code, response.json()) == (
        400,
        wrong(
            {
                "parcels": [{"a": {"weight": [{"amount": ["too_small"]}]}}],
                "reference": ["too_short"],
                "receiver": [{"phone": ["invalid"]}],
                "custom_attributes": [{"target_point": ["does_not_exist"]}],
            }
        ),
    )
    assert put(workspace, before["id"], {"parcels": None}).json()["details"] == {
        "parcels": ["required"]
    }
    assert put(workspace, before["id"], []).status_code == 400
    assert get(workspace, before["id"]) == before


def test_no_change_during_and_after_the_purchase(workspace: Workspace) -> None:
    number = create(workspace, locker())["id"]
    workspace.advance("600ms")
    during = put(workspace, number, {"comments": "b"})
    assert during.json() == not_now("update", "offer_selected", number)
    workspace.advance("1s")
    after = put(workspace, number, {"comments": "b"})
    assert after.json() == not_now("update", "confirmed", number)


def test_a_change_after_a_failed_payment_tries_again(workspace: Workspace) -> None:
    number = create(workspace, locker(), BROKE)["id"]
    workspace.advance("2s")
    workspace.do("inpost.set_balance", organization=3, amount=50)
    client = workspace.inpost(BROKE)
    assert client.put(f"/v1/shipments/{number}", json={"comments": "b"}).status_code == 200
    workspace.advance("2s")
    shipment = get(workspace, number, BROKE)
    assert shipment["status"] == "confirmed"
    assert [t["status"] for t in shipment["transactions"]] == ["failure", "success"]


def test_cancelling_in_time(workspace: Workspace) -> None:
    number = create(workspace, locker())["id"]
    workspace.advance("100ms")
    response = delete(workspace, number)
    assert (response.status_code, response.content) == (204, b"")
    workspace.advance("1h")
    assert get(workspace, number)["status"] == "canceled"
    again = delete(workspace, number)
    assert (again.status_code, again.json()) == (400, not_now("cancel", "canceled", number))
    assert put(workspace, number, {}).json() == not_now("update", "canceled", number)


def test_cancelling_prepared_offers(workspace: Workspace) -> None:
    shipment = prepared(workspace)
    assert delete(workspace, shipment["id"]).status_code == 204
    chosen = {"offer_id": offer(shipment, "inpost_locker_standard")["id"]}
    response = workspace.client.post(f"/v1/shipments/{shipment['id']}/buy", json=chosen)
    assert response.json() == not_now("buy", "canceled", shipment["id"])


def test_a_selected_offer_cannot_be_cancelled_unless_the_quirk_says_so(
    workspace: Workspace,
) -> None:
    number = create(workspace, locker(only_choice_of_offer=True))["id"]
    workspace.advance("1s")
    assert delete(workspace, number).json() == not_now("cancel", "offer_selected", number)
    workspace.quirk("inpost.cancel_offer_selected", True)
    assert delete(workspace, number).status_code == 204


def test_a_bought_shipment_cannot_be_cancelled(workspace: Workspace) -> None:
    number = bought(workspace)["id"]
    assert delete(workspace, number).json() == not_now("cancel", "confirmed", number)
    assert delete(workspace, "wrong_id").status_code == 404


def test_the_purchase_race(workspace: Workspace) -> None:
    workspace.quirk("inpost.purchase_race", True)
    number = create(workspace, locker())["id"]
    assert delete(workspace, number).status_code == 204
    assert get(workspace, number)["status"] == "canceled"
    workspace.advance("360ms")
    assert get(workspace, number)["status"] == "offer_selected"
    workspace.advance("1s")
    assert get(workspace, number)["status"] == "confirmed"


def test_the_race_with_a_running_payment(workspace: Workspace) -> None:
    workspace.quirk("inpost.cancel_offer_selected", True)
    number = create(workspace, locker())["id"]
    workspace.advance("600ms")
    assert delete(workspace, number).status_code == 400
    workspace.quirk("inpost.purchase_race", True)
    assert delete(workspace, number).status_code == 204
    assert get(workspace, number)["status"] == "canceled"
    workspace.advance("1s")
    assert get(workspace, number)["status"] == "confirmed"


@pytest.mark.parametrize("body", [offer_mode(), locker(only_choice_of_offer=True)])
def test_nothing_races_where_nothing_is_bought_by_itself(workspace: Workspace, body: Json) -> None:
    workspace.quirk("inpost.purchase_race", True)
    number = create(workspace, body)["id"]
    assert delete(workspace, number).status_code == 204
    workspace.advance("1h")
    assert get(workspace, number)["status"] == "canceled"


def test_offers_that_are_about_to_be_selected_can_still_be_stopped(workspace: Workspace) -> None:
    changed, stopped = create(workspace, locker())["id"], create(workspace, locker())["id"]
    workspace.advance("300ms")
    assert [get(workspace, n)["status"] for n in (changed, stopped)] == ["offers_prepared"] * 2
    assert put(workspace, changed, {"comments": "new"}).status_code == 200
    assert delete(workspace, stopped).status_code == 204
    workspace.advance("2s")
    assert [get(workspace, n)["status"] for n in (changed, stopped)] == ["confirmed", "canceled"]


def test_the_race_with_offers_that_are_about_to_be_selected(workspace: Workspace) -> None:
    workspace.quirk("inpost.purchase_race", True)
    number = create(workspace, locker())["id"]
    workspace.advance("300ms")
    assert delete(workspace, number).status_code == 204
    workspace.advance("100ms")
    assert get(workspace, number)["status"] == "offer_selected"


def test_a_patch_is_answered_like_a_put(workspace: Workspace) -> None:
    number = create(workspace, locker())["id"]
    path = f"/v1/shipments/{number}"
    changed = workspace.client.patch(path, json={"comments": "b"})
    assert (changed.status_code, changed.json()["comments"]) == (200, "b")
    wrong_phone = {"receiver": {"phone": "1"}}
    refused = workspace.client.patch(path, json=wrong_phone)
    assert refused.status_code == 400
    assert refused.json() == put(workspace, number, wrong_phone).json()
    workspace.advance("3s")
    late = workspace.client.patch(path, json={"comments": "c"})
    assert (late.status_code, late.json()) == (400, not_now("update", "confirmed", number))


def test_a_patch_of_a_path_that_has_none_is_no_route(workspace: Workspace) -> None:
    missing = workspace.client.patch("/v1/organizations/1", json={})
    assert missing.status_code == 404
    assert missing.json() == refusal(
        "routing_not_found", "There is no PATCH /v1/organizations/1.", {}, 404
    )
    workspace.control.post("reset", json={"profile": "documented"})
    refused = workspace.client.patch("/v1/organizations/1", json={})
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET")


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_a_directive_about_changes_is_about_both_ways_to_change(
    workspace: Workspace, method: str
) -> None:
    number = create(workspace, locker(comments="[[change: 503 x1]]"))["id"]
    path = f"/v1/shipments/{number}"
    assert workspace.client.get(path).status_code == 200
    assert workspace.client.request(method, path, json={"reference": "ABC"}).status_code == 503
    assert workspace.client.request(method, path, json={"reference": "ABC"}).status_code == 200
