"""Notifications: their shapes, when they come, and where they go."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json

from dirty_equals import IsStr

from simulator.carriers.inpost.tracking.notifications import SIGNATURE_SECRET
from tests.inpost.shipx import Json, bought, create, get, locker, prepared
from tests.support.receiver import Receiver, receiving
from tests.support.server import Workspace


def bodies(receiver: Receiver) -> list[Json]:
    return [json.loads(body) for body in receiver.posts]


def subscribe(workspace: Workspace, receiver: Receiver) -> None:
    workspace.do("inpost.set_webhook", organization=1, url=f"{receiver.url}/hook")


def test_a_target_is_asked_before_it_is_kept(workspace: Workspace) -> None:
    with receiving() as receiver:
        receiver.get_status = 404
        refused = workspace.control.post(
            "/actions/inpost.set_webhook",
            json={"organization": 1, "url": f"{receiver.url}/hook"},
        )
        assert refused.status_code in (400, 422)
        receiver.get_status = 200
        subscribe(workspace, receiver)
        assert [request.method for request in receiver.received] == ["GET", "GET"]
        told = workspace.do("inpost.set_webhook", organization=1, url=None)
        assert told["webhook_url"] is None


def test_a_parcels_whole_life_is_told_in_order(workspace: Workspace) -> None:
    with receiving() as receiver:
        subscribe(workspace, receiver)
        shipment = bought(workspace)
        number, tracking = shipment["id"], shipment["tracking_number"]
        workspace.do("inpost.start_journey", shipment=number, journey="locker_not_collected")
        workspace.advance("30d")
        got = bodies(receiver)
    events = [body["event"] for body in got]
    assert events == ["offers_prepared", "shipment_confirmed"] + ["shipment_status_changed"] * 13
    selected = {**shipment["offers"][0], "status": "available"}
    [told] = got[0]["payload"]["offers"]
    assert {**told, "expires_at": None} == selected
    assert got[0] == {
        "event_ts": "2026-03-02 10:15:00 +0100",
        "event": "offers_prepared",
        "organization_id": 1,
        "payload": {"shipment_id": number, "offers": [told]},
    }
    assert got[1] == {
        "event_ts": "2026-03-02 10:15:01 +0100",
        "event": "shipment_confirmed",
        "organization_id": 1,
        "payload": {"shipment_id": number, "tracking_number": tracking},
    }
    assert got[-1] == {
        "event_ts": IsStr(regex=r"2026-03-\d\d \d\d:\d\d:\d\d \+0100"),
        "event": "shipment_status_changed",
        "organization_id": 1,
        "payload": {
            "shipment_id": number,
            "status": "returned_to_sender",
            "tracking_number": tracking,
            "return_tracking_number": get(workspace, number)["return_tracking_number"],
        },
    }
    assert "return_tracking_number" not in got[-2]["payload"]


def test_the_offers_of_the_offer_mode_are_told_with_those_that_cannot_be_had(
    workspace: Workspace,
) -> None:
    with receiving() as receiver:
        subscribe(workspace, receiver)
        shipment = prepared(workspace)
        [told] = bodies(receiver)
    assert told["payload"] == {"shipment_id": shipment["id"], "offers": shipment["offers"]}


def test_without_a_target_notifications_stand_in_the_inbox(workspace: Workspace) -> None:
    bought(workspace)
    assert [hook["event"] for hook in workspace.webhooks()] == [
        "offers_prepared",
        "shipment_confirmed",
    ]
    assert {hook["status"] for hook in workspace.webhooks()} == {"not_subscribed"}


def test_the_documented_envelope_names_a_creator(workspace: Workspace) -> None:
    workspace.quirk("inpost.created_by_id_in_webhooks", True)
    with receiving() as receiver:
        subscribe(workspace, receiver)
        bought(workspace)
        told = bodies(receiver)[1]
    assert list(told) == ["event_ts", "event", "organization_id", "created_by_id", "payload"]
    assert told["created_by_id"] is None


def test_confirmed_as_a_status_change_too(workspace: Workspace) -> None:
    workspace.quirk("inpost.status_webhook_for_confirmed", True)
    with receiving() as receiver:
        subscribe(workspace, receiver)
        bought(workspace)
        told = bodies(receiver)
    assert [body["event"] for body in told[1:]] == ["shipment_confirmed", "shipment_status_changed"]
    assert told[2]["payload"]["status"] == "confirmed"


def test_the_signature_is_opt_in(workspace: Workspace) -> None:
    with receiving() as receiver:
        subscribe(workspace, receiver)
        prepared(workspace)
        workspace.quirk("inpost.webhook_signature", True)
        prepared(workspace)
        plain, signed = [r for r in receiver.received if r.method == "POST"]
    assert "x-inpost-signature" not in plain.headers
    digest = hmac.new(SIGNATURE_SECRET.encode(), signed.body.encode(), hashlib.sha256).digest()
    assert signed.headers["x-inpost-signature"] == base64.b64encode(digest).decode()
    assert signed.headers["x-inpost-topic"] == "offers_prepared"
    assert signed.headers["x-inpost-timestamp"].startswith("2026-03-02T09:15:0")
    assert len(signed.headers["x-inpost-event-id"]) == 32


def test_a_target_that_fails_is_tried_again_as_often_as_the_quirk_says(
    workspace: Workspace,
) -> None:
    workspace.quirk("inpost.webhook_retries", 1)
    with receiving() as receiver:
        subscribe(workspace, receiver)
        receiver.status = 500
        create(workspace, locker(only_choice_of_offer=True))
        workspace.advance("1h")
        assert len(receiver.posts) == 2
    [hook] = workspace.webhooks()
    assert hook["status"] == "failed"
